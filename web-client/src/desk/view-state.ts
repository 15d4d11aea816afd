import type { DeskState } from '../conversation'
import type { View } from './view'
import { nameTalks } from './names'

export const NO_DESK: DeskState = { link: 'connecting', available: false, slots: 1, waiting: [], talks: [], calls: [], claiming: [] }
export const firstView = (now: number): View => ({
  language: 'nl', names: {}, two: false, quiet: { notify: false, sound: false }, phases: {}, ticked: {}, panel: false, now,
})

/** `view` without some of its parts: an absent part and one set to undefined are not the same. */
export function without(view: View, ...parts: readonly ('focus' | 'asking' | 'hasty' | 'dialog' | 'six')[]): View {
  const left = { ...view }
  for (const part of parts) delete left[part]
  return left
}

/** After the conversations changed: names for new ones, nothing left of those that are gone. A new one comes to the front. */
export function follow(view: View, before: DeskState, after: DeskState, named: number, writing: boolean): View {
  const ids = after.talks.map(talk => talk.id)
  const fresh = after.talks.find(talk => !before.talks.some(old => old.id === talk.id))
  const kept = <T>(all: Readonly<Record<string, T>>): Record<string, T> => Object.fromEntries(Object.entries(all).filter(([id]) => ids.includes(id)))
  const gone = view.focus !== undefined && !ids.includes(view.focus)
  const next: View = { ...view, names: nameTalks(view.names, after.talks, named), phases: kept(view.phases), ticked: kept(view.ticked) }
  if (fresh && (!writing || view.focus === undefined || gone)) return { ...without(next, 'hasty'), focus: fresh.id }
  if (!gone) return next
  return ids[0] === undefined ? without(next, 'focus', 'asking', 'hasty') : { ...without(next, 'asking', 'hasty'), focus: ids[0] }
}

/** The conversation before or after the one in front, turning round at the ends. */
export function beside({ talks }: DeskState, focus: string | undefined, by: 1 | -1): string | undefined {
  const at = talks.findIndex(talk => talk.id === focus)
  return talks[(Math.max(at, 0) + (at < 0 ? 0 : by) + talks.length) % Math.max(talks.length, 1)]?.id
}
