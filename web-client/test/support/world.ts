import { random, toBase64Url, type Bytes } from '../../src/crypto/bytes'
import { decodeUnsignedStatement, type Statement } from '../../src/crypto/statement'
import { loadLate } from '../../src/conversation/late'
import { createDesk, type Desk } from '../../src/conversation/desk'
import type { Line } from '../../src/conversation/line'
import { memoryStore } from '../../src/conversation/store'
import { createVisitorTalk, type VisitorCopy, type VisitorTalk } from '../../src/conversation/visitor'
import { restoreVisitorTalk } from '../../src/conversation/visitor-restore'
import { Clock, settled } from './clock'
import { FakeVault, VaultServer } from './fake-vault'
import { DeskNet, VisitorNet, type FakeNet } from './fake-net'
import { FakeServer } from './fake-server'
import { DAY, type Organisation } from './organisation'

type Role = 'expert' | 'coordinator'

// As on a page that has been there for a while: what comes late is there.
await loadLate()

export interface VisitorSide { talk: VisitorTalk; net: VisitorNet; store: ReturnType<typeof memoryStore<VisitorCopy>> }
/** `home`: what the server keeps of her, whichever desk she sits at. */
export interface DeskSide { role?: Role; desk: Desk; net: DeskNet; alias: string; home: VaultServer; vault: FakeVault }

/** Visitors, desks and the fake server in one time that stands still unless moved. The cryptography is the real one. */
export class World {
  readonly time = new Clock()
  readonly server = new FakeServer(this.time.clock)
  readonly nets: FakeNet<never>[] = []
  /** Those that are gone too. */
  readonly everyNet: FakeNet<never>[] = []
  private readonly statements: Statement[] = []

  constructor(readonly organisation: Organisation) {}

  private get surroundings() {
    return { clock: this.time.clock, random, timers: this.time.timers_ }
  }

  private add(net: VisitorNet | DeskNet): void {
    this.nets.push(net as unknown as FakeNet<never>)
    this.everyNet.push(net as unknown as FakeNet<never>)
  }

  private remove(net: VisitorNet | DeskNet): void {
    this.nets.splice(this.nets.indexOf(net as unknown as FakeNet<never>), 1)
  }

  /** Every ciphertext that left some client. */
  sentBodies(): Bytes[] {
    return this.everyNet.flatMap(net => net.sent).filter(frame => frame.t === 'append').map(frame => frame['body'] as Bytes)
  }

  visitor(): VisitorSide {
    const net = new VisitorNet(this.server)
    this.add(net)
    const store = memoryStore<VisitorCopy>()
    return { net, store, talk: createVisitorTalk({ ...this.surroundings, net, store, trustRoot: this.organisation.root.publicKey }) }
  }

  /** The page is gone but for what its store kept; a new one goes on from that. */
  async reload(side: VisitorSide): Promise<VisitorSide> {
    side.net.cut()
    side.net.closed = true
    const net = new VisitorNet(this.server)
    this.remove(side.net)
    this.add(net)
    const talk = await restoreVisitorTalk({ ...this.surroundings, net, store: side.store, trustRoot: this.organisation.root.publicKey })
    if (!talk) throw new Error('nothing was kept')
    return { net, talk, store: side.store }
  }

  async desk(alias = 'Noor', home = new VaultServer(), vault = new FakeVault(home), role: Role = 'expert'): Promise<DeskSide> {
    const net = new DeskNet(this.server, home.person)
    this.add(net)
    const me = { alias, organisation: 'Naast', languages: ['nl'], role }
    const staff = { me, registerStatement: (unsigned: Uint8Array<ArrayBuffer>) => this.sign(unsigned) }
    const desk = createDesk({ ...this.surroundings, net, staff, vault, trustRoot: this.organisation.root.publicKey })
    await desk.open()
    const papers = this.lastPapers
    net.connect()
    const entry = this.server.entries.get(net.desk)
    if (entry && papers) entry.papers = { ...papers, revocations: [] }
    if (entry) entry.coordinator = role === 'coordinator'
    return { desk, net, alias, home, vault, role }
  }

  /** The page is gone but for what the vault keeps; a new one goes on from that. */
  async reloadDesk(side: DeskSide): Promise<DeskSide> {
    side.net.cut()
    side.net.closed = true
    this.remove(side.net)
    side.vault.dead = true
    return this.desk(side.alias, side.home, undefined, side.role)
  }

  private newest: Uint8Array<ArrayBuffer> | undefined
  private lastPapers: { statement: Uint8Array<ArrayBuffer>; roster: Uint8Array<ArrayBuffer> } | undefined
  private readonly signed = new Map<string, NonNullable<World['lastPapers']>>()

  /** The same bytes again: where it stands now. */
  private async sign(unsigned: Uint8Array<ArrayBuffer>) {
    const known = this.signed.get(toBase64Url(unsigned))
    if (!known) this.statements.push(decodeUnsignedStatement(unsigned))
    const papers = { statement: known?.statement ?? await this.organisation.signed(unsigned), roster: known ? this.newest ?? known.roster : await this.roster() }
    if (!known) this.newest = papers.roster
    // One roster for all, the newest.
    for (const { papers: shown } of this.server.entries.values()) if (shown && !known) shown.roster = papers.roster
    this.signed.set(toBase64Url(unsigned), papers)
    this.lastPapers = papers
    return { state: 'signed' as const, ...papers }
  }

  /** A roster of all statements so far, or of these; each newer than the last. */
  async roster(statements = this.statements) {
    const now = Math.floor(this.time.now / 1000)
    return this.organisation.roster(statements, { version: this.statements.length, issuedAt: now - 60, validUntil: now + 6 * DAY })
  }

  get lastStatement(): Statement {
    return this.statements[this.statements.length - 1] as Statement
  }

  /** All lines up and every frame passed, until nobody has anything more to do at this moment. */
  async quiet(connect = true): Promise<void> {
    for (;;) {
      await settled()
      if (connect) this.nets.forEach(net => net.connect())
      if (this.time.runDue()) continue
      const busy = this.nets.find(net => net.up.length + net.down.length > 0)
      if (!busy) {
        await settled()
        if (!this.nets.some(net => net.up.length + net.down.length > 0)) return
        continue
      }
      if (busy.up.length > 0) busy.passUp()
      else busy.passDown()
    }
  }

  /** Time passes, second by second where timers want it; frames pass meanwhile. */
  async pass(ms: number, connect = true): Promise<void> {
    const until = this.time.now + ms
    await this.quiet(connect)
    while (this.time.now < until) {
      this.time.now = Math.min(until, Math.max(this.time.now + 1, this.time.next()))
      this.server.tick()
      await this.quiet(connect)
    }
  }

  /** A visitor and an expert who talk. */
  async talking(): Promise<{ visitor: VisitorSide; expert: DeskSide }> {
    const expert = await this.desk()
    const visitor = this.visitor()
    visitor.talk.start('nl')
    await this.quiet()
    expert.desk.claim(1)
    await this.pass(1_000)
    return { visitor, expert }
  }
}

export const linesOf = (side: VisitorSide): readonly Line[] => ('lines' in side.talk.state ? side.talk.state.lines : [])
export const deskLines = (side: DeskSide, slot = 0): readonly Line[] => side.desk.state.talks[slot]?.lines ?? []
export const texts = (lines: readonly Line[]): string[] => lines.flatMap(line => line.text ?? [])
export const notices = (lines: readonly Line[]): string[] => lines.flatMap(line => (line.from === 'notice' && line.notice ? line.notice.key : []))
