import { describe, expect, it } from 'vitest'
import { Connection, DESK_PACE, VISITOR_PACE, type Lines } from '../../src/net/connection'
import type { Line, LineEvents } from '../../src/net/line'
import type { Frame } from '../../src/net/net'
import { Clock } from '../support/clock'

interface Said { readonly t: string; readonly n?: number; readonly after?: number }

/** One line under the test's hand. */
class Hand {
  readonly sent: Frame[] = []
  readonly last: Frame[] = []
  closed = false
  constructor(readonly kind: 'socket' | 'poll', readonly events: LineEvents<Said>) {}
  readonly line: Line = {
    send: frame => this.sent.push(frame),
    sendLast: frames => this.last.push(...frames),
    close: () => { this.closed = true },
  }
}

class Bench {
  readonly time = new Clock()
  readonly lines: Hand[] = []
  readonly links: boolean[] = []
  readonly frames: string[] = []
  readonly net: Connection<Said>

  constructor(pace = VISITOR_PACE, kinds: ('socket' | 'poll')[] = ['socket', 'poll']) {
    const open = (kind: 'socket' | 'poll') => (_: Frame, events: LineEvents<Said>) => {
      const hand = new Hand(kind, events)
      this.lines.push(hand)
      return hand.line
    }
    const lines: Lines<Said> = kinds.includes('socket') ? { socket: open('socket'), poll: open('poll') } : { poll: open('poll') }
    const random = (n: number) => new Uint8Array(n).fill(255)
    this.net = new Connection<Said>(lines, pace, { clock: this.time.clock, timers: this.time.timers_, random })
    this.net.open({ t: 'hello' }, { link: on => this.links.push(on), frame: frame => this.frames.push(frame.t), where: () => ({ rev: 0, after: 0 }) })
  }

  get now(): Hand {
    return this.lines[this.lines.length - 1] as Hand
  }

  pass(ms: number): void {
    const until = this.time.now + ms
    while (this.time.next() <= until) {
      this.time.now = Math.max(this.time.now, this.time.next())
      this.time.runDue()
    }
    this.time.now = until
  }
}

describe('a line to the server', () => {
  it('is on when the greeting was answered, and not before', () => {
    const bench = new Bench()
    expect(bench.links).toEqual([])
    bench.now.events.frame({ t: 'ready' })
    bench.now.events.up()
    expect([bench.links, bench.frames]).toEqual([[true], ['ready']])
  })

  it('matches an answer by its number, and passes over one that nobody waits for', async () => {
    const bench = new Bench()
    bench.now.events.up()
    const [first, second] = [bench.net.ask({ t: 'fetch' }), bench.net.ask({ t: 'ack' })]
    expect(bench.now.sent.map(frame => frame['n'])).toEqual([2, 3])
    bench.now.events.frame({ t: 'acked', n: 3 })
    bench.now.events.frame({ t: 'stored', n: 77 })
    bench.now.events.frame({ t: 'envelopes', n: 2 })
    expect([(await first)?.t, (await second)?.t, bench.frames]).toEqual(['envelopes', 'acked', []])
  })

  it('answers undefined when the line goes: nobody knows whether it was taken', async () => {
    const bench = new Bench()
    bench.now.events.up()
    const asked = bench.net.ask({ t: 'append' })
    bench.now.events.down()
    expect(await asked).toBeUndefined()
    expect(bench.links).toEqual([true, false])
    expect(await bench.net.ask({ t: 'append' })).toBeUndefined()
  })

  it('answers undefined after 15 s without an answer, and not at 14.9', async () => {
    const bench = new Bench()
    bench.now.events.up()
    let answered = false
    void bench.net.ask({ t: 'append' }).then(() => { answered = true })
    bench.pass(14_900)
    await Promise.resolve()
    expect(answered).toBe(false)
    bench.pass(100)
    await Promise.resolve()
    expect(answered).toBe(true)
  })

  it('V70: begins again by itself, with growing pauses', () => {
    const bench = new Bench()
    const pauses: number[] = []
    for (let i = 0; i < 5; i++) {
      const before = bench.time.now
      bench.now.events.down()
      const count = bench.lines.length
      while (bench.lines.length === count) bench.pass(50)
      pauses.push(bench.time.now - before)
    }
    expect(pauses.every((pause, i) => i === 0 || pause > (pauses[i - 1] as number))).toBe(true)
  })

  it('takes the fallback after two sockets that never came up, and keeps it', () => {
    const bench = new Bench()
    for (let i = 0; i < 2; i++) {
      bench.now.events.down()
      bench.pass(20_000 - 1)
    }
    expect(bench.lines.slice(0, 3).map(line => line.kind)).toEqual(['socket', 'socket', 'poll'])
  })

  it('takes a socket again after one that was up', () => {
    const bench = new Bench()
    bench.now.events.up()
    bench.now.events.down()
    bench.pass(1_000)
    expect(bench.now.kind).toBe('socket')
  })

  /** A socket that was up falls, two more never come up, and the fallback does. */
  const onFallback = (): Bench => {
    const bench = new Bench()
    bench.now.events.up()
    for (let i = 0; i < 3; i++) {
      bench.now.events.down()
      bench.pass(3_000)
    }
    bench.now.events.up()
    expect(bench.lines.map(line => line.kind)).toEqual(['socket', 'socket', 'socket', 'poll'])
    return bench
  }

  // seen failing: backToSocket() left out
  it('goes back to a socket where one worked before: the server was away, not the sockets', () => {
    const bench = onFallback()
    bench.pass(5_000)
    expect([bench.now.kind, bench.lines.length]).toEqual(['socket', 5])
    bench.now.events.up()
    expect(bench.links).toEqual([true, false, true, false, true])
  })

  // seen failing: tried once only
  it('tries it again, each time after twice as long, and not where none ever worked', () => {
    const bench = onFallback()
    for (const wait of [5_000, 10_000, 20_000]) {
      const before = bench.lines.length
      bench.pass(wait - 1)
      expect(bench.lines.length).toBe(before)
      bench.pass(1)
      expect(bench.now.kind).toBe('socket')
      for (let i = 0; i < 2; i++) {
        bench.now.events.down()
        bench.pass(3_000)
      }
      expect(bench.now.kind).toBe('poll')
      bench.now.events.up()
    }
    const never = new Bench(VISITOR_PACE, ['poll'])
    never.now.events.up()
    never.pass(19_000)
    expect(never.lines.length).toBe(1)
  })

  it('hears nothing from a line that is over', () => {
    const bench = new Bench()
    const old = bench.now
    old.events.up()
    old.events.down()
    bench.pass(1_000)
    old.events.up()
    old.events.frame({ t: 'view' })
    expect([bench.links, bench.frames]).toEqual([[true, false], []])
  })

  it('goes away when the server says so, and comes back within the time it named', () => {
    const bench = new Bench()
    bench.now.events.up()
    bench.now.events.frame({ t: 'reconnect', after: 5_000 })
    expect([bench.links, bench.now.closed]).toEqual([[true, false], true])
    bench.pass(5_000)
    expect(bench.lines.length).toBe(2)
  })

  // seen failing: `sentAway` without its bound: a timer of more than 2^31 ms fires at once.
  it('is not sent away for longer than a minute', () => {
    const bench = new Bench()
    bench.now.events.up()
    bench.now.events.frame({ t: 'reconnect', after: 2 ** 40 })
    bench.pass(60_000)
    expect(bench.lines.length).toBe(2)
  })

  it('nudge: connects now instead of after the pause', () => {
    const bench = new Bench()
    bench.now.events.down()
    bench.net.nudge()
    expect(bench.lines.length).toBe(2)
  })

  it('V25: urgent frames leave within the call', () => {
    const bench = new Bench()
    bench.now.events.up()
    bench.net.urgent({ t: 'signal' }, { t: 'leave' })
    expect(bench.now.last.map(frame => frame.t)).toEqual(['signal', 'leave'])
  })

  it('close: no line, no timer, no word', () => {
    const bench = new Bench()
    bench.now.events.up()
    bench.net.close()
    bench.pass(120_000)
    expect([bench.links, bench.lines.length, bench.now.closed]).toEqual([[true], 1, true])
  })
})

describe('a desk\'s line', () => {
  // seen failing: DESK_PACE.lost at 10 s.
  it('D26: says within 3 s that the network is gone, whenever the cut comes', () => {
    for (let cut = 0; cut < 2_000; cut += 100) {
      const bench = new Bench(DESK_PACE)
      bench.now.events.up()
      const answering = (until: number): void => {
        while (bench.time.now < until) {
          bench.pass(50)
          bench.now.sent.splice(0).forEach(frame => bench.now.events.frame({ t: 'pong', n: frame['n'] as number }))
        }
      }
      const start = bench.time.now
      answering(start + 4_000 + cut)
      expect(bench.links).toEqual([true])
      bench.pass(3_000)
      expect(bench.links).toEqual([true, false])
    }
  })

  it('D26: is back when the server is heard again on the same line', () => {
    const bench = new Bench(DESK_PACE)
    bench.now.events.up()
    bench.pass(5_000)
    expect(bench.links).toEqual([true, false])
    bench.now.events.frame({ t: 'beat' })
    expect([bench.links, bench.lines.length]).toEqual([[true, false, true], 1])
  })

  it('gives a silent line up after 10 s and begins another', () => {
    const bench = new Bench(DESK_PACE)
    bench.now.events.up()
    bench.pass(11_000)
    expect(bench.lines.length).toBe(2)
  })
})

describe('a visitor\'s line', () => {
  it('says nothing for 20 s, then pings', () => {
    const bench = new Bench()
    bench.now.events.up()
    bench.pass(19_900)
    expect(bench.now.sent).toEqual([])
    bench.pass(200)
    expect(bench.now.sent.map(frame => frame.t)).toEqual(['ping'])
  })
})
