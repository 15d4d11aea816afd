import { concat, utf8, type Bytes, type Bytes16, type Bytes32 } from '../bytes'
import { Reader, sized16, u64 } from '../reader'

/** One roster signer's word that a statement no longer holds (docs/formats.md §4). */
export interface Revocation { id: Bytes16; statement: Bytes32; time: number; signer: Bytes32; signature: Bytes }

const NAME = 'naast/revocation/v1\0'

export const encodeUnsignedRevocation = (r: Pick<Revocation, 'id' | 'statement' | 'time'>): Bytes =>
  concat(utf8(NAME), r.id, r.statement, u64(r.time))

export const encodeRevocation = (r: Revocation): Bytes =>
  concat(encodeUnsignedRevocation(r), r.signer, sized16(r.signature))

/** Throws `refused-statement` for anything else. */
export function decodeRevocation(bytes: Uint8Array): Revocation {
  const r = new Reader(bytes, 'refused-statement')
  r.name(NAME)
  const revocation = { id: r.bytesOf(16), statement: r.bytesOf(32), time: r.u64(), signer: r.bytesOf(32), signature: r.sized16() }
  r.end()
  return revocation
}
