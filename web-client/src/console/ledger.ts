import { equal, hex, sha256, type Bytes, type Bytes32, type Bytes65 } from '../crypto/bytes'
import {
  ascending, certified, decodeCertificate, decodeRevocation, decodeSigned, decodeUnsignedRoster, decodeUnsignedStatement, encodeUnsignedRevocation, signedBy, signedByTwo, SLOW_CLOCK_SECONDS,
  type Certificate, type Roster, type Signature, type SignedStatement, type Signer, type Statement,
} from '../crypto/statement'
import type { Kept, SigningAnswer } from './api'
import type { SeenRoster } from './ports'

/** A roster signer whose certificate the root signed. `current`: her time has not run out, and she still is one. */
export interface KnownSigner extends Signer { readonly certificate: Certificate; readonly notAfter: number; readonly current: boolean }

/** A statement that two people signed, each with a certificate of the root; `key` is its hash in hexadecimal. `counts`: both can still be counted. */
export interface KnownStatement { readonly person: string; readonly statement: Statement; readonly hash: Bytes32; readonly key: string; readonly form: SignedStatement; readonly counts: boolean }

/** Not yet signed by two. Only good signatures of current signers stand here. */
export interface Proposal { readonly person: string; readonly statement: Statement; readonly hash: Bytes32; readonly key: string; readonly unsigned: Bytes; readonly by: readonly KnownSigner[] }

/** `holds`: a visitor's client would believe it now. */
export interface KnownRoster { readonly roster: Roster; readonly hash: Bytes32; readonly listed: ReadonlySet<string>; readonly signers: readonly KnownSigner[]; readonly holds: boolean }

export interface Draft { readonly unsigned: Bytes; readonly roster: Roster; readonly by: readonly KnownSigner[] }

/** What of the server's answer leads back to the root compiled into this page. `untrue`: how many things did not, and were left out. */
export interface Ledger {
  readonly trial: boolean
  readonly signers: readonly KnownSigner[]
  readonly statements: readonly KnownStatement[]
  readonly proposals: readonly Proposal[]
  /** Of the newest roster: the next one is one more. It is the server's word where that has ended, or was of a root before this one (`former`). */
  readonly version: number
  readonly roster?: KnownRoster
  readonly former: boolean
  readonly draft?: Draft
  readonly withdrawn: readonly KnownStatement[]
  /** Hashes of statements, in hexadecimal. */
  readonly revoked: ReadonlySet<string>
  readonly untrue: number
}

/** Another root than ours, a newest roster that is none, or one older than (or other than) one seen before: nothing may be signed on that. */
export type Lie = 'root' | 'roster' | 'rolled-back'
export type Found = { readonly kind: 'ledger'; readonly ledger: Ledger } | { readonly kind: 'lie'; readonly lie: Lie }

/** `now`: unix seconds. */
export interface Ground { readonly root: Bytes65; readonly now: number; readonly seen?: SeenRoster | undefined; /** Of statements that were revoked once, in hexadecimal. */ readonly revoked?: ReadonlySet<string> }


/** All that `read` does not refuse, and how many it did. */
async function sift<T, R>(all: readonly T[], read: (one: T) => Promise<R>): Promise<{ good: R[]; untrue: number }> {
  const read1 = await Promise.all(all.map(one => read(one).then(value => ({ value }), () => undefined)))
  const good = read1.flatMap(one => (one ? [one.value] : []))
  return { good, untrue: all.length - good.length }
}

const known = (all: readonly KnownSigner[], hash: Uint8Array): KnownSigner | undefined => all.find(signer => equal(signer.hash, hash))
const refused = (): never => { throw new Error('not true') }

async function signer(bytes: Bytes, { root, now }: Ground): Promise<KnownSigner> {
  const certificate = decodeCertificate(bytes)
  const found = await certified(root, certificate)
  return { ...found, certificate, current: now < found.notAfter }
}

/** Signed by two at all; whether the two still count is said apart, for a certificate runs out without anybody having lied. */
async function statement({ person, signed }: Kept, signers: readonly KnownSigner[]): Promise<KnownStatement> {
  const form = decodeSigned(signed, 'refused-statement')
  const read = decodeUnsignedStatement(form.unsigned)
  if (!await signedByTwo(form, [...signers])) refused()
  const hash = await sha256(form.unsigned)
  return { person, statement: read, hash, key: hex(hash), form, counts: form.signatures.every(one => known(signers, one.signer)?.current) }
}

/** Those whose good signatures stand under a form, or a refusal where one of them is not good or nobody's. */
const signersOf = (unsigned: Bytes, signatures: readonly Signature[], signers: readonly KnownSigner[]): Promise<KnownSigner[]> =>
  Promise.all(signatures.map(async ({ signer: hash, signature }) => {
    const by = known(signers, hash)
    return by && await signedBy(by, unsigned, signature) ? by : refused()
  }))

async function proposal(one: SigningAnswer['proposals'][number], signers: readonly KnownSigner[]): Promise<Proposal> {
  const read = decodeUnsignedStatement(one.unsigned)
  const hash = await sha256(one.unsigned)
  const by = (await signersOf(one.unsigned, one.signatures, signers)).filter(known => known.current)
  return { person: one.person, statement: read, hash, key: hex(hash), unsigned: one.unsigned, by }
}

/** The certificates of a roster itself, as a visitor's client reads them: all of the root, in their order. */
async function rosterSigners(roster: Roster, ground: Ground): Promise<KnownSigner[]> {
  const all = await Promise.all(roster.signers.map(async certificate => ({ ...await certified(ground.root, certificate), certificate, current: ground.now < certificate.notAfter })))
  return ascending(all.map(one => one.hash)) ? all : refused()
}

/** The newest roster. One that has ended is still what the next one follows; two signers whose time ran out meanwhile signed it all the same. */
async function newest(bytes: Bytes, ground: Ground): Promise<KnownRoster> {
  const form = decodeSigned(bytes, 'refused-roster')
  const roster = decodeUnsignedRoster(form.unsigned)
  const signers = await rosterSigners(roster, ground)
  if (!await signedByTwo(form, signers.filter(one => roster.issuedAt < one.notAfter))) refused()
  if (roster.issuedAt > ground.now + SLOW_CLOCK_SECONDS) refused()
  const holds = ground.now < roster.validUntil && await signedByTwo(form, signers.filter(one => one.current))
  return { roster, hash: await sha256(form.unsigned), listed: new Set(roster.statements.map(hex)), signers, holds }
}

async function draft(answer: NonNullable<SigningAnswer['draft']>, ground: Ground): Promise<Draft> {
  const roster = decodeUnsignedRoster(answer.unsigned)
  const signers = await rosterSigners(roster, ground)
  return { unsigned: answer.unsigned, roster, by: await signersOf(answer.unsigned, answer.signatures, signers.filter(one => one.current)) }
}

async function revoked(bytes: Bytes, signers: readonly KnownSigner[]): Promise<string> {
  const one = decodeRevocation(bytes)
  const by = known(signers, one.signer)
  return by && await signedBy(by, encodeUnsignedRevocation(one), one.signature) ? hex(one.statement) : refused()
}

/** Those that are handed on now, and those of the newest roster that no longer are: what they signed was true, and counts no more. */
function everybody(now: readonly KnownSigner[], before: readonly KnownSigner[]): KnownSigner[] {
  const all = new Map(before.map(one => [hex(one.hash), { ...one, current: false }]))
  for (const one of now) all.set(hex(one.hash), one)
  return [...all.values()]
}

/** More than one each hour in a century: whoever names such a version wants that no other can follow. */
const HIGHEST_VERSION = 1_000_000

/** What the next roster follows. */
interface Base { readonly version: number; readonly hash?: Bytes32; readonly roster?: KnownRoster; readonly former: boolean }

/** Whether none of its certificates is of this root: a roster from before the root was replaced. */
async function isFormer({ unsigned }: SignedStatement, { root }: Ground): Promise<boolean> {
  const all = await Promise.all(decodeUnsignedRoster(unsigned).signers.map(one => certified(root, one).then(() => true, () => false)))
  return !all.includes(true)
}

/** Undefined for a roster that is none. */
async function base({ roster, version }: SigningAnswer, ground: Ground): Promise<Base | undefined> {
  if (!roster) return version <= HIGHEST_VERSION ? { version, former: false } : undefined
  const known = await newest(roster, ground).catch(() => undefined)
  if (known) return { version: known.roster.version, hash: known.hash, roster: known, former: false }
  const form = decodeSigned(roster, 'refused-roster')
  if (!await isFormer(form, ground)) return undefined
  const { version: old } = decodeUnsignedRoster(form.unsigned)
  return old <= HIGHEST_VERSION ? { version: old, hash: await sha256(form.unsigned), former: true } : undefined
}

/** Older than one that was seen; another under its version; or taken away before its time was over. */
function rolledBack({ version, hash }: Base, seen: SeenRoster | undefined, now: number): boolean {
  if (!seen || version > seen.version) return false
  return version < seen.version || (hash ? !equal(hash, seen.hash) : now < seen.until)
}

const IN_TRIAL: Ledger = { trial: true, signers: [], statements: [], proposals: [], version: 0, former: false, withdrawn: [], revoked: new Set(), untrue: 0 }

/** What can be believed of an answer. Everything is checked here, by the root of this page; what comes after trusts these types. */
export async function readLedger(answer: SigningAnswer, ground: Ground): Promise<Found> {
  if (answer.trial) return { kind: 'ledger', ledger: IN_TRIAL }
  if (!answer.root || !equal(answer.root, ground.root)) return { kind: 'lie', lie: 'root' }
  const stands = await base(answer, ground).catch(() => undefined)
  if (!stands) return { kind: 'lie', lie: 'roster' }
  if (rolledBack(stands, ground.seen, ground.now)) return { kind: 'lie', lie: 'rolled-back' }
  const { roster, version, former } = stands
  const certificates = await sift(answer.certificates, bytes => signer(bytes, ground))
  const signers = everybody(certificates.good, roster?.signers ?? [])
  const [statements, withdrawn, proposals, revocations, drafts] = await Promise.all([
    sift(answer.statements, one => statement(one, signers)), sift(answer.withdrawn, one => statement(one, signers)),
    sift(answer.proposals, one => proposal(one, signers)), sift(answer.revocations, one => revoked(one, signers)),
    sift(answer.draft ? [answer.draft] : [], one => draft(one, ground)),
  ])
  const [theirs] = drafts.good
  return {
    kind: 'ledger', ledger: {
      trial: false, version, former, signers, statements: statements.good, proposals: proposals.good, withdrawn: withdrawn.good, revoked: new Set([...revocations.good, ...(ground.revoked ?? [])]),
      ...(roster && { roster }), ...(theirs && { draft: theirs }),
      untrue: [certificates, statements, withdrawn, proposals, revocations, drafts].reduce((sum, one) => sum + one.untrue, 0),
    },
  }
}
