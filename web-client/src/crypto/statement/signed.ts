import { concat, hex, type Bytes, type Bytes32, type Bytes65 } from '../bytes'
import { Reader, sized16, sized32, u8 } from '../reader'
import { verify } from '../suite/ecdsa'
import type { ErrorCode } from '../errors'

/** A signature with the hash of its signer's certificate (docs/formats.md §1). */
export interface Signature { signer: Bytes32; signature: Bytes }
export interface Signed { unsigned: Bytes; signatures: Signature[] }

/** Somebody whose certificate the root signed and whose time has not run out. */
export interface Signer { hash: Bytes32; key: Bytes65; nameHash: Bytes32 }

export const encodeSigned = ({ unsigned, signatures }: Signed): Bytes =>
  concat(sized32(unsigned), u8(signatures.length), ...signatures.flatMap(s => [s.signer, sized16(s.signature)]))

/** Throws `code` for anything that is not a signed form, or has more than eight signatures. */
export function decodeSigned(bytes: Uint8Array, code: ErrorCode): Signed {
  const r = new Reader(bytes, code)
  const unsigned = r.sized32()
  const count = r.u8()
  r.check(count <= 8)
  const signatures = r.list(count, () => ({ signer: r.bytesOf(32), signature: r.sized16() }))
  r.end()
  return { unsigned, signatures }
}

/** One signature of one signer over an unsigned form: what a form that is not yet signed by two is made of. */
export const signedBy = (signer: Pick<Signer, 'key'>, unsigned: Bytes, signature: Bytes): Promise<boolean> => verify(signer.key, unsigned, signature)

const different = (values: Uint8Array[]): boolean => new Set(values.map(hex)).size === values.length

/**
 * Whether two different people signed: at least two signatures, every one good, and no key or name (so no signer either) twice. One person
 * with a renewed certificate has two hashes but one name, and counts once.
 */
export async function signedByTwo({ unsigned, signatures }: Signed, signers: Signer[]): Promise<boolean> {
  const people = signatures.flatMap(({ signer }) => signers.filter(known => hex(known.hash) === hex(signer)))
  if (signatures.length < 2 || people.length !== signatures.length) return false
  if (!different(people.map(p => p.key)) || !different(people.map(p => p.nameHash))) return false
  const good = await Promise.all(signatures.map(({ signature }, i) => verify((people[i] as Signer).key, unsigned, signature)))
  return good.every(Boolean)
}
