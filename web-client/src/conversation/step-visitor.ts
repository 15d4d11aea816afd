import { split } from '../crypto/session'
import type { Id } from '../wire/read'
import type { RefusalCode } from '../wire/refused'
import type { ToVisitor } from '../wire/to-visitor'
import { tapBody } from './body'
import { chain } from './chain'
import { fits } from './fits'
import { late } from './late'
import { NO_NETWORK_MS } from './limits'
import { addText, answerLast } from './lines'
import type { Message } from './outbox'
import type { Step } from './pump'
import { allow, lapsed, otherTypes, pressed, said, type Typed } from './typing'
import { end, refuse, toTalk } from './visitor-talk'
import { checked, doubted, greeted, inside, mayOf, onView } from './visitor-view'
import { newVisitor, type Visitor, type VisitorEffect, type VisitorEvent } from './visitor-model'

type Did = Step<Visitor, VisitorEffect>

/** One event into the visitor's side: the next state, and what must be done. */
export const stepVisitor = (visitor: Visitor, event: VisitorEvent, now: number): Did =>
  chain(visitor, v => happened(v, event, now), v => settle(v, now))

function happened(v: Visitor, event: VisitorEvent, now: number): Did {
  if (event.kind === 'start') return v.phase === 'start' || v.phase === 'ended' ? start(event.language, event.conversation, now) : [v, []]
  if (v.phase === 'ended') return late.part?.afterwards(v, event, now) ?? [v, []]
  if (v.phase !== 'in-line') return [v, []]
  switch (event.kind) {
    case 'tick': return [v, []]
    case 'begun': return toTalk(v, { kind: 'group', group: event.group }, now)
    case 'unavailable': return close({ ...newVisitor, phase: 'refused', refused: 'unavailable' })
    case 'link': return linked({ ...v, online: event.on }, now)
    case 'frame': return onFrame(v, event.frame, now)
    case 'joined': return onJoined(v, event.answer, now)
    case 'checked': return checked(v, event, now)
    case 'doubted': return doubted(v, event.claim, event.code, now)
    case 'vouched': return greeted(v, event.claim, now)
    case 'signal': return event.signal.kind === 'typing' && event.leaf === v.expert?.leaf ? [{ ...v, typing: otherTypes(v.typing, event.signal.on, now) }, []] : [v, []]
    case 'talk': return toTalk(v, event.event, now)
    case 'admit': case 'send-away': case 'another': case 'share-guest': return late.part?.tappedGuest(v, event, now) ?? [v, []]
    default: return tapped(v, event, now)
  }
}

/** Before she has a place there is nothing to read or to send. */
const linked = (v: Visitor, now: number): Did => (v.join === 'got' ? toTalk(v, { kind: 'link', on: v.online }, now) : [v, []])

type Tapped = Extract<VisitorEvent, { kind: 'compose' | 'retry' | 'typing' | 'typing-allowed' | 'visible' | 'answer-safety' | 'share' | 'leave' }>

/** What she does. */
function tapped(v: Visitor, event: Tapped, now: number): Did {
  switch (event.kind) {
    case 'compose': return compose(v, event.id, event.text, now)
    case 'retry': return chain(v, w => unheld(w, event.id, now), w => toTalk(w, { kind: 'retry' }, now), w => [w, [{ do: 'nudge' }]])
    case 'typing': return typed(v, v.expert?.greeted ? pressed(v.typing, event.on, now) : { typing: v.typing })
    case 'typing-allowed': return typed(v, allow(v.typing, event.allowed))
    case 'visible': return [v, v.expert ? [{ do: 'signal', signal: { kind: 'visible', on: event.on } }] : []]
    case 'answer-safety': return answerSafety(v, event, now)
    case 'share': return share(v, event, now)
    case 'leave': return [late.part?.wiped(v, 'left', now) ?? { ...newVisitor, phase: 'ended', ended: 'left' }, [{ do: 'leave', conversation: v.conversation }]]
  }
}

const LONGEST_PAUSE_MS = 8_000

const close = (v: Visitor): Did => [v, [{ do: 'close' }]]

const start = (language: string, conversation: Id, now: number): Did =>
  [{ ...newVisitor, phase: 'in-line', language, conversation, startedAt: now }, [{ do: 'connect' }, { do: 'begin' }]]

function onFrame(v: Visitor, frame: ToVisitor, now: number): Did {
  switch (frame.t) {
    case 'view': return onView(v, frame, now)
    case 'envelope': {
      const { t, conversation, ...envelope } = frame
      return conversation === v.conversation ? toTalk(v, { kind: 'pushed', envelope }, now) : [v, []]
    }
    case 'hint': return frame.conversation === v.conversation ? toTalk(v, { kind: 'spoken-of', seq: frame.seq }, now) : [v, []]
    case 'signal': return frame.conversation === v.conversation ? [v, [{ do: 'open-signal', body: frame.body }]] : [v, []]
    case 'refused': return onRefused(v, frame.code)
    default: return [v, []]
  }
}

/** A server without room for another line: who has said nothing yet reads the numbers to call; whoever has, keeps trying. */
function onRefused(v: Visitor, code: RefusalCode): Did {
  // Words are not given up for it: a server that takes this version no more says so at the first greeting.
  if (code === 'unsupported-version') return v.join !== 'got' && v.lines.length === 0 ? refuse('outdated') : [v, []]
  return code === 'full' && v.join !== 'got' && v.lines.length === 0 ? full() : [v, []]
}

const full = (): Did => close({ ...newVisitor, problem: 'full' })

/** The answer to `join`. A busy server is asked again after as long as she has waited already: pauses that double. */
function onJoined(v: Visitor, answer: ToVisitor | undefined, now: number): Did {
  const waited = now - v.startedAt
  const wanted: Visitor = { ...v, join: 'wanted', askAgainAt: now + 1_000 }
  // On the fallback a view may have come by the poll meanwhile: it is newer than this answer.
  if (answer?.t === 'joined') return v.join === 'got' ? [v, []] : onView({ ...v, join: 'got' }, answer.view, now)
  if (answer?.t !== 'refused') return [wanted, []]
  switch (answer.code) {
    case 'full': return v.lines.length === 0 ? full() : [{ ...wanted, askAgainAt: now + 5_000 }, []]
    case 'busy': case 'too-fast': return waited >= NO_NETWORK_MS && v.lines.length === 0 ? full() : [{ ...wanted, askAgainAt: now + Math.min(Math.max(waited, 1_000), LONGEST_PAUSE_MS) }, []]
    case 'unknown': return end(v, 'expired', 'inbox', now)
    default: return close({ ...newVisitor, phase: 'refused', refused: 'unavailable' })
  }
}

/** To whoever is there, and by her statement to nobody else; to whoever comes first while nobody is. */
const addressed = ({ expert }: Visitor, { to, ...message }: Message): Message => (expert?.greeted ? { ...message, to: expert.proof.statement } : message)

const textOf = (v: Visitor, id: Id, text: string): Message => addressed(v, { id, kind: 'text', parts: split(text) })

/** A line that was held back because it was written to somebody else, tried again by hand: it is meant for whoever is there now. */
function unheld(v: Visitor, id: string, now: number): Did {
  const message = v.talk.outbox.held.find(other => other.id === id)
  return message ? toTalk(v, { kind: 'say', messages: [addressed(v, message)] }, now) : [v, []]
}

/** While she waits the words stay here (V27); the talk sends them when somebody has joined. */
function compose(v: Visitor, id: Id, text: string, now: number): Did {
  if (!fits(text)) return [v, []]
  const next: Visitor = { ...v, lines: addText(v.lines, id, 'me', text, now), typing: said(v.typing) }
  return toTalk(next, { kind: 'say', messages: [textOf(v, id, text)] }, now)
}

const typed = (v: Visitor, { typing, say }: Typed): Did =>
  [{ ...v, typing }, say === undefined ? [] : [{ do: 'signal', signal: { kind: 'typing', on: say } }]]

function answerSafety(v: Visitor, { id, answer }: Extract<Tapped, { kind: 'answer-safety' }>, now: number): Did {
  if (!v.askSafety) return [v, []]
  const next: Visitor = { ...v, askSafety: false, lines: answerLast(v.lines, answer) }
  return toTalk(next, { kind: 'say', messages: [addressed(v, { id, kind: 'tap', parts: [tapBody({ question: 'safety', answer })] })] }, now)
}

/** Yes: her own earlier lines go again, before anything new, and under their own ids. */
function share(v: Visitor, { id, yes }: Extract<Tapped, { kind: 'share' }>, now: number): Did {
  // What is said while a guest is in, she reads too.
  if (!v.askShare || inside(v)) return [v, []]
  const next: Visitor = { ...v, askShare: false, ...(yes && { earlier: [] }) }
  if (!yes) return [next, []]
  const lines = v.lines.filter(line => v.earlier.some(earlier => earlier === line.id))
  const tap = addressed(v, { id, kind: 'tap', parts: [tapBody({ question: 'share' })] })
  const messages = [tap, ...lines.map(line => textOf(v, line.id as Id, line.text ?? ''))]
  return toTalk(next, { kind: 'say', first: true, messages }, now)
}

/** What follows from the state alone, after every event. */
const settle = (visitor: Visitor, now: number): Did =>
  visitor.phase !== 'in-line' ? late.part?.readOn(visitor, now) ?? [visitor, []] : chain<Visitor, VisitorEffect>(visitor,
    v => typed(v, lapsed(v.typing, now)),
    v => late.part?.hold(v, now) ?? [v, []],
    v => (v.join === 'got' && v.online !== v.talk.link ? linked(v, now) : [v, []]),
    v => late.part?.tidy(v, now) ?? [v, []],
    v => (mayOf(v) === v.talk.may ? [v, []] : toTalk(v, { kind: 'may', may: mayOf(v) }, now)),
    v => peer(v, now),
    v => toTalk(v, { kind: 'tick' }, now),
    v => askPlace(v, now),
    v => giveUp(v, now),
  )

function peer(v: Visitor, now: number): Did {
  const here = v.expert?.greeted === true && v.expert.link === 'here'
  return here === (v.talk.peerSince !== undefined) ? [v, []] : toTalk(v, { kind: 'peer', here }, now)
}

function askPlace(v: Visitor, now: number): Did {
  const may = v.join === 'wanted' && v.talk.group !== undefined && v.online && now >= v.askAgainAt
  return may ? [{ ...v, join: 'asked' }, [{ do: 'join', conversation: v.conversation, language: v.language }]] : [v, []]
}

/** No way to the server, and nothing written that could be lost: back to the first screen, which says so. */
const giveUp = (v: Visitor, now: number): Did =>
  v.phase === 'in-line' && v.join !== 'got' && !v.online && v.lines.length === 0 && now >= v.startedAt + NO_NETWORK_MS
    ? close({ ...newVisitor, problem: 'no-network' })
    : [v, []]
