import { equal, fromBase64Url, hex, sha256, utf8, type Bytes } from '../crypto/bytes'
import { StaffError } from '../staff/api'
import { revocationOf, signPlan, signProposal } from './acts'
import { Heard } from './heard'
import { InTurn } from './in-turn'
import type { KnownSigner, KnownStatement, Ledger, Proposal } from './ledger'
import { fitting, mayRevoke, whyNot, type Unfit } from './may'
import { rememberRevoked, Rounds, seconds, type Reading, type SigningPorts } from './reading'
import { checkDraft, compose, isGrave, samePlan, type Plan } from './roster'

export type Problem = 'unreachable' | 'refused' | 'moved' | 'vault'
/** What waits for a second press, and of what: a proposal, a person, a roster (`draft` or `next`). */
export interface Asking { readonly what: 'refuse' | 'revoke' | 'roster' | 'new-key'; readonly of: string }

export interface SigningState {
  readonly reading?: Reading
  /** The proposal whose words were typed and were others. Nothing was signed. */
  readonly wrong?: string
  readonly unfit?: Unfit
  /** Hashes, in hexadecimal, of the signers whom the next roster is to leave out; and a name that is no signer's. */
  readonly out: readonly string[]
  readonly nobody?: string
  readonly asking?: Asking
  readonly busy: boolean
  readonly problem?: Problem
  /** The server knows no such session any more. */
  readonly over?: true
}

function problemOf(error: unknown): Partial<SigningState> {
  if (!(error instanceof StaffError)) return { problem: 'vault' }
  if (error.code === 'not-signed-in') return { over: true }
  return { problem: ['unreachable', 'busy', 'too-fast'].includes(error.code) ? 'unreachable' : error.code === 'not-now' || error.code === 'unknown' ? 'moved' : 'refused' }
}

/** What a person has that a record could still stop: listed by the newest roster, or to be listed by the next. */
export const revocable = (ledger: Ledger, person: string): KnownStatement[] => [...new Map([...ledger.statements, ...ledger.withdrawn].map(one => [one.key, one])).values()]
  .filter(one => one.person === person && !ledger.revoked.has(one.key))

/** What a coordinator signs. Nothing is signed but what `ledger`, `roster` and `may` let through. */
export class SigningDoor extends InTurn<SigningState> {
  private readonly rounds: Rounds

  constructor(private readonly ports: SigningPorts) {
    super({ busy: false, out: [] }, ['problem', 'asking', 'wrong', 'unfit', 'nobody'])
    this.rounds = new Rounds(ports)
  }

  protected override async read(): Promise<Partial<SigningState>> { return { reading: await this.rounds.go(new Set(this.state.out)) } }
  protected override problem(error: unknown): Partial<SigningState> { return problemOf(error) }

  ask(asking: Asking): void { this.set({ asking }) }
  unask(): void { this.set({}, ['asking']) }

  private get ledger(): Ledger | undefined { return this.state.reading?.found.kind === 'ledger' ? this.state.reading.found.ledger : undefined }
  private get signer(): KnownSigner | undefined { return this.state.reading?.me.kind === 'signer' ? this.state.reading.me.signer : undefined }
  private proposal(key: string): Proposal | undefined { return this.ledger?.proposals.find(one => one.key === key) }

  /** With the six words as its person said them; my own needs none, for the vault made it. */
  sign(key: string, typed?: string): Promise<void> {
    return this.run(async () => {
      const { ports: { keys, words, api }, signer, state: { reading } } = this
      const proposal = this.proposal(key)
      if (!proposal || !signer || !reading || whyNot(proposal, reading.me, this.ports.me.organisation, seconds(this.ports)) !== undefined) return undefined
      const heard = typed === undefined ? Heard.own(keys.statement()?.unsigned, proposal) : await Heard.words(typed, proposal, words)
      if (!heard) return { wrong: key }
      await api.signStatement(proposal.hash, await signProposal(keys, signer, proposal, heard))
      return undefined
    })
  }

  refuse(key: string): Promise<void> {
    return this.run(async () => {
      const proposal = this.proposal(key)
      if (proposal) await this.ports.api.refuse(proposal.hash)
    })
  }

  /** What is signed is made, or checked, in the moment it is. `sure`: said twice, where a signer goes, or the server does not show all that the newest roster lists. */
  signRoster(which: 'draft' | 'next', sure = false): Promise<void> {
    const shown = this.ledger
    return this.run(async () => {
      const { ports: { keys, api }, signer, ledger } = this
      const plan = ledger && await this.plan(which, ledger)
      if (!signer || !plan || !shown) return undefined
      // A look came in between: what is signed is what stood on the screen when it was pressed, or nothing.
      const looked = shown === ledger ? plan : await this.plan(which, shown)
      if (!looked || !samePlan(looked, plan)) return { problem: 'moved' }
      if (!sure && isGrave(plan)) return { asking: { what: 'roster', of: which } }
      await api.signRoster(plan.unsigned, await signPlan(keys, signer, plan))
      return undefined
    })
  }

  private async plan(which: 'draft' | 'next', ledger: Ledger): Promise<Plan | undefined> {
    if (which === 'next') return compose(ledger, seconds(this.ports), new Set(this.state.out))
    const checked = ledger.draft && await checkDraft(ledger.draft, ledger, seconds(this.ports))
    return typeof checked === 'object' ? checked : undefined
  }

  /** One step: all that a person has, at once. Whose each statement is, is the server's word: what was signed under another alias than the one she was asked about is not revoked. */
  revoke(person: string, alias: string): Promise<void> {
    return this.run(async () => {
      const { ports: { keys, api }, signer, ledger, state: { reading } } = this
      if (!signer || !ledger || !reading || !mayRevoke(reading.me, ledger)) return undefined
      const hers = revocable(ledger, person)
      if (hers.some(one => one.statement.alias !== alias)) return { problem: 'refused' }
      // A vault out of reach keeps nobody believed: what was revoked is remembered at the next look.
      await rememberRevoked(keys, hers.map(one => one.key), seconds(this.ports)).catch(() => {})
      for (const one of hers) await api.revoke(await revocationOf(keys, signer, one, seconds(this.ports)))
      return undefined
    })
  }

  /** A signer who left, or lost her key, by the name under which she signs: a certificate holds no more than its hash. */
  leaveOut(typed: string): Promise<void> {
    return this.run(async () => {
      const hash = await sha256(utf8(nameOf(typed)))
      const found = (this.ledger?.signers ?? []).filter(one => one.current && equal(one.nameHash, hash) && one.hash !== this.signer?.hash)
      if (found.length === 0) return { nobody: nameOf(typed) }
      // Before what follows reads everything anew.
      this.set({ out: [...new Set([...this.state.out, ...found.map(one => hex(one.hash))])] })
      return undefined
    })
  }

  keepAll(): Promise<void> {
    return this.run(async () => this.set({ out: [] }))
  }

  /** Under the name by which colleagues know her; the ceremony reads it out, and visitors never see it. */
  makeSigner(typed: string): Promise<void> {
    return this.run(async () => {
      const name = nameOf(typed)
      if (name !== '') await this.ports.keys.makeSigner(name)
    })
  }

  /** The certificate as it was pasted: one line of base64url. */
  keepCertificate(pasted: string): Promise<void> {
    return this.run(async () => {
      const { keys, root, api } = this.ports
      const [mine, bytes] = [keys.signer(), decoded(pasted)]
      if (!mine) return undefined
      const fits = bytes ? await fitting(bytes, mine, root, seconds(this.ports)) : 'form'
      if (typeof fits === 'string' || !bytes) return { unfit: typeof fits === 'string' ? fits : 'form' }
      await keys.keepCertificate(bytes)
      await api.certificate(bytes)
      return undefined
    })
  }
}

/** One name has one form. */
const nameOf = (typed: string): string => typed.normalize('NFC').trim().replace(/\s+/g, ' ')

function decoded(pasted: string): Bytes | undefined {
  try {
    return fromBase64Url(pasted.replace(/\s+/g, ''))
  } catch {
    return undefined
  }
}
