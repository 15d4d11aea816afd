/** Bytes that own a plain buffer: what WebCrypto takes. */
export type Bytes = Uint8Array<ArrayBuffer>

/** Lengths in the name of the type are checked where bytes come in, never again inside. */
export type Bytes16 = Bytes
export type Bytes32 = Bytes
export type Bytes65 = Bytes

/** ts-mls says only Uint8Array; nothing here ever lies in shared memory. No copy: a copy of a secret would be left behind. */
export const own = (bytes: Uint8Array): Bytes => bytes as Bytes

export const EMPTY: Bytes = new Uint8Array(0)

const encoder = new TextEncoder()
/** UTF-8 of a text. */
export const utf8 = (text: string): Bytes => encoder.encode(text)

/** One array of all parts, in order. */
export function concat(...parts: Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Equality in a time that does not depend on where the first difference is. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}

/** The same, each beside each. */
export const allEqual = (a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean => a.length === b.length && a.every((bytes, i) => equal(bytes, b[i] as Uint8Array))

export const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length))

export const sha256 = async (data: Bytes): Promise<Bytes32> => new Uint8Array(await crypto.subtle.digest('SHA-256', data))

/** Lower-case hexadecimal: for keys of maps and for vectors. */
/** What `hex` wrote. */
export const fromHex = (text: string): Bytes => Uint8Array.from(text.match(/../g) ?? [], pair => parseInt(pair, 16))
export const hex = (bytes: Uint8Array): string => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')

/** Overwrites secrets: best effort, an engine may have copied them. */
export const zero = (...secrets: Uint8Array[]): void => secrets.forEach(secret => secret.fill(0))

/** Base64url without padding (RFC 4648 §5). */
export function toBase64Url(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

/** The bytes of canonical base64url; throws a plain Error on any other text. */
export function fromBase64Url(text: string): Bytes {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  if (toBase64Url(bytes) !== text) throw new Error('not canonical base64url')
  return bytes
}
