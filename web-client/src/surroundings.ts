import type { Bytes } from './crypto/bytes'

/** One-shot timers, so that tests own the time. */
export interface Timers {
  set(run: () => void, ms: number): unknown
  clear(timer: unknown): void
}

/** What the connections and both doors need of the world. */
export interface Surroundings {
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Random bytes of a cryptographic generator. */
  readonly random: (length: number) => Bytes
  readonly timers: Timers
}

/** The world of a browser. */
export const browserSurroundings = (): Surroundings => ({
  clock: () => Date.now(),
  random: length => crypto.getRandomValues(new Uint8Array(length)),
  timers: { set: (run, ms) => setTimeout(run, ms), clear: timer => clearTimeout(timer as number) },
})
