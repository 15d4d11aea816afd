import { TRANSPORT_ACK_DELAY_MS, UPDATE_AFTER_MESSAGES, UPDATE_AFTER_MS } from './limits'
import { advance, behind, shouldRead, type Log } from './log'
import { stored } from './outbox'
import { seenBy } from './receiver'
import { togetherAt, type Flight, type StopReason, type Talk, type TalkEffect, type Wish } from './talk'

/** A new state and what must be done. */
export type Step<S, E> = readonly [S, readonly E[]]
type Did = Step<Talk, TalkEffect>
/** One thing that can be done now; undefined when it cannot. */
type Rule = (talk: Talk, now: number) => Did | undefined

/** Stops for good. Nothing is sealed, sent, opened or acknowledged after it. */
export function stop(talk: Talk, why: StopReason): Did {
  const { flight, ackAt, busy, ...rest } = talk
  return [{ ...rest, stopped: true, may: 'nothing', wishes: [] }, [{ do: 'tell', fact: { kind: 'stopped', why } }]]
}

/** Past the next envelope; an expert's "I am in" (protocol.md §7) goes at once. */
export function pass(talk: Talk, now: number): Log {
  const joined = talk.side === 'expert' && talk.log.inbox[0]?.kind === 'add'
  return advance(talk.log, joined ? now : now + TRANSPORT_ACK_DELAY_MS)
}

/** Own envelopes are passed over: we know what they say. */
const passOwn: Rule = (talk, now) => {
  const { log, flight } = talk
  const known = log.own.get(log.cursor + 1)
  if (!known) return undefined
  if (log.inbox[0] && log.inbox[0].id !== known) return stop(talk, 'lying')
  if (flight?.seq === log.cursor + 1) return [{ ...talk, busy: 'confirm' }, [{ do: 'confirm' }]]
  return [{ ...talk, log: pass(talk, now), dirty: true }, []]
}

/** The envelope that is on its way stands in the log: its answer was lost. */
const ownFromLog: Rule = (talk, now) => {
  const next = talk.log.inbox[0]
  return next && talk.flight?.envelope === next.id ? storedAt(talk, talk.flight, next.seq, now) : undefined
}

/** The next envelope: somebody else's, or one from before a restore. Whose it is, the encryption says, and not the server. */
const openNext: Rule = talk => {
  const next = talk.log.inbox[0]
  if (!next) return undefined
  if (talk.group) return [{ ...talk, busy: 'open' }, [{ do: 'open', envelope: next }]]
  return next.kind === 'add' ? [{ ...talk, busy: 'join' }, [{ do: 'join', envelope: next }]] : stop(talk, 'lying')
}

/** Before anything leaves that a copy must know of: a commit, an acknowledgement (crypto.md 11). */
const save: Rule = talk => (talk.dirty ? [{ ...talk, busy: 'save', dirty: false }, [{ do: 'save' }]] : undefined)

const fetchMore: Rule = (talk, now) => {
  const { log, link, staleIn } = talk
  if (!link || log.reading || !(shouldRead(log, now) || staleIn)) return undefined
  return [{ ...talk, log: { ...log, reading: true } }, [{ do: 'fetch', after: log.cursor + log.inbox.length }]]
}

/** crypto.md 11: a commit from before a restore may stand in the log already, which is read first. */
const mayBeThere = ({ flight, log }: Talk): boolean => flight?.old === true && (log.readAt === 0 || log.reading || log.inbox.length > 0)

const sendFlight: Rule = (talk, now) => {
  const { flight, link } = talk
  if (talk.held && flight?.kind === 'message') return undefined
  if (!flight || !link || talk.readOnly || flight.asked || flight.seq !== undefined || now < flight.notBefore || mayBeThere(talk)) return undefined
  const { envelope, kind, body } = flight
  return [{ ...talk, flight: { ...flight, asked: true } }, [{ do: 'append', id: envelope, kind, body }]]
}

const ackLog: Rule = (talk, now) => {
  const { log, link } = talk
  if (!link || log.ackAt === undefined || now < log.ackAt) return undefined
  const { ackAt, ...rest } = log
  return [{ ...talk, log: { ...rest, acked: log.cursor } }, [{ do: 'ack', seq: log.cursor }]]
}

/** After a restore the log is read to its end before anything new is made: what stands there may show that the copy is not the newest. */
const unread = ({ restored, log }: Talk): boolean => restored && (log.readAt === 0 || log.reading)

/** Whether something new may be sealed: nothing is on its way, and the log holds nothing that we have not read. */
const ready = (talk: Talk, now: number): boolean => {
  const { flight, link, log, staleIn, pauseUntil, group } = talk
  return group !== undefined && !flight && link && !staleIn && log.inbox.length === 0 && !behind(log) && !unread(talk) && now >= pauseUntil
}

/** Whether there is a message, or a bare acknowledgement, to seal now. */
function due({ may, outbox, ackAt, restored, side }: Talk, now: number): boolean {
  const [next] = outbox.queue
  // A restored desk's first word is an update, and the server takes none of hers before she is in.
  if (may === 'greeting') return next?.kind === 'hello' && !(restored && side === 'expert')
  return may === 'all' && (next !== undefined || (ackAt !== undefined && now >= ackAt))
}

/** crypto.md 10: before the next send, and first of all after a restore. */
const updateDue = ({ restored, spoken }: Talk, now: number): boolean =>
  restored || spoken.count >= UPDATE_AFTER_MESSAGES || (spoken.count > 0 && now - spoken.since >= UPDATE_AFTER_MS)

/** Whoever is in when somebody is to be added leaves first, whatever was known when it was wished for, but for the one it is to be beside. */
function wanted({ wishes: [wish], group }: Talk): Wish | undefined {
  const sitting = wish?.what === 'add' ? group?.others.find(leaf => leaf !== wish.beside) : undefined
  return wish?.what === 'add' && sitting !== undefined ? { what: 'remove', leaf: sitting } : wish
}

/** A restored desk waits for nothing to say: what it goes on from is shown to be the newest, or is refused. */
const healsAtOnce = ({ restored, side, may }: Talk): boolean => restored && side === 'expert' && may === 'all'

const stageCommit: Rule = (talk, now) => {
  if (!ready(talk, now) || talk.may === 'nothing') return undefined
  const update: Wish | undefined = healsAtOnce(talk) || (due(talk, now) && updateDue(talk, now)) ? { what: 'update' } : undefined
  const wish = wanted(talk) ?? update
  return wish && [{ ...talk, busy: 'stage' }, [{ do: 'stage', wish }]]
}

const sealNext: Rule = (talk, now) => {
  if (!ready(talk, now) || !due(talk, now)) return undefined
  const { ackAt, ...rest } = talk
  const { queue, part, counter } = talk.outbox
  const message = queue[0]
  const payload = { counter: counter + 1, seen: seenBy(talk.receiver), part: { i: part, n: message?.parts.length ?? 1 } }
  return [{ ...rest, busy: 'seal' }, [{ do: 'seal', payload, ...(message && { message }) }]]
}

/** In this order: what came is read before anything new is said, so that nothing is sealed for an epoch that is over. */
const rules: readonly Rule[] = [passOwn, ownFromLog, openNext, save, fetchMore, sendFlight, ackLog, stageCommit, sealNext]

/** The server has the flight, as number `seq`. */
export function storedAt(talk: Talk, flight: Flight, seq: number, now: number): Did {
  const taken = talk.log.inbox.find(envelope => envelope.seq === seq)
  if (seq <= talk.log.cursor || talk.log.own.has(seq) || (taken && taken.id !== flight.envelope)) return stop(talk, 'lying')
  const log = { ...talk.log, own: new Map(talk.log.own).set(seq, flight.envelope), known: Math.max(talk.log.known, seq) }
  if (flight.kind !== 'message') return [{ ...talk, log, flight: { ...flight, asked: false, seq } }, []]
  return [landed({ ...talk, log }, flight, now), [{ do: 'tell', fact: { kind: 'changed' } }]]
}

function landed(talk: Talk, { message }: Flight, now: number): Talk {
  const { flight, ...rest } = talk
  const { count, since } = talk.spoken
  const spoken = message ? { count: count + 1, since: count === 0 ? now : since } : talk.spoken
  return { ...rest, outbox: stored(talk.outbox, talk.outbox.counter + 1, message, now, togetherAt(talk, now)), spoken, dirty: true, pauses: 0 }
}

/** Does everything that can be done now. */
export function pump(talk: Talk, now: number): Did {
  const effects: TalkEffect[] = []
  let at = talk
  while (!at.stopped && !at.busy) {
    const did = first(at, now)
    if (!did) break
    at = did[0]
    effects.push(...did[1])
  }
  return [at, effects]
}

function first(talk: Talk, now: number): Did | undefined {
  for (const rule of rules) {
    const did = rule(talk, now)
    if (did) return did
  }
  return undefined
}

/** When something will be due without anything happening; Infinity for never. */
export function nextDue(talk: Talk, now: number): number {
  const { log, flight, ackAt, pauseUntil, link, may, stopped } = talk
  if (stopped) return Infinity
  const times = [
    link && !log.reading ? log.readAt : Infinity,
    link ? (log.ackAt ?? Infinity) : Infinity,
    flight && !flight.asked && flight.seq === undefined && link ? flight.notBefore : Infinity,
    may === 'all' ? (ackAt ?? Infinity) : Infinity,
    pauseUntil > now ? pauseUntil : Infinity,
  ]
  return Math.min(...times.map(time => (time > now ? time : Infinity)))
}
