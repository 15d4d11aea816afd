import { seeded, settled } from './clock'
import { LOCK_MS } from '../../src/conversation/limits'
import { FakeVault } from './fake-vault'
import type { Organisation } from './organisation'
import { Seals } from './seals'
import { World, deskLines, linesOf, texts, type DeskSide, type VisitorSide } from './world'

const MINUTE = 60_000

/** What happened, in words: printed when a schedule fails, so that it can be read. */
export interface Outcome { seed: number; steps: string[]; wrong: string[]; counts: Counts }

/** How often what happened. `delayed`: time passed while frames waited. `lost`: frames, with their line or alone. */
export const EVENTS = ['said', 'lost', 'doubled', 'delayed', 'cut', 'reconnected', 'updated', 'stale', 'reloaded', 'restored', 'lost-write'] as const
export type Counts = Record<(typeof EVENTS)[number], number>
export const noCounts = (): Counts => Object.fromEntries(EVENTS.map(event => [event, 0])) as Counts

const LETTERS = ['hoi', 'é', 'مرحبا', '🌱', '<b>', 'nee']

/**
 * One random life of one conversation: who writes when, which frame passes, comes twice, is lost with its line or waits; when an own
 * leaf is due for renewal; when the visitor's page is gone and goes on from its copy; when the expert's is, or is locked, or another
 * computer takes its place; when the vault's answers are lost. The same seed gives the same life.
 */
export class Schedule {
  private readonly random: () => number
  private readonly said: { visitor: string[]; expert: string[] } = { visitor: [], expert: [] }
  private readonly steps: string[] = []
  private readonly counts = noCounts()
  private world!: World
  private visitor!: VisitorSide
  private expert!: DeskSide
  private locking: Promise<void> | undefined
  private readonly seals = new Seals()

  constructor(private readonly organisation: Organisation, readonly seed: number) {
    this.random = seeded(seed)
  }

  async run(length: number): Promise<Outcome> {
    this.world = new World(this.organisation)
    this.seals.begin()
    try {
      await this.live(length)
    } finally {
      this.seals.end()
    }
    Object.assign(this.counts, { updated: this.commits(), stale: this.stale })
    return { seed: this.seed, steps: this.steps, wrong: this.wrong(), counts: this.counts }
  }

  private async live(length: number): Promise<void> {
    Object.assign(this, await this.world.talking())
    for (let i = 0; i < length; i++) await this.step()
    this.steps.push('all lines up')
    if (this.locking) await this.unlock()
    await this.world.pass(10_000)
    if (await this.overtaken()) await this.world.pass(10_000)
    await this.world.pass(30_000)
  }

  private below(n: number): number {
    return Math.floor(this.random() * n)
  }

  private text(): string {
    const word = LETTERS[this.below(LETTERS.length)] as string
    const times = this.random() < 0.06 ? 2_000 : 1 + this.below(60)
    return `${this.said.visitor.length + this.said.expert.length} ${word.repeat(Math.min(times, Math.floor(3_900 / word.length)))}`
  }

  private async step(): Promise<void> {
    const roll = this.random()
    if (roll < 0.22) this.say()
    else if (roll < 0.70) this.pass()
    else if (roll < 0.73) this.lose()
    else if (roll < 0.80) this.cut()
    else if (roll < 0.88) this.connect()
    else if (roll < 0.93) this.time(this.below(2_000))
    // Whoever has spoken since renews her leaf before she speaks again.
    else if (roll < 0.95) this.time(16 * MINUTE)
    else if (roll < 0.97) await this.reload()
    else if (roll < 0.98) this.loseWrites()
    else await this.restore()
    await this.rest()
  }

  /** Whatever can be done without a frame or time is done. */
  private async rest(): Promise<void> {
    do await settled()
    while (this.world.time.runDue())
  }

  private say(): void {
    const text = this.text()
    const who = this.random() < 0.5 ? 'visitor' : 'expert'
    const taken = who === 'visitor' ? this.visitor.talk.compose(text) : this.expert.desk.compose(this.expert.desk.state.talks[0]?.id ?? '', text)
    this.steps.push(`${who} says ${text.slice(0, 12)} (${text.length})${taken ? '' : ' REFUSED'}`)
    if (!taken) return
    this.counts.said++
    this.said[who].push(text)
  }

  private net() {
    return this.random() < 0.5 ? this.visitor.net : this.expert.net
  }

  private pass(): void {
    const net = this.net()
    const up = this.random() < 0.5
    const twice = this.random() < 0.1
    for (let i = this.below(3); i >= 0; i--) {
      if (twice) this.counts.doubled += (up ? net.up : net.down).length > 0 ? 1 : 0
      if (up) net.passUp(twice)
      else net.passDown(twice)
    }
    this.steps.push(`${net === this.visitor.net ? 'visitor' : 'expert'} ${up ? 'up' : 'down'}${twice ? ' twice' : ''}`)
  }

  private lose(): void {
    const net = this.net()
    const up = this.random() < 0.5
    const lost = net.lose(up)
    this.counts.lost += Number(lost)
    this.steps.push(`${net === this.visitor.net ? 'visitor' : 'expert'} loses ${lost ? 'one' : 'nothing'} ${up ? 'up' : 'down'}`)
  }

  private cut(): void {
    const net = this.net()
    this.counts.cut += Number(net.connected)
    this.counts.lost += net.up.length + net.down.length
    this.steps.push(`${net === this.visitor.net ? 'visitor' : 'expert'} cut with ${net.up.length} up, ${net.down.length} down`)
    net.cut()
  }

  private connect(): void {
    const net = this.net()
    this.steps.push(`${net === this.visitor.net ? 'visitor' : 'expert'} connects`)
    this.counts.reconnected += Number(!net.connected)
    net.connect()
  }

  private time(ms: number): void {
    const waits = [this.visitor.net, this.expert.net].some(net => net.up.length + net.down.length > 0)
    this.counts.delayed += Number(waits)
    this.steps.push(`${ms} ms`)
    this.world.time.now += ms
  }

  private async reload(): Promise<void> {
    this.counts.reloaded++
    this.steps.push('visitor reloads')
    this.visitor = await this.world.reload(this.visitor)
  }

  private loseWrites(): void {
    this.counts['lost-write']++
    Object.assign(this.expert.vault.losses, { there: this.below(2), back: 1 + this.below(2) })
    this.steps.push(`the vault loses ${JSON.stringify(this.expert.vault.losses)}`)
  }

  /** The expert's page is gone, or she sits at another computer, or it is locked, or open again. */
  private async restore(): Promise<void> {
    if (this.locking) return this.unlock()
    if (await this.overtaken()) return
    this.counts.restored++
    const how = ['reloads', 'takes another browser', 'locks'][this.below(3)]
    this.steps.push(`expert ${how}`)
    if (how === 'locks') this.locking = this.expert.desk.lock()
    else this.expert = how === 'reloads' ? await this.world.reloadDesk(this.expert) : await this.world.desk(this.expert.alias, this.expert.home)
    if (!this.locking) this.forgetUnkept()
  }

  /** The older desk's last write came after the newer had read: that one wipes too, and she signs in once more. */
  private async overtaken(): Promise<boolean> {
    if (this.expert.desk.state.link !== 'lease-lost') return false
    this.steps.push('expert overtaken, signs in again')
    this.expert = await this.world.reloadDesk(this.expert)
    this.forgetUnkept()
    return true
  }

  private async unlock(): Promise<void> {
    this.steps.push('expert unlocks')
    this.world.time.now += LOCK_MS
    await this.rest()
    await this.locking
    this.locking = undefined
    this.expert = { ...this.expert, vault: new FakeVault(this.expert.home) }
    this.forgetUnkept()
    const unlocked = this.expert.desk.unlock(this.expert.vault)
    await this.rest()
    await unlocked
  }

  /** A line that was not in the vault when its page went was never sent, and is gone with it. */
  private forgetUnkept(): void {
    const kept = this.expert.home.texts()
    const lost = this.said.expert.filter(text => !kept.includes(text))
    if (lost.length === 0) return
    this.steps.push(`not kept: ${lost.map(text => text.slice(0, 12)).join(', ')}`)
    this.said.expert = this.said.expert.filter(text => kept.includes(text))
  }

  private commits(): number {
    const conversation = this.world.server.conversations[0]
    return (conversation?.epoch ?? 1) - 1
  }

  private get stale(): number {
    return this.world.server.refusals.get('stale-epoch') ?? 0
  }

  private wrong(): string[] {
    const wrong: string[] = []
    const same = (what: string, got: readonly string[], want: readonly string[]): void => {
      if (JSON.stringify(got) !== JSON.stringify(want)) wrong.push(`${what}: ${JSON.stringify(got.map(t => t.slice(0, 12)))} in place of ${JSON.stringify(want.map(t => t.slice(0, 12)))}`)
    }
    const [mine, hers] = [linesOf(this.visitor), deskLines(this.expert)]
    same('the desk reads', texts(hers.filter(line => line.from === 'visitor')), this.said.visitor)
    same('the visitor reads', texts(mine.filter(line => line.from === 'expert')), this.said.expert)
    same('the visitor\'s own', texts(mine.filter(line => line.from === 'me')), this.said.visitor)
    same('the desk\'s own', texts(hers.filter(line => line.from === 'me')), this.said.expert)
    const waiting = [...mine, ...hers].filter(line => line.text !== undefined && line.from === 'me' && line.state !== 'received')
    if (waiting.length > 0) wrong.push(`not received: ${waiting.map(line => `${line.text?.slice(0, 8)} ${line.state}`).join(', ')}`)
    wrong.push(...this.seals.doubled().map(pair => `sealed twice: ${pair}`), ...this.seals.reused(this.world.sentBodies()))
    if (wrong.length > 0) wrong.push(`visitor ${this.visitor.talk.state.kind}, desk ${JSON.stringify(this.expert.desk.state.talks.map(t => [t.state, t.lines.map(l => l.notice?.key)]))}`)
    return wrong
  }
}
