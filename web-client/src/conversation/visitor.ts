import { EMPTY, zero, type Bytes } from '../crypto/bytes'
import { newSignatureKey, startGroup, type Session } from '../crypto/session'
import { Trust } from '../crypto/statement'
import type { Net } from '../net/net'
import { VERSION } from '../wire/hello'
import type { Id } from '../wire/read'
import type { ToVisitor } from '../wire/to-visitor'
import { agree } from './agree'
import { readSignal, signalBody } from './body'
import { newId } from './id'
import type { SafetyAnswer } from './line'
import type { Surroundings } from '../surroundings'
import { late, loadLate } from './late'
import { TalkRunner, codeOf, groupOf } from './run-talk'
import { Runner } from './runner'
import { fits } from './fits'
import { testedOnce } from './self-test'
import { stepVisitor } from './step-visitor'
import type { Store } from './store'
import { newVisitor, type Expert, type Visitor, type VisitorEffect, type VisitorEvent } from './visitor-model'
import { show, visitorDue } from './visitor-show'
import type { VisitorState, VisitorTalk } from './visitor-door'

export type { VisitorState, VisitorTalk } from './visitor-door'

/** The last word to the server is tried for a minute: without "I am gone" the expert would wait for half an hour. */
const LAST_TRIES = 30
const LAST_AGAIN_MS = 2_000
/** So long after she took her place the rest of the program is loaded, if nobody took her before. */
const LATE_MS = 10_000

/** What a visitor's side keeps of itself. */
export interface VisitorCopy {
  readonly visitor: Visitor
  readonly capability: Bytes
  readonly consentKey: Bytes
  readonly rosterVersion: number
}

export interface VisitorPorts extends Surroundings {
  readonly net: Net<ToVisitor>
  /** The organisation's root, 65 bytes: from the page's own script and nowhere else. */
  readonly trustRoot: Bytes
  /** Absent: nothing is kept, and no second copy of her keys is made. */
  readonly store?: Store<VisitorCopy>
}

/** The visitor's side of a conversation. Nothing happens before `start`. */
export const createVisitorTalk = (ports: VisitorPorts): VisitorTalk => new VisitorRunner(ports)

/** Goes on from a copy in `visitor-restore.ts`, which no page carries as long as nothing is kept to go on from. */
export class VisitorRunner extends Runner<Visitor, VisitorEvent, VisitorEffect, VisitorState> implements VisitorTalk {
  protected readonly tick = { kind: 'tick' } as const
  private readonly net: Net<ToVisitor>
  protected trust: Trust
  protected talk: TalkRunner | undefined
  protected capability: Bytes
  protected consentKey: Bytes | undefined
  /** "Left quickly", sealed when an epoch begins: it must go out within the call of `exit`. */
  private farewell: Bytes | undefined
  private farewellEpoch = -1
  /** She stopped, and the server has not been heard to know. */
  private parting: { readonly conversation: Id; readonly capability: Bytes } | undefined

  constructor(protected readonly ports: VisitorPorts) {
    super(ports, newVisitor, show(newVisitor, 0))
    this.net = ports.net
    this.trust = this.newTrust()
    this.capability = ports.random(32)
  }

  start(language: string): void {
    this.feed({ kind: 'start', language, conversation: newId(this.ports) })
  }

  compose(text: string): boolean {
    const taken = this.model.phase === 'in-line' && fits(text)
    if (taken) this.feed({ kind: 'compose', id: newId(this.ports), text })
    return taken
  }

  retry(id: string): void {
    this.feed({ kind: 'retry', id })
  }

  typing(on: boolean): void {
    this.feed({ kind: 'typing', on })
  }

  typingSignal(allowed: boolean): void {
    this.feed({ kind: 'typing-allowed', allowed })
  }

  visible(yes: boolean): void {
    this.feed({ kind: 'visible', on: yes })
  }

  answerSafety(answer: SafetyAnswer): void {
    this.feed({ kind: 'answer-safety', id: newId(this.ports), answer })
  }

  share(yes: boolean): void {
    this.feed({ kind: 'share', id: newId(this.ports), yes })
  }

  shareGuest(yes: boolean): void {
    this.feed({ kind: 'share-guest', id: newId(this.ports), yes })
  }

  admit(yes: boolean): void {
    this.feed({ kind: 'admit', yes })
  }

  sendAway(): void {
    this.feed({ kind: 'send-away' })
  }

  another(): void {
    this.feed({ kind: 'another' })
  }

  leave(): void {
    this.feed({ kind: 'leave' })
  }

  exit(): void {
    const { phase, conversation } = this.model
    const gone = this.parting?.conversation ?? (phase === 'in-line' ? conversation : undefined)
    if (gone) {
      const said = this.farewell && !this.parting && { signal: this.farewell }
      this.net.urgent({ t: 'leave', conversation: gone, quick: true, ...said })
    }
    this.parted()
    this.close()
    this.become(newVisitor, this.ports.clock())
  }

  protected readonly step = stepVisitor
  protected readonly show = show
  protected readonly due = visitorDue

  protected override become(model: Visitor, now: number): void {
    super.become(model, now)
    this.prepareFarewell(model)
  }

  protected run(effect: VisitorEffect): void {
    switch (effect.do) {
      case 'connect': return this.connectAnew()
      case 'begin': return void this.makeGroup()
      case 'join': return void this.join(effect.conversation, effect.language)
      case 'check': return void this.check(effect.expert)
      case 'vouch': return void this.vouch(effect.expert, effect.named)
      case 'remember': return void this.remember(effect.revocations)
      case 'decline': case 'another': return void this.told(effect)
      case 'open-signal': return void this.openSignal(effect.body)
      case 'signal': return void this.signal(signalBody(effect.signal))
      case 'nudge': return this.net.nudge()
      case 'leave': return void this.sayLeave(effect.conversation)
      case 'read': return void this.sayRead(effect.conversation, effect.seq)
      case 'close': return this.close()
      case 'talk': return void this.talk?.run(effect.effect)
    }
  }

  private newTrust(): Trust {
    return new Trust(this.ports.trustRoot, this.ports.clock)
  }

  protected newTalk(conversation: Id): TalkRunner {
    const talk: TalkRunner = new TalkRunner({
      surroundings: this.ports,
      conversation,
      ask: frame => this.net.ask(frame),
      // What belongs to a talk that is over is not heard any more.
      feed: event => this.talk === talk && this.feed({ kind: 'talk', event }),
      save: session => this.save(session),
    })
    return talk
  }

  /** Everything is new with each start: no two conversations of one phone can be told to be so. */
  private connectAnew(): void {
    this.close()
    this.capability = this.ports.random(32)
    this.trust = this.newTrust()
    this.talk = this.newTalk(this.model.conversation)
    // "I am gone" of the one before is said first, over the line that is still hers: `sayLeave` goes on here.
    if (!this.parting) this.connect()
  }

  protected connect(): void {
    const { talk } = this
    this.net.open({ t: 'hello', v: VERSION, capability: this.capability }, {
      link: on => this.talk === talk && this.feed({ kind: 'link', on }),
      frame: frame => {
        if (this.talk !== talk) return
        this.feed({ kind: 'frame', frame })
        if (frame.t === 'view' && 'claim' in frame) void this.complete()
      },
      where: () => ({ rev: this.model.view?.rev ?? 0, after: this.model.talk.log.cursor }),
    })
  }

  private async makeGroup(): Promise<void> {
    const { talk } = this
    try {
      await testedOnce()
      this.consentKey = (await newSignatureKey()).publicKey
      const session = await startGroup(this.trust)
      if (this.talk !== talk || !talk) return session.destroy()
      talk.adopt(session)
      this.feed({ kind: 'begun', group: groupOf(session) })
      this.ports.timers.set(() => void this.complete(), LATE_MS)
    } catch {
      if (this.talk === talk) this.feed({ kind: 'unavailable' })
    }
  }

  /** The rest of the program (late.ts). What came before is looked at again. */
  protected async complete(): Promise<void> {
    if (late.part) return
    await loadLate().catch(() => undefined)
    const { view, phase } = this.model
    if (late.part && view && phase === 'in-line') this.feed({ kind: 'frame', frame: view })
  }

  private async join(conversation: Id, language: string): Promise<void> {
    const { talk } = this
    const answer = await this.net.ask({ t: 'join', conversation, language, consentKey: this.consentKey })
    if (this.talk === talk) this.feed({ kind: 'joined', answer })
  }

  private async check({ claim, proof }: Expert): Promise<void> {
    const { talk, trust } = this
    try {
      const { alias, role } = await trust.check(proof)
      if (this.talk === talk) this.feed({ kind: 'checked', claim, proof, alias, role, hello: newId(this.ports), named: trust.named })
    } catch (error) {
      if (this.talk === talk) this.feed({ kind: 'doubted', claim, code: codeOf(error) })
    }
  }

  /** One that no signer of the newest roster signed says nothing. */
  private async remember(revocations: readonly Bytes[]): Promise<void> {
    const { trust } = this
    await Promise.allSettled(revocations.map(each => trust.addRevocation(each)))
  }

  /** Her hello says which roster she goes by: is it ours? A newer one comes with the next view, or never. */
  private async vouch({ claim }: Expert, named: Bytes): Promise<void> {
    const { talk, trust } = this
    const agreed = await agree(trust, named, this.ports.timers)
    if (this.talk === talk) this.feed(agreed ? { kind: 'vouched', claim } : { kind: 'doubted', claim, code: 'rosters' })
  }

  private async openSignal(body: Bytes): Promise<void> {
    const opened = await this.talk?.session?.openSignal(body).catch(() => undefined)
    const signal = opened && readSignal(opened.body)
    if (signal) this.feed({ kind: 'signal', leaf: opened.leaf, signal })
  }

  private async signal(plain: Bytes): Promise<void> {
    const { conversation } = this.model
    const body = await this.talk?.session?.sealSignal(plain).catch(() => undefined)
    if (body && conversation === this.model.conversation) await this.net.ask({ t: 'signal', conversation, body })
  }

  private prepareFarewell({ phase, talk }: Visitor): void {
    const epoch = talk.group?.epoch
    const session = this.talk?.session
    if (phase !== 'in-line' || epoch === undefined || !session || this.farewellEpoch === epoch) return
    this.farewellEpoch = epoch
    void this.sealFarewell(session)
  }

  private async sealFarewell(session: Session): Promise<void> {
    const body = await session.sealLastSignal(signalBody({ kind: 'left-quickly' })).catch(() => undefined)
    if (this.talk?.session === session) this.farewell = body
  }

  private async save(session: Session): Promise<void> {
    const { store } = this.ports
    if (!store) return
    const { model: visitor, capability, consentKey, trust } = this
    const bytes = await session.exportState()
    if (!consentKey || this.talk?.session !== session) return zero(bytes)
    await store.save({ session: bytes, state: { visitor, capability, consentKey, rosterVersion: trust.rosterVersion } })
  }

  /** Keys first: whatever becomes of the answer, nothing can be read or said any more. */
  private async sayLeave(conversation: Id): Promise<void> {
    this.forget()
    // Of one that was to begin after it the server knows nothing yet.
    if (this.parting) return
    const parting = this.parting = { conversation, capability: this.capability }
    await this.insist({ t: 'leave', conversation, quick: false }, () => this.parting === parting)
    if (this.parting !== parting) return
    this.parted()
    if (this.talk) this.connect()
    else this.close()
  }

  /** Keys first here too: nothing more can be opened. */
  private async sayRead(conversation: Id, seq: number): Promise<void> {
    this.forget()
    const { capability } = this
    const mine = (): boolean => this.capability === capability
    await this.insist({ t: 'ack', conversation, seq }, mine)
    if (mine()) this.close()
  }

  /** Said until it is answered by more than "not now", for as long as it is worth it; where there is no line, when one is back. */
  private async insist(frame: Parameters<Net<ToVisitor>['ask']>[0], worth: () => boolean): Promise<void> {
    for (let tries = 0; tries < LAST_TRIES && worth(); tries++) {
      const answer = await this.net.ask(frame)
      if (answer && !(answer.t === 'refused' && (answer.code === 'busy' || answer.code === 'too-fast'))) return
      await new Promise<void>(done => void this.ports.timers.set(done, LAST_AGAIN_MS))
    }
  }

  /** No to somebody, or another person: said until it was heard. */
  private async told({ do: t, ...about }: Extract<VisitorEffect, { do: 'decline' | 'another' }>): Promise<void> {
    const { talk } = this
    await this.insist({ t, ...about }, () => this.talk === talk)
  }

  private parted(): void {
    if (this.parting) zero(this.parting.capability)
    this.parting = undefined
  }

  private close(): void {
    this.forget()
    // What is still to be said keeps its line, and what proves who says it.
    if (this.parting) return
    this.net.close()
    zero(this.capability)
    this.capability = EMPTY
  }

  private forget(): void {
    this.talk?.session?.destroy()
    this.talk = undefined
    this.farewell = undefined
    this.farewellEpoch = -1
    this.ports.store?.wipe()
  }
}
