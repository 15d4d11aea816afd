import { concat, sha256, utf8, type Bytes, type Bytes32, type Bytes65 } from '../bytes'
import { demand } from '../errors'
import { Reader, sized16, u64 } from '../reader'
import { verify } from '../suite/ecdsa'
import type { Signer } from './signed'

/** The organisation root's word that a key belongs to a roster signer (docs/formats.md §2). */
export interface Certificate { key: Bytes65; notAfter: number; nameHash: Bytes32; signature: Bytes }

const NAME = 'naast/signer/v1\0'

/** What the root signs; its SHA-256 is the signer's hash. */
export const encodeUnsignedCertificate = (c: Omit<Certificate, 'signature'>): Bytes =>
  concat(utf8(NAME), c.key, u64(c.notAfter), c.nameHash)

export const encodeCertificate = (c: Certificate): Bytes => concat(encodeUnsignedCertificate(c), sized16(c.signature))

/** Reads one certificate where the reader stands. */
export function readCertificate(r: Reader): Certificate {
  r.name(NAME)
  return { key: r.bytesOf(65), notAfter: r.u64(), nameHash: r.bytesOf(32), signature: r.sized16() }
}

/** One certificate and nothing behind it; throws `refused-roster`. */
export function decodeCertificate(bytes: Uint8Array): Certificate {
  const r = new Reader(bytes, 'refused-roster')
  const certificate = readCertificate(r)
  r.end()
  return certificate
}

export const signerHash = (c: Certificate): Promise<Bytes32> => sha256(encodeUnsignedCertificate(c))

/** The signer behind a certificate of this root; throws `refused-roster` for any other. */
export async function certified(root: Bytes65, c: Certificate): Promise<Signer & { notAfter: number }> {
  demand(await verify(root, encodeUnsignedCertificate(c), c.signature), 'refused-roster')
  return { hash: await signerHash(c), key: c.key, nameHash: c.nameHash, notAfter: c.notAfter }
}
