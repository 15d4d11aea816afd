import { EMPTY, concat, own, utf8, type Bytes, type Bytes32 } from '../bytes'

/** HMAC-SHA-256. An empty key means 32 zero bytes (the same, RFC 2104; WebCrypto refuses to import nothing). Also HKDF-Extract (RFC 5869 §2.2). */
export async function hmac(key: Uint8Array, data: Uint8Array): Promise<Bytes32> {
  const raw = key.length ? own(key) : new Uint8Array(32)
  const imported = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, own(data)))
}

/** HKDF-Expand (RFC 5869 §2.3). */
export async function expand(secret: Uint8Array, info: Uint8Array, length: number): Promise<Bytes> {
  let [block, all]: [Bytes, Bytes] = [EMPTY, EMPTY]
  for (let i = 1; all.length < length; i++) {
    block = await hmac(secret, concat(block, info, Uint8Array.of(i)))
    all = concat(all, block)
  }
  return all.slice(0, length)
}

export const u16 = (n: number): Bytes => Uint8Array.of(n >> 8, n & 255)

/** LabeledExtract and LabeledExpand (RFC 9180 §4) for one suite id. */
export function labeled(suite: Bytes) {
  const version = utf8('HPKE-v1')
  return {
    extract: (salt: Uint8Array, label: string, ikm: Uint8Array): Promise<Bytes32> =>
      hmac(salt, concat(version, suite, utf8(label), ikm)),
    expand: (secret: Uint8Array, label: string, info: Uint8Array, length: number): Promise<Bytes> =>
      expand(secret, concat(u16(length), version, suite, utf8(label), info), length),
  }
}
