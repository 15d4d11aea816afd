import type { Timers } from '../../src/surroundings'

interface Timer { at: number; run: () => void; id: number }

/** A time that moves only when told to. Starts at the real time: key packages are dated by it. */
export class Clock {
  now = Date.now()
  private timers: Timer[] = []
  private ids = 0

  readonly clock = (): number => this.now
  readonly timers_: Timers = {
    set: (run, ms) => {
      this.timers.push({ at: this.now + ms, run, id: ++this.ids })
      return this.ids
    },
    clear: id => {
      this.timers = this.timers.filter(timer => timer.id !== id)
    },
  }

  /** When the next timer is due, Infinity for none. */
  next(): number {
    return Math.min(Infinity, ...this.timers.map(timer => timer.at))
  }

  /** Runs what is due by now, earliest first. */
  runDue(): boolean {
    const due = this.timers.filter(timer => timer.at <= this.now).sort((a, b) => a.at - b.at || a.id - b.id)[0]
    if (!due) return false
    this.timers = this.timers.filter(timer => timer !== due)
    due.run()
    return true
  }
}

let pending = 0
let patched = false

/** Counts what WebCrypto has under way, so that a test can wait for the clients to have nothing more to do. */
function watchCrypto(): void {
  if (patched) return
  patched = true
  const { subtle } = globalThis.crypto
  const names = ['digest', 'sign', 'verify', 'importKey', 'exportKey', 'generateKey', 'deriveBits', 'encrypt', 'decrypt'] as const
  for (const name of names) {
    const original = subtle[name].bind(subtle) as (...args: unknown[]) => Promise<unknown>
    Object.defineProperty(subtle, name, {
      configurable: true,
      value: async (...args: unknown[]) => {
        pending++
        try {
          return await original(...args)
        } finally {
          pending--
        }
      },
    })
  }
}

const turn = () => new Promise<void>(done => setImmediate(done))

/** Until nothing is under way but what waits for time or for a frame. */
export async function settled(): Promise<void> {
  watchCrypto()
  for (let quiet = 0; quiet < 2;) {
    await turn()
    quiet = pending === 0 ? quiet + 1 : 0
  }
}
watchCrypto()

/** Small, seeded, good enough for schedules (mulberry32). */
export function seeded(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
