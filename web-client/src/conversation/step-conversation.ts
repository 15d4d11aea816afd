import { split } from '../crypto/session'
import type { DeskView } from '../wire/desk-view'
import type { ToDesk } from '../wire/to-desk'
import { helloBody, phraseBody, readTap, type SignalBody } from './body'
import { chain } from './chain'
import type { Conversation, ConversationEffect, ConversationEvent } from './desk-model'
import { BLOCKED_MS } from './limits'
import { addNotice, addText } from './lines'
import type { Step } from './pump'
import type { Heard } from './receiver'
import { stepTalk } from './step-talk'
import type { Fact, May, TalkEvent } from './talk'
import { textOf } from './text'
import { lapsed, otherTypes, pressed, said, type Typed } from './typing'

type Did = Step<Conversation, ConversationEffect>
type EventOf<K extends ConversationEvent['kind']> = Extract<ConversationEvent, { kind: K }>

/** How long `close` waits for lines that are still on their way. */
const LAST_LINES_MS = 5_000

/** One event into one of the desk's conversations. An ended one stays as it is, for the screen. */
export const stepConversation = (conversation: Conversation, event: ConversationEvent, now: number): Did =>
  conversation.ended ? [conversation, []] : chain(conversation, c => happened(c, event, now), c => settle(c, now))

function happened(c: Conversation, event: ConversationEvent, now: number): Did {
  switch (event.kind) {
    case 'tick': return [c, []]
    case 'talk': return toTalk(c, event.event, now)
    case 'joined': return greet(c, event, now)
    case 'signal': return onSignal(c, event.signal, now)
    case 'compose': return compose(c, event, now)
    case 'phrase': return phrase(c, event, now)
    case 'retry': return chain(c, d => toTalk(d, { kind: 'retry' }, now), d => [d, [{ do: 'nudge' }]])
    case 'typing': return typed(c, blocked(c, now) ? { typing: c.typing } : pressed(c.typing, event.on, now))
    case 'end': return [{ ...c, ending: { t: event.t, since: now, asked: false } }, []]
    case 'ended': return onEnded(c, event.answer)
    case 'link': return linked(c, event.on, now)
    case 'said': return onView(c, event.by, now)
  }
}

function toTalk(conversation: Conversation, event: TalkEvent, now: number): Did {
  const [talk, effects] = stepTalk(conversation.talk, event, now)
  return chain({ ...conversation, talk }, ...effects.map(effect => (c: Conversation): Did =>
    effect.do === 'tell' ? onFact(c, effect.fact, now) : [c, [{ do: 'talk', effect }]]))
}

function onFact(c: Conversation, fact: Fact, now: number): Did {
  switch (fact.kind) {
    case 'heard': return onHeard(c, fact.heard, now)
    case 'stopped': return stopped(c, fact.why, now)
    case 'removed': return over(c, 'released')
    case 'over': return isDesk(fact.code) ? [c, [{ do: 'over', why: fact.code === 'lease-lost' ? 'lease-lost' : 'signed-out' }]] : over(c, fact.code === 'closed' ? 'closed' : 'gone')
    case 'committed': case 'changed': return [c, []]
  }
}

const isDesk = (code: string): boolean => code === 'lease-lost' || code === 'not-signed-in'

/** Fails closed. Who could not be joined is given back at once: she is first in line. */
function stopped(c: Conversation, why: 'keys' | 'lying' | 'dropped', now: number): Did {
  const effects: ConversationEffect[] = [{ do: 'problem', problem: 'keys' }, { do: 'wipe' }]
  const unjoined = c.talk.group === undefined
  const lines = why === 'keys' ? c.lines : addNotice(c.lines, { key: 'tail-dropped' }, now)
  return [{ ...c, lines, ended: 'stopped' }, unjoined ? [...effects, { do: 'end', t: 'release' }] : effects]
}

const over = (c: Conversation, ended: NonNullable<Conversation['ended']>): Did => [{ ...c, ended }, [{ do: 'wipe' }]]

/** Our first word: it names the newest roster we know, so that she cannot be shown an older one. */
const greet = (c: Conversation, { hello, rosterVersion }: EventOf<'joined'>, now: number): Did =>
  toTalk(c, { kind: 'say', first: true, messages: [{ id: hello, kind: 'hello', parts: [helloBody(rosterVersion)] }] }, now)

function onHeard(c: Conversation, { id, kind, parts }: Heard, now: number): Did {
  switch (kind) {
    // Her own client shows her the limits of secrecy when it greets.
    case 'hello': return [{ ...c, safety: { ...c.safety, limitsShown: true } }, []]
    case 'text': return [{ ...c, lines: addText(c.lines, id, 'visitor', textOf(parts), now), typing: otherTypes(c.typing, false, now) }, []]
    case 'tap': return [onTap(c, parts[0] ?? new Uint8Array(0), now), []]
    default: return [c, []]
  }
}

function onTap(c: Conversation, body: Uint8Array, now: number): Conversation {
  const tap = readTap(body)
  if (!tap) return c
  if (tap.question === 'share') return { ...c, lines: addNotice(c.lines, { key: 'earlier-shared' }, now) }
  const { answer } = tap
  return { ...c, safety: { ...c.safety, answer }, lines: addNotice(c.lines, { key: 'safety-question', answer }, now) }
}

function onSignal(c: Conversation, signal: SignalBody, now: number): Did {
  switch (signal.kind) {
    case 'typing': return [{ ...c, typing: otherTypes(c.typing, signal.on, now) }, []]
    case 'visible': return [{ ...c, hidden: !signal.on, lines: addNotice(c.lines, { key: signal.on ? 'page-visible' : 'page-hidden' }, now) }, []]
    case 'left-quickly': return leftQuickly(c, now)
  }
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
  return toTalk({ ...c, safety, lines: [...c.lines, line] }, { kind: 'say', messages: [{ id, kind: 'phrase', parts: [phraseBody(key)] }] }, now)
}

const typed = (c: Conversation, { typing, say }: Typed): Did =>
  [{ ...c, typing }, say === undefined ? [] : [{ do: 'signal', signal: { kind: 'typing', on: say } }]]

function onEnded(c: Conversation, answer: ToDesk | undefined): Did {
  if (answer?.t === 'closed') return over(c, 'closed')
  if (answer?.t === 'released') return over(c, 'released')
  if (answer?.t === 'refused' && (answer.code === 'unknown' || answer.code === 'closed' || answer.code === 'not-now')) return over(c, 'gone')
  return [c.ending ? { ...c, ending: { ...c.ending, asked: false } } : c, []]
}

/** While she is not to be disturbed, the talk stays off the line. */
function linked(c: Conversation, on: boolean, now: number): Did {
  const ending = c.ending && { ending: { ...c.ending, asked: false } }
  return toTalk({ ...c, ...ending }, { kind: 'link', on: on && !blocked(c, now) }, now)
}

/** What the server says of this conversation: by its claim while it lasts, by its id when it is over. */
function onView(c: Conversation, view: DeskView, now: number): Did {
  const here = view.conversations.find(other => other.claim === c.claim)
  if (here) return toTalk({ ...c, server: here.state, visitor: here.visitor }, { kind: 'spoken-of', seq: here.seq }, now)
  // An older claim of the same conversation may stand there too: only what was once in a view can end by one.
  const why = c.server && view.ended.find(other => other.conversation === c.conversation)?.why
  return why ? over(c, why) : [c, []]
}

function settle(conversation: Conversation, now: number): Did {
  if (conversation.ended) return [conversation, []]
  return chain<Conversation, ConversationEffect>(conversation,
    c => typed(c, lapsed(c.typing, now)),
    c => unblock(c, now),
    c => (mayOf(c, now) === c.talk.may ? [c, []] : toTalk(c, { kind: 'may', may: mayOf(c, now) }, now)),
    c => (isPeer(c) === (c.talk.peerSince !== undefined) ? [c, []] : toTalk(c, { kind: 'peer', here: isPeer(c) }, now)),
    c => toTalk(c, { kind: 'tick' }, now),
    c => askEnd(c, now),
  )
}

const isPeer = (c: Conversation): boolean => c.server === 'talking' && c.visitor === 'here' && !c.leftQuickly

function unblock(c: Conversation, now: number): Did {
  const over = c.blockedUntil > 0 && !blocked(c, now)
  return over ? toTalk({ ...c, blockedUntil: 0 }, { kind: 'link', on: true }, now) : [c, []]
}

function mayOf(c: Conversation, now: number): May {
  if (blocked(c, now) || c.ending?.t === 'release' || !c.talk.group) return 'nothing'
  return c.server === 'talking' ? 'all' : 'greeting'
}

function askEnd(c: Conversation, now: number): Did {
  const { ending, talk } = c
  if (!ending || ending.asked || (!talk.link && !blocked(c, now))) return [c, []]
  const waits = ending.t === 'close' && talk.outbox.queue.length > 0 && now < ending.since + LAST_LINES_MS && !blocked(c, now)
  return waits ? [c, []] : [{ ...c, ending: { ...ending, asked: true } }, [{ do: 'end', t: ending.t }]]
}

/** When something of it changes by itself. */
export const endingDue = ({ ending }: Conversation): number => (ending && !ending.asked ? ending.since + LAST_LINES_MS : Infinity)
