import { concat, utf8, type Bytes } from '../bytes'
import { CryptoError } from '../errors'
import { LONGEST_BODY } from './payload'

/** Whether a UTF-8 byte continues a character. */
const continues = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80

/** A text as the bodies of as few payloads as hold it, cut between characters. An empty text is one empty part. */
export function split(text: string): Bytes[] {
  const bytes = utf8(text)
  const parts: Bytes[] = []
  let from = 0
  do {
    let to = Math.min(from + LONGEST_BODY, bytes.length)
    while (continues(bytes[to])) to--
    parts.push(bytes.slice(from, to))
    from = to
  } while (from < bytes.length)
  return parts
}

/** The text of all its parts, in order; throws `malformed` when they are not UTF-8. */
export function join(parts: Uint8Array[]): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(concat(...parts))
  } catch {
    throw new CryptoError('malformed')
  }
}
