import type { Bytes } from '../../src/crypto/bytes'
import type { Frame, Net, NetHandlers } from '../../src/net/net'
import { fromDesk } from '../../src/wire/from-desk'
import { fromVisitor } from '../../src/wire/from-visitor'
import { parse, type Id, type Read } from '../../src/wire/read'
import { toDesk, type ToDesk } from '../../src/wire/to-desk'
import { toVisitor, type ToVisitor } from '../../src/wire/to-visitor'
import { write } from '../../src/wire/write'
import type { Connection, FakeServer } from './fake-server'

/** Changes what the server says, for a server that lies: the frames that arrive in place of this one. */
export type Tamper = (frame: { t: string }) => { t: string }[]

/**
 * A line between one client and the fake server whose every frame waits until the test lets it pass. Everything goes through the real
 * wire code, both ways, as text.
 */
export abstract class FakeNet<F extends { t: string }> implements Net<F>, Connection {
  up: string[] = []
  down: string[] = []
  connected = false
  closed = true
  tamper: Tamper = frame => [frame]
  /** Every frame this client sent, for tests of what it must not say. */
  readonly sent: Frame[] = []
  private n = 1
  private handlers: NetHandlers<F> | undefined
  protected greeting: Frame | undefined
  private readonly asked = new Map<number, (answer: F | undefined) => void>()

  constructor(protected readonly server: FakeServer, private readonly read: Read<F>) {}

  open(greeting: Frame, handlers: NetHandlers<F>): void {
    this.cut()
    this.greeting = greeting
    this.handlers = handlers
    this.closed = false
  }

  ask(frame: Frame): Promise<F | undefined> {
    this.sent.push(frame)
    if (!this.connected) return Promise.resolve(undefined)
    const n = ++this.n
    this.up.push(write({ ...frame, n }))
    return new Promise(done => this.asked.set(n, done))
  }

  urgent(...frames: Frame[]): void {
    this.sent.push(...frames)
    if (this.connected) frames.forEach(frame => this.take(write({ ...frame, n: ++this.n })))
  }

  nudge(): void {}

  close(): void {
    this.cut()
    this.closed = true
    this.handlers = undefined
  }

  /** From the server: waits its turn. */
  send(frame: { t: string }): void {
    if (this.connected) this.down.push(...this.tamper(frame).map(write))
  }

  /** The line comes up, with the greeting answered. */
  connect(): void {
    if (this.closed || this.connected) return
    this.connected = true
    this.greet()
    this.handlers?.link(true)
  }

  /** The line is cut: what was on its way, either way, is lost. */
  cut(): void {
    if (!this.connected) return
    this.connected = false
    this.up = []
    this.down = []
    this.part()
    const lost = [...this.asked.values()]
    this.asked.clear()
    lost.forEach(done => done(undefined))
    this.handlers?.link(false)
  }

  /** The oldest frame on its way up reaches the server, perhaps twice. */
  passUp(twice = false): void {
    const text = this.up.shift()
    if (text === undefined) return
    this.take(text)
    if (twice) this.take(text)
  }

  /** The oldest frame on its way to the client arrives, perhaps twice. */
  passDown(twice = false): void {
    const text = this.down.shift()
    if (text === undefined) return
    this.arrive(text)
    if (twice && this.connected) this.arrive(text)
  }

  /** One frame is lost and the line is still there, as on the fallback: whoever asked hears that nobody knows. Answers whether there was one. */
  lose(up: boolean): boolean {
    const text = (up ? this.up : this.down).shift()
    const n = text === undefined ? undefined : (JSON.parse(text) as { n?: number }).n
    if (n !== undefined) this.asked.get(n)?.(undefined)
    if (n !== undefined) this.asked.delete(n)
    return text !== undefined
  }

  private arrive(text: string): void {
    const frame = parse(text, this.read)
    if (!frame) throw new Error(`the fake server said something malformed: ${text.slice(0, 200)}`)
    const n = (frame as { n?: number }).n
    const done = n === undefined ? undefined : this.asked.get(n)
    if (n !== undefined) this.asked.delete(n)
    if (done) done(frame)
    else if (n === undefined || n <= 1) this.handlers?.frame(frame)
  }

  private take(text: string): void {
    const n = (JSON.parse(text) as { n: number }).n
    const answer = this.handle(text)
    if (answer && this.connected) this.send({ ...answer, n } as unknown as { t: string })
  }

  protected abstract greet(): void
  protected abstract part(): void
  protected abstract handle(text: string): object | undefined
}

const must = <T>(frame: T | undefined, text: string): T => {
  if (frame === undefined) throw new Error(`a client said something malformed: ${text.slice(0, 200)}`)
  return frame
}

export class VisitorNet extends FakeNet<ToVisitor> {
  constructor(server: FakeServer) {
    super(server, toVisitor)
  }

  private get capability(): Bytes {
    return this.greeting?.['capability'] as Bytes
  }

  protected greet(): void {
    this.server.visitorConnects(this.capability, this)
  }

  protected part(): void {
    this.server.visitorGone(this.capability, this)
  }

  protected handle(text: string): object | undefined {
    return this.server.fromVisitor(this.capability, must(parse(text, fromVisitor), text))
  }
}

export class DeskNet extends FakeNet<ToDesk> {
  /** `person`: whose desk it is; one alone for each where nothing is said. */
  constructor(server: FakeServer, private readonly person?: string) {
    super(server, toDesk)
  }

  get desk(): Id {
    return this.greeting?.['desk'] as Id
  }

  protected greet(): void {
    this.server.deskConnects(this.desk, this, 1, this.person)
  }

  protected part(): void {
    this.server.deskGone(this.desk, this)
  }

  protected handle(text: string): object | undefined {
    return this.server.fromDesk(this.desk, must(parse(text, fromDesk), text))
  }
}
