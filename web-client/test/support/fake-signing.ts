import { equal, fromBase64Url, hex, sha256, toBase64Url, type Bytes } from '../../src/crypto/bytes'
import {
  certified, decodeCertificate, decodeRevocation, decodeUnsignedRoster, decodeUnsignedStatement, encodeSigned, encodeUnsignedRevocation, signedBy, type Signature, type Statement,
} from '../../src/crypto/statement'
import type { Organisation } from './organisation'

export interface FakePerson { readonly id: string; readonly alias: string; readonly roles: readonly string[]; readonly languages: readonly string[]; state: 'active' | 'suspended'; reset: null | 'asked' }
interface Proposal { readonly person: string; readonly role: string; readonly unsigned: Bytes; readonly signatures: Signature[] }
interface Kept { readonly person: string; readonly statement: Statement; readonly unsigned: Bytes; readonly signed: Bytes; readonly hash: string }
interface Draft { readonly unsigned: Bytes; readonly signatures: Signature[] }

class Refusal extends Error { constructor(readonly code: string, readonly status: number) { super(code) } }
const no = (code: string, status = 409): never => { throw new Refusal(code, status) }
const wire = (signatures: readonly Signature[]) => signatures.map(one => ({ signer: toBase64Url(one.signer), signature: toBase64Url(one.signature) }))
type Fields = Record<string, string>

/** The server's half of signing, as protocol §11 has it: it signs nothing, checks what it is given, and can be made to lie (`lie`). Keeps every request, word for word. */
export class FakeSigning {
  readonly requests: { readonly person: string; readonly path: string; readonly body: string }[] = []
  readonly people: FakePerson[] = []
  readonly certificates: { readonly bytes: Bytes; readonly person: string }[] = []
  statements: Kept[] = []
  proposals: Proposal[] = []
  private readonly refused: Bytes[] = []
  roster: Bytes | undefined
  draft: Draft | undefined
  withdrawn: Kept[] = []
  revocations: Bytes[] = []
  onDuty = new Set<string>()
  private resetAskedBy = new Map<string, string>()
  /** Changes the answer of GET /api/signing on its way out. */
  lie: (answer: Record<string, unknown>) => Record<string, unknown> = answer => answer

  constructor(private readonly organisation: Organisation, private readonly now: () => number) {}

  join(id: string, alias: string, ...roles: string[]): FakePerson {
    const person: FakePerson = { id, alias, roles, languages: ['nl'], state: 'active', reset: null }
    this.people.push(person)
    return person
  }

  /** As this person's browser asks. */
  as(id: string): typeof globalThis.fetch {
    return async (url, init) => {
      const path = String(url).replace('/api/', '')
      this.requests.push({ person: id, path, body: String(init?.body ?? '') })
      try {
        return Response.json(await this.answer(id, path, init?.body === undefined ? undefined : JSON.parse(String(init.body)) as Fields))
      } catch (error) {
        if (!(error instanceof Refusal)) return Response.json({ code: 'malformed' }, { status: 400 })
        return Response.json({ code: error.code }, { status: error.status })
      }
    }
  }

  private answer(id: string, path: string, body: Fields | undefined): unknown {
    switch (path) {
      case 'signing': return this.lie(this.signing())
      case 'statement': return this.propose(id, bytes(body, 'unsigned'))
      case 'signing/certificate': return this.certificate(id, bytes(body, 'certificate'))
      case 'signing/statement': return this.signStatement(id, bytes(body, 'hash'), signature(body))
      case 'signing/refuse': return this.refuse(bytes(body, 'hash'))
      case 'signing/roster': return this.signRoster(id, bytes(body, 'unsigned'), signature(body))
      case 'signing/revocation': return this.revoke(bytes(body, 'revocation'))
      case 'people': return { people: this.people }
      case 'people/reset': return this.reset(id, String(body?.['id']))
      case 'duty': return this.duty(id, body?.['available'] as unknown as boolean | undefined)
      default: return no('unknown', 404)
    }
  }

  private signing(): Record<string, unknown> {
    const kept = (all: readonly Kept[]) => all.map(({ person, signed }) => ({ person, signed: toBase64Url(signed) }))
    return {
      root: toBase64Url(this.organisation.root.publicKey), trial: false, version: this.version, certificates: this.certificates.map(one => toBase64Url(one.bytes)), statements: kept(this.newest()),
      proposals: this.proposals.map(one => ({ person: one.person, unsigned: toBase64Url(one.unsigned), signatures: wire(one.signatures) })),
      roster: this.roster && rosterIn(this.roster).validUntil > this.now() ? toBase64Url(this.roster) : null, draft: this.draft ? { unsigned: toBase64Url(this.draft.unsigned), signatures: wire(this.draft.signatures) } : null,
      withdrawn: kept(this.withdrawn), revocations: this.revocations.map(toBase64Url),
    }
  }

  private async propose(id: string, unsigned: Bytes): Promise<unknown> {
    const person = this.people.find(one => one.id === id) ?? no('unknown', 404)
    const statement = decodeUnsignedStatement(unsigned)
    if (!person.roles.includes(statement.role) || statement.alias !== person.alias || statement.organisation !== 'Naast') no('not-allowed', 403)
    if (this.refused.some(one => equal(one, unsigned))) return { state: 'refused' }
    const signed = this.statements.find(one => equal(one.unsigned, unsigned))
    if (signed && this.roster && this.listed().has(signed.hash)) return { state: 'signed', statement: toBase64Url(signed.signed), roster: toBase64Url(this.roster) }
    if (!signed && !this.proposals.some(one => equal(one.unsigned, unsigned))) {
      if (Math.abs(statement.notBefore - this.now()) > 7_200) no('malformed', 400)
      this.proposals = [...this.proposals.filter(one => one.person !== id || one.role !== statement.role), { person: id, role: statement.role, unsigned, signatures: [] }]
    }
    return { state: 'proposed' }
  }

  private async certificate(id: string, certificate: Bytes): Promise<object> {
    await certified(this.organisation.root.publicKey, decodeCertificate(certificate)).catch(() => no('malformed', 400))
    if (!this.certificates.some(one => equal(one.bytes, certificate))) this.certificates.push({ bytes: certificate, person: id })
    return {}
  }

  /** The certificate behind a signer's hash, if it is this person's and its time has not come. */
  private async signer(id: string, hash: Bytes) {
    const all = await Promise.all(this.certificates.filter(one => one.person === id).map(async one => certified(this.organisation.root.publicKey, decodeCertificate(one.bytes))))
    const found = all.find(one => equal(one.hash, hash)) ?? no('not-allowed', 403)
    return this.now() < found.notAfter ? found : no('not-allowed', 403)
  }

  private async signStatement(id: string, hash: Bytes, by: Signature): Promise<object> {
    const proposal = await this.proposalOf(hash)
    const signer = await this.signer(id, by.signer)
    if (!await signedBy(signer, proposal.unsigned, by.signature)) no('malformed', 400)
    if (proposal.signatures.some(one => this.personOf(one.signer) === id || equal(one.signer, by.signer))) no('not-now')
    proposal.signatures.push(by)
    this.signers.set(hex(by.signer), id)
    if (proposal.signatures.length < 2) return {}
    this.proposals = this.proposals.filter(one => one !== proposal)
    const { person, unsigned, signatures } = proposal
    this.statements.push({ person, unsigned, statement: decodeUnsignedStatement(unsigned), signed: encodeSigned({ unsigned, signatures: [...signatures] }), hash: hex(hash) })
    return {}
  }

  private readonly signers = new Map<string, string>()
  private personOf(signer: Bytes): string | undefined { return this.signers.get(hex(signer)) }
  private async proposalOf(hash: Bytes): Promise<Proposal> {
    for (const one of this.proposals) if (equal(await sha256(one.unsigned), hash)) return one
    return no('unknown', 404)
  }

  private async refuse(hash: Bytes): Promise<object> {
    const proposal = await this.proposalOf(hash)
    this.proposals = this.proposals.filter(one => one !== proposal)
    this.refused.push(proposal.unsigned)
    return {}
  }

  private get version(): number { return this.roster ? rosterIn(this.roster).version : 0 }

  /** Of each person and role the newest that has not ended. */
  private newest(): Kept[] {
    return [...new Map(this.statements.filter(one => one.statement.notAfter > this.now()).map(one => [`${one.person} ${one.statement.role}`, one])).values()]
  }

  listed(): Set<string> { return new Set(this.roster ? rosterIn(this.roster).statements.map(hex) : []) }

  private async signRoster(id: string, unsigned: Bytes, by: Signature): Promise<object> {
    const roster = decodeUnsignedRoster(unsigned)
    const signer = await this.signer(id, by.signer)
    if (!await signedBy(signer, unsigned, by.signature)) no('malformed', 400)
    if (Math.abs(roster.issuedAt - this.now()) > 7_200) no('malformed', 400)
    if (roster.version !== this.version + 1) no('not-now')
    const listed = roster.statements.map(hash => this.statements.find(one => one.hash === hex(hash)) ?? no('not-allowed', 403))
    if (new Set(listed.map(one => `${one.person} ${one.statement.role}`)).size !== listed.length) no('not-allowed', 403)
    const draft = this.draft && equal(this.draft.unsigned, unsigned) ? this.draft : { unsigned, signatures: [] }
    this.draft = draft
    if (!draft.signatures.some(one => equal(one.signer, by.signer))) draft.signatures.push(by)
    if (draft.signatures.length < 2) return { state: 'draft' }
    this.roster = encodeSigned(draft)
    this.draft = undefined
    this.withdrawn = this.withdrawn.filter(one => this.listed().has(one.hash))
    return { state: 'signed' }
  }

  private async revoke(bytes: Bytes): Promise<object> {
    const revocation = decodeRevocation(bytes)
    const signers = await Promise.all(this.certificates.map(one => certified(this.organisation.root.publicKey, decodeCertificate(one.bytes))))
    const signer = signers.find(one => equal(one.hash, revocation.signer)) ?? no('malformed', 400)
    if (!await signedBy(signer, encodeUnsignedRevocation(revocation), revocation.signature)) no('malformed', 400)
    this.statements = this.statements.filter(one => one.hash !== hex(revocation.statement))
    this.revocations.push(bytes)
    return {}
  }

  /** As an administrator does. */
  suspend(id: string): void {
    for (const one of this.people) if (one.id === id) one.state = 'suspended'
    this.withdrawn.push(...this.statements.filter(one => one.person === id))
    this.statements = this.statements.filter(one => one.person !== id)
  }

  private reset(id: string, other: string): object {
    const person = this.people.find(one => one.id === other)
    if (!person || id === other) return no('not-allowed', 403)
    const first = this.resetAskedBy.get(other)
    if (first === undefined || first === id) {
      this.resetAskedBy.set(other, id)
      person.reset = 'asked'
      return { state: 'asked' }
    }
    this.suspend(other)
    return { state: 'done', link: `https://werkplek.example/desk#invitation=${other}`, expiresAt: this.now() * 1000 + 86_400_000 }
  }

  private duty(id: string, available: boolean | undefined): object {
    if (available === undefined) return { onDuty: this.onDuty.size > 0, available: this.onDuty.has(id) }
    if (available) this.onDuty.add(id)
    else this.onDuty.delete(id)
    return {}
  }
}

const bytes = (body: Fields | undefined, name: string): Bytes => fromBase64Url(body?.[name] ?? no('malformed', 400))
const signature = (body: Fields | undefined): Signature => ({ signer: bytes(body, 'signer'), signature: bytes(body, 'signature') })
/** The unsigned roster stands behind a length of four bytes. */
const rosterIn = (signed: Bytes) => decodeUnsignedRoster(signed.slice(4, 4 + new DataView(signed.buffer, signed.byteOffset).getUint32(0)))
