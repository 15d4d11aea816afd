import { late } from './late'
import type { Line } from './line'
import { withNotArrived, withStates } from './lines'
import { nextDue } from './pump'
import { failing, nextNotice, notArrived } from './step-talk'
import { isOtherTyping, typingDue } from './typing'
import type { VisitorState } from './visitor-door'
import { NO_NETWORK_MS } from './limits'
import type { Visitor } from './visitor-model'
import { inside } from './visitor-view'

/** What the screens render. */
export function show(v: Visitor, now: number): VisitorState {
  switch (v.phase) {
    case 'start': return { kind: 'start', ...(v.problem && { problem: v.problem }) }
    case 'ended': return ended(v)
    case 'refused': return { kind: 'refused', why: v.refused ?? 'unavailable' }
    case 'in-line': return inLine(v, now)
  }
}

function ended(v: Visitor): VisitorState {
  const { lost, reading, lines, talk } = v
  const over = { kind: 'ended' as const, why: v.ended ?? 'left', ...(lost && { lost }) }
  if (lines.length === 0) return over
  return { ...over, lines: reading ? withStates(lines, talk.outbox, false) : lines, online: v.online || !reading }
}

function inLine(v: Visitor, now: number): VisitorState {
  const { view, expert, candidate } = v
  const common = { lines: linesOf(v, now), online: v.online }
  if (expert?.greeted && view?.state === 'talking') {
    const { alias, link } = expert
    return {
      kind: 'talking', alias, expert: link, typing: isOtherTyping(v.typing, now), askShare: v.askShare && !inside(v), askShareGuest: v.askShareGuest, askSafety: v.askSafety,
      ...late.part?.shownGuest(v), ...common,
    }
  }
  const alias = expert?.alias ?? candidate?.alias
  if (view && view.state !== 'waiting' && !('claim' in view && view.claim === v.another)) return { kind: 'joining', ...(alias !== undefined && { alias }), ...common }
  return { kind: 'waiting', ...place(view), ...common }
}

/** Of a revocation she reads what she reads of anybody who cannot go on: it is not because of her. */
function place(view: Visitor['view']): Pick<Extract<VisitorState, { kind: 'waiting' }>, 'position' | 'range' | 'again'> {
  if (view?.state !== 'waiting') return {}
  const { position, range, again } = view
  return { position, ...(range && { range }), ...(again && { again: again === 'revoked' ? 'released' : again }) }
}

function linesOf({ lines, talk }: Visitor, now: number): readonly Line[] {
  const late = failing(talk, now)
  return withNotArrived(withStates(lines, talk.outbox, late), notArrived(talk, now), now)
}

/** When something will change by itself; Infinity for never. */
export function visitorDue(v: Visitor, now: number): number {
  if (v.phase === 'ended') return Math.min(late.part?.goesAt(v) ?? Infinity, v.reading ? nextDue(v.talk, now) : Infinity)
  if (v.phase !== 'in-line') return Infinity
  const asking = v.join === 'wanted' ? [v.askAgainAt, v.startedAt + NO_NETWORK_MS].filter(time => time > now) : []
  return Math.min(nextDue(v.talk, now), nextNotice(v.talk, now), typingDue(v.typing, now), ...asking)
}
