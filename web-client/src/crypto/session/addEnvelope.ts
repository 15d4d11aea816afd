import { concat, type Bytes } from '../bytes'
import { demand } from '../errors'
import { Reader, sized32, u16, u8 } from '../reader'

/** What takes somebody into the group, in one envelope (docs/formats.md §6): two MLSMessages. */
export interface AddEnvelope { commit: Bytes; welcome: Bytes }

const VERSION = 1

/** Version 1 has no KEM ciphertexts. */
export const encodeAddEnvelope = ({ commit, welcome }: AddEnvelope): Bytes =>
  concat(u8(VERSION), sized32(commit), sized32(welcome), u16(0))

/** Throws `malformed`. An MLSMessage begins with 0x00, so the two cannot be taken for each other. */
export function decodeAddEnvelope(bytes: Uint8Array): AddEnvelope {
  const r = new Reader(bytes)
  demand(r.u8() === VERSION, 'malformed')
  const envelope = { commit: r.sized32(), welcome: r.sized32() }
  demand(r.u16() === 0, 'malformed')
  r.end()
  return envelope
}

export const isAddEnvelope = (bytes: Uint8Array): boolean => bytes[0] === VERSION
