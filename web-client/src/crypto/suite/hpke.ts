import { EMPTY, concat, own, utf8, zero, type Bytes, type Bytes32, type Bytes65 } from '../bytes'
import { refuse } from '../errors'
import { labeled, u16 } from './hkdf'
import { decapsulate, encapsulate } from './kem'
import type { KeyPair } from './keys'

/** HPKE base mode (RFC 9180 §5.1.1): KEM 0x0010, HKDF-SHA256 0x0001, AES-128-GCM 0x0001. One message to a context. */
const hpke = labeled(concat(utf8('HPKE'), u16(0x0010), u16(1), u16(1)))

interface Context { key: Bytes; nonce: Bytes; exportSecret: (context: Uint8Array, length: number) => Promise<Bytes> }

/** KeySchedule of RFC 9180 §5.1 with mode 0 and no PSK. */
export async function keySchedule(shared: Bytes32, info: Uint8Array): Promise<Context> {
  const context = concat(Uint8Array.of(0), await hpke.extract(EMPTY, 'psk_id_hash', EMPTY), await hpke.extract(EMPTY, 'info_hash', info))
  const secret = await hpke.extract(shared, 'secret', EMPTY)
  zero(shared)
  const exporter = await hpke.expand(secret, 'exp', context, 32)
  return {
    key: await hpke.expand(secret, 'key', context, 16),
    nonce: await hpke.expand(secret, 'base_nonce', context, 12),
    exportSecret: (exporterContext, length) => hpke.expand(exporter, 'sec', exporterContext, length),
  }
}

async function aesGcm(use: 'encrypt' | 'decrypt', key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, data: Uint8Array): Promise<Bytes> {
  const imported = await crypto.subtle.importKey('raw', own(key), 'AES-GCM', false, [use])
  const params = { name: 'AES-GCM', iv: own(nonce), additionalData: own(aad) }
  return new Uint8Array(await crypto.subtle[use](params, imported, own(data)))
}

/** AES-128-GCM, ciphertext ‖ tag. */
export const encryptAead = (key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plain: Uint8Array): Promise<Bytes> =>
  aesGcm('encrypt', key, nonce, aad, plain)

/** Throws `unreadable`, whatever is wrong with it. */
export const decryptAead = (key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Promise<Bytes> =>
  aesGcm('decrypt', key, nonce, aad, sealed).catch(() => refuse('unreadable'))

export async function hpkeSeal(to: Uint8Array, plain: Uint8Array, info: Uint8Array, aad: Uint8Array): Promise<{ enc: Bytes65; ct: Bytes }> {
  const { enc, secret } = await encapsulate(to)
  const { key, nonce } = await keySchedule(secret, info)
  return { enc, ct: await encryptAead(key, nonce, aad, plain) }
}

/** Throws `malformed` for a bad enc, `unreadable` for everything else. */
export async function hpkeOpen(mine: KeyPair, enc: Uint8Array, ct: Uint8Array, info: Uint8Array, aad: Uint8Array): Promise<Bytes> {
  const { key, nonce } = await keySchedule(await decapsulate(mine, enc), info)
  return decryptAead(key, nonce, aad, ct)
}

/** SendExport (RFC 9180 §6.2). */
export async function hpkeExport(to: Uint8Array, context: Uint8Array, length: number, info: Uint8Array): Promise<{ enc: Bytes65; secret: Bytes }> {
  const { enc, secret } = await encapsulate(to)
  return { enc, secret: await (await keySchedule(secret, info)).exportSecret(context, length) }
}

/** ReceiveExport (RFC 9180 §6.2). */
export async function hpkeImport(mine: KeyPair, context: Uint8Array, enc: Uint8Array, length: number, info: Uint8Array): Promise<Bytes> {
  return (await keySchedule(await decapsulate(mine, enc), info)).exportSecret(context, length)
}
