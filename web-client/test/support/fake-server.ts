import { toBase64Url, type Bytes } from '../../src/crypto/bytes'
import type { DeskView } from '../../src/wire/desk-view'
import type { FromDesk } from '../../src/wire/from-desk'
import type { FromVisitor } from '../../src/wire/from-visitor'
import type { Id } from '../../src/wire/read'
import type { RefusalCode } from '../../src/wire/refused'
import type { View } from '../../src/wire/view'
import { FakeCalls } from './fake-calls'
import { FakeConversation, type Side } from './fake-conversation'
import { FakeReports } from './fake-reports'

export interface Papers { statement: Bytes; roster: Bytes; revocations: Bytes[] }

/** A frame on its way to somebody. */
export interface Connection { send(frame: { t: string }): void }

export interface DeskEntry { coordinator?: boolean; fence: number; available: boolean; person: string; awayAt?: number | undefined; papers: Papers | undefined; ended: { conversation: Id; why: DeskView['ended'][number]['why'] }[]; rev: number }

const CLAIM_MS = 60_000
const VANISHED_MS = 30_000
const AWAY_MS = 600_000

/**
 * An in-process server that follows protocol.md: for tests of the clients only, one process, nothing stored. It reads what the real one
 * may read and no more. Tests make it lie by replacing its parts.
 */
export class FakeServer {
  readonly conversations: FakeConversation[] = []
  readonly visitors = new Map<string, Connection>()
  readonly desks = new Map<Id, Connection>()
  readonly entries = new Map<Id, DeskEntry>()
  /** What every proof says now; a test may revoke or renew. */
  papers: (of: Papers) => Papers = papers => papers
  /** How many appends were refused, by code. */
  readonly refusals = new Map<RefusalCode, number>()
  readonly reports = new FakeReports()
  private readonly owners = new Map<string, FakeConversation>()
  private readonly overtaken = new Set<Id>()
  private readonly calls = new FakeCalls(this)
  private fences = 0
  private arrivals = 0
  /** All frames that came in, by side, as the wire tests want to see them. */
  readonly heard: { side: Side; frame: FromVisitor | FromDesk }[] = []

  constructor(private readonly clock: () => number) {}

  // ---- visitor

  visitorConnects(capability: Bytes, connection: Connection): void {
    const key = toBase64Url(capability)
    this.visitors.set(key, connection)
    connection.send({ t: 'ready', v: 1, beat: 20 } as { t: string })
    const own = this.owners.get(key)
    if (own) own.visitorGoneAt = undefined
    if (own) connection.send(this.view(own))
    this.changed()
  }

  visitorGone(capability: Bytes, connection: Connection): void {
    const key = toBase64Url(capability)
    if (this.visitors.get(key) !== connection) return
    this.visitors.delete(key)
    const own = this.owners.get(key)
    if (own) own.visitorGoneAt = this.clock()
    this.changed()
  }

  fromVisitor(capability: Bytes, frame: FromVisitor): object | undefined {
    this.heard.push({ side: 'visitor', frame })
    const own = this.owners.get(toBase64Url(capability))
    switch (frame.t) {
      case 'join': return this.join(toBase64Url(capability), frame)
      case 'ping': return { t: 'pong' }
      case 'hello': case 'poll': return undefined
      case 'decline': case 'another': return own && own.id === frame.conversation ? this.calls.fromVisitor(own, frame) : refused('unknown')
      case 'coordinators': case 'report': case 'answers': return own ? this.reports.answer(own.id, frame) : refused('unknown')
      default: return own && own.id === frame.conversation ? this.answer('visitor', own, frame) : refused('unknown')
    }
  }

  private join(key: string, { conversation, language }: Extract<FromVisitor, { t: 'join' }>): object {
    const own = this.owners.get(key) ?? new FakeConversation(conversation, language, ++this.arrivals)
    own.onHandOver = desk => this.over(desk, own, 'handed-over')
    if (!this.owners.has(key)) {
      this.owners.set(key, own)
      this.conversations.push(own)
    }
    this.changed()
    return { t: 'joined', view: this.view(own) }
  }

  // ---- desk

  deskConnects(desk: Id, connection: Connection, n: number, person: string = desk): void {
    if (this.overtaken.has(desk)) return connection.send({ t: 'refused', n, code: 'lease-lost' } as { t: string })
    const known = this.entries.get(desk)
    const entry: DeskEntry = known ?? { fence: ++this.fences, available: false, papers: undefined, ended: [], rev: 1, person }
    entry.awayAt = undefined
    this.entries.set(desk, entry)
    if (!known) this.takeOver(desk, person)
    this.desks.set(desk, connection)
    for (const c of this.of(desk)) c.expertGoneAt = undefined
    for (const c of this.calls.with(desk)) if (c.guest) c.guest.goneAt = undefined
    connection.send({ t: 'leased', n, fence: entry.fence, beat: 20, slots: 2, view: this.deskView(desk) } as { t: string })
    this.changed()
  }

  deskGone(desk: Id, connection: Connection): void {
    if (this.desks.get(desk) !== connection) return
    this.desks.delete(desk)
    for (const c of this.of(desk)) c.expertGoneAt = this.clock()
    for (const c of this.calls.with(desk)) if (c.guest) c.guest.goneAt = this.clock()
    this.changed()
  }

  fromDesk(desk: Id, frame: FromDesk): object | undefined {
    this.heard.push({ side: 'expert', frame })
    const entry = this.entries.get(desk)
    if (frame.t === 'ping') return { t: 'pong' }
    if (frame.t === 'lease' || frame.t === 'poll' || !entry) return undefined
    if (frame.fence !== entry.fence) return refused('lease-lost')
    if (frame.t === 'available') return this.noted(entry, frame.yes)
    if (frame.t === 'away') return this.away(entry, frame.yes)
    if (frame.t === 'claim') return this.claim(desk, entry, frame)
    if (frame.t === 'answer') return this.calls.answer(desk, entry, frame)
    const own = this.conversations.find(c => c.id === frame.conversation && (c.claim?.desk === desk || c.guest?.desk === desk))
    if (!own) return refused('unknown')
    const side = own.claim?.desk === desk ? 'expert' : 'guest'
    if (frame.t === 'call' || frame.t === 'uncall' || frame.t === 'hand-over') return this.calls.fromDesk(side, own, frame)
    if (frame.t !== 'close' && frame.t !== 'release') return this.answer(side, own, frame)
    return side === 'guest' ? refused('unknown') : this.part(own, frame.t, entry.person, 'again' in frame && frame.again)
  }

  /** What is being talked in goes over to the newer desk; what was only begun is given back (protocol.md §5). */
  private takeOver(desk: Id, person: string): void {
    for (const [older, entry] of this.entries) {
      if (older === desk || entry.person !== person || this.overtaken.has(older)) continue
      for (const c of this.of(older)) if (c.state === 'talking' && c.claim) c.claim = { ...c.claim, desk }
      for (const c of this.calls.with(older)) if (c.guest?.stage === 'in') c.guest.desk = desk
      const mine = this.entries.get(desk)
      if (mine) mine.papers ??= entry.papers
      this.leaseLost(older)
    }
  }

  /** A newer desk of the same expert took the lease. */
  leaseLost(desk: Id): void {
    this.of(desk).forEach(c => this.lose(c, 'released'))
    this.calls.with(desk).forEach(c => this.calls.end(c, 'released'))
    const entry = this.entries.get(desk)
    if (entry) entry.fence = ++this.fences
    this.overtaken.add(desk)
    this.desks.get(desk)?.send({ t: 'lease-lost' })
  }

  private noted(entry: DeskEntry, yes: boolean): object {
    entry.available = yes
    entry.rev++
    this.changed()
    return { t: 'noted' }
  }

  private away(entry: DeskEntry, yes: boolean): object {
    entry.awayAt = yes ? entry.awayAt ?? this.clock() : undefined
    this.changed()
    return { t: 'noted' }
  }

  private awayAt({ claim }: { claim: { desk: Id } | undefined }): number | undefined {
    return claim && this.entries.get(claim.desk)?.awayAt
  }

  private claim(desk: Id, entry: DeskEntry, frame: Extract<FromDesk, { t: 'claim' }>): object {
    const before = this.conversations.find(c => c.claim?.id === frame.claim)
    if (before) return { t: 'claimed', conversation: before.id, language: before.language }
    if (this.isTaken(desk, frame.slot)) return refused('limit')
    const first = this.conversations.filter(c => c.state === 'waiting' && !c.passed.has(entry.person)).sort((a, b) => a.arrival - b.arrival)[0]
    if (!first) return { t: 'nobody' }
    const statement = entry.papers?.statement ?? new Uint8Array(0)
    Object.assign(first, { state: 'claimed', claim: { id: frame.claim, desk, slot: frame.slot, keyPackage: frame.keyPackage, statement, at: this.clock(), addSeq: 0 } })
    first.rev++
    this.changed()
    return { t: 'claimed', conversation: first.id, language: first.language }
  }

  isTaken(desk: Id, slot: 1 | 2): boolean {
    return this.of(desk).some(c => c.claim?.slot === slot) || this.calls.with(desk).some(c => c.guest?.slot === slot)
  }

  private part(own: FakeConversation, t: 'close' | 'release', person: string, again: boolean): object {
    if (t === 'release' && !again && own.state === 'talking') own.passed.add(person)
    if (t === 'close') this.endOf(own, 'closed')
    else this.lose(own, 'released', own.state === 'joining')
    return { t: t === 'close' ? 'closed' : 'released' }
  }

  // ---- both

  private answer(side: Side, own: FakeConversation, frame: Extract<FromVisitor | FromDesk, { t: 'append' | 'fetch' | 'ack' | 'signal' | 'leave' }>): object {
    switch (frame.t) {
      case 'append': return this.append(side, own, frame)
      case 'fetch': return { t: 'envelopes', conversation: own.id, ...own.fetch(side, frame.after, frame.limit) }
      case 'ack': own.ack(side, frame.seq); this.changed(); return { t: 'acked' }
      case 'signal': this.relay(side, own, frame.body); return { t: 'signalled' }
      case 'leave': if ('signal' in frame) this.relay(side, own, frame.signal); this.endOf(own, 'left'); return { t: 'left' }
    }
  }

  /** To whoever is there, of a conversation that is not over. */
  private relay(side: Side, own: FakeConversation, body: Bytes): void {
    if (own.state === 'ended') return
    this.others(side, own).forEach(c => c.send({ t: 'signal', conversation: own.id, body } as { t: string }))
  }

  private append(side: Side, own: FakeConversation, frame: Extract<FromVisitor | FromDesk, { t: 'append' }>): object {
    const before = own.seq
    const answer = own.append(side, frame.id, frame.kind, frame.body)
    if ('code' in answer) {
      this.refusals.set(answer.code, (this.refusals.get(answer.code) ?? 0) + 1)
      return refused(answer.code)
    }
    const envelope = own.log.find(e => e.seq === own.seq)
    if (own.seq > before && envelope) this.others(side, own).forEach(c => c.send({ t: 'envelope', conversation: own.id, ...envelope } as { t: string }))
    if (own.seq > before) this.changed()
    return { t: 'stored', id: frame.id, seq: answer.seq }
  }

  private endOf(own: FakeConversation, why: FakeConversation['why']): void {
    if (own.claim) this.over(own.claim.desk, own, why)
    if (own.guest?.desk) this.over(own.guest.desk, own, why)
    if (own.state === 'waiting' && own.again === null) this.forget(own)
    own.end(why)
    this.changed()
  }

  /** Nobody ever had her: nothing is kept. */
  private forget(own: FakeConversation): void {
    this.conversations.splice(this.conversations.indexOf(own), 1)
    for (const [key, c] of this.owners) if (c === own) this.owners.delete(key)
  }

  /** It is that desk's no more. */
  over(desk: Id, own: FakeConversation, why: DeskView['ended'][number]['why']): void {
    const entry = this.entries.get(desk)
    entry?.ended.push({ conversation: own.id, why })
    if (entry) entry.rev++
  }

  private others(side: Side, own: FakeConversation): Connection[] {
    const { claim, guest } = own
    const staff = [side === 'expert' ? undefined : claim?.desk, side === 'guest' || guest?.addSeq === 0 ? undefined : guest?.desk]
    const visitor = side === 'visitor' ? [] : [...this.owners].filter(([, c]) => c === own).flatMap(([key]) => this.visitors.get(key) ?? [])
    return [...visitor, ...staff.flatMap(desk => (desk === undefined ? [] : this.desks.get(desk) ?? []))]
  }

  /** Time passed: claims that brought nobody, experts who vanished. */
  tick(): void {
    const now = this.clock()
    for (const c of this.conversations) {
      if ((c.state === 'claimed' || c.state === 'joining') && c.claim && now - c.claim.at >= CLAIM_MS) this.lose(c, 'no-join', true)
      const guest = c.guest
      if (guest?.goneAt !== undefined && now - guest.goneAt >= VANISHED_MS) this.calls.end(c, 'released')
      const away = this.awayAt(c)
      if (away === undefined ? c.expertGoneAt !== undefined && now - c.expertGoneAt >= VANISHED_MS : now - away >= AWAY_MS) this.lose(c, 'vanished')
    }
  }

  /** Her claim ends; `missed`: because nobody joined, which she may have to answer for. */
  lose(c: FakeConversation, why: 'vanished' | 'no-join' | 'released', missed = false): void {
    const lead = c.claim?.desk
    // Whoever came to take over has her.
    if (c.state === 'talking' && c.guest?.stage === 'in' && c.guest.for === 'transfer') {
      c.handOver()
      this.changed()
      return
    }
    if (c.guest) this.calls.end(c, 'released')
    if (missed && why !== 'vanished' && !c.miss(why, c.visitorGoneAt === undefined, () => ++this.arrivals)) return this.endOf(c, 'gone')
    if (!missed || why === 'vanished') c.release(why)
    if (lead) this.over(lead, c, why === 'no-join' ? 'no-join' : 'released')
    this.changed()
  }

  of(desk: Id): FakeConversation[] {
    return this.conversations.filter(c => c.claim?.desk === desk && c.state !== 'ended')
  }

  private told = new Map<Connection, string>()

  /** Whoever's view changed is told it whole. */
  changed(): void {
    for (const [key, connection] of this.visitors) {
      const own = this.owners.get(key)
      if (own) this.tell(connection, this.view(own))
    }
    for (const [desk, connection] of this.desks) this.tell(connection, this.deskView(desk))
  }

  private tell(connection: Connection, view: View | DeskView): void {
    const { seq, rev, ...rest } = view as View & { seq?: number }
    const text = JSON.stringify(rest, (_, value: unknown) => (value instanceof Uint8Array ? toBase64Url(value) : value))
    if (this.told.get(connection) === text) return
    this.told.set(connection, text)
    connection.send(view)
  }

  view(c: FakeConversation): View {
    const common = { t: 'view' as const, rev: c.rev, conversation: c.id, seq: c.seq }
    if (c.state === 'ended') return { ...common, state: 'ended', why: c.why }
    if (c.state === 'waiting' || !c.claim) return { ...common, state: 'waiting', position: 1, range: null, again: c.again }
    const { id: claim, desk, keyPackage } = c.claim
    const papers = this.papers(this.entries.get(desk)?.papers ?? { statement: c.claim.statement, roster: new Uint8Array(0), revocations: [] })
    if (c.state === 'claimed') return { ...common, ...papers, state: 'claimed', claim, keyPackage }
    const taken = { ...common, ...papers, claim, expert: this.lineOf(c, c.expertGoneAt) }
    return c.state === 'joining' ? { ...taken, state: 'joining' } : { ...taken, state: 'talking', guest: this.calls.forVisitor(c) }
  }

  lineOf(c: { claim: { desk: Id } | undefined }, goneAt: number | undefined): 'here' | 'lost' | 'away' {
    return this.awayAt(c) !== undefined ? 'away' : goneAt === undefined ? 'here' : 'lost'
  }

  private deskView(desk: Id): DeskView {
    const entry = this.entries.get(desk) as DeskEntry
    const waiting = this.conversations.filter(c => c.state === 'waiting').length
    return {
      t: 'desk', rev: entry.rev, available: entry.available, ended: entry.ended,
      waiting: waiting ? [{ language: 'nl', count: waiting, longest: 0 }] : [],
      conversations: this.calls.conversations(desk),
      calls: this.calls.open(desk),
    }
  }
}

export const refused = (code: RefusalCode): object => ({ t: 'refused', code })
