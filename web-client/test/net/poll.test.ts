import { describe, expect, it } from 'vitest'
import { random, toBase64Url } from '../../src/crypto/bytes'
import type { NetHandlers } from '../../src/net/net'
import { createVisitorNet } from '../../src/net/visitor-net'
import type { ToVisitor } from '../../src/wire/to-visitor'
import { Clock } from '../support/clock'

interface Asked { readonly url: string; readonly init: RequestInit; readonly body: Record<string, unknown>; answer(frame: object | string): Promise<void>; fail(): Promise<void> }

const turns = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await new Promise(done => setImmediate(done))
}
const ID = 'AAAAAAAAAAAAAAAAAAAAAA'

/** A visitor's net over the fallback alone, whose every request waits for the test. */
class Bench {
  readonly time = new Clock()
  readonly asked: Asked[] = []
  readonly links: boolean[] = []
  readonly frames: ToVisitor[] = []
  after = 0
  readonly capability = random(32)
  readonly net = createVisitorNet({
    origin: 'https://naast.test', transport: 'poll', fetcher: (url, init) => this.fetch(String(url), init as RequestInit),
    makeSocket: () => { throw new Error('no sockets here') },
    surroundings: { clock: this.time.clock, timers: this.time.timers_, random: n => new Uint8Array(n) },
  })

  constructor() {
    const handlers: NetHandlers<ToVisitor> = { link: on => this.links.push(on), frame: frame => this.frames.push(frame), where: () => ({ rev: 3, after: this.after }) }
    this.net.open({ t: 'hello', v: 1, capability: this.capability }, handlers)
  }

  private fetch(url: string, init: RequestInit): Promise<Response> {
    return new Promise((done, fail) => {
      init.signal?.addEventListener('abort', () => fail(new Error('aborted')))
      this.asked.push({
        url, init, body: JSON.parse(String(init.body)) as Record<string, unknown>,
        answer: frame => { done(new Response(typeof frame === 'string' ? frame : JSON.stringify(frame))); return turns() },
        fail: () => { fail(new Error('no network')); return turns() },
      })
    })
  }

  get last(): Asked {
    return this.asked[this.asked.length - 1] as Asked
  }

  polls(): number {
    return this.asked.filter(({ url }) => url.endsWith('/poll')).length
  }

  async up(): Promise<void> {
    await this.last.answer({ t: 'pong', n: 1 })
  }

  async pass(ms: number): Promise<void> {
    this.time.now += ms
    while (this.time.runDue()) await turns()
  }
}

describe('the fallback: POST and long poll', () => {
  it('is up when a first frame was answered, and listens from where the page is', async () => {
    const bench = new Bench()
    expect([bench.last.url, bench.last.body, bench.links]).toEqual(['https://naast.test/frames', { t: 'ping', n: 1 }, []])
    await bench.up()
    expect(bench.links).toEqual([true])
    expect([bench.last.url, bench.last.body]).toEqual(['https://naast.test/poll', { t: 'poll', v: 1, rev: 3, after: 0 }])
  })

  // seen failing: the greeting posted in place of the ping.
  it('proves who she is by a header, never in the address or the body, and asks for nothing to be kept', async () => {
    const bench = new Bench()
    await bench.up()
    for (const { url, init, body } of bench.asked) {
      expect(init.headers).toMatchObject({ 'Authorization': `Bearer ${toBase64Url(bench.capability)}`, 'Naast-Version': '1' })
      expect(`${url} ${JSON.stringify(body)}`).not.toContain(toBase64Url(bench.capability))
      expect(init).toMatchObject({ cache: 'no-store', referrerPolicy: 'no-referrer', redirect: 'error' })
    }
  })

  it('hands on what the poll brings, and polls on at once from the new place', async () => {
    const bench = new Bench()
    await bench.up()
    const before = bench.polls()
    bench.after = 7
    await bench.last.answer({ t: 'news', frames: [{ t: 'hint', conversation: ID, seq: 7 }] })
    expect(bench.frames.slice(1)).toEqual([{ t: 'hint', conversation: ID, seq: 7 }])
    expect(bench.polls()).toBe(before + 1)
    expect(bench.last.body).toMatchObject({ after: 7 })
  })

  // seen failing: no pause.
  it('does not ask faster than once a second when nothing has changed', async () => {
    const bench = new Bench()
    await bench.up()
    const before = bench.polls()
    await bench.last.answer({ t: 'news', frames: [] })
    await bench.pass(900)
    expect(bench.polls()).toBe(before)
    await bench.pass(200)
    expect(bench.polls()).toBe(before + 1)
  })

  it('matches answers by number while the poll is held', async () => {
    const bench = new Bench()
    await bench.up()
    const answer = bench.net.ask({ t: 'ack', conversation: ID, seq: 1 })
    const { body } = bench.last
    expect(body).toMatchObject({ t: 'ack', conversation: ID, seq: 1 })
    await bench.last.answer({ t: 'acked', n: body['n'] })
    expect(await answer).toEqual({ t: 'acked', n: body['n'] })
    expect(bench.links).toEqual([true])
  })

  it.each(['fail', 'malformed'] as const)('one frame whose answer is lost (%s) is unanswered, and the line stays', async how => {
    const bench = new Bench()
    await bench.up()
    const answer = bench.net.ask({ t: 'ack', conversation: ID, seq: 1 })
    await (how === 'fail' ? bench.last.fail() : bench.last.answer('<html>a café says hello</html>'))
    expect(await answer).toBeUndefined()
    expect(bench.links).toEqual([true])
  })

  it('a poll that fails ends the line; another one begins after a pause', async () => {
    const bench = new Bench()
    await bench.up()
    await bench.last.fail()
    expect(bench.links).toEqual([true, false])
    const before = bench.asked.length
    await bench.pass(20_000)
    expect(bench.asked.length).toBe(before + 1)
    await bench.up()
    expect(bench.links).toEqual([true, false, true])
  })

  it('a poll that is never answered is given up', async () => {
    const bench = new Bench()
    await bench.up()
    const ask = bench.net.ask({ t: 'ping' })
    await bench.last.answer({ t: 'pong', n: 2 })
    await ask
    await bench.pass(41_000)
    await turns()
    expect(bench.links.slice(0, 2)).toEqual([true, false])
  })

  it('V25: the last frames leave within the call, with a request that outlives the page', async () => {
    const bench = new Bench()
    await bench.up()
    const before = bench.asked.length
    bench.net.urgent({ t: 'leave', conversation: ID, quick: true })
    const [said] = bench.asked.slice(before)
    expect([said?.body, said?.init.keepalive]).toEqual([expect.objectContaining({ t: 'leave', quick: true }), true])
    bench.net.close()
    await bench.pass(60_000)
    expect(bench.asked.length).toBe(before + 1)
  })
})
