import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { hex, type Bytes } from '../../src/crypto/bytes'

/** The vectors that both halves read. */
const folder = resolve(import.meta.dirname, '../../../server/src/test/resources/wire')

export const readVectors = (name: string): unknown => JSON.parse(readFileSync(resolve(folder, name), 'utf8'))

/** Bytes become hexadecimal. */
export function writeVectors(name: string, vectors: unknown): void {
  mkdirSync(folder, { recursive: true })
  const text = JSON.stringify(vectors, (_, value: unknown) => (value instanceof Uint8Array ? hex(value) : value), 1)
  writeFileSync(resolve(folder, name), text + '\n')
}

export const unhex = (text: string): Bytes => Uint8Array.from(text.match(/../g) ?? [], pair => parseInt(pair, 16))
