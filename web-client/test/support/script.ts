import type { Bytes } from '../../src/crypto/bytes'
import { seeded, settled } from './clock'
import type { Organisation } from './organisation'
import { Seals } from './seals'
import { guestOf, idAt, talkAt, talking } from './three'
import { World, linesOf, texts, type DeskSide, type VisitorSide } from './world'

/** What happened how often, over all scripts. */
export const ACTS = ['said', 'called', 'answered', 'let in', 'declined', 'sent away', 'left', 'handed over', 'another', 'shared', 'cut', 'lost', 'updated', 'reloaded', 'restored'] as const
export type Counts = Record<(typeof ACTS)[number], number>
export const noCounts = (): Counts => Object.fromEntries(ACTS.map(act => [act, 0])) as Counts

const SOON = 2_000
const MINUTE = 60_000

/**
 * One random life of one conversation with up to three members: who is called, comes, is let in or not, goes, takes over; who writes
 * when, and what the line and the pages do meanwhile. The same seed gives the same life.
 */
export class Script {
  private readonly random: () => number
  readonly steps: string[] = []
  readonly counts = noCounts()
  private readonly said = new Map<string, string[]>()
  private world!: World
  private visitor!: VisitorSide
  private desks: DeskSide[] = []
  private lines = 0
  private jumps = 0
  private readonly seals = new Seals()

  constructor(private readonly organisation: Organisation, seed: number) {
    this.random = seeded(seed)
  }

  async run(length: number): Promise<string[]> {
    this.world = new World(this.organisation)
    this.seals.begin()
    try {
      const { visitor, expert } = await this.world.talking()
      this.visitor = visitor
      this.desks = [expert, await this.world.desk('Bea'), await this.world.desk('Sam'), await this.world.desk('Cora', undefined, undefined, 'coordinator')]
      await this.world.pass(SOON)
      for (let i = 0; i < length && this.visitor.talk.state.kind !== 'refused'; i++) await this.step()
      return await this.end()
    } finally {
      this.seals.end()
    }
  }

  private below = (n: number): number => Math.floor(this.random() * n)
  private one = <T>(of: readonly T[]): T | undefined => of[this.below(of.length)]
  private note(act: keyof Counts, words: string): void {
    this.counts[act]++
    this.steps.push(words)
  }

  private get nets() { return [this.visitor.net, ...this.desks.map(desk => desk.net)] }
  private members = (): DeskSide[] => this.desks.filter(desk => talkAt(desk)?.state === 'talking')
  private lead = (): DeskSide | undefined => this.members().find(desk => talkAt(desk)?.part === 'lead')

  private async step(): Promise<void> {
    const roll = this.random()
    if (roll < 0.25) this.say()
    else if (roll < 0.62) this.pass()
    else if (roll < 0.66) this.lose()
    else if (roll < 0.69) this.cut()
    else if (roll < 0.75) this.nets.forEach(net => net.connect())
    else if (roll < 0.80) this.world.time.now += this.below(1_500)
    // No more than an hour in all: the library looks at the real clock.
    else if (roll < 0.82) this.world.time.now += this.jumps++ < 2 ? 16 * MINUTE : 0
    else if (roll < 0.96) await this.act()
    else if (roll < 0.98) await this.reload()
    else await this.restore()
    do await settled()
    while (this.world.time.runDue())
  }

  private say(who = this.one<VisitorSide | DeskSide>([this.visitor, this.visitor, ...this.members()]) ?? this.visitor): void {
    const text = `${++this.lines} ${'x'.repeat(this.random() < 0.04 ? 3_000 : this.below(40))}`
    const name = 'talk' in who ? 'visitor' : who.alias
    const taken = 'talk' in who ? who.talk.compose(text) : who.desk.compose(idAt(who), text)
    if (!taken) return
    this.said.set(name, [...this.said.get(name) ?? [], text])
    this.note('said', `${name} says ${this.lines}`)
  }

  private pass(): void {
    const net = this.one(this.nets)
    const up = this.random() < 0.5
    for (let i = this.below(5); i >= 0; i--) if (up) net?.passUp(this.random() < 0.1)
    else net?.passDown(this.random() < 0.1)
  }

  private lose(): void {
    if (this.one(this.nets)?.lose(this.random() < 0.5)) this.note('lost', 'a frame is lost')
  }

  private cut(): void {
    const net = this.one(this.nets)
    if (net?.connected) this.note('cut', `line ${this.nets.indexOf(net)} is cut`)
    net?.cut()
  }

  /** Somebody does something about who is in; what came of the last thing has had time, mostly. */
  private async act(): Promise<void> {
    if (this.random() < 0.8) await this.world.pass(SOON)
    const { talk } = this.visitor
    const lead = this.lead()
    const guest = this.members().find(desk => talkAt(desk)?.part === 'guest')
    const state = guestOf(this.visitor)?.state
    const caller = this.desks.find(desk => desk.desk.state.calls.length > 0)
    if (talk.state.kind === 'waiting') return this.claim()
    if (state === 'asked') return this.random() < 0.8 ? this.do('let in', () => talk.admit(true)) : this.do('declined', () => talk.admit(false))
    if (caller) return this.do('answered', () => caller.desk.answer(caller.desk.state.calls[0]?.call ?? ''))
    if (talking(this.visitor)?.askShareGuest && this.random() < 0.5) return this.do('shared', () => talk.shareGuest(this.random() < 0.7))
    if (guest && lead) return this.one([
      () => this.do('sent away', () => talk.sendAway()),
      () => this.do('left', () => guest.desk.uncall(idAt(guest))),
      () => this.do('left', () => lead.desk.uncall(idAt(lead))),
      () => this.do('handed over', () => lead.desk.handOver(idAt(lead))),
      () => this.do('handed over', () => lead.desk.handOver(idAt(lead))),
    ])?.()
    if (lead && this.random() < 0.07) return this.do('another', () => talk.another())
    if (lead) this.do('called', () => lead.desk.call(idAt(lead), this.random() < 0.7 ? 'transfer' : 'look', this.random() < 0.7))
  }

  private do(act: keyof Counts, work: () => void): void {
    work()
    this.note(act, act)
  }

  private claim(): void {
    const desk = this.one(this.desks.filter(({ role, desk: { state } }) => role !== 'coordinator' && !state.talks.some(talk => talk.state !== 'ended')))
    if (desk) this.steps.push(`${desk.alias} claims`)
    desk?.desk.claim(1)
  }

  private async reload(): Promise<void> {
    this.note('reloaded', 'visitor reloads')
    this.visitor = await this.world.reload(this.visitor)
  }

  /** A desk's page is gone: what it had composed and not kept, nobody has read. */
  private async restore(): Promise<void> {
    const at = this.below(this.desks.length)
    const desk = this.desks[at] as DeskSide
    this.note('restored', `${desk.alias} reloads`)
    this.desks[at] = await this.world.reloadDesk(desk)
    const kept = [...desk.home.texts(), ...texts(linesOf(this.visitor))]
    this.said.set(desk.alias, (this.said.get(desk.alias) ?? []).filter(text => kept.includes(text)))
  }

  /** All lines up; whoever is in says one more word; then everybody has read the same. */
  private async end(): Promise<string[]> {
    this.steps.push('all lines up')
    await this.world.pass(40_000)
    for (let tries = 0; tries < 6 && talking(this.visitor) === undefined; tries++) {
      if (this.visitor.talk.state.kind === 'waiting') this.claim()
      await this.world.pass(5_000)
    }
    for (const who of [this.visitor, ...this.members()]) this.say(who)
    await this.world.pass(40_000)
    this.counts.updated += this.world.everyNet.flatMap(net => net.sent).filter(frame => frame.t === 'append' && frame['kind'] === 'commit').length
    return this.wrong()
  }

  private wrong(): string[] {
    const mine = linesOf(this.visitor)
    const wrong: string[] = []
    // Three joins that came to nothing are an end as well (protocol.md §7).
    const missed = this.world.server.conversations.every(c => c.missed > 2)
    if (!talking(this.visitor) && !missed) wrong.push(`the visitor is ${JSON.stringify(this.visitor.talk.state).slice(0, 200)}`)
    for (const desk of this.desks) {
      const shown = desk.desk.state.talks.flatMap(talk => talk.lines)
      if (desk.desk.state.problem === 'keys') wrong.push(`${desk.alias} stopped`)
      wrong.push(...this.within(`the visitor of ${desk.alias}`, texts(mine.filter(line => line.alias === desk.alias)), this.said.get(desk.alias) ?? [], texts(shown.filter(line => line.from === 'me' && line.state === 'received'))))
    }
    wrong.push(...this.sameNow(), ...this.seals.doubled().map(pair => `sealed twice: ${pair}`), ...this.seals.reused(this.messages()))
    return wrong
  }

  /** A commit that was refused shares its generation with the next, parted by the reuse guard (SECURITY.md); a message shares it with nothing. */
  private messages() {
    return this.world.everyNet.flatMap(net => net.sent).filter(frame => frame.t === 'append' && frame['kind'] === 'message').map(frame => frame['body'] as Bytes)
  }

  /** `got` has nothing but what was said, each once, and all of `known`, in order: what is shared later comes later. */
  private within(what: string, got: readonly string[], said: readonly string[], known: readonly string[]): string[] {
    const at = got.filter(text => known.includes(text)).map(text => said.indexOf(text))
    const ordered = got.every((text, i) => said.includes(text) && got.indexOf(text) === i) && at.every((place, i) => i === 0 || place > (at[i - 1] as number))
    const missing = known.filter(text => !got.includes(text))
    return [...(ordered ? [] : [`${what}: ${short(got)} of ${short(said)}`]), ...(missing.length ? [`${what}: without ${short(missing)}`] : [])]
  }

  /** Of those who are in now: since the last one came, each has what the others said. */
  private sameNow(): string[] {
    const mine = linesOf(this.visitor)
    const came = mine.map(line => ['guest-in', 'handed-over', 'joined', 'other-expert', 'new-group'].includes(line.notice?.key ?? ''))
    const since = mine.slice(came.lastIndexOf(true) + 1)
    return this.members().flatMap(desk => {
      const lines = talkAt(desk)?.lines ?? []
      const own = this.said.get('visitor') ?? []
      const hers = this.within(`${desk.alias} of the visitor`, texts(lines.filter(line => line.from === 'visitor')), own, texts(since.filter(line => line.from === 'me')))
      const others = this.members().filter(other => other !== desk).flatMap(({ alias }) =>
        this.within(`${desk.alias} of ${alias}`, texts(lines.filter(line => line.from === 'colleague' && line.alias === alias)), this.said.get(alias) ?? [], texts(since.filter(line => line.alias === alias))))
      return [...hers, ...others]
    })
  }
}

const short = (all: readonly string[]): string => JSON.stringify(all.map(text => text.slice(0, 6)))
