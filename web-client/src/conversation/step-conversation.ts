import { split } from '../crypto/session'
import type { DeskView } from '../wire/desk-view'
import type { ToDesk } from '../wire/to-desk'
import { phraseBody, readTap, type SignalBody } from './body'
import { chain } from './chain'
import type { Conversation, ConversationEffect, ConversationEvent, Ended, Ending } from './desk-model'
import { BLOCKED_MS, WRITE_AGAIN_MS } from './limits'
import { readNow } from './log'
import type { Line } from './line'
import { addLine, addNotice, addText, isOwn } from './lines'
import type { Step } from './pump'
import type { Heard } from './receiver'
import { added, asked, heardColleague, vouched, wishes, withOther } from './step-colleague'
import { stepTalk } from './step-talk'
import type { Fact, May, StopReason, TalkEvent } from './talk'
import { textOf } from './text'
import { lapsed, otherTypes, pressed, said, type Typed } from './typing'

type Did = Step<Conversation, ConversationEffect>
type Refused = Extract<ToDesk, { t: 'refused' }>
type EventOf<K extends ConversationEvent['kind']> = Extract<ConversationEvent, { kind: K }>

/** How long `close` waits for lines that are still on their way. */
const LAST_LINES_MS = 5_000

/** A release or close that was not taken is asked again after this. */
const ASK_AGAIN_MS = 1_000

/** One event into one of the desk's conversations. An ended one stays as it is, for the screen, until the server has it back. */
export const stepConversation = (conversation: Conversation, event: ConversationEvent, now: number): Did =>
  chain(conversation,
    c => (c.ended ? afterwards(c, event, now) : happened(c, event, now)),
    c => [changed(conversation, c, now), []],
    c => settle(c, now),
    c => [c.ended && c.endedAt === undefined ? { ...c, endedAt: now } : c, []])

const KEPT_PARTS = ['lines', 'ending', 'closing', 'leftQuickly', 'blockedUntil', 'hidden', 'safety', 'visitorKey', 'role', 'guest', 'colleague', 'owesHello'] as const

/** What the talk does not know of is to be kept as well; and a copy that nothing changes is written again before it goes. */
function changed(before: Conversation, c: Conversation, now: number): Conversation {
  const due = KEPT_PARTS.some(part => before[part] !== c[part]) || now >= c.savedAt + WRITE_AGAIN_MS
  return due && !c.ended && c.talk.group && !c.talk.dirty ? { ...c, talk: { ...c.talk, dirty: true } } : c
}

/** How it left this desk, where the server told no end of the talk itself. */
const MOVED: readonly Ended[] = ['handed-over', 'declined', 'uncalled', 'another']

/** What we asked for in that moment was `unknown`, which says less than the view that comes behind it: who has her now (seen in test-browser/third.story.ts). */
function told(c: Conversation, view: DeskView, now: number): Conversation {
  const why = c.ended === 'gone' ? leftBy(c, view) : undefined
  return why && MOVED.includes(why) ? { ...parting(c, why, now), ended: why } : c
}

/** It was stopped, or is over: nothing but that it is given back, and how it left. */
function afterwards(c: Conversation, event: ConversationEvent, now: number): Did {
  switch (event.kind) {
    case 'link': return [online(c, event.on), []]
    case 'ended': return givenBack(c, event.answer, now)
    case 'said': return [told(c, event.by, now), []]
    default: return [c, []]
  }
}

function givenBack({ ending, ...c }: Conversation, answer: ToDesk | undefined, now: number): Did {
  if (!ending) return [c, []]
  if (isDeskOver(answer)) return [c, [deskOver(answer.code)]]
  if (isHers(ending, answer)) return [{ ...c, ending: { ...later(ending, now), t: 'release' } }, []]
  if (!isSettled(answer)) return [{ ...c, ending: later(ending, now) }, []]
  return [c, ending.again && answer?.t === 'released' ? [{ do: 'again' }] : []]
}

/** A guest who wanted to go has become the lead in that moment. */
const isHers = (ending: Ending | undefined, answer: ToDesk | undefined): boolean => ending?.t === 'uncall' && answer?.t === 'refused' && answer.code === 'not-now'

function happened(c: Conversation, event: ConversationEvent, now: number): Did {
  switch (event.kind) {
    case 'tick': return [c, []]
    case 'talk': return toTalk(c, event.event, now)
    case 'joined': return greet(c, event, now)
    case 'signalled': return [{ ...c, opening: c.opening + 1 }, [{ do: 'open-signal', body: event.body }]]
    case 'signal': return onSignal({ ...c, opening: c.opening - 1 }, event.signal, now)
    case 'compose': return compose(c, event, now)
    case 'phrase': return phrase(c, event, now)
    case 'retry': return chain(c, d => toTalk(d, { kind: 'retry' }, now), d => [d, [{ do: 'nudge' }]])
    case 'typing': return typed(c, blocked(c, now) ? { typing: c.typing } : pressed(c.typing, event.on, now))
    case 'hello': return helloAgain(c, event, now)
    case 'disagreed': return stopped(c, 'keys', now)
    case 'vouched': return onVouched(c, event, now)
    case 'call': case 'uncall': case 'hand-over': return wishes(c, event)
    case 'asked': return isDeskOver(event.answer) ? [c, [deskOver(event.answer.code)]] : [asked(c, event), []]
    case 'end': return [{ ...c, ending: endingBy(c.role ? 'uncall' : event.t, now) }, []]
    case 'ended': return onEnded(c, event.answer, now)
    case 'link': return linked(c, event.on, now)
    case 'said': return onView(c, event.by, now)
  }
}

function toTalk(conversation: Conversation, event: TalkEvent, now: number): Did {
  const [talk, effects] = stepTalk(conversation.talk, event, now)
  return chain({ ...conversation, talk }, ...effects.map(effect => (c: Conversation): Did =>
    effect.do === 'tell' ? onFact(c, effect.fact, now) : [effect.do === 'save' ? { ...c, savedAt: now } : c, [{ do: 'talk', effect }]]))
}

function onFact(c: Conversation, fact: Fact, now: number): Did {
  switch (fact.kind) {
    case 'heard': return onHeard(c, fact.heard, now)
    case 'stopped': return stopped(c, fact.why, now)
    case 'removed': return over(c, c.role ? 'declined' : 'released')
    case 'over': return c.closing ? [c, []] : isDesk(fact.code) ? [c, [deskOver(fact.code)]] : ends(c, fact.code === 'closed' ? 'closed' : 'gone', now)
    case 'added': return added(c, now)
    case 'committed': case 'changed': return [c, []]
  }
}

const isDesk = (code: string): boolean => code === 'lease-lost' || code === 'not-signed-in'
export const isDeskOver = (answer: ToDesk | undefined): answer is Refused => answer?.t === 'refused' && isDesk(answer.code)
const deskOver = (code: string): ConversationEffect => ({ do: 'over', why: code === 'lease-lost' ? 'lease-lost' : 'signed-out' })

const endingBy = (t: Ending['t'], now: number, again = false): Ending => ({ t, since: now, asked: false, askAt: 0, again })
const later = (ending: Ending, now: number): Ending => ({ ...ending, asked: false, askAt: now + ASK_AGAIN_MS })

/** Fails closed: not a word more, and she is given back, first in line. Whoever only could not follow asks for her again, once. */
function stopped(c: Conversation, why: StopReason, now: number): Did {
  const again = why === 'behind' && !c.behind && !c.role
  const lines = why === 'keys' || again ? c.lines : addNotice(c.lines, { key: 'tail-dropped' }, now)
  const next: Conversation = { ...c, lines, ended: 'stopped', behind: c.behind || again, ending: endingBy(c.role ? 'uncall' : 'release', now, again) }
  return [next, again ? [{ do: 'wipe' }] : [{ do: 'problem', problem: 'keys' }, { do: 'wipe' }]]
}

const over = ({ ending, ...c }: Conversation, ended: NonNullable<Conversation['ended']>): Did => [{ ...c, ended }, [{ do: 'wipe' }]]

/** What is being opened is heard first. */
const ends = (c: Conversation, why: Ended, now: number): Did => (c.opening > 0 ? [closing(c, why, now), []] : over(c, why))

/** Our first word: it names the newest roster we know, so that she cannot be shown an older one. */
function greet(c: Conversation, { hello, named, visitorKey }: EventOf<'joined'>, now: number): Did {
  const lines = c.visitorKey ? addNotice(c.lines, { key: 'new-group' }, now) : c.lines
  return toTalk({ ...c, lines, visitorKey }, { kind: 'say', first: true, messages: [{ id: hello, kind: 'hello', parts: [named] }] }, now)
}

/** Whoever came in does not know where our counter stands either: what was under way is not taken in the new epoch, and goes after it. */
const helloAgain = ({ owesHello, ...c }: Conversation, { id, named }: EventOf<'hello'>, now: number): Did =>
  owesHello ? toTalk(c, { kind: 'say', anew: true, messages: [{ id, kind: 'hello', parts: [named] }] }, now) : [c, []]

/** A guest whose lead is not to be believed goes. */
const onVouched = (c: Conversation, event: EventOf<'vouched'>, now: number): Did =>
  c.role && event.alias === undefined && c.proof === event.proof ? stopped(c, 'keys', now) : vouched(c, event)

function onHeard(c: Conversation, heard: Heard, now: number): Did {
  const { id, leaf, kind, parts } = heard
  if (isOwn(c.lines, id)) return stopped(c, 'dropped', now)
  // Her own client shows the visitor the limits of secrecy when it greets.
  if (kind === 'hello') return [leaf === 0 ? { ...c, safety: { ...c.safety, limitsShown: true } } : c, [{ do: 'agree', named: parts[0] ?? new Uint8Array(0) }]]
  if (leaf !== 0) return [heardColleague(c, heard, now), []]
  switch (kind) {
    case 'text': return [{ ...c, lines: addText(c.lines, id, 'visitor', textOf(parts), now), typing: otherTypes(c.typing, false, now) }, []]
    case 'tap': return [onTap(c, parts[0] ?? new Uint8Array(0), now), []]
    default: return [c, []]
  }
}

function onTap(c: Conversation, body: Uint8Array, now: number): Conversation {
  const tap = readTap(body)
  if (!tap) return c
  // With a guest beside us it is she who may read it: we have.
  if (tap.question === 'share' && c.guest?.state === 'in') return c
  if (tap.question === 'share') return { ...c, lines: addNotice(c.lines, { key: 'earlier-shared' }, now) }
  const { answer } = tap
  return { ...c, safety: { ...c.safety, answer }, lines: addNotice(c.lines, { key: 'safety-question', answer }, now) }
}

function onSignal(c: Conversation, signal: SignalBody | undefined, now: number): Did {
  switch (signal?.kind) {
    case undefined: return [c, []]
    case 'typing': return [{ ...c, typing: otherTypes(c.typing, signal.on, now) }, []]
    case 'visible': return [visible(c, signal.on, now), []]
    case 'left-quickly': return leftQuickly(c, now)
  }
}

const isOfPage = (line: Line | undefined): boolean => line?.notice?.key === 'page-hidden' || line?.notice?.key === 'page-visible'

/** Two of these stand after each other at the most: however often she goes and comes, no word is pushed off the screen. */
function visible(c: Conversation, on: boolean, now: number): Conversation {
  if (c.hidden === !on) return c
  const two = [c.lines.length - 2, c.lines.length - 1].every(i => isOfPage(c.lines[i]))
  const lines = two ? c.lines.slice(0, -2) : c.lines
  return { ...c, hidden: !on, lines: addNotice(lines, { key: on ? 'page-visible' : 'page-hidden' }, now) }
}

/** V25, D11: nothing that could light up her phone goes out for a minute, not even an acknowledgement. */
function leftQuickly(c: Conversation, now: number): Did {
  const next = { ...c, leftQuickly: true, blockedUntil: now + BLOCKED_MS, typing: otherTypes(said(c.typing), false, now) }
  return toTalk({ ...next, lines: addNotice(c.lines, { key: 'left-quickly' }, now) }, { kind: 'link', on: false }, now)
}

export const blocked = (c: Conversation, now: number): boolean => now < c.blockedUntil

function compose(c: Conversation, { id, text }: EventOf<'compose'>, now: number): Did {
  const next = { ...c, typing: said(c.typing), lines: addText(c.lines, id, 'me', text, now) }
  return toTalk(next, { kind: 'say', messages: [{ id, kind: 'text', parts: split(text) }] }, now)
}

/** The words stay in her language files: only the id travels. V30: marked as automatic on both sides. */
function phrase(c: Conversation, { id, phrase: key }: EventOf<'phrase'>, now: number): Did {
  const line = { id, from: 'me' as const, automatic: true, notice: { key }, at: now }
  const safety = key === 'limits' ? { ...c.safety, limitsShown: true } : c.safety
  return toTalk({ ...c, safety, lines: addLine(c.lines, line) }, { kind: 'say', messages: [{ id, kind: 'phrase', parts: [phraseBody(key)] }] }, now)
}

const typed = (c: Conversation, { typing, say }: Typed): Did =>
  [{ ...c, typing }, say === undefined ? [] : [{ do: 'signal', signal: { kind: 'typing', on: say } }]]

const OVER: readonly string[] = ['unknown', 'closed', 'not-now']
/** Whether the server has it back, or knows it no more. */
export const isSettled = (answer: ToDesk | undefined): boolean =>
  answer?.t === 'closed' || answer?.t === 'released' || answer?.t === 'uncalled' || (answer?.t === 'refused' && OVER.includes(answer.code))

function onEnded(c: Conversation, answer: ToDesk | undefined, now: number): Did {
  if (isDeskOver(answer)) return [c, [deskOver(answer.code)]]
  if (isHers(c.ending, answer)) {
    const { ending, ...stays } = c
    return [stays, []]
  }
  if (isSettled(answer)) return ends(c, answer?.t === 'closed' || answer?.t === 'released' || answer?.t === 'uncalled' ? answer.t : 'gone', now)
  return [c.ending ? { ...c, ending: later(c.ending, now) } : c, []]
}

/** What was asked and not answered is asked again. */
const online = (c: Conversation, on: boolean): Conversation => ({ ...c, online: on, ...(c.ending && { ending: { ...c.ending, asked: false, askAt: 0 } }) })

/** While she is not to be disturbed, the talk stays off the line. */
const linked = (c: Conversation, on: boolean, now: number): Did => toTalk(online(c, on), { kind: 'link', on: on && !blocked(c, now) }, now)

/** What the server says of this conversation: by its claim while it lasts, by its id when it is over. */
function onView(c: Conversation, view: DeskView, now: number): Did {
  const here = view.conversations.find(other => other.claim === c.claim)
  if (here) return chain<Conversation, ConversationEffect>({ ...c, server: here.state, visitor: here.visitor },
    d => withOther(d, here, now), d => toTalk(d, { kind: 'spoken-of', seq: here.seq }, now))
  const why = leftBy(c, view)
  if (!why || c.closing) return [c, []]
  return !c.talk.group || !READ_ON.includes(why) ? over(parting(c, why, now), why) : [closing(c, why, now), []]
}

/** An older claim of the same conversation may stand there too: only what was once in a view can end by one. */
const leftBy = (c: Conversation, view: DeskView): Ended | undefined =>
  c.server && view.ended.filter(other => other.conversation === c.conversation).pop()?.why

/** After these the server still lets us read; after the others somebody else has her. */
const READ_ON: readonly Ended[] = ['left', 'closed', 'gone', 'expired']

function parting(c: Conversation, why: Ended, now: number): Conversation {
  const alias = c.colleague?.alias ?? ''
  if (why === 'handed-over') return { ...c, lines: addNotice(c.lines, { key: why, alias }, now) }
  return why === 'another' ? { ...c, lines: addNotice(c.lines, { key: 'another-asked' }, now) } : c
}

/** Her last words may still lie there: nothing is sent any more, and what has not been read is. */
function closing(c: Conversation, why: Ended, now: number): Conversation {
  const { flight } = c.talk
  const talk = { ...c.talk, log: readNow(c.talk.log), ...(flight && { flight: { ...flight, asked: true } }) }
  return { ...c, talk, closing: { why, until: now + LAST_LINES_MS } }
}

/** Read to the end, as far as it can be read; and that she left quickly may be said by a signal that is not open yet. */
function closed(c: Conversation, now: number): Did {
  const { log, link, busy } = c.talk
  if (!c.closing) return [c, []]
  const unread = c.opening > 0 || busy !== undefined || log.inbox.length > 0 || (link && (log.reading || log.readAt === 0))
  return unread && now < c.closing.until ? [c, []] : over(c, c.closing.why)
}

function settle(conversation: Conversation, now: number): Did {
  if (conversation.ended) return askEnd(conversation, now)
  return chain<Conversation, ConversationEffect>(conversation,
    c => typed(c, lapsed(c.typing, now)),
    c => unblock(c, now),
    c => (mayOf(c, now) === c.talk.may ? [c, []] : toTalk(c, { kind: 'may', may: mayOf(c, now) }, now)),
    c => (isPeer(c) === (c.talk.peerSince !== undefined) ? [c, []] : toTalk(c, { kind: 'peer', here: isPeer(c) }, now)),
    c => toTalk(c, { kind: 'tick' }, now),
    c => closed(c, now),
    c => askEnd(c, now),
  )
}

const isPeer = (c: Conversation): boolean => c.server === 'talking' && c.visitor === 'here' && !c.leftQuickly

function unblock(c: Conversation, now: number): Did {
  const over = c.blockedUntil > 0 && !blocked(c, now)
  return over ? toTalk({ ...c, blockedUntil: 0 }, { kind: 'link', on: true }, now) : [c, []]
}

const isDoubted = ({ doubted, talk: { group } }: Conversation): boolean => doubted === true && group !== undefined && group.others.length > 1

function mayOf(c: Conversation, now: number): May {
  if (blocked(c, now) || c.closing || (c.ending && c.ending.t !== 'close') || !c.talk.group || c.owesHello || isDoubted(c)) return 'nothing'
  return c.server === 'talking' ? 'all' : 'greeting'
}

function askEnd(c: Conversation, now: number): Did {
  const { ending, talk, ended } = c
  if (!ending || ending.asked || c.closing || !c.online || now < ending.askAt) return [c, []]
  const waits = ending.t === 'close' && talk.outbox.queue.length > 0 && now < ending.since + LAST_LINES_MS && !blocked(c, now)
  return waits ? [c, []] : [{ ...c, ending: { ...ending, asked: true } }, [{ do: 'end', t: ending.t, again: ended !== undefined }]]
}

/** After a restore the server spoke of it no more: given back, or over for so long that it forgot why. What it still holds for us is read. */
export const unspokenOf = (c: Conversation, now: number): Did => [c.ended || c.closing ? c : closing(c, 'released', now), []]

/** When something of it changes by itself. */
export function endingDue({ ending, closing, ended }: Conversation, now: number): number {
  if (closing && !ended) return closing.until
  if (!ending || ending.asked) return Infinity
  return now < ending.askAt ? ending.askAt : ending.since + LAST_LINES_MS
}
