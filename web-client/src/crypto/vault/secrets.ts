import { sha256, utf8, zero, type Bytes, type Bytes32 } from '../bytes'
import { expand, hmac } from '../suite/hkdf'
import { SecretKey } from './key'

/** What opens a vault: the seven words, one blank between them, in lower case; or what a passkey makes of `prfSalt`. */
export type Opener = { readonly words: string } | { readonly credential: Bytes; readonly prf: Bytes32 }

/** What every passkey is asked for (WebAuthn's `prf.eval.first`): its answer is a secret that only this passkey gives, here only. */
export const prfSalt = (): Promise<Bytes32> => sha256(utf8('naast vault prf v1'))

const WRAP = utf8('naast/vault-wrap/v1\0')

/** HKDF-SHA-256 of a secret, which it overwrites. */
async function wrapKey(secret: Bytes32, salt: Bytes32): Promise<SecretKey> {
  const extracted = await hmac(salt, secret)
  zero(secret)
  const key = SecretKey.owning(await expand(extracted, WRAP, 32))
  zero(extracted)
  return key
}

export async function keyOfWords(words: string, salt: Bytes32, iterations: number): Promise<SecretKey> {
  const phrase = utf8(words)
  const base = await crypto.subtle.importKey('raw', phrase, 'PBKDF2', false, ['deriveBits'])
  zero(phrase)
  return wrapKey(new Uint8Array(await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, base, 256)), salt)
}

/** The passkey's answer stays whole: its owner overwrites it. */
export const keyOfPrf = (prf: Bytes32, salt: Bytes32): Promise<SecretKey> => wrapKey(prf.slice(), salt)
