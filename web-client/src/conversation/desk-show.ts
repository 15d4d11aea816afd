import type { DeskState, DeskTalk } from './desk-door'
import type { Conversation, DeskModel } from './desk-model'
import type { Line } from './line'
import { withNotArrived, withStates } from './lines'
import { HISTORY_MS, WRITE_AGAIN_MS } from './limits'
import { nextDue } from './pump'
import { blocked, endingDue } from './step-conversation'
import { givingDue, lockDue } from './step-lock'
import { failing, nextNotice, notArrived } from './step-talk'
import { isOtherTyping, typingDue } from './typing'

/** What the desk's screen renders; nothing of anybody while it is locked. */
export function show(d: DeskModel, now: number): DeskState {
  const reading = d.link === 'on' && d.restored !== 'done' && !d.away
  if (d.away === 'locking' || d.away === 'locked') return { link: d.link, locked: true, available: false, slots: d.slots, waiting: [], talks: [], calls: [], claiming: [] }
  return {
    link: reading ? 'connecting' : d.link,
    ...(d.proposed && { proposed: d.proposed }),
    ...(d.full && { full: true }),
    available: d.view?.available ?? false,
    slots: d.slots,
    waiting: d.view?.waiting ?? [],
    talks: [...d.conversations].sort((a, b) => a.slot - b.slot).map(c => showTalk(c, now)),
    calls: [],
    claiming: d.claims.map(c => c.slot),
    ...(d.problem && { problem: d.problem }),
  }
}

function showTalk(c: Conversation, now: number): DeskTalk {
  return {
    id: c.claim,
    slot: c.slot,
    language: c.language,
    state: c.ended ? 'ended' : c.talk.group && c.server === 'talking' ? 'talking' : 'joining',
    visitor: visitorOf(c),
    typing: !c.ended && isOtherTyping(c.typing, now),
    lines: linesOf(c, now),
    since: c.since,
    ...(blocked(c, now) && { blockedUntil: c.blockedUntil }),
    safety: c.safety,
    part: 'lead',
  }
}

/** D10: in words, never as a dot. */
function visitorOf(c: Conversation): DeskTalk['visitor'] {
  if (c.leftQuickly) return 'left-quickly'
  if (c.ended === 'left') return 'left'
  if (c.ended === 'gone' || c.ended === 'expired') return 'gone'
  return c.visitor === 'lost' ? 'lost' : c.hidden ? 'away' : 'here'
}

/** D26: what the server has not taken is never shown as sent, whatever ended in between. */
function linesOf({ lines, talk, ended }: Conversation, now: number): readonly Line[] {
  const late = ended !== undefined || failing(talk, now)
  return withNotArrived(withStates(lines, talk.outbox, late), !ended && notArrived(talk, now), now)
}

/** When something will change by itself; Infinity for never. */
export function deskDue(d: DeskModel, now: number): number {
  const claims = d.claims.map(c => (c.keyPackage && !c.asked ? c.askAt : Infinity))
  const talks = d.conversations.flatMap(c => (c.ended ? [endingDue(c, now), (c.endedAt ?? now) + HISTORY_MS]
    : [nextDue(c.talk, now), nextNotice(c.talk, now), typingDue(c.typing, now), endingDue(c, now), c.blockedUntil, c.savedAt + WRITE_AGAIN_MS]))
  return Math.min(Infinity, ...[...claims, ...talks, lockDue(d), ...givingDue(d)].map(time => (time > now ? time : Infinity)))
}
