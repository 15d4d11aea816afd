import { hex, random, sha256, toBase64Url, utf8, zero, type Bytes, type Bytes32, type Bytes65 } from '../crypto/bytes'
import { newBoxKey } from '../crypto/box'
import { LONGEST_LINE_BYTES, openAnswer, sealReport, tooMuch, type Report } from '../crypto/report'
import { decodeSigned, type Statement } from '../crypto/statement'
import type { Surroundings } from '../surroundings'
import '../wire/report'
import type { ToVisitor } from '../wire/to-visitor'
import type { Line } from './line'
import type { ReportDoor } from './visitor-door'

/** "This does not feel right" (crypto.md 15), as a screen shows it. Comes with the rest of the page (ADR 0028), to everybody. */
export interface ReportState {
  /** Who would read it, by alias: known once it was asked and checked. */
  readonly readers?: readonly string[]
  readonly busy: boolean
  /** `line`: no answer came, it can be tried again. `nobody`: nobody can read it now. `limit`: she has reported as often as she can. `closed`: too late. */
  readonly problem?: 'line' | 'nobody' | 'limit' | 'closed'
  /** How many arrived. */
  readonly sent: number
  readonly answers: readonly { readonly id: string; readonly alias: string; readonly text: string }[]
}

/** Somebody it is sealed to. */
interface Reader { readonly hash: Bytes32; readonly alias: string; readonly hpkeKey: Bytes65 }
interface Box { readonly to: Bytes32; readonly box: Bytes }
/** A report with the secret that opens its answers; `ticked` says of which lines it was made. */
interface Sent { readonly id: Bytes; readonly readers: readonly Reader[]; readonly boxes: readonly Box[]; readonly privateKey: Bytes; readonly ticked: string; /** By whom, by alias. */ readonly answered: string[] }
type Papers = Extract<ToVisitor, { t: 'coordinators' }>

export interface ReportPorts extends Surroundings {
  readonly door: ReportDoor
  /** Whom she talks with, by alias: none of them reads it, whatever the server says. */
  readonly others: () => readonly string[]
  readonly changed: () => void
}

const READERS = 2
/** Told again under the same id: the server takes it once. */
const TRIES = 3
const AGAIN_MS = 2_000
/** How long until answers are asked for again, at the least; up to twice as long, so that no beat can be seen. */
const OPEN_MS = 15_000
const SHUT_MS = 60_000
const NOTHING: ReportState = { busy: false, sent: 0, answers: [] }

/** A line that could not be in a report is cut, between two characters. */
function cut(text: string): string {
  if (utf8(text).length <= LONGEST_LINE_BYTES) return text
  const kept = [...text]
  for (let bytes = utf8(text).length; bytes > LONGEST_LINE_BYTES - utf8('…').length;) bytes -= utf8(kept.pop() ?? '').length
  return `${kept.join('')}…`
}

const name = (line: Line): string => line.alias || '?'

function reportOf(lines: readonly Line[], language: string, answerKey: Bytes65): Report {
  const speakers = [...new Set(lines.filter(line => line.from !== 'me').map(name))]
  return { language, answerKey, speakers, lines: lines.map(line => ({ from: line.from === 'me' ? 0 : speakers.indexOf(name(line)) + 1, text: cut(line.text ?? '') })) }
}

/** Whether all of these go into one report. */
export const goesIn = (lines: readonly Line[], language: string): boolean => tooMuch(reportOf(lines, language, new Uint8Array(65))) === 0

/** One conversation's reports: whom to, sending, and what comes back. All of it is in memory only, and `forget` overwrites what opens answers. */
export class Reporting {
  state: ReportState = NOTHING
  private readers: readonly Reader[] = []
  private sent: Sent[] = []
  private pending: Sent | undefined
  private gone = false
  private timer: unknown
  private isOpen = false

  constructor(private readonly ports: ReportPorts) {}

  private set(change: Partial<ReportState>): void {
    if (this.gone) return
    const { problem: _, ...state } = this.state
    this.state = { ...state, ...change }
    this.ports.changed()
  }

  /** The screen is in front, or not: answers are asked for now, and then more often or less. */
  show(open: boolean): void {
    if (this.gone) return
    this.isOpen = open
    if (open) void this.look()
    this.askLater(open ? 0 : undefined)
  }

  /** Who can read a report: asked anew each time. */
  async look(): Promise<void> {
    if (this.state.busy) return
    this.set({ busy: true })
    const readers = await this.renew()
    this.set({ busy: false, ...problemOf(readers) })
  }

  private async renew(): Promise<readonly Reader[] | undefined> {
    const papers = await this.papers()
    const readers = papers && await this.believed(papers)
    if (readers && !this.gone) {
      this.readers = readers
      this.state = { ...this.state, readers: readers.map(reader => reader.alias) }
    }
    return readers
  }

  private async papers(): Promise<Papers | undefined> {
    const told = await this.ports.door.ask({ t: 'coordinators' })
    return told?.t === 'coordinators' ? told : undefined
  }

  /** Whom the rules for an expert believe as coordinators: two people, and nobody whom she talks with. */
  private async believed(papers: Papers): Promise<readonly Reader[]> {
    const found: Reader[] = []
    for (const statement of papers.statements) {
      const reader = await this.reader(statement, papers)
      if (reader && ![...this.ports.others(), ...found.map(one => one.alias)].includes(reader.alias)) found.push(reader)
    }
    // Which two of them is not the server's to say.
    while (found.length > READERS) found.splice((random(1)[0] as number) % found.length, 1)
    return found
  }

  private async reader(statement: Bytes, papers: Papers): Promise<(Reader & Statement) | undefined> {
    try {
      const believed = await this.ports.door.believe({ statement, roster: papers.roster ?? new Uint8Array(0), revocations: [...papers.revocations] })
      if (believed.role !== 'coordinator') return undefined
      return { ...believed, hash: await sha256(decodeSigned(statement, 'refused-statement').unsigned) }
    } catch {
      return undefined
    }
  }

  /** Seals these lines to whom she was shown, but for somebody who has come to her since, and sends that. The same lines again, after no answer, are the same report. */
  async send(lines: readonly Line[], language: string): Promise<void> {
    if (this.state.busy || this.readers.length === 0 || lines.length === 0) return
    const readers = this.readers.filter(reader => !this.ports.others().includes(reader.alias))
    if (readers.length === 0) return this.look()
    this.set({ busy: true })
    const sealed = await this.sealed(lines, language, readers)
    if (this.gone) return zero(sealed.privateKey)
    this.pending = sealed
    const answer = await this.insist(sealed)
    if (this.gone) return
    if (answer?.t === 'reported') return this.arrived(sealed)
    // Others are coordinators by now: the next try is sealed to them.
    if (answer?.t === 'refused' && answer.code === 'not-now') await this.renew()
    this.set({ busy: false, problem: answer?.t === 'refused' ? refusal(answer.code) : 'line' })
  }

  private async sealed(lines: readonly Line[], language: string, readers: readonly Reader[]): Promise<Sent> {
    const { pending } = this
    const ticked = [...lines.map(line => line.id), ...readers.map(reader => hex(reader.hash))].join()
    if (pending?.ticked === ticked) return pending
    if (pending) zero(pending.privateKey)
    const { publicKey, privateKey } = await newBoxKey()
    const [id, report] = [random(16), reportOf(lines, language, publicKey)]
    const boxes = await Promise.all(readers.map(async ({ hash, hpkeKey }) => ({ to: hash, box: await sealReport(report, { report: id, to: hash }, hpkeKey) })))
    return { id, readers, boxes, privateKey, ticked, answered: [] }
  }

  private async insist({ id, boxes }: Sent): Promise<ToVisitor | undefined> {
    const { door, timers } = this.ports
    for (let tries = 1; ; tries++) {
      const answer = await door.ask({ t: 'report', conversation: door.conversation, report: toBase64Url(id), boxes })
      if (answer || this.gone || tries === TRIES) return answer
      await new Promise<void>(done => void timers.set(done, AGAIN_MS))
    }
  }

  private arrived(sent: Sent): void {
    this.pending = undefined
    this.sent.push(sent)
    this.set({ busy: false, sent: this.sent.length })
    this.askLater()
  }

  private get waited(): readonly Sent[] {
    return this.sent.filter(one => one.answered.length < one.readers.length)
  }

  /** Nothing is asked where nothing can come. */
  private askLater(ms = this.some(this.isOpen ? OPEN_MS : SHUT_MS)): void {
    const { timers } = this.ports
    timers.clear(this.timer)
    if (!this.gone && this.waited.length > 0) this.timer = timers.set(() => void this.askAnswers(), ms)
  }

  private some(ms: number): number {
    const [a = 0, b = 0] = this.ports.random(2)
    return ms * (1 + (a * 256 + b) / 65_536)
  }

  private async askAnswers(): Promise<void> {
    const { door } = this.ports
    for (const one of this.waited) {
      const told = await door.ask({ t: 'answers', conversation: door.conversation, report: toBase64Url(one.id) })
      if (told?.t === 'answers' && told.items.length > one.answered.length) await this.take(one, told.items)
    }
    this.askLater()
  }

  /** An answer counts from whom the report was sealed to, believed at this moment, and signed by her. She may have a newer statement by now: what is sealed to the answer key is by who has read the report. */
  private async take(sent: Sent, items: readonly { readonly statement: Bytes; readonly box: Bytes }[]): Promise<void> {
    const papers = await this.papers()
    for (const { statement, box } of papers ? items : []) {
      const by = papers && await this.reader(statement, papers)
      if (!by || this.gone || !sent.readers.some(reader => reader.alias === by.alias) || sent.answered.includes(by.alias)) continue
      const text = await openAnswer(sent.privateKey, box, sent.id, by.signatureKey).catch(() => undefined)
      if (text === undefined || this.gone) continue
      sent.answered.push(by.alias)
      this.set({ answers: [...this.state.answers, { id: hex(by.hash) + hex(sent.id), alias: by.alias, text }] })
    }
    if (sent.answered.length === sent.readers.length) zero(sent.privateKey)
  }

  /** She is away, or the conversation is: nothing is left that could open anything, and nothing that was said. */
  forget(): void {
    this.gone = true
    this.ports.timers.clear(this.timer)
    for (const one of [...this.sent, ...(this.pending ? [this.pending] : [])]) zero(one.privateKey)
    Object.assign(this, { sent: [], pending: undefined, readers: [], state: NOTHING })
  }
}

const problemOf = (readers: readonly Reader[] | undefined): { problem?: 'line' | 'nobody' } =>
  readers === undefined ? { problem: 'line' } : readers.length === 0 ? { problem: 'nobody' } : {}

const refusal = (code: string): NonNullable<ReportState['problem']> => (code === 'limit' ? 'limit' : code === 'unknown' || code === 'closed' ? 'closed' : 'line')
