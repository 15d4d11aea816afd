import { equal, hex, type Bytes } from '../crypto/bytes'
import { encodeUnsignedRoster, signedByTwo, SLOW_CLOCK_SECONDS, type Roster } from '../crypto/statement'
import type { Draft, KnownSigner, KnownStatement, Ledger } from './ledger'

/**
 * Why a statement of the newest roster is not in the next one: a signer's record · its person was stopped or begins anew · its time is over · there is a newer one of the
 * same person and role · those who signed it no longer count, so it has to be signed anew · the server does not show it any more, so nobody can say · for no reason, which is nothing to sign.
 */
export type Left = 'revoked' | 'withdrawn' | 'over' | 'renewed' | 'signers' | 'gone' | 'dropped'
export interface Leaving { readonly key: string; readonly why: Left; readonly statement?: KnownStatement }

/** A roster that could be signed, and what it changes. */
export interface Plan {
  readonly unsigned: Bytes
  readonly roster: Roster
  readonly brings: readonly KnownStatement[]
  readonly leaves: readonly Leaving[]
  /** Signers that the newest roster has not, and those it has whose time is not over and who are left out. */
  readonly joins: readonly KnownSigner[]
  readonly drops: readonly KnownSigner[]
}

/** Whom a plan makes believed, and by whose signatures: its dates do not count. */
const what = ({ roster: { version, signers, statements } }: Plan): string => [version, ...signers.map(one => `${hex(one.key)} ${one.notAfter}`), 'and', ...statements.map(one => hex(one))].join()
export const samePlan = (a: Plan, b: Plan): boolean => what(a) === what(b)

/** What nobody can check for the person who signs: she is asked. */
export const isGrave = ({ leaves, drops }: Plan): boolean => drops.length > 0 || leaves.some(one => one.why === 'gone')

/**
 * Why a draft of somebody else is not signed: not the next version · dates that are not about now · a signer whom the root did not certify, or whose time is over · fewer than two signers · a statement that
 * is not known to be signed by two · one that was revoked or withdrawn · it leaves out one that holds.
 */
export type Fault = 'version' | 'dates' | 'signers' | 'unknown' | 'stopped' | 'drops'

const DAY = 86_400
/** How long a roster lasts that is made here: the longest there is (docs/formats.md §3). */
const ROSTER_SECONDS = 7 * DAY
/** A draft waits so long for its second signature; then it is made anew. The server takes it no longer either. */
const DRAFT_SECONDS = 2 * 3_600

/** Which statements of an answer belong in a roster whose signers are these, and why the others do not. */
function why(one: KnownStatement, ledger: Ledger, now: number): Left | undefined {
  if (ledger.revoked.has(one.key)) return 'revoked'
  if (ledger.withdrawn.some(other => other.key === one.key)) return 'withdrawn'
  if (now >= one.statement.notAfter) return 'over'
  if (!one.counts) return 'signers'
  return newest(one, ledger, now) === one ? undefined : 'renewed'
}

/** Of the good statements of this person in this role the one that was made last: a roster lists one of each. */
function newest(one: KnownStatement, { statements, revoked, withdrawn }: Ledger, now: number): KnownStatement {
  const same = statements.filter(other => other.person === one.person && other.statement.role === one.statement.role && other.counts && now < other.statement.notAfter
    && !revoked.has(other.key) && !withdrawn.some(gone => gone.key === other.key))
  return same.reduce((latest, other) => (other.statement.notBefore >= latest.statement.notBefore ? other : latest), one)
}

/** As if these (hashes in hexadecimal) were no signers any more: what they signed counts for nothing. */
function withoutSigners(ledger: Ledger, out: ReadonlySet<string>): Ledger {
  const counts = (one: KnownStatement): boolean => one.counts && one.form.signatures.every(({ signer }) => !out.has(hex(signer)))
  return {
    ...ledger, signers: ledger.signers.map(one => (out.has(hex(one.hash)) ? { ...one, current: false } : one)),
    statements: ledger.statements.map(one => ({ ...one, counts: counts(one) })),
  }
}

const byHex = (a: Uint8Array, b: Uint8Array): number => (hex(a) < hex(b) ? -1 : 1)
const unique = (all: readonly KnownStatement[]): KnownStatement[] => [...new Map(all.map(one => [one.key, one])).values()]

/** What a roster that lists these would leave out of the newest one. */
function leaving(listed: ReadonlySet<string>, ledger: Ledger, now: number): Leaving[] {
  const all = unique([...ledger.withdrawn, ...ledger.statements])
  return [...(ledger.roster?.listed ?? [])].filter(key => !listed.has(key)).map(key => {
    const statement = all.find(one => one.key === key)
    return statement ? { key, statement, why: why(statement, ledger, now) ?? 'dropped' } : { key, why: ledger.revoked.has(key) ? 'revoked' : 'gone' }
  })
}

function changes(signers: readonly KnownSigner[], ledger: Ledger, now: number): Pick<Plan, 'joins' | 'drops'> {
  const [before, after] = [ledger.roster?.signers ?? [], new Set(signers.map(one => hex(one.hash)))]
  return { joins: signers.filter(one => !before.some(other => equal(other.hash, one.hash))), drops: before.filter(one => now < one.notAfter && !after.has(hex(one.hash))) }
}

const brings = (all: readonly KnownStatement[], ledger: Ledger): KnownStatement[] => all.filter(one => !ledger.roster?.listed.has(one.key))

/** A roster has no place for more (docs/formats.md §3). Which of them stay is for people to say. */
const MOST_SIGNERS = 16

/** Whether somebody has to be left out by name before there can be a next roster. */
export const hasTooMany = ({ signers }: Ledger, out: readonly string[]): boolean => signers.filter(one => one.current && !out.includes(hex(one.hash))).length > MOST_SIGNERS

/** The next roster, of everything that holds without the signers in `out`; undefined with fewer than two others, for then nobody would believe it, and with more than it has places for. */
export function compose(all: Ledger, now: number, out: ReadonlySet<string> = new Set()): Plan | undefined {
  const ledger = withoutSigners(all, out)
  const signers = ledger.signers.filter(one => one.current).sort((a, b) => byHex(a.hash, b.hash))
  if (signers.length < 2 || signers.length > MOST_SIGNERS) return undefined
  const listed = unique(ledger.statements).filter(one => why(one, ledger, now) === undefined)
  const roster: Roster = {
    version: ledger.version + 1, issuedAt: now, validUntil: now + ROSTER_SECONDS,
    signers: signers.map(one => one.certificate), statements: listed.map(one => one.hash).sort(byHex),
  }
  return { unsigned: encodeUnsignedRoster(roster), roster, brings: brings(listed, ledger), leaves: leaving(new Set(listed.map(one => one.key)), ledger, now), ...changes(signers, ledger, now) }
}

/** The signers a draft lists, as this page knows them; undefined where it lists one that is not a current signer. */
function signersOf(roster: Roster, ledger: Ledger): KnownSigner[] | undefined {
  const all = roster.signers.flatMap(listed => ledger.signers.filter(one => one.current && equal(one.key, listed.key) && one.notAfter === listed.notAfter && equal(one.nameHash, listed.nameHash)))
  return all.length === roster.signers.length && all.length >= 2 ? all : undefined
}

const datesFit = ({ issuedAt, validUntil }: Roster, now: number): boolean =>
  issuedAt <= now + SLOW_CLOCK_SECONDS && issuedAt >= now - DRAFT_SECONDS && validUntil - issuedAt === ROSTER_SECONDS

/** Each statement that a draft brings or keeps: signed by two of the draft's own signers, as a visitor's client will count them. */
async function fault(roster: Roster, signers: KnownSigner[], ledger: Ledger, now: number): Promise<Fault | undefined> {
  for (const hash of roster.statements) {
    const key = hex(hash)
    if (ledger.revoked.has(key) || ledger.withdrawn.some(gone => gone.key === key)) return 'stopped'
    const one = ledger.statements.find(known => known.key === key)
    if (!one || !await signedByTwo(one.form, signers)) return 'unknown'
    if (![undefined, 'renewed'].includes(why(one, ledger, now))) return 'stopped'
  }
  return undefined
}

/** Somebody else's draft: the plan it is, or why it is not signed here. A draft is a word of the server until this was asked. */
export async function checkDraft({ roster, unsigned }: Draft, all: Ledger, now: number): Promise<Plan | Fault> {
  if (roster.version !== all.version + 1) return 'version'
  if (!datesFit(roster, now)) return 'dates'
  const signers = signersOf(roster, all)
  if (!signers) return 'signers'
  const ledger = withoutSigners(all, new Set(all.signers.map(one => hex(one.hash)).filter(hash => !signers.some(one => hex(one.hash) === hash))))
  const wrong = await fault(roster, signers, ledger, now)
  if (wrong) return wrong
  const listed = new Set(roster.statements.map(hex))
  const leaves = leaving(listed, ledger, now)
  if (leaves.some(one => one.why === 'dropped')) return 'drops'
  return { unsigned, roster, brings: brings(ledger.statements.filter(one => listed.has(one.key)), ledger), leaves, ...changes(signers, ledger, now) }
}

/** Whether a draft says what would be said now; one that does not may be made anew. */
export function isFresh({ roster, unsigned }: Draft, ledger: Ledger, now: number, out: ReadonlySet<string>): boolean {
  const next = compose(ledger, now, out)
  return next !== undefined && equal(encodeUnsignedRoster({ ...next.roster, issuedAt: roster.issuedAt, validUntil: roster.validUntil }), unsigned)
}

/** `over`: it has ended, and the server does not hand it on any more; `former`: it is of a root before this one. */
export type Ends = { readonly kind: 'none' | 'over' | 'former' } | { readonly kind: 'ended' | 'urgent' | 'soon' | 'fine'; readonly at: number }

/** When the newest roster ends, and whether that has to be said: 72 and 24 hours before. */
export function ends(ledger: Ledger, now: number): Ends {
  if (!ledger.roster) return { kind: ledger.former ? 'former' : ledger.version > 0 ? 'over' : 'none' }
  const at = ledger.roster.roster.validUntil
  const left = at - now
  return { kind: left <= 0 || !ledger.roster.holds ? 'ended' : left <= DAY ? 'urgent' : left <= 3 * DAY ? 'soon' : 'fine', at }
}
