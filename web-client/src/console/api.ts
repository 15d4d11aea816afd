import { toBase64Url, type Bytes, type Bytes32 } from '../crypto/bytes'
import type { Signature } from '../crypto/statement'
import { bool, bytes, each, fields, must, text, whole, type Fields } from '../staff/answer'
import type { Made, Person, StaffApi } from '../staff/api'

/** What the server says there is (`GET /api/signing`): bytes from somebody who may lie. `ledger.ts` makes of it what can be believed. */
export interface SigningAnswer {
  /** None in a trial. */
  readonly root?: Bytes
  readonly trial: boolean
  /** Of the newest roster, also when that has ended and is not handed on any more; 0 before the first. */
  readonly version: number
  readonly certificates: readonly Bytes[]
  readonly statements: readonly Kept[]
  readonly proposals: readonly { readonly person: string; readonly unsigned: Bytes; readonly signatures: readonly Signature[] }[]
  readonly roster?: Bytes
  readonly draft?: { readonly unsigned: Bytes; readonly signatures: readonly Signature[] }
  readonly withdrawn: readonly Kept[]
  readonly revocations: readonly Bytes[]
}
/** `until`: unix seconds; `to`: of which statement of mine it is sealed to. */
export interface SealedReport { readonly report: string; readonly to: Bytes32; readonly box: Bytes; readonly answered: boolean; readonly until: number }
export interface Kept { readonly person: string; readonly signed: Bytes }

export interface ConsolePerson extends Person { readonly reset?: 'asked' | null }
/** `refused`: a signer heard other words, or revoked it. */
export type Proposed = { readonly state: 'proposed' | 'refused' } | { readonly state: 'signed'; readonly statement: Bytes; readonly roster: Bytes }
export type ResetAnswer = { readonly state: 'asked' } | ({ readonly state: 'done' } & Made)
export interface Duty { readonly onDuty: boolean; /** Whether it is this session that is set to available. */ readonly mine: boolean }

const there = (value: unknown): boolean => value !== undefined && value !== null

const signature = (one: unknown): Signature => ({ signer: bytes(fields(one)['signer']), signature: bytes(fields(one)['signature']) })
const kept = (one: unknown): Kept => ({ person: text(fields(one)['person']), signed: bytes(fields(one)['signed']) })
const form = (one: Fields): { unsigned: Bytes; signatures: Signature[] } => ({ unsigned: bytes(one['unsigned']), signatures: each(one['signatures'], signature) })

/** Reads the answer; throws `unreachable` for any other form. */
function readSigning(a: Fields): SigningAnswer {
  return {
    ...(there(a['root']) && { root: bytes(a['root']) }), trial: bool(a['trial']), version: whole(a['version']), certificates: each(a['certificates'], bytes), statements: each(a['statements'], kept),
    proposals: each(a['proposals'], one => ({ person: text(fields(one)['person']), ...form(fields(one)) })),
    ...(there(a['roster']) && { roster: bytes(a['roster']) }), ...(there(a['draft']) && { draft: form(fields(a['draft'])) }),
    withdrawn: each(a['withdrawn'], kept), revocations: each(a['revocations'], bytes),
  }
}

/** The coordinator's routes. Each rejects with a `StaffError` and nothing else. */
export class ConsoleApi {
  constructor(private readonly api: StaffApi) {}

  async signing(): Promise<SigningAnswer> { return readSigning(await this.api.ask('signing')) }

  async propose(unsigned: Bytes): Promise<Proposed> {
    const answer = await this.api.statement(toBase64Url(unsigned))
    return answer.state === 'signed' ? { state: 'signed', statement: bytes(answer.statement), roster: bytes(answer.roster) } : answer
  }
  async certificate(certificate: Bytes): Promise<void> { await this.api.ask('signing/certificate', { certificate: toBase64Url(certificate) }) }
  async signStatement(hash: Bytes32, by: Signature): Promise<void> {
    await this.api.ask('signing/statement', { hash: toBase64Url(hash), signer: toBase64Url(by.signer), signature: toBase64Url(by.signature) })
  }
  async refuse(hash: Bytes32): Promise<void> { await this.api.ask('signing/refuse', { hash: toBase64Url(hash) }) }
  async signRoster(unsigned: Bytes, by: Signature): Promise<void> {
    await this.api.ask('signing/roster', { unsigned: toBase64Url(unsigned), signer: toBase64Url(by.signer), signature: toBase64Url(by.signature) })
  }
  async revoke(revocation: Bytes): Promise<void> { await this.api.ask('signing/revocation', { revocation: toBase64Url(revocation) }) }

  people(): Promise<readonly ConsolePerson[]> { return this.api.people() }
  async reset(id: string): Promise<ResetAnswer> {
    const answer = await this.api.ask('people/reset', { id })
    if (answer['state'] === 'asked') return { state: 'asked' }
    must(answer['state'] === 'done')
    return { state: 'done', link: text(answer['link']), expiresAt: whole(answer['expiresAt']) }
  }
  async duty(): Promise<Duty> {
    const { onDuty, available } = await this.api.ask('duty')
    return { onDuty: bool(onDuty), mine: bool(available) }
  }
  async reports(): Promise<readonly SealedReport[]> {
    return each((await this.api.ask('reports'))['reports'], one => {
      const { report, to, box, answered, expiresAt } = fields(one)
      return { report: text(report), to: bytes(to), box: bytes(box), answered: bool(answered), until: Math.floor(whole(expiresAt) / 1000) }
    })
  }
  async answerReport(report: string, box: Bytes): Promise<void> { await this.api.ask('reports/answer', { report, box: toBase64Url(box) }) }
  async setDuty(available: boolean): Promise<void> { await this.api.ask('duty', { available }) }
}
