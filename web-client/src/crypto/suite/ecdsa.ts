import { own, type Bytes } from '../bytes'
import { fromDer, toDer } from './der'
import { importKey, loadKey } from './keys'

const ECDSA: EcdsaParams = { name: 'ECDSA', hash: 'SHA-256' }

/** ECDSA over P-256 with SHA-256, as strict DER. */
export async function sign(privateKey: Uint8Array, message: Uint8Array): Promise<Bytes> {
  const { publicKey, scalar } = await loadKey(privateKey)
  const key = await importKey('ECDSA', publicKey, ['sign'], scalar)
  return toDer(new Uint8Array(await crypto.subtle.sign(ECDSA, key, own(message))))
}

/** False for a wrong signature and for anything but strict DER; throws `malformed` for a key that is not on the curve. */
export async function verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const key = await importKey('ECDSA', publicKey, ['verify'])
  const raw = fromDer(signature)
  return raw !== undefined && crypto.subtle.verify(ECDSA, key, raw, own(message))
}
