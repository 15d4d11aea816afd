import type { View } from '../wire/view'
import { chain } from './chain'
import { READ_ON_MS } from './limits'
import { withStates } from './lines'
import { behind } from './log'
import { lineState } from './outbox'
import type { Step } from './pump'
import { notArrived } from './step-talk'
import { toTalk } from './visitor-talk'
import { newVisitor, type Visitor, type VisitorEffect, type VisitorEvent } from './visitor-model'

type Did = Step<Visitor, VisitorEffect>

/** After the end she reads on until nothing more can be opened, and wipes when she wants; nothing else happens any more. */
export function afterwards(v: Visitor, event: VisitorEvent, now: number): Did {
  if (event.kind === 'leave') return [wiped(v, v.ended ?? 'left', now), v.reading ? [readTo(v)] : []]
  if (!v.reading) return [v, []]
  switch (event.kind) {
    case 'link': return [{ ...v, online: event.on }, []]
    // What the server took before the end stands in the log; everything else it says of a line of hers changes nothing.
    case 'talk': return event.event.kind === 'answered' && event.event.answer?.t !== 'stored' ? [v, []] : toTalk(v, event.event, now)
    case 'frame': return event.frame.t === 'view' ? onView(v, event.frame, now) : [v, []]
    default: return [v, []]
  }
}

const onView = (v: Visitor, view: View, now: number): Did =>
  view.state === 'none' ? [{ ...v, reading: 'inbox' }, []] : toTalk(v, { kind: 'spoken-of', seq: view.seq }, now)

/** What follows from the state alone, after the end. Nothing outlives its time: not what stands there to be read, and not the keys of what a server keeps back. */
export const readOn = (visitor: Visitor, now: number): Did =>
  now >= goesAt(visitor) ? [wiped(visitor, visitor.ended ?? 'left', now), visitor.reading ? [readTo(visitor)] : []]
  : !visitor.reading ? [visitor, []] : chain<Visitor, VisitorEffect>(visitor,
    v => (v.reading === 'log' && v.online !== v.talk.link ? toTalk(v, { kind: 'link', on: v.online }, now) : [v, []]),
    v => toTalk(v, { kind: 'tick' }, now),
    v => (v.reading && !isUnread(v) ? [{ ...wiped(v, v.ended ?? 'left', now), ...kept(v) }, [readTo(v)]] : [v, []]))

/** When what stayed after somebody else's end goes by itself. */
export const goesAt = ({ endedAt }: Visitor): number => (endedAt === undefined ? Infinity : endedAt + READ_ON_MS)

/** Whether something may still come, or is being opened. */
const isUnread = ({ reading, talk: { log, busy } }: Visitor): boolean =>
  busy !== undefined || log.inbox.length > 0 || (reading === 'log' && (log.reading || log.readAt === 0 || behind(log)))

/** The lines as they stand; of everything else nothing. */
const kept = ({ lines, talk, endedAt }: Visitor): Pick<Visitor, 'lines' | 'endedAt'> => ({ lines: withStates(lines, talk.outbox, true), ...(endedAt !== undefined && { endedAt }) })

const readTo = ({ conversation, talk }: Visitor): VisitorEffect => ({ do: 'read', conversation, seq: talk.log.cursor })

/** Nothing of the words is left, but whether the last of hers arrived. */
export function wiped(v: Visitor, why: NonNullable<Visitor['ended']>, now: number): Visitor {
  const lost = v.lost ?? (v.phase === 'in-line' || v.reading ? lostOf(v, now) : undefined)
  return { ...newVisitor, phase: 'ended', ended: why, ...(lost && { lost }) }
}

/** A line that the server has is read at a desk that has not closed (protocol.md §6); the one on its way is lost for sure where the log was read and does not hold it. */
function lostOf(v: Visitor, now: number): Visitor['lost'] {
  const { lines, talk, reading } = v
  const last = lines.filter(({ from }) => from === 'me').pop()
  if (!last) return undefined
  switch (lineState(talk.outbox, last.id, true)) {
    case 'received': return undefined
    case 'sent': return reading || notArrived(talk, now) ? 'maybe' : undefined
    default: return talk.flight?.message?.id === last.id && (reading !== 'log' || isUnread(v)) ? 'maybe' : 'yes'
  }
}
