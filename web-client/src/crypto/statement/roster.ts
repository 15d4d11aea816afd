import { concat, hex, utf8, type Bytes, type Bytes32 } from '../bytes'
import { demand } from '../errors'
import { Reader, u16, u64, u8 } from '../reader'
import { encodeCertificate, readCertificate, type Certificate } from './certificate'

/** The signed list of all valid statements (docs/formats.md §3). Times are unix seconds. */
export interface Roster {
  version: number
  issuedAt: number
  validUntil: number
  /** Ascending by signer's hash. */
  signers: Certificate[]
  /** SHA-256 of each valid unsigned statement, ascending. */
  statements: Bytes32[]
}

const NAME = 'naast/roster/v1\0'
const LONGEST_SECONDS = 7 * 86_400

/** Strictly ascending by their bytes: one order, and nothing twice. */
export const ascending = (hashes: Uint8Array[]): boolean =>
  hashes.map(hex).every((hash, i, all) => i === 0 || (all[i - 1] as string) < hash)

/** The order of signers needs hashes, so it is checked where those are made (trust.ts). */
function valid(roster: Roster): boolean {
  return roster.version >= 1 && roster.validUntil > roster.issuedAt && roster.validUntil - roster.issuedAt <= LONGEST_SECONDS
    && roster.signers.length >= 2 && roster.signers.length <= 16
    && roster.statements.length <= 500 && ascending(roster.statements)
}

/** The canonical bytes that signers sign; throws `misuse` beyond the limits. */
export function encodeUnsignedRoster(roster: Roster): Bytes {
  demand(valid(roster), 'misuse')
  return concat(
    utf8(NAME), u64(roster.version), u64(roster.issuedAt), u64(roster.validUntil),
    u8(roster.signers.length), ...roster.signers.map(encodeCertificate),
    u16(roster.statements.length), ...roster.statements,
  )
}

/** Reads them back; throws `refused-roster`. */
export function decodeUnsignedRoster(bytes: Uint8Array): Roster {
  const r = new Reader(bytes, 'refused-roster')
  r.name(NAME)
  const [version, issuedAt, validUntil] = [r.u64(), r.u64(), r.u64()]
  const signers = r.list(r.u8(), () => readCertificate(r))
  const statements = r.list(r.u16(), () => r.bytesOf(32))
  r.end()
  const roster = { version, issuedAt, validUntil, signers, statements }
  r.check(valid(roster))
  return roster
}
