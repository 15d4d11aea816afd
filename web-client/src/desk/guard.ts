/** Which conversation is being written in, and since when (ms) after another one. */
export interface Writing { readonly talk?: string; readonly switchedAt?: number }

/** D7: what is sent sooner than this after a change of conversation was perhaps meant for the other. */
export const SWITCH_MS = 1000

/** The composer of `talk` has the cursor now. The first one is no change, nor is coming back to the same, nor the next one when the one before has ended (`alone`). */
export function writesIn(before: Writing, talk: string, now: number, alone = false): Writing {
  if (before.talk === undefined || (alone && before.talk !== talk)) return { talk }
  return before.talk === talk ? before : { talk, switchedAt: now }
}

export const asksAgain = (writing: Writing, talk: string, now: number): boolean =>
  writing.talk === talk && writing.switchedAt !== undefined && now - writing.switchedAt < SWITCH_MS
