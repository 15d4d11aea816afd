import { concat, utf8, type Bytes, type Bytes16, type Bytes65 } from '../bytes'
import { CryptoError, demand } from '../errors'
import { Reader, sized16, sized8, u64, u8 } from '../reader'
import { toPoint } from '../suite/point'

export type Role = 'expert' | 'coordinator' | 'professional' | 'mailbox'

/** What two roster signers say of one member of staff (docs/formats.md §1). Times are unix seconds. */
export interface Statement {
  id: Bytes16
  role: Role
  organisation: string
  /** What a visitor sees; never a real name. Empty for a mailbox. */
  alias: string
  languages: string[]
  signatureKey: Bytes65
  hpkeKey: Bytes65
  /** Empty in version 1. */
  kem: Bytes
  notBefore: number
  notAfter: number
}

const NAME = 'naast/statement/v1\0'
const ROLES: readonly Role[] = ['expert', 'coordinator', 'professional', 'mailbox']
const LONGEST_SECONDS = 90 * 86_400
const MARK = '\uFEFF'

const onCurve = (key: Bytes65): boolean => {
  try {
    return toPoint(key).length === 3
  } catch {
    return false
  }
}
const within = (text: string, least: number, most: number): boolean => {
  const { length } = utf8(text)
  return length >= least && length <= most && !text.startsWith(MARK)
}
const ascending = (list: string[]): boolean => list.every((item, i) => i === 0 || (list[i - 1] as string) < item)

/** The limits of docs/formats.md §1: the same for what we write and what we read. */
function valid(s: Statement): boolean {
  return s.id.length === 16 && ROLES.includes(s.role) && within(s.organisation, 1, 200)
    && (s.role === 'mailbox' ? s.alias === '' : within(s.alias, 1, 64))
    && s.languages.length <= 32 && ascending(s.languages) && s.languages.every(tag => /^[a-z0-9-]{2,35}$/.test(tag))
    && onCurve(s.signatureKey) && onCurve(s.hpkeKey) && s.kem.length === 0
    && s.notAfter > s.notBefore && s.notAfter - s.notBefore <= LONGEST_SECONDS
}

/** The canonical bytes that signers sign; throws `misuse` for a statement beyond the limits. */
export function encodeUnsignedStatement(s: Statement): Bytes {
  demand(valid(s), 'misuse')
  return concat(
    utf8(NAME), s.id, u8(ROLES.indexOf(s.role) + 1), sized16(utf8(s.organisation)), sized16(utf8(s.alias)),
    u8(s.languages.length), ...s.languages.map(tag => sized8(utf8(tag))),
    s.signatureKey, s.hpkeKey, sized16(s.kem), u64(s.notBefore), u64(s.notAfter),
  )
}

/** Reads them back; throws `refused-statement` for anything that `encodeUnsignedStatement` would not have made. */
export function decodeUnsignedStatement(bytes: Uint8Array): Statement {
  const r = new Reader(bytes, 'refused-statement')
  r.name(NAME)
  const id = r.bytesOf(16)
  const role = ROLES[r.u8() - 1]
  if (!role) throw new CryptoError('refused-statement')
  const [organisation, alias] = [r.text(r.sized16()), r.text(r.sized16())]
  const languages = r.list(r.u8(), () => r.text(r.sized8()))
  const [signatureKey, hpkeKey, kem] = [r.bytesOf(65), r.bytesOf(65), r.sized16()]
  const [notBefore, notAfter] = [r.u64(), r.u64()]
  r.end()
  const statement = { id, role, organisation, alias, languages, signatureKey, hpkeKey, kem, notBefore, notAfter }
  r.check(valid(statement))
  return statement
}
