import { random, zero, type Bytes } from '../crypto/bytes'
import { newSignatureKey, prepareJoin, type Identity, type Joining } from '../crypto/session'
import { CryptoError } from '../crypto/errors'
import { encodeUnsignedStatement, Trust, type Statement } from '../crypto/statement'
import { generateKey, type KeyPair } from '../crypto/suite/keys'
import type { Frame, Net } from '../net/net'
import { VERSION } from '../wire/hello'
import type { Id } from '../wire/read'
import type { ToDesk } from '../wire/to-desk'
import { readSignal, signalBody, type SignalBody } from './body'
import type { Desk, DeskState } from './desk-door'
import { newDesk, type ConversationEffect, type ConversationEvent, type DeskEffect, type DeskEvent, type DeskModel } from './desk-model'
import { deskDue, show } from './desk-show'
import { idOf, newId } from './id'
import type { PhraseId } from './line'
import type { Surroundings } from '../surroundings'
import { TalkRunner } from './run-talk'
import { Runner } from './runner'
import { fits } from './fits'
import { testedOnce } from './self-test'
import { blocked } from './step-conversation'
import { stepDesk } from './step-desk'

export type { Desk, DeskState, DeskTalk } from './desk-door'

/** What the desk needs of the staff side. */
export interface StaffPort {
  /** Who sits here, as her statement will say. */
  readonly me: { readonly alias: string; readonly organisation: string; readonly languages: readonly string[] }
  /** Has the statement signed (`POST /api/statement`); rejects when it is not. */
  registerStatement(unsigned: Bytes): Promise<{ statement: Bytes; roster: Bytes }>
}

export interface DeskPorts extends Surroundings {
  readonly net: Net<ToDesk>
  readonly staff: StaffPort
  /** The organisation's root: a desk checks its own papers by it before anybody is shown them. */
  readonly trustRoot: Bytes
}

/** The expert's side. Nothing happens before `open`; keys live in memory only, and a reload makes new ones. */
export const createDesk = (ports: DeskPorts): Desk => new DeskRunner(ports)

/** A statement made at a desk holds for a working week at the most; `desk.close` forgets its keys long before. */
const STATEMENT_SECONDS = 7 * 86_400
const SLOW_CLOCK_SECONDS = 3_600

interface Opened { readonly identity: Required<Identity>; readonly box: KeyPair; readonly rosterVersion: number }

const forgetPapers = ({ identity, box }: Opened): void => zero(identity.signatureKey.signKey, box.scalar)

class DeskRunner extends Runner<DeskModel, DeskEvent, DeskEffect, DeskState> implements Desk {
  protected readonly tick = { kind: 'tick' } as const
  private opened: Opened | undefined
  private readonly joinings = new Map<Id, Joining>()
  private readonly talks = new Map<Id, TalkRunner>()
  private readonly desk: Id

  constructor(private readonly ports: DeskPorts) {
    super(ports, newDesk, show(newDesk, 0))
    this.desk = newId(ports)
  }

  async open(): Promise<void> {
    await testedOnce()
    if (this.locked) return
    const papers = await this.makePapers()
    // Locked while they were being signed: nobody else would wipe these keys, and this desk takes no lease any more.
    if (this.locked) return forgetPapers(papers)
    this.opened = papers
    this.ports.net.open({ t: 'lease', v: VERSION, n: 1, desk: this.desk }, {
      link: on => this.feed({ kind: 'link', on }),
      frame: frame => this.feed({ kind: 'frame', frame }),
      where: () => ({ rev: this.model.view?.rev ?? 0, after: this.cursors() }),
    })
  }

  private get locked(): boolean {
    return this.model.link === 'signed-out' || this.model.link === 'lease-lost'
  }

  available(yes: boolean): void {
    this.feed({ kind: 'available', yes })
  }

  claim(slot: 1 | 2): void {
    this.feed({ kind: 'claim', claim: newId(this.ports), slot })
  }

  compose(talk: string, text: string): boolean {
    const taken = this.speaks(talk) && fits(text)
    if (taken) this.into(talk, { kind: 'compose', id: newId(this.ports), text })
    return taken
  }

  retry(talk: string, _line: string): void {
    this.into(talk, { kind: 'retry' })
  }

  typing(talk: string, on: boolean): void {
    this.into(talk, { kind: 'typing', on })
  }

  phrase(talk: string, id: PhraseId): void {
    if (this.speaks(talk)) this.into(talk, { kind: 'phrase', id: newId(this.ports), phrase: id })
  }

  close(talk: string): void {
    this.into(talk, { kind: 'end', t: 'close' })
  }

  release(talk: string): void {
    this.into(talk, { kind: 'end', t: 'release' })
  }

  forget(talk: string): void {
    this.feed({ kind: 'forget', claim: talk as Id })
  }

  lock(): void {
    this.feed({ kind: 'over', why: 'signed-out' })
  }

  protected readonly step = stepDesk
  protected readonly show = show
  protected readonly due = deskDue

  protected run(effect: DeskEffect): void {
    switch (effect.do) {
      case 'in': return this.runIn(effect)
      case 'available': return void this.tellAvailable(effect.yes)
      case 'prepare': return void this.prepare(effect.claim)
      case 'claim': return void this.askClaim(effect)
      case 'again': return this.claim(effect.slot)
      case 'forget': return this.drop(effect.claim)
      case 'close': return this.wipe()
    }
  }

  /** Whether anything may be said in it: not after its end, and not while she is not to be disturbed (D11). */
  private speaks(talk: string): boolean {
    const found = this.model.conversations.find(c => c.claim === talk)
    return found !== undefined && !found.ended && !found.closing && !found.ending && !blocked(found, this.ports.clock())
  }

  private into(talk: string, event: ConversationEvent): void {
    this.feed({ kind: 'in', claim: talk as Id, event })
  }

  private cursors(): Record<string, number> {
    return Object.fromEntries(this.model.conversations.filter(c => !c.ended).map(c => [c.conversation, c.talk.log.cursor]))
  }

  /** With the fence of our lease on every write (crypto.md 3). */
  private ask(frame: Frame): Promise<ToDesk | undefined> {
    return this.ports.net.ask({ ...frame, fence: this.model.fence })
  }

  /** Keys of this opening, and the statement about them: signed, and believed by the same checks as a visitor's client makes. */
  private async makePapers(): Promise<Opened> {
    const [signatureKey, box] = [await newSignatureKey(), await generateKey('ECDH')]
    const statement = this.statement(signatureKey.publicKey, box.publicKey)
    const signed = await this.ports.staff.registerStatement(encodeUnsignedStatement(statement))
    const trust = new Trust(this.ports.trustRoot, this.ports.clock)
    const believed = await trust.check({ ...signed, revocations: [] })
    if (idOf(believed.id) !== idOf(statement.id)) throw new CryptoError('refused-statement')
    return { identity: { signatureKey, statementId: statement.id }, box, rosterVersion: trust.rosterVersion }
  }

  private statement(signatureKey: Bytes, hpkeKey: Bytes): Statement {
    const { alias, organisation, languages } = this.ports.staff.me
    const now = Math.floor(this.ports.clock() / 1000)
    const from = now - SLOW_CLOCK_SECONDS
    return {
      id: random(16), role: 'expert', organisation, alias, languages: [...languages].sort(), signatureKey, hpkeKey, kem: new Uint8Array(0),
      notBefore: from, notAfter: from + STATEMENT_SECONDS,
    }
  }

  private async tellAvailable(yes: boolean): Promise<void> {
    const answer = await this.ask({ t: 'available', yes })
    this.feed({ kind: 'noted', ok: answer?.t === 'noted' })
  }

  private async prepare(claim: Id): Promise<void> {
    if (!this.opened) return
    const joining = await prepareJoin(this.opened.identity, Math.floor(this.ports.clock() / 1000)).catch(() => undefined)
    if (!joining) return this.feed({ kind: 'unprepared', claim })
    if (!this.model.claims.some(c => c.claim === claim)) return joining.forget()
    this.joinings.set(claim, joining)
    this.feed({ kind: 'prepared', claim, keyPackage: joining.keyPackage })
  }

  private async askClaim({ claim, slot, keyPackage }: Extract<DeskEffect, { do: 'claim' }>): Promise<void> {
    const answer = await this.ask({ t: 'claim', claim, slot, keyPackage })
    this.feed({ kind: 'claimed', claim, answer })
  }

  private runIn({ claim, conversation, effect }: Extract<DeskEffect, { do: 'in' }>): void {
    switch (effect.do) {
      case 'talk': return void this.talkOf(claim, conversation).run(effect.effect)
      case 'open-signal': return void this.openSignal(claim, effect)
      case 'signal': return void this.signal(claim, conversation, effect.signal)
      case 'end': return void this.end(claim, conversation, effect.t)
      case 'wipe': return this.drop(claim)
      case 'nudge': return this.ports.net.nudge()
    }
  }

  private talkOf(claim: Id, conversation: Id): TalkRunner {
    const known = this.talks.get(claim)
    if (known) return known
    const talk: TalkRunner = new TalkRunner({
      surroundings: this.ports,
      conversation,
      ask: frame => this.ask(frame),
      feed: event => {
        if (this.talks.get(claim) !== talk) return
        this.into(claim, { kind: 'talk', event })
        if (event.kind === 'group') this.greet(claim)
      },
      save: async () => undefined,
      join: async ({ body }) => this.join(claim, body),
    })
    this.talks.set(claim, talk)
    return talk
  }

  private async join(claim: Id, add: Bytes): Promise<Awaited<ReturnType<Joining['join']>>> {
    const joining = this.joinings.get(claim)
    if (!joining) throw new CryptoError('misuse')
    this.joinings.delete(claim)
    const known = this.model.conversations.find(c => c.claim === claim)?.visitorKey
    const session = await joining.join(add, [], known)
    // Given up meanwhile: nobody else would wipe its keys.
    if (!this.talks.has(claim)) session.destroy()
    return session
  }

  private greet(claim: Id): void {
    const visitorKey = this.talks.get(claim)?.session?.visitorKey()
    if (visitorKey) this.into(claim, { kind: 'joined', hello: newId(this.ports), rosterVersion: this.opened?.rosterVersion ?? 0, visitorKey })
  }

  private async openSignal(claim: Id, { body }: Extract<ConversationEffect, { do: 'open-signal' }>): Promise<void> {
    const opened = await this.talks.get(claim)?.session?.openSignal(body).catch(() => undefined)
    this.into(claim, { kind: 'signal', signal: opened && readSignal(opened.body) })
  }

  private async signal(claim: Id, conversation: Id, signal: SignalBody): Promise<void> {
    const body = await this.talks.get(claim)?.session?.sealSignal(signalBody(signal)).catch(() => undefined)
    if (body) await this.ask({ t: 'signal', conversation, body })
  }

  private async end(claim: Id, conversation: Id, t: 'close' | 'release'): Promise<void> {
    const answer = await this.ask({ t, conversation })
    this.into(claim, { kind: 'ended', answer })
  }

  private drop(claim: Id): void {
    this.talks.get(claim)?.session?.destroy()
    this.talks.delete(claim)
    this.joinings.get(claim)?.forget()
    this.joinings.delete(claim)
  }

  private wipe(): void {
    this.ports.net.close()
    new Set([...this.talks.keys(), ...this.joinings.keys()]).forEach(claim => this.drop(claim))
    if (this.opened) forgetPapers(this.opened)
    this.opened = undefined
  }
}
