/** Chance that can be repeated: `NAAST_SEED` gives the same run again. */
export interface Chance { readonly seed: number; below(n: number): number }

/** mulberry32: public domain, 32 bits of state; good enough to choose moments. */
export function chance(seed = Number(process.env['NAAST_SEED'] ?? Date.now() % 1_000_000)): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return { seed, below: n => Math.floor(next() * n) }
}

/** A line of the run's output, whatever the reporter does. */
export const tell = (text: string): void => { process.stderr.write(`       ${text}\n`) }
