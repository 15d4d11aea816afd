import { EMPTY, concat, utf8, zero, type Bytes, type Bytes32, type Bytes65 } from '../bytes'
import { refuse } from '../errors'
import { labeled, u16 } from './hkdf'
import { generateKey, importKey, inRange, publicKeyOf, type KeyPair } from './keys'

/** DHKEM(P-256, HKDF-SHA256), RFC 9180 §4.1, id 0x0010. */
const kem = labeled(concat(utf8('KEM'), u16(0x0010)))

async function diffieHellman(key: KeyPair, publicKey: Uint8Array): Promise<Bytes32> {
  const [own, other] = [await importKey('ECDH', key.publicKey, ['deriveBits'], key.scalar), await importKey('ECDH', publicKey, [])]
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: other }, own, 256))
}

async function extractAndExpand(dh: Bytes32, context: Bytes): Promise<Bytes32> {
  const secret = await kem.extract(EMPTY, 'eae_prk', dh)
  zero(dh)
  return kem.expand(secret, 'shared_secret', context, 32)
}

/** A fresh shared secret for the holder of a public key. `ephemeral` is given by vectors only. */
export async function encapsulate(publicKey: Uint8Array, ephemeral?: KeyPair): Promise<{ enc: Bytes65; secret: Bytes32 }> {
  const pair = ephemeral ?? await generateKey('ECDH')
  const secret = await extractAndExpand(await diffieHellman(pair, publicKey), concat(pair.publicKey, publicKey))
  zero(pair.scalar)
  return { enc: pair.publicKey, secret }
}

/** The secret that `encapsulate` gave its maker. Throws `malformed` for a bad point. */
export async function decapsulate(key: KeyPair, enc: Uint8Array): Promise<Bytes32> {
  return extractAndExpand(await diffieHellman(key, enc), concat(enc, key.publicKey))
}

type Candidate = (secret: Bytes32, counter: number) => Promise<Bytes32>
const candidateOf: Candidate = (secret, counter) => kem.expand(secret, 'candidate', Uint8Array.of(counter), 32)

/**
 * DeriveKeyPair (RFC 9180 §7.1.3): rejection sampling, 256 tries. `candidate` is a seam: a test must be able to
 * reach the branch that real keys take once in 2^32.
 */
export async function deriveKeyPair(ikm: Uint8Array, candidate: Candidate = candidateOf): Promise<KeyPair> {
  const secret = await kem.extract(EMPTY, 'dkp_prk', ikm)
  for (let counter = 0; counter < 256; counter++) {
    const scalar = await candidate(secret, counter)
    if (inRange(scalar)) return { scalar, publicKey: await publicKeyOf(scalar) }
  }
  return refuse('malformed')
}
