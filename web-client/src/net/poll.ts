import type { Surroundings } from '../surroundings'
import { VERSION } from '../wire/hello'
import { parse, type Read } from '../wire/read'
import { write } from '../wire/write'
import { post, type Fetch } from './http'
import type { LineEvents, OpenLine, Where } from './line'
import type { Frame } from './net'

/** Where and as whom. */
export interface PollOptions<F> {
  readonly fetcher: Fetch
  /** `''` for the page's own. */
  readonly origin: string
  readonly read: Read<F>
  readonly readNews: Read<{ readonly frames: readonly F[] }>
  /** What proves who we are, from the greeting. */
  readonly headers: (greeting: Frame) => Readonly<Record<string, string>>
  /** The frame whose answer shows that the server is there. */
  readonly first: (greeting: Frame) => Frame
  readonly timers: Surroundings['timers']
}

/** An answer that brings nothing new must not make the next question come at once. */
const SAME_MS = 1_000
/** The server holds a poll for 25 s; a line that says nothing for longer is dead. */
const DEAD_MS = 40_000

/** The fallback (protocol.md §1): one POST for each frame, and one that the server holds until there is news. */
export const pollLine = <F extends { readonly t: string }>(options: PollOptions<F>): OpenLine<F> => (greeting, events, where) => {
  const line = new PollLine(options, options.headers(greeting), events, where)
  void line.begin(options.first(greeting))
  return line
}

class PollLine<F extends { readonly t: string }> {
  private over = false
  private readonly aborter = new AbortController()

  constructor(
    private readonly options: PollOptions<F>, private readonly headers: Readonly<Record<string, string>>,
    private readonly events: LineEvents<F>, private readonly where: Where,
  ) {}

  async begin(first: Frame): Promise<void> {
    const answer = await this.frame(first)
    if (!answer) return this.end()
    this.hear(answer)
    if (answer.t === 'refused' || this.over) return this.end()
    this.events.up()
    await this.listen()
  }

  send(frame: Frame): void {
    void this.exchange(frame)
  }

  sendLast(frames: readonly Frame[]): void {
    frames.forEach(frame => {
      post(this.options.fetcher, this.url('/frames'), this.headers, write(frame), true).catch(() => undefined)
    })
  }

  close(): void {
    this.over = true
    this.aborter.abort()
  }

  private url(path: string): string {
    return this.options.origin + path
  }

  private async exchange(frame: Frame): Promise<void> {
    const answer = await this.frame(frame)
    if (answer) this.hear(answer)
    else if (!this.over) this.events.lost(Number(frame['n']))
  }

  private async frame(frame: Frame): Promise<F | undefined> {
    try {
      return parse(await this.post('/frames', frame), this.options.read)
    } catch {
      return undefined
    }
  }

  private async post(path: string, frame: Frame): Promise<string> {
    const { fetcher, timers } = this.options
    const dead = timers.set(() => this.aborter.abort(), DEAD_MS)
    try {
      return await post(fetcher, this.url(path), this.headers, write(frame), false, this.aborter.signal)
    } finally {
      timers.clear(dead)
    }
  }

  private hear(frame: F): void {
    if (!this.over) this.events.frame(frame)
  }

  /** Again and again, from where we are. */
  private async listen(): Promise<void> {
    while (!this.over) {
      const before = JSON.stringify(this.where())
      const news = await this.news()
      if (!news) return this.end()
      news.frames.forEach(frame => this.hear(frame))
      if (JSON.stringify(this.where()) === before) await new Promise<void>(done => this.options.timers.set(done, SAME_MS))
    }
  }

  private async news(): Promise<{ readonly frames: readonly F[] } | undefined> {
    try {
      const text = await this.post('/poll', { t: 'poll', v: VERSION, ...this.where() })
      const news = parse(text, this.options.readNews)
      const refused = news ? undefined : parse(text, this.options.read)
      return news ?? (refused && { frames: [refused] })
    } catch {
      return undefined
    }
  }

  private end(): void {
    if (this.over) return
    this.close()
    this.events.down()
  }
}
