import { equal, hex, sha256, utf8, type Bytes, type Bytes65 } from '../crypto/bytes'
import { certified, decodeCertificate, SLOW_CLOCK_SECONDS, type Certificate } from '../crypto/statement'
import type { KnownSigner, Ledger, Proposal } from './ledger'
import type { MySigner } from './ports'

/** Where I stand as a roster signer: no key yet · a key that the root has not certified · a certificate that ran out, or that the server does not hand on (yet) · a signer. */
export type Standing =
  | { readonly kind: 'none' }
  | { readonly kind: 'asked'; readonly mine: MySigner }
  | { readonly kind: 'over' | 'unknown'; readonly mine: MySigner; readonly until: number }
  | { readonly kind: 'signer'; readonly mine: MySigner; readonly until: number; readonly signer: KnownSigner }

/** `now`: unix seconds. */
export function standing(mine: MySigner | undefined, ledger: Ledger, now: number): Standing {
  if (!mine) return { kind: 'none' }
  if (!mine.certificate) return { kind: 'asked', mine }
  const { key, notAfter: until } = decodeCertificate(mine.certificate)
  if (now >= until) return { kind: 'over', mine, until }
  const signer = ledger.signers.find(one => one.current && equal(one.key, key) && one.notAfter === until)
  return signer ? { kind: 'signer', mine, until, signer } : { kind: 'unknown', mine, until }
}

/** Why a pasted text is not my certificate: no certificate at all · not by this organisation's root · of another key · under another name · its time is over. */
export type Unfit = 'form' | 'root' | 'key' | 'name' | 'over'

export async function fitting(bytes: Bytes, mine: MySigner, root: Bytes65, now: number): Promise<Certificate | Unfit> {
  let certificate: Certificate
  try {
    certificate = decodeCertificate(bytes)
  } catch {
    return 'form'
  }
  if (!await certified(root, certificate).then(() => true, () => false)) return 'root'
  if (!equal(certificate.key, mine.key)) return 'key'
  if (!equal(certificate.nameHash, await sha256(utf8(mine.name)))) return 'name'
  return now < certificate.notAfter ? certificate : 'over'
}

/**
 * Why a proposal is not mine to sign: I am no signer · I signed it · somebody signed it who is me by key or by name, and would count once · it is of another organisation · of a role that nobody here signs ·
 * its time has not come or is over.
 */
export type WhyNot = 'no-signer' | 'signed' | 'same-person' | 'organisation' | 'role' | 'dates'

export function whyNot({ statement, by }: Proposal, me: Standing, organisation: string, now: number): WhyNot | undefined {
  if (statement.organisation !== organisation) return 'organisation'
  if (statement.role !== 'expert' && statement.role !== 'coordinator') return 'role'
  if (statement.notBefore > now + SLOW_CLOCK_SECONDS || now >= statement.notAfter) return 'dates'
  if (me.kind !== 'signer') return 'no-signer'
  const { signer } = me
  if (by.some(one => equal(one.hash, signer.hash))) return 'signed'
  return by.some(one => equal(one.key, signer.key) || equal(one.nameHash, signer.nameHash)) ? 'same-person' : undefined
}

/** Whether a record by me would be believed: a visitor's client counts the signers of the newest roster only (docs/formats.md §4, §5). */
export const mayRevoke = (me: Standing, ledger: Ledger): boolean =>
  me.kind === 'signer' && (ledger.roster?.signers.some(one => hex(one.hash) === hex(me.signer.hash)) ?? false)
