import type { Step } from './pump'

/** One step after another: the states follow each other, the effects are collected. */
export function chain<S, E>(state: S, ...steps: ((state: S) => Step<S, E>)[]): Step<S, E> {
  let at = state
  const effects: E[] = []
  for (const step of steps) {
    const [next, more] = step(at)
    at = next
    effects.push(...more)
  }
  return [at, effects]
}
