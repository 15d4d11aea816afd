import { zero, type Bytes } from '../crypto/bytes'
import { prepareJoin, type Joining, type Session } from '../crypto/session'
import { CryptoError } from '../crypto/errors'
import type { Proof } from '../crypto/statement'
import type { Net } from '../net/net'
import { VERSION } from '../wire/hello'
import type { Purpose } from '../wire/guest'
import type { Id } from '../wire/read'
import type { ToDesk } from '../wire/to-desk'
import { readSignal, signalBody, type SignalBody } from './body'
import { Beliefs } from './desk-believed'
import type { Desk } from './desk-door'
import { Keeper } from './desk-keeper'
import { DeskLine } from './desk-line'
import type { ConversationEffect, DeskEffect, DeskModel } from './desk-model'
import { findPapers, forgetPapers, opened, register, type Opened, type StaffPort } from './desk-papers'
import { takeVault, type Revived } from './desk-revive'
import { VaultError, type DeskVault, type Papers } from './desk-vault'
import { newId } from './id'
import { BELIEVED_MS, LOCK_MS } from './limits'
import type { PhraseId } from './line'
import type { Surroundings } from '../surroundings'
import { TalkRunner } from './run-talk'
import { fits } from './fits'
import { testedOnce } from './self-test'
import { blocked } from './step-conversation'

export type { Desk, DeskState, DeskTalk } from './desk-door'
export type { Registered, StaffPort } from './desk-papers'

export interface DeskPorts extends Surroundings {
  readonly net: Net<ToDesk>
  readonly staff: StaffPort
  /** The organisation's root: a desk checks its own papers by it before anybody is shown them. */
  readonly trustRoot: Bytes
  readonly vault: DeskVault
}

/** The expert's side. Nothing happens before `open`; its keys are in memory while it is open, and sealed in its vault. */
export const createDesk = (ports: DeskPorts): Desk => new DeskRunner(ports)

class DeskRunner extends DeskLine implements Desk {
  private opened: Opened | undefined
  private readonly beliefs: Beliefs
  private readonly joinings = new Map<Id, Joining>()
  private readonly talks = new Map<Id, TalkRunner>()
  private readonly desk: Id
  private keeper: Keeper | undefined
  /** Who waits for the lock to be done, or for the vault to be read. */
  private waiting: (() => void)[] = []
  private locking: Promise<void> | undefined

  constructor(private readonly ports: DeskPorts) {
    super(ports)
    this.beliefs = new Beliefs(ports)
    this.desk = newId(ports)
    this.keeper = this.keeperOf(ports.vault)
  }

  async open(): Promise<void> {
    await testedOnce()
    if (this.over) return
    const papers = await findPapers(this.ports)
    this.hold(papers)
    try {
      const trust = await register(this.ports, papers, {
        wanted: () => !this.over, vault: () => (this.model.away ? undefined : this.keeper?.vault), hold: newer => this.hold(newer), proposed: hash => this.feed({ kind: 'proposed', ...(hash && { hash }) }),
      })
      if (!trust || this.over) return this.letGo()
      this.beliefs.trust = trust
    } catch (error) {
      this.letGo()
      throw error
    }
    this.ports.net.open({ t: 'lease', v: VERSION, n: 1, desk: this.desk }, {
      link: on => this.feed({ kind: 'link', on }),
      frame: frame => this.feed({ kind: 'frame', frame }),
      where: () => ({ rev: this.model.view?.rev ?? 0, after: this.cursors() }),
    })
  }

  private get over(): boolean { return ['signed-out', 'lease-lost'].includes(this.model.link) }

  available(yes: boolean): void {
    this.feed({ kind: 'available', yes })
  }

  /** Not before two signed its keys: until then they may be replaced. */
  claim(slot: 1 | 2): void {
    if (this.beliefs.trust) this.feed({ kind: 'claim', claim: newId(this.ports), slot })
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
    if (!this.isMute(talk)) this.into(talk, { kind: 'typing', on })
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

  call(talk: string, purpose: Purpose, warm: boolean): void {
    this.into(talk, { kind: 'call', call: newId(this.ports), for: purpose, warm })
  }

  uncall(talk: string): void {
    this.into(talk, this.roleIn(talk) ? { kind: 'end', t: 'uncall' } : { kind: 'uncall' })
  }

  answer(call: string): void {
    if (this.beliefs.trust) this.feed({ kind: 'answer', call: call as Id, me: this.ports.staff.me.alias })
  }

  handOver(talk: string): void {
    this.into(talk, { kind: 'hand-over' })
  }

  forget(talk: string): void {
    this.feed({ kind: 'forget', claim: talk as Id })
  }

  lock(): Promise<void> {
    this.locking ??= this.shut().finally(() => { this.locking = undefined })
    return this.locking
  }

  async unlock(vault: DeskVault): Promise<void> {
    await this.locking
    if (this.over || this.model.away !== 'locked') return
    const papers = vault.papers()
    if (!papers) throw new VaultError('lost')
    this.opened = opened(papers)
    this.keeper = this.keeperOf(vault)
    this.feed({ kind: 'unlock' })
    await this.until(() => this.model.away !== 'unlocking' || this.model.fence === 0)
  }

  wipe(): void {
    this.feed({ kind: 'over', why: 'signed-out' })
  }

  protected override become(model: DeskModel, now: number): void {
    super.become(model, now)
    const { waiting } = this
    this.waiting = []
    waiting.forEach(look => look())
  }

  protected run(effect: DeskEffect): void {
    switch (effect.do) {
      case 'in': return this.runIn(effect)
      case 'available': return void this.tellAvailable(effect.yes)
      case 'prepare': return void this.prepare(effect.claim)
      case 'claim': return void this.askClaim(effect)
      case 'again': return this.claim(effect.slot)
      case 'forget': return this.forgetOf(effect.claim)
      case 'restore': return void this.restore()
      case 'away': return void this.tellAway(effect.yes)
      case 'give-back': return void this.giveBack(effect)
      case 'lock': return this.forgetAll()
      case 'close': return this.stop()
    }
  }

  private async shut(): Promise<void> {
    const { keeper } = this
    const late = new Promise<void>(done => void this.ports.timers.set(done, LOCK_MS))
    this.feed({ kind: 'lock' })
    await this.until(() => this.model.away !== 'locking')
    await Promise.race([keeper?.idle(), late])
    keeper?.stop()
    if (this.keeper === keeper) this.keeper = undefined
  }

  private async until(holds: () => boolean): Promise<void> {
    while (!this.over && !holds()) await new Promise<void>(done => void this.waiting.push(done))
  }

  private keeperOf(vault: DeskVault): Keeper {
    const keeper: Keeper = new Keeper(vault, this.ports.timers, event => { if (this.keeper === keeper) this.feed(event) })
    return keeper
  }

  /** What the vault keeps, as sessions and conversations. What cannot be read is not gone on with: it is given back like any other that this desk does not know. */
  private async restore(): Promise<void> {
    const { keeper } = this
    const found = keeper && await takeVault(keeper, this.ports.timers, () => this.keeper === keeper).catch(() => undefined)
    if (!keeper || !found || this.keeper !== keeper) return found?.forEach(({ session }) => session?.destroy())
    found.forEach(one => this.adopt(keeper, one))
    const conversations = found.map(one => one.conversation)
    this.feed({ kind: 'restored', conversations })
    // Gone before she had said her first word, or before that was kept.
    conversations.filter(c => !c.visitorKey && !c.ended).forEach(c => this.greet(c.claim))
    conversations.filter(c => c.owesHello && !c.ended).forEach(c => this.helloAgain(c.claim))
  }

  /** It goes on from here. */
  private adopt(keeper: Keeper, { conversation, session }: Revived): void {
    keeper.knows(conversation.claim, conversation.lines)
    if (session) this.talkOf(conversation.claim, conversation.conversation).adopt(session)
  }

  /** Whether anything may be said in it: not after its end, and not while she is not to be disturbed (D11). */
  private speaks(talk: string): boolean {
    const found = this.find(talk)
    return found !== undefined && !found.ended && !found.closing && !found.ending && !this.isMute(talk) && !blocked(found, this.ports.clock())
  }

  /** Who looks along says nothing. */
  private isMute(talk: string): boolean {
    return this.roleIn(talk) === 'look'
  }

  private cursors(): Record<string, number> {
    return Object.fromEntries(this.model.conversations.filter(c => !c.ended).map(c => [c.conversation, c.talk.log.cursor]))
  }

  private async prepare(claim: Id): Promise<void> {
    if (!this.opened) return
    const joining = await prepareJoin(this.opened.identity, Math.floor(this.ports.clock() / 1000)).catch(() => undefined)
    if (!joining) return this.feed({ kind: 'unprepared', claim })
    if (!this.model.claims.some(c => c.claim === claim)) return joining.forget()
    this.joinings.set(claim, joining)
    this.feed({ kind: 'prepared', claim, keyPackage: joining.keyPackage })
  }

  private runIn({ claim, conversation, effect }: Extract<DeskEffect, { do: 'in' }>): void {
    switch (effect.do) {
      case 'talk': return void this.talkOf(claim, conversation).run(effect.effect)
      case 'open-signal': return void this.openSignal(claim, effect)
      case 'signal': return void this.signal(claim, conversation, effect.signal)
      case 'end': return void this.end(claim, conversation, effect)
      case 'ask': return void this.askFor(claim, conversation, effect)
      case 'vouch': return void this.vouch(claim, effect.proof)
      case 'agree': return void this.agree(claim, effect.named)
      case 'hello': return this.helloAgain(claim)
      case 'wipe': return this.endOf(claim)
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
      save: session => this.save(claim, session),
      join: async ({ body }) => this.join(claim, body),
      believed: () => this.believed(claim),
    })
    this.talks.set(claim, talk)
    return talk
  }

  private async join(claim: Id, add: Bytes): Promise<Awaited<ReturnType<Joining['join']>>> {
    const joining = this.joinings.get(claim)
    if (!joining) throw new CryptoError('misuse')
    this.joinings.delete(claim)
    if (this.roleIn(claim)) await this.believed(claim)
    const lead = this.beliefs.of.get(claim)
    const session = await joining.join(add, lead ? [lead] : [], this.find(claim)?.visitorKey)
    // Given up meanwhile: nobody else would wipe its keys.
    if (!this.talks.has(claim)) session.destroy()
    return session
  }

  private greet(claim: Id): void {
    const visitorKey = this.talks.get(claim)?.session?.visitorKey()
    const { named } = this.beliefs
    if (visitorKey && named) this.into(claim, { kind: 'joined', hello: newId(this.ports), named, visitorKey })
  }

  private helloAgain(claim: Id): void {
    const { named } = this.beliefs
    if (named) this.into(claim, { kind: 'hello', id: newId(this.ports), named })
  }

  private async vouch(claim: Id, proof: Proof): Promise<void> {
    const look = !this.roleIn(claim) && this.find(claim)?.guest?.for === 'look'
    const statement = await this.beliefs.check(claim, proof, look ? 'coordinator' : 'expert')
    if (statement) this.talks.get(claim)?.session?.vouch(statement)
    this.into(claim, { kind: 'vouched', proof, ...(statement && { alias: statement.alias }) })
  }

  private async agree(claim: Id, named: Bytes): Promise<void> {
    if (!await this.beliefs.agrees(named)) this.into(claim, { kind: 'disagreed' })
  }

  /** Until the other is believed; a server that keeps her proof back is not waited for longer. */
  private async believed(claim: Id): Promise<void> {
    let late = false
    const end = this.ports.timers.set(() => { late = true; this.feed({ kind: 'tick' }) }, BELIEVED_MS)
    await this.until(() => {
      const c = this.find(claim)
      return late || !c || c.ended !== undefined || (c.role ? this.beliefs.of.has(claim) : c.guest?.alias !== undefined)
    })
    this.ports.timers.clear(end)
    if (late) throw new CryptoError('refused-member')
  }

  private async openSignal(claim: Id, { body }: Extract<ConversationEffect, { do: 'open-signal' }>): Promise<void> {
    const opened = await this.talks.get(claim)?.session?.openSignal(body).catch(() => undefined)
    this.into(claim, { kind: 'signal', signal: opened?.leaf === 0 ? readSignal(opened.body) : undefined })
  }

  private async signal(claim: Id, conversation: Id, signal: SignalBody): Promise<void> {
    const body = await this.talks.get(claim)?.session?.sealSignal(signalBody(signal)).catch(() => undefined)
    if (body) await this.ask({ t: 'signal', conversation, body })
  }

  /** crypto.md 11: before a commit of ours leaves, before the server lets go of what we have read. */
  private async save(claim: Id, session: Session): Promise<void> {
    const conversation = this.model.conversations.find(c => c.claim === claim)
    const bytes = await session.exportState()
    if (!conversation || !this.keeper || this.talks.get(claim)?.session !== session) return zero(bytes)
    await this.keeper.save(conversation, bytes)
  }

  /** Its keys are gone; its words stay on the screen and in the vault. */
  private endOf(claim: Id): void {
    this.drop(claim)
    const conversation = this.model.conversations.find(c => c.claim === claim)
    if (conversation) void this.keeper?.end(conversation)
  }

  private forgetOf(claim: Id): void {
    this.drop(claim)
    void this.keeper?.drop(claim)
  }

  private drop(claim: Id): void {
    this.talks.get(claim)?.session?.destroy()
    this.talks.delete(claim)
    this.joinings.get(claim)?.forget()
    this.joinings.delete(claim)
    this.beliefs.of.delete(claim)
  }

  private forgetAll(): void {
    new Set([...this.talks.keys(), ...this.joinings.keys()]).forEach(claim => this.drop(claim))
    this.letGo()
  }

  private hold(papers: Papers): void {
    const keys = opened(papers)
    // Locked meanwhile: nobody else would wipe these keys.
    if (this.over || this.model.away) return forgetPapers(keys)
    this.letGo()
    this.opened = keys
    this.beliefs.unsigned = papers.unsigned
  }

  private letGo(): void {
    if (this.opened) forgetPapers(this.opened)
    this.opened = undefined
  }

  private stop(): void {
    this.ports.net.close()
    this.keeper?.stop()
    this.keeper = undefined
    this.forgetAll()
  }
}
