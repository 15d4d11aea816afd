import type { ErrorCode } from '../crypto/errors'
import type { RefusalCode } from '../wire/refused'
import { ACK_DELAY_MS, FAILED_MS, NOT_ARRIVED_MS, backOff } from './limits'
import { notRead, pushed, read, readNow, spokenOf } from './log'
import { acknowledged, newReader, say, sayFirst } from './outbox'
import { pass, pump, stop, storedAt, type Step } from './pump'
import { members, take } from './receiver'
import { togetherAt, type AppendAnswer, type Flight, type Group, type StopReason, type Talk, type TalkEffect, type TalkEvent, type Unsealed } from './talk'

type Did = Step<Talk, TalkEffect>
type EventOf<K extends TalkEvent['kind']> = Extract<TalkEvent, { kind: K }>

/** One event into one talk: the next state, and what must be done. After a stop nothing happens any more. */
export function stepTalk(talk: Talk, event: TalkEvent, now: number): Did {
  if (talk.stopped) return [talk, []]
  const [next, effects] = taken(talk, event, now)
  const [done, more] = pump(next, now)
  return [done, [...effects, ...more]]
}

function taken(talk: Talk, event: TalkEvent, now: number): Did {
  switch (event.kind) {
    case 'tick': return [talk, []]
    case 'link': return [linked(talk, event.on, now), []]
    case 'may': return [event.may === talk.may ? talk : { ...talk, may: event.may, maySince: now }, []]
    case 'peer': return [peer(talk, event.here, now), []]
    case 'hold': return [{ ...talk, held: event.on }, []]
    case 'group': return [joined(talk, event.group, now), []]
    case 'say': return [saying(talk, event, now), []]
    case 'wish': return [{ ...talk, wishes: event.wishes }, []]
    case 'retry': return [retried(talk, now), []]
    case 'pushed': return [{ ...talk, log: pushed(talk.log, event.envelope) }, []]
    case 'spoken-of': return [{ ...talk, log: spokenOf(talk.log, event.seq) }, []]
    case 'fetched': return fetched(talk, event, now)
    case 'acked': return [event.ok ? talk : { ...talk, log: { ...talk.log, ackAt: now + 1_000 } }, []]
    case 'answered': return answered(talk, event.envelope, event.answer, now)
    case 'saved': return [idle(talk), []]
    case 'sealed': case 'staged': case 'opened': case 'confirmed': case 'failed': return worked(idle(talk), talk.busy, event, now)
  }
}

/** What the encryption answered. */
function worked(talk: Talk, busy: Talk['busy'], event: EventOf<'sealed' | 'staged' | 'opened' | 'confirmed' | 'failed'>, now: number): Did {
  switch (event.kind) {
    case 'sealed': return [sealed(talk, event, now), []]
    case 'staged': return [{ ...talk, dirty: true, flight: { kind: event.wish.what === 'add' ? 'add' : 'commit', ...flightOf(talk, event), wish: event.wish } }, []]
    case 'opened': return opened(talk, event.result, now)
    case 'confirmed': return confirmed(talk, event.group, now)
    case 'failed': return stop(talk, reason(talk, event.code, busy))
  }
}

/** While it was sealed somebody may have been revoked: then the bytes do not leave (crypto.md 5), and the words wait for whoever comes. */
function sealed(talk: Talk, event: EventOf<'sealed'>, now: number): Talk {
  const { message } = event
  const flight: Flight = { kind: 'message', ...flightOf(talk, event), ...(message && { message }) }
  const may = talk.may === 'all' || (talk.may === 'greeting' && message?.kind === 'hello')
  return may ? { ...talk, flight } : dropped(talk, flight, now)
}

function idle(talk: Talk): Talk {
  const { busy, ...rest } = talk
  return rest
}

const flightOf = (talk: Talk, { envelope, body }: EventOf<'sealed' | 'staged'>): Omit<Flight, 'kind'> =>
  ({ envelope, body, epoch: talk.group?.epoch ?? 0, asked: false, notBefore: 0, tries: 0 })

/** Whoever may not be in the conversation is a matter of keys; everything else that cannot be read was tampered with. */
function reason({ log }: Talk, code: ErrorCode, busy: Talk['busy']): StopReason {
  if (busy === 'stage' || busy === 'join' || code.startsWith('refused')) return 'keys'
  return busy === 'open' && log.inbox[0]?.kind !== 'message' ? 'behind' : 'lying'
}

function linked(talk: Talk, on: boolean, now: number): Talk {
  const flight = talk.flight && { ...talk.flight, asked: false, notBefore: 0 }
  const { peerSince, ...rest } = talk
  const again = { ...rest, together: togetherAt(talk, now), link: on, log: readNow({ ...talk.log, reading: false }), ...(flight && { flight }) }
  // Whether the other is there is not known while we are not: that time does not count.
  return peerSince === undefined ? again : { ...again, peerSince: now }
}

function peer(talk: Talk, here: boolean, now: number): Talk {
  const { peerSince, ...rest } = talk
  return here ? { ...rest, peerSince: peerSince ?? now } : { ...rest, together: togetherAt(talk, now) }
}

/** An expert who has just joined does not know where the visitor's counter stands; the visitor's first payload says so. */
function joined(talk: Talk, group: Group, now: number): Talk {
  const { busy, ...rest } = talk
  const receiver = members(talk.receiver, group.others, talk.side === 'expert' ? undefined : 0)
  const log = busy === 'join' ? pass(talk, now) : talk.log
  return { ...rest, group, receiver, log, dirty: true }
}

function saying(talk: Talk, { messages, first, anew }: EventOf<'say'>, now: number): Talk {
  const waited = talk.outbox.queue.length > 0
  const begun = talk.flight?.message !== undefined || talk.busy === 'seal'
  const outbox = anew ? sayFirst({ ...talk.outbox, part: 0 }, false, ...messages) : first ? sayFirst(talk.outbox, begun, ...messages) : say(talk.outbox, ...messages)
  return { ...talk, dirty: true, outbox: waited ? outbox : { ...outbox, progressAt: now } }
}

function retried(talk: Talk, now: number): Talk {
  const flight = talk.flight && { ...talk.flight, notBefore: 0 }
  return { ...talk, outbox: { ...talk.outbox, progressAt: now }, pauseUntil: 0, ...(flight && { flight }) }
}

const OVER = ['closed', 'unknown', 'lease-lost', 'not-signed-in'] as const
type Over = (typeof OVER)[number]
const isOver = (code: RefusalCode | undefined): code is Over => OVER.some(over => over === code)

function fetched(talk: Talk, { items, more, code }: EventOf<'fetched'>, now: number): Did {
  if (isOver(code)) return over(talk, code)
  if (!items) return [{ ...talk, log: notRead(talk.log, now) }, []]
  const log = read(talk.log, items, more === true, now)
  if (log === 'lie') return stop(talk, 'dropped')
  const staleIn = talk.staleIn && { ...talk.staleIn, reads: talk.staleIn.reads + (more ? 0 : 1) }
  // Two whole readings: the first may have been under way when the server refused us.
  if (staleIn && staleIn.reads > 1 && log.inbox.length === 0) return stop(talk, 'lying')
  return [{ ...talk, log, ...(staleIn && { staleIn }) }, []]
}

const over = (talk: Talk, code: Over): Did => [{ ...grounded(talk), may: 'nothing', link: false }, [{ do: 'tell', fact: { kind: 'over', code } }]]

function grounded(talk: Talk): Talk {
  const { flight, ...rest } = talk
  return rest
}

function answered(talk: Talk, envelope: Talk['side'] | string, answer: AppendAnswer, now: number): Did {
  const { flight } = talk
  if (flight?.envelope !== envelope || flight.seq !== undefined) return [talk, []]
  if (answer?.t === 'stored') return answer.id === envelope ? storedAt(talk, flight, answer.seq, now) : stop(talk, 'lying')
  switch (answer?.code) {
    // `limit`: more lies there than the server keeps; there is room again when somebody has read (protocol.md §4).
    case undefined: case 'busy': case 'too-fast': case 'limit': return [later(talk, flight, answer ? 1_000 : 0, now), []]
    case 'stale-epoch': return stale(talk, flight, now)
    case 'not-now': return [paused(dropped(talk, flight, now), now), drops(flight)]
    case 'closed': case 'unknown': case 'lease-lost': case 'not-signed-in': return over(talk, answer.code)
    // Our own mistake, or somebody's lie: either way it is not safe to go on.
    default: return stop(talk, 'lying')
  }
}

/** The same bytes again. */
function later(talk: Talk, flight: Flight, least: number, now: number): Talk {
  const wait = Math.max(least, backOff(flight.tries))
  return { ...talk, flight: { ...flight, asked: false, tries: flight.tries + 1, notBefore: now + wait } }
}

/** The bytes are gone; what they said is still first in the queue and will be sealed again, under the same message id. */
function dropped(talk: Talk, flight: Flight, now: number): Talk {
  const next = grounded(talk)
  return flight.kind === 'message' && !flight.message ? { ...next, ackAt: now } : next
}

const drops = (flight: Flight): readonly TalkEffect[] => (flight.kind === 'message' ? [] : [{ do: 'drop' }])

function stale(talk: Talk, flight: Flight, now: number): Did {
  const epoch = talk.group?.epoch ?? 0
  const next = dropped(talk, flight, now)
  return [epoch > flight.epoch ? next : { ...next, staleIn: { epoch, reads: 0 } }, drops(flight)]
}

const paused = (talk: Talk, now: number): Talk => ({ ...talk, pauses: talk.pauses + 1, pauseUntil: now + Math.max(1_000, backOff(talk.pauses)) })

function opened(talk: Talk, result: Unsealed, now: number): Did {
  const { staleIn, ...rest } = talk
  switch (result.kind) {
    case 'message': return heard(talk, result, now)
    case 'own': return ownAgain(talk, now)
    case 'commit': return [regrouped({ ...rest, log: pass(talk, now) }, result.group), [{ do: 'tell', fact: { kind: result.change === 'add' ? 'added' : 'changed' } }]]
    case 'removed': return [{ ...grounded(talk), stopped: true }, [{ do: 'tell', fact: { kind: 'removed' } }]]
  }
}

/** From before a restore: its words go again under the same id; only its counter is used up. Without one the server lies. */
const ownAgain = (talk: Talk, now: number): Did => (talk.restored
  ? [{ ...talk, outbox: { ...talk.outbox, counter: talk.outbox.counter + 1 }, log: pass(talk, now), dirty: true }, []] : stop(talk, 'lying'))

/** Somebody else's commit is in force: one of ours for the epoch that is over will not be. */
function regrouped(talk: Talk, group: Group): Talk {
  const doomed = talk.flight && talk.flight.kind !== 'message' && !talk.flight.asked
  const next = doomed ? grounded(talk) : talk
  return { ...next, group, receiver: members(talk.receiver, group.others, 0), dirty: true }
}

function heard(talk: Talk, { leaf, payload }: Extract<Unsealed, { kind: 'message' }>, now: number): Did {
  const seen = payload.seen.find(entry => entry.leaf === talk.group?.self)?.counter ?? 0
  // Nobody can have seen what was never sent.
  if (seen > talk.outbox.counter + (talk.flight?.kind === 'message' ? 1 : 0)) return stop(talk, 'lying')
  const took = take(talk.receiver, leaf, payload)
  if (took === 'gap') return stop(talk, 'dropped')
  const quiet = payload.kind === 'ack' || payload.kind === 'hello'
  const ackAt = quiet ? talk.ackAt : Math.min(talk.ackAt ?? Infinity, now + ACK_DELAY_MS)
  const next = { ...talk, receiver: took.receiver, outbox: leaf === (talk.side === 'expert' ? 0 : talk.reader) ? acknowledged(talk.outbox, seen) : talk.outbox, log: pass(talk, now), dirty: true, ...(ackAt !== undefined && { ackAt }) }
  return [next, [{ do: 'tell', fact: took.heard ? { kind: 'heard', heard: took.heard } : { kind: 'changed' } }]]
}

/** Our own commit is in force. */
function confirmed(talk: Talk, group: Group, now: number): Did {
  const { flight, staleIn, reader, ...rest } = talk
  if (!flight?.wish) return stop(talk, 'lying')
  const { wish } = flight
  // Whoever reads what we say is still there, or somebody else reads from now on.
  const stays = wish.what === 'update' || (reader !== undefined && group.others.includes(reader))
  const next: Talk = {
    ...rest, ...(stays && reader !== undefined && { reader }), group, outbox: stays ? talk.outbox : newReader(talk.outbox), receiver: members(talk.receiver, group.others, 0), log: pass(talk, now),
    wishes: talk.wishes.filter(other => other !== wish && (other.what !== 'remove' || group.others.includes(other.leaf))), spoken: { count: 0, since: 0 }, restored: flight.old === true, dirty: true, pauses: 0,
  }
  return [next, [{ do: 'tell', fact: { kind: 'committed', wish, group } }]]
}

/** Whether an own line has not moved for so long that it reads "failed, try again" (V34). */
export const failing = ({ outbox, may, maySince }: Talk, now: number): boolean =>
  outbox.queue.length > 0 && may === 'all' && now - Math.max(outbox.progressAt, maySince) >= FAILED_MS

/** Whether an acknowledgement has been missing for 30 s while the other was connected (crypto.md 7). */
export const notArrived = (talk: Talk, now: number): boolean =>
  talk.link && talk.peerSince !== undefined && talk.outbox.waiting.some(({ at }) => togetherAt(talk, now) - at >= NOT_ARRIVED_MS)

/** When one of the two above will become true. */
export function nextNotice(talk: Talk, now: number): number {
  const { outbox, peerSince, link, may, maySince } = talk
  const failed = outbox.queue.length > 0 && may === 'all' ? Math.max(outbox.progressAt, maySince) + FAILED_MS : Infinity
  const oldest = outbox.waiting[0]
  const missing = link && oldest && peerSince !== undefined ? now + oldest.at - togetherAt(talk, now) + NOT_ARRIVED_MS : Infinity
  return Math.min(...[failed, missing].map(time => (time > now ? time : Infinity)))
}
