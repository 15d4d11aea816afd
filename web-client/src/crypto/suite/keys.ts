import { concat, fromBase64Url, toBase64Url, zero, type Bytes, type Bytes32, type Bytes65 } from '../bytes'
import { demand, refuse } from '../errors'
import { N, mod, toNumber } from './field'
import { add, fromPoint, multiplyG, toPoint } from './point'

/** A P-256 private key with its public half. */
export interface KeyPair { readonly publicKey: Bytes65; readonly scalar: Bytes32 }

type Algorithm = 'ECDH' | 'ECDSA'
const named = (name: Algorithm): EcKeyImportParams => ({ name, namedCurve: 'P-256' })

/** Keys travel as JWK only: the one format that every engine imports for private keys (Safari's PKCS#8 wants more, Firefox cannot export it). */
function jwk(publicKey: Uint8Array, scalar?: Uint8Array): JsonWebKey {
  const key = { kty: 'EC', crv: 'P-256', x: toBase64Url(publicKey.subarray(1, 33)), y: toBase64Url(publicKey.subarray(33)), ext: true }
  return scalar ? { ...key, d: toBase64Url(scalar) } : key
}

/** For WebCrypto. The public key is checked first: an engine is not trusted to. */
export async function importKey(algorithm: Algorithm, publicKey: Uint8Array, usages: KeyUsage[], scalar?: Uint8Array): Promise<CryptoKey> {
  toPoint(publicKey)
  return crypto.subtle.importKey('jwk', jwk(publicKey, scalar), named(algorithm), false, usages)
}

/** A coordinate of an exported JWK as 32 bytes: some engines have been seen to leave leading zeros out. */
function coordinate(text: string | undefined): Bytes32 {
  const bytes = fromBase64Url(text ?? '')
  demand(bytes.length <= 32, 'unavailable')
  return concat(new Uint8Array(32 - bytes.length), bytes)
}

/** A fresh key pair from the engine. */
export async function generateKey(algorithm: Algorithm): Promise<KeyPair> {
  const usages: KeyUsage[] = algorithm === 'ECDH' ? ['deriveBits'] : ['sign', 'verify']
  const pair = await crypto.subtle.generateKey(named(algorithm), true, usages) as CryptoKeyPair
  const { x, y, d } = await crypto.subtle.exportKey('jwk', pair.privateKey)
  return { publicKey: concat(Uint8Array.of(4), coordinate(x), coordinate(y)), scalar: coordinate(d) }
}

/** Whether 0 < scalar < N. */
export function inRange(scalar: Uint8Array): boolean {
  const n = toNumber(scalar)
  return n > 0n && n < N
}

/**
 * The public key of a bare scalar d, which no engine-independent WebCrypto call gives. A native key pair (r, R) blinds it:
 * BigInt multiplies only s = d − r mod N, which is uniform and independent of d, and adds R. So the variable-time
 * multiplication tells nothing about d. Throws `malformed` outside 1 … N−1.
 */
export async function publicKeyOf(scalar: Bytes32): Promise<Bytes65> {
  demand(scalar.length === 32 && inRange(scalar), 'malformed')
  const blind = await generateKey('ECDH')
  const rest = multiplyG(mod(toNumber(scalar) - toNumber(blind.scalar), N))
  zero(blind.scalar)
  return fromPoint(add(rest, toPoint(blind.publicKey)))
}

/** A private key as we keep it: public key ‖ scalar, 97 bytes, so that loading it needs no multiplication. */
export const saveKey = (key: KeyPair): Bytes => concat(key.publicKey, key.scalar)

/** What `saveKey` gave, or a bare scalar of 32 bytes (other implementations, vectors). Throws `malformed`. */
export async function loadKey(bytes: Uint8Array): Promise<KeyPair> {
  if (bytes.length === 97) return { publicKey: bytes.slice(0, 65), scalar: bytes.slice(65) }
  if (bytes.length !== 32) return refuse('malformed')
  const scalar = bytes.slice()
  return { publicKey: await publicKeyOf(scalar), scalar }
}
