export interface Presses { readonly count: number; readonly at: number; readonly held: boolean }
export const NO_PRESSES: Presses = { count: 0, at: 0, held: false }

const PAUSE_MS = 5000
const NEEDED = 3

/**
 * Counts presses of Shift alone, at most 5 s apart (V21). A press with which something else was typed is a modifier and
 * starts the count again. Escape is not used: it stops page loads and collides with assistive technology.
 */
export function press(before: Presses, event: { type: string; key: string; repeat?: boolean }, now: number): Presses {
  if (event.key !== 'Shift') return event.type === 'keydown' ? NO_PRESSES : before
  if (event.type === 'keydown') return event.repeat ? before : { ...before, held: true }
  if (!before.held) return NO_PRESSES
  return { count: now - before.at > PAUSE_MS ? 1 : before.count + 1, at: now, held: false }
}

export const enough = (presses: Presses): boolean => presses.count >= NEEDED
