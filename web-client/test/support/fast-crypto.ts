import {
  createCipheriv, createDecipheriv, createHash, createHmac, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, sign, verify,
  type JsonWebKeyInput, type KeyObject,
} from 'node:crypto'

/**
 * Node's WebCrypto gives every small operation to a thread and takes it back: most of a schedule's time. This puts the same OpenSSL
 * functions, called directly, in the place of `crypto.subtle`, for tests that run thousands of conversations. Our own code runs unchanged
 * on top of it, and every other test runs on the engine's own.
 */
type Key = { bytes: Uint8Array } | { key: KeyObject }
type Args = readonly unknown[]

const keys = new Map<string, KeyObject>()

function ecKey(jwk: JsonWebKey): KeyObject {
  const name = `${jwk.x}.${jwk.y}.${jwk.d ?? ''}`
  const known = keys.get(name)
  if (known) return known
  if (keys.size > 5_000) keys.clear()
  const input = { key: jwk, format: 'jwk' } as JsonWebKeyInput
  const key = jwk.d === undefined ? createPublicKey(input) : createPrivateKey(input)
  keys.set(name, key)
  return key
}

const bytesOf = (key: unknown): Uint8Array => (key as { bytes: Uint8Array }).bytes
const keyOf = (key: unknown): KeyObject => (key as { key: KeyObject }).key
const isHmac = (algorithm: unknown): boolean => algorithm === 'HMAC'
const plain = (buffer: Buffer): ArrayBuffer => new Uint8Array(buffer).buffer
const TAG = 16

interface Gcm { iv: Uint8Array; additionalData: Uint8Array }

const signatures = new Map<string, { key: KeyObject; data: Uint8Array; good: boolean }>()

/** The papers of one organisation are checked again and again: the same key, signature and bytes have the same answer. */
function verified(key: KeyObject, signature: Uint8Array, data: Uint8Array): boolean {
  const name = Buffer.from(signature).toString('latin1')
  const known = signatures.get(name)
  if (known?.key === key && Buffer.compare(known.data, data) === 0) return known.good
  if (signatures.size > 500) signatures.clear()
  const good = verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature)
  signatures.set(name, { key, data: data.slice(), good })
  return good
}

const engine: Record<string, (...args: Args) => unknown> = {
  digest: (_, data) => plain(createHash('sha256').update(data as Uint8Array).digest()),
  importKey: (format, data): Key => (format === 'raw' ? { bytes: (data as Uint8Array).slice() } : { key: ecKey(data as JsonWebKey) }),
  sign: (algorithm, key, data) => isHmac(algorithm)
    ? plain(createHmac('sha256', bytesOf(key)).update(data as Uint8Array).digest())
    : plain(sign('sha256', data as Uint8Array, { key: keyOf(key), dsaEncoding: 'ieee-p1363' })),
  verify: (_, key, signature, data) => verified(keyOf(key), signature as Uint8Array, data as Uint8Array),
  deriveBits: (algorithm, own) => plain(diffieHellman({ privateKey: keyOf(own), publicKey: keyOf((algorithm as { public: unknown }).public) })),
  generateKey: () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    return { privateKey: { key: pair.privateKey }, publicKey: { key: pair.publicKey } }
  },
  exportKey: (_, key) => keyOf(key).export({ format: 'jwk' }),
  encrypt: (gcm, key, data) => {
    const { iv, additionalData } = gcm as Gcm
    const cipher = createCipheriv('aes-128-gcm', bytesOf(key), iv).setAAD(additionalData)
    return plain(Buffer.concat([cipher.update(data as Uint8Array), cipher.final(), cipher.getAuthTag()]))
  },
  decrypt: (gcm, key, data) => {
    const { iv, additionalData } = gcm as Gcm
    const sealed = data as Uint8Array
    const decipher = createDecipheriv('aes-128-gcm', bytesOf(key), iv).setAAD(additionalData).setAuthTag(sealed.subarray(-TAG))
    return plain(Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()]))
  },
}

/** For the rest of this test file. */
export function useFastCrypto(): void {
  for (const [name, work] of Object.entries(engine))
    Object.defineProperty(globalThis.crypto.subtle, name, { configurable: true, value: async (...args: Args) => work(...args) })
}
