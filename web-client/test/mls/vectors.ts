import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Bytes } from '../../src/crypto/bytes'
import { unhex } from '../support/wire'

/** The MLS working group's vectors of suite 2; they stay out of this repository. */
const folder = process.env['NAAST_MLS_VECTORS']

/** Why they cannot be run here, or undefined. A folder that is there must hold every file: a lost one is a failure. */
export const missing = folder === undefined ? 'NAAST_MLS_VECTORS is not set' : existsSync(folder) ? undefined : `NAAST_MLS_VECTORS: there is no ${folder}`

export type Hex = string
/** An optional structure is null or absent in the files. */
export const maybe = (text: Hex | null): Bytes | undefined => (text === null ? undefined : unhex(text))

export function entries<T>(name: string): T[] {
  const all = JSON.parse(readFileSync(resolve(folder as string, `${name}.json`), 'utf8')) as (T & { cipher_suite: number })[]
  return all.filter(entry => entry.cipher_suite === 2)
}

/** What a decoder made of the whole text; throws when it is not that or more follows. */
export function decoded<T>(decoder: (bytes: Uint8Array, offset: number) => [T, number] | undefined, text: Hex): T {
  const bytes = unhex(text)
  const result = decoder(bytes, 0)
  if (!result || result[1] !== bytes.length) throw new Error('cannot be decoded')
  return result[0]
}
