import type { Surroundings } from '../surroundings'
import type { Line, OpenLine } from './line'
import type { Frame, Net, NetHandlers } from './net'

/** How a side keeps its line, in milliseconds. */
export interface Pace {
  /** A ping after so long without a frame from the server. */
  readonly ping: number
  /** The line counts as lost after so long without one; it may come back. */
  readonly lost: number
  /** And is given up after so long. */
  readonly dead: number
  /** The longest pause between two attempts. */
  readonly longestPause: number
}

/** A visitor's page lets her battery sleep; a desk must say within 3 s that the network is gone (D26). */
export const VISITOR_PACE: Pace = { ping: 20_000, lost: 30_000, dead: 45_000, longestPause: 15_000 }
export const DESK_PACE: Pace = { ping: 2_000, lost: 2_900, dead: 10_000, longestPause: 4_000 }

const SHORTEST_PAUSE = 300
/** An answer that has not come by then is not waited for. */
const ANSWER_MS = 15_000
/** A line must be up by then. */
const OPENING_MS = 8_000
/** However long the server says it will be away: timers take no more than 2^31 ms, and nobody waits longer. */
const LONGEST_AWAY = 60_000
/** So many sockets that never came up, and the fallback is tried; every so often after that a socket again. */
const SOCKETS_FIRST = 2
const SOCKET_AGAIN = 5
/** Where a socket was up before, the fallback is for the time that the server was away: after so long on it a socket is tried again, and twice as long each time. */
const SOCKET_BACK_MS = 5_000

export interface Lines<F> {
  /** Absent: the fallback only. */
  readonly socket?: OpenLine<F>
  readonly poll: OpenLine<F>
  /** A second way for a page's last frames, which may outlive the page. */
  readonly last?: (greeting: Frame, frames: readonly Frame[]) => void
}

interface Asked<F> { done(answer: F | undefined): void; timer: unknown }

/**
 * `off`: no line, perhaps a pause before the next. `opening`: greeted, not answered. `up`. `silent`: nothing heard for too long; what was
 * asked is lost, but the line may come back.
 */
type State = 'off' | 'opening' | 'up' | 'silent'

/** Keeps a line to the server: greets, numbers, matches answers, notices silence, and begins again with growing random pauses. */
export class Connection<F extends { readonly t: string }> implements Net<F> {
  private state: State = 'off'
  private greeting: Frame | undefined
  private handlers: NetHandlers<F> | undefined
  private line: Line | undefined
  private n = 1
  private pauses = 0
  private attempts = 0
  private socketFailed = 0
  /** 0: no socket was ever up. */
  private backAfter = 0
  private onSocket = false
  private heardAt = 0
  private readonly asked = new Map<number, Asked<F>>()
  private pause: unknown
  private watch: unknown

  constructor(private readonly lines: Lines<F>, private readonly pace: Pace, private readonly surroundings: Surroundings) {}

  open(greeting: Frame, handlers: NetHandlers<F>): void {
    this.close()
    Object.assign(this, { greeting, handlers, pauses: 0, n: 1 })
    this.connect()
  }

  ask(frame: Frame): Promise<F | undefined> {
    const { line, state } = this
    if (!line || state !== 'up') return Promise.resolve(undefined)
    const n = ++this.n
    return new Promise(done => {
      const timer = this.surroundings.timers.set(() => this.unanswered(n), ANSWER_MS)
      this.asked.set(n, { done, timer })
      line.send({ ...frame, n })
    })
  }

  urgent(...frames: Frame[]): void {
    const numbered = frames.map(frame => ({ ...frame, n: ++this.n }))
    this.line?.sendLast(numbered)
    if (this.greeting) this.lines.last?.(this.greeting, numbered)
  }

  nudge(): void {
    if (this.state === 'up' || this.state === 'opening') return
    this.end()
    this.connect()
  }

  close(): void {
    this.greeting = undefined
    this.handlers = undefined
    this.end()
  }

  private connect(): void {
    const { greeting, handlers } = this
    if (!greeting || !handlers) return
    this.state = 'opening'
    this.heardAt = this.surroundings.clock()
    const socket = this.wantsSocket() ? this.lines.socket : undefined
    this.onSocket = socket !== undefined
    // A line may speak while it is being made: it is ours from then on.
    const mine = {}
    this.current = mine
    const current = (): boolean => this.current === mine
    this.line = (socket ?? this.lines.poll)(greeting, {
      up: () => current() && this.raised(),
      frame: frame => current() && this.heard(frame),
      lost: n => current() && this.unanswered(n),
      down: () => current() && this.fell(socket !== undefined),
    }, () => handlers.where())
    this.look(OPENING_MS)
  }

  private current: object | undefined

  private wantsSocket(): boolean {
    return this.socketFailed < SOCKETS_FIRST || ++this.attempts % SOCKET_AGAIN === 0
  }

  private raised(): void {
    this.pauses = 0
    this.become('up')
    this.look(this.pace.ping)
    if (this.onSocket) this.backAfter = SOCKET_BACK_MS
    else if (this.backAfter > 0) this.backToSocket()
  }

  private backToSocket(): void {
    this.pause = this.surroundings.timers.set(() => {
      this.socketFailed = 0
      this.end()
      this.connect()
    }, this.backAfter)
    this.backAfter *= 2
  }

  /** Tells whoever listens when the line is up, and when it is not any more. */
  private become(state: State): void {
    const was = this.state === 'up'
    this.state = state
    if (was && state !== 'up') this.asked.forEach((asked, n) => this.answer(n, asked, undefined))
    if (was !== (state === 'up')) this.handlers?.link(state === 'up')
  }

  private heard(frame: F): void {
    this.heardAt = this.surroundings.clock()
    if (frame.t === 'reconnect') return this.sentAway((frame as F & { after: number }).after)
    if (this.state === 'silent') this.become('up')
    const n = (frame as F & { n?: number }).n
    const asked = n === undefined ? undefined : this.asked.get(n)
    if (asked && n !== undefined) this.answer(n, asked, frame)
    // An answer that nobody waits for any more says nothing; the greeting's is for whoever greeted.
    else if (n === undefined || n <= 1) this.handlers?.frame(frame)
  }

  private answer(n: number, { done, timer }: Asked<F>, frame: F | undefined): void {
    this.asked.delete(n)
    this.surroundings.timers.clear(timer)
    done(frame)
  }

  private unanswered(n: number): void {
    const asked = this.asked.get(n)
    if (asked) this.answer(n, asked, undefined)
  }

  private look(ms: number): void {
    const { timers } = this.surroundings
    timers.clear(this.watch)
    this.watch = this.line && timers.set(() => this.watched(), ms)
  }

  /** Has anything been heard lately? */
  private watched(): void {
    const { pace, state } = this
    const quiet = this.surroundings.clock() - this.heardAt
    if (quiet >= (state === 'opening' ? OPENING_MS : pace.dead)) return this.fell(state === 'opening')
    if (state === 'opening') return this.look(OPENING_MS - quiet)
    if (quiet >= pace.lost) this.become('silent')
    if (quiet >= pace.ping) this.line?.send({ t: 'ping', n: ++this.n })
    this.look(quiet < pace.ping ? pace.ping - quiet : quiet < pace.lost ? pace.lost - quiet : Math.min(pace.ping, pace.dead - quiet))
  }

  /** `socketFailed`: a socket that never came up, or the silence of one. */
  private fell(socket: boolean): void {
    this.socketFailed = this.state === 'opening' && socket ? this.socketFailed + 1 : this.socketFailed
    this.pauses++
    this.end()
    this.again(this.random(Math.min(SHORTEST_PAUSE * 2 ** this.pauses, this.pace.longestPause)))
  }

  /** The server is going down: somewhere between now and then, so that not all come back at once. */
  private sentAway(after: number): void {
    this.end()
    this.again(this.random(Math.min(after, LONGEST_AWAY)))
  }

  /** Between half of it and all of it. */
  private random(ms: number): number {
    const [a = 0, b = 0] = this.surroundings.random(2)
    return ms * (0.5 + (a * 256 + b) / 131_072)
  }

  private again(ms: number): void {
    if (this.handlers) this.pause = this.surroundings.timers.set(() => this.connect(), ms)
  }

  /** No line, no timers; whoever listens is told. */
  private end(): void {
    const { timers } = this.surroundings
    timers.clear(this.pause)
    timers.clear(this.watch)
    this.current = undefined
    const { line } = this
    this.line = undefined
    line?.close()
    this.become('off')
  }
}
