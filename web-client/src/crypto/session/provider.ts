import type { CiphersuiteImpl, Hpke, PrivateKey, PublicKey } from './mls'
import { EMPTY, equal, own, random, sha256, type Bytes } from '../bytes'
import { sign, verify } from '../suite/ecdsa'
import { expand, hmac } from '../suite/hkdf'
import { decryptAead, encryptAead, hpkeExport, hpkeImport, hpkeOpen, hpkeSeal } from '../suite/hpke'
import { deriveKeyPair } from '../suite/kem'
import { generateKey, loadKey, saveKey, type KeyPair } from '../suite/keys'
import { toPoint } from '../suite/point'

/** The one suite we speak (RFC 9420 §17.1, 0x0002): every WebCrypto since 2015 has it, so there is nothing to negotiate. */
export const SUITE = 'MLS_128_DHKEMP256_AES128GCM_SHA256_P256'

// ts-mls passes keys through without looking inside; ours are bytes, because a CryptoKey could be neither wiped nor checked.
const asPrivate = (key: KeyPair): PrivateKey => key as unknown as PrivateKey
const asPublic = (key: Uint8Array): PublicKey => key as unknown as PublicKey
const pair = (key: PrivateKey): KeyPair => key as unknown as KeyPair
const point = (key: PublicKey): Bytes => key as unknown as Bytes
const both = (key: KeyPair) => ({ privateKey: asPrivate(key), publicKey: asPublic(key.publicKey) })

const hpke: Hpke = {
  seal: (key, plain, info, aad = EMPTY) => hpkeSeal(point(key), plain, info, aad),
  open: (key, enc, ct, info, aad = EMPTY) => hpkeOpen(pair(key), enc, ct, info, aad),
  exportSecret: (key, context, length, info) => hpkeExport(point(key), context, length, info),
  importSecret: (key, context, enc, length, info) => hpkeImport(pair(key), context, enc, length, info),
  importPrivateKey: async key => asPrivate(await loadKey(key)),
  importPublicKey: async key => {
    toPoint(key)
    return asPublic(key)
  },
  exportPublicKey: async key => point(key),
  exportPrivateKey: async key => saveKey(pair(key)),
  encryptAead: (key, nonce, aad, plain) => encryptAead(key, nonce, aad ?? EMPTY, plain),
  decryptAead: (key, nonce, aad, sealed) => decryptAead(key, nonce, aad ?? EMPTY, sealed),
  deriveKeyPair: async ikm => both(await deriveKeyPair(ikm)),
  generateKeyPair: async () => both(await generateKey('ECDH')),
  keyLength: 16,
  nonceLength: 12,
}

/**
 * What ts-mls computes with. Never mix it with the library's own provider, whose P-256 signature keys are compressed and so
 * not those of RFC 9420 §5.1.2. Private keys are `saveKey` bytes, bare scalars are taken too.
 */
export const suite: CiphersuiteImpl = {
  name: SUITE,
  hash: {
    digest: data => sha256(own(data)),
    mac: hmac,
    verifyMac: async (key, mac, data) => equal(await hmac(key, data), mac),
  },
  kdf: { extract: hmac, expand, size: 32 },
  rng: { randomBytes: random },
  signature: {
    sign,
    verify,
    keygen: async () => {
      const key = await generateKey('ECDSA')
      return { publicKey: key.publicKey, signKey: saveKey(key) }
    },
  },
  hpke,
}
