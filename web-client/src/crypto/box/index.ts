import { concat, type Bytes, type Bytes65 } from '../bytes'
import { CryptoError, demand } from '../errors'
import { hpkeOpen, hpkeSeal } from '../suite/hpke'
import { generateKey, loadKey, saveKey } from '../suite/keys'

/**
 * Sealed boxes (docs/formats.md §9): something for one reader who is not in the conversation. Version 1 is HPKE base mode; a later
 * version replaces it, and a client never opens both.
 */
const VERSION = 1
const ENC = 65

/** A key pair for boxes; the private half as `saveKey` bytes. */
export async function newBoxKey(): Promise<{ publicKey: Bytes65; privateKey: Bytes }> {
  const key = await generateKey('ECDH')
  return { publicKey: key.publicKey, privateKey: saveKey(key) }
}

/** For the holder of this key; `info` says what the box is for, `aad` what it belongs to. Throws `malformed` for a key that is none. */
export async function seal(recipient: Bytes65, plaintext: Bytes, info: Bytes, aad: Bytes): Promise<Bytes> {
  const { enc, ct } = await hpkeSeal(recipient, plaintext, info, aad)
  return concat(Uint8Array.of(VERSION), enc, ct)
}

/** Throws `malformed` for another version, `unreadable` for everything else. */
export async function open(privateKey: Bytes, box: Bytes, info: Bytes, aad: Bytes): Promise<Bytes> {
  demand(box[0] === VERSION, 'malformed')
  const key = await loadKey(privateKey)
  try {
    return await hpkeOpen(key, box.subarray(1, 1 + ENC), box.subarray(1 + ENC), info, aad)
  } catch {
    throw new CryptoError('unreadable')
  }
}
