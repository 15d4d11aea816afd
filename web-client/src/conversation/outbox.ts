import { equal, type Bytes } from '../crypto/bytes'
import type { Id } from '../wire/read'
import type { LineState } from './line'

export type MessageKind = 'text' | 'tap' | 'phrase' | 'hello'

/** One thing to say: in as many parts as it needs, under one id for ever. */
export interface Message {
  readonly id: Id
  readonly kind: MessageKind
  readonly parts: readonly Bytes[]
  /** The statement of the one it was written to; absent while it waits for whoever comes first (V27). The visitor's only. */
  readonly to?: Bytes
}

/** Stored by the server, not yet acknowledged by the other. `counter`: of its last part. */
export interface Unacknowledged {
  readonly message: Message
  readonly counter: number
  /** How long both had been connected when it was stored (`togetherAt`). */
  readonly at: number
}

/**
 * What this side still has to say, in order. The first message stays in the queue while a part of it is on its way
 * (crypto.md 6: one ciphertext in flight), so nothing needs to be put back when the server refuses it.
 */
export interface Outbox {
  readonly queue: readonly Message[]
  /** The part of the first message that goes next. */
  readonly part: number
  /** Own counter of the last payload that was stored (crypto.md 7). */
  readonly counter: number
  readonly waiting: readonly Unacknowledged[]
  /** Stored for somebody who is gone and never said that she had it. */
  readonly orphans: readonly Message[]
  /** Written to somebody who was gone before it left: it stays here until the visitor says that another may have it. */
  readonly held: readonly Message[]
  /** When something was last stored, or tried again by hand. */
  readonly progressAt: number
}

export const emptyOutbox: Outbox = { queue: [], part: 0, counter: 0, waiting: [], orphans: [], held: [], progressAt: 0 }

const without = (all: readonly Message[], gone: readonly Message[]): readonly Message[] => all.filter(({ id }) => !gone.some(message => message.id === id))

/** At the end of the queue. */
export const say = (outbox: Outbox, ...messages: Message[]): Outbox => ({
  ...outbox,
  queue: [...outbox.queue, ...messages],
  orphans: without(outbox.orphans, messages),
  held: without(outbox.held, messages),
})

/** Before everything that has not begun; what has begun to go out (`begun`) keeps its place. */
export function sayFirst(outbox: Outbox, begun: boolean, ...messages: Message[]): Outbox {
  const at = begun || outbox.part > 0 ? 1 : 0
  const queue = [...outbox.queue.slice(0, at), ...messages, ...outbox.queue.slice(at)]
  return { ...outbox, queue, orphans: without(outbox.orphans, messages), held: without(outbox.held, messages) }
}

/** The server has the payload with this counter; `message`: the first of the queue, or none for a bare acknowledgement. */
export function stored(outbox: Outbox, counter: number, message: Message | undefined, now: number, together: number): Outbox {
  const next = { ...outbox, counter, progressAt: now }
  if (!message) return next
  if (outbox.part + 1 < message.parts.length) return { ...next, part: outbox.part + 1 }
  const waiting = message.kind === 'hello' ? outbox.waiting : [...outbox.waiting, { message, counter, at: together }]
  return { ...next, part: 0, queue: outbox.queue.slice(1), waiting }
}

/** The other has everything up to this counter. */
export const acknowledged = (outbox: Outbox, counter: number): Outbox =>
  outbox.waiting.some(entry => entry.counter <= counter)
    ? { ...outbox, waiting: outbox.waiting.filter(entry => entry.counter > counter) }
    : outbox

/** Somebody else reads from now on: a line that was half said begins anew, and nobody will acknowledge the older ones. */
export const newReader = (outbox: Outbox): Outbox => ({
  ...outbox,
  part: 0,
  waiting: [],
  orphans: [...outbox.orphans, ...outbox.waiting.map(entry => entry.message)],
})

/** Another one has her from now on, who was there since `from`: what was said before that she has not read, and what has still to be said is for her. */
export const handedTo = (outbox: Outbox, to: Bytes, from: number): Outbox => ({
  ...outbox,
  queue: outbox.queue.map(message => ({ ...message, to })),
  waiting: outbox.waiting.filter(({ counter }) => counter > from),
  orphans: [...outbox.orphans, ...outbox.waiting.filter(({ counter }) => counter <= from).map(({ message }) => message)],
})

const isFor = ({ to }: Message, statement: Bytes): boolean => to !== undefined && equal(to, statement)

/** She who has this statement is there: what waited for whoever would come is hers, what was written to another is held back. */
export function readBy(outbox: Outbox, to: Bytes): Outbox {
  const others = outbox.queue.filter(message => message.to && !isFor(message, to))
  return { ...outbox, queue: without(outbox.queue, others).map(message => ({ ...message, to })), held: [...outbox.held, ...others] }
}

/** What she who has this statement was told, and never said that she had. */
export const unheardBy = ({ orphans }: Outbox, statement: Bytes): readonly Message[] => orphans.filter(message => isFor(message, statement))

/** All that the other has not said she had, in order, to be said again to the same person: nothing of it is under way. */
export const unheard = ({ orphans, waiting, queue }: Outbox): readonly Message[] =>
  [...orphans, ...waiting.map(entry => entry.message), ...queue].filter(({ kind }) => kind !== 'hello')

/** What the screen says of an own line (V34). `failing`: nothing has moved for too long. */
export function lineState(outbox: Outbox, id: string, failing: boolean): LineState {
  if (outbox.queue.some(message => message.id === id)) return failing ? 'failed' : 'sending'
  if (outbox.held.some(message => message.id === id)) return 'held'
  if (outbox.waiting.some(entry => entry.message.id === id) || outbox.orphans.some(orphan => orphan.id === id)) return 'sent'
  return 'received'
}
