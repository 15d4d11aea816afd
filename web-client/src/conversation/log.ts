import type { Envelope } from '../wire/envelope'
import type { Id } from '../wire/read'

/** A client reads on from its cursor on this slow timer, whatever was pushed (protocol.md §1). */
const SLOW_READ_MS = 30_000
/** How often an envelope the server speaks of may be missing from its log before we call that a lie. */
const PATIENCE = 4

/** Where a client stands in a conversation's log. What is pushed is a hint; the log, read in order without gaps, is true. */
export interface Log {
  /** Everything up to here has been taken in. */
  readonly cursor: number
  /** The server spoke of envelopes up to here. */
  readonly known: number
  /** Whether nothing has been read yet and the log may begin anywhere, with an `add` (an expert's). */
  readonly anywhere: boolean
  /** What comes right after the cursor, in order. */
  readonly inbox: readonly Envelope[]
  /** Own envelopes that the server said it stored, beyond the cursor. */
  readonly own: ReadonlyMap<number, Id>
  readonly reading: boolean
  readonly readAt: number
  /** Readings on end that did not bring what the server speaks of. */
  readonly missed: number
  /** Acknowledged to the server up to here, and when the next acknowledgement goes. */
  readonly acked: number
  readonly ackAt?: number
}

export const emptyLog = (anywhere: boolean): Log => ({
  cursor: 0, known: 0, anywhere, inbox: [], own: new Map(), reading: false, readAt: 0, missed: 0, acked: 0,
})

const end = (log: Log): number => log.cursor + log.inbox.length

/** There is something up to `seq`. */
export const spokenOf = (log: Log, seq: number): Log =>
  seq > log.known ? { ...log, known: seq, readAt: log.anywhere ? 0 : log.readAt } : log

/** One that was pushed: kept if it comes next, else only a hint. */
export function pushed(log: Log, envelope: Envelope): Log {
  const next = spokenOf(log, envelope.seq)
  if (log.anywhere) return envelope.kind === 'add' ? beginAt(next, envelope) : next
  return envelope.seq === end(log) + 1 ? { ...next, inbox: [...log.inbox, envelope] } : next
}

const beginAt = (log: Log, envelope: Envelope): Log => ({ ...log, anywhere: false, cursor: envelope.seq - 1, inbox: [envelope] })

/** Whether the numbers go up by one. */
const ordered = (items: readonly Envelope[]): boolean => items.every((item, i) => i === 0 || item.seq === (items[i - 1] as Envelope).seq + 1)

/** What a reading brought; `lie` when there is a gap, or when what the server speaks of keeps missing. */
export function read(log: Log, items: readonly Envelope[], more: boolean, now: number): Log | 'lie' {
  if (!ordered(items)) return 'lie'
  const [first] = items
  if (log.anywhere && first) return first.kind === 'add' ? read({ ...beginAt(log, first), inbox: [] }, items, more, now) : 'lie'
  if (first && first.seq > end(log) + 1) return 'lie'
  const inbox = [...log.inbox, ...items.filter(item => item.seq > end(log))]
  const missing = !more && !log.anywhere && log.known > log.cursor + inbox.length
  const missed = missing ? log.missed + 1 : 0
  if (missed >= PATIENCE) return 'lie'
  return { ...log, inbox, reading: false, missed, readAt: now + (more ? 0 : missing ? 500 * 2 ** missed : SLOW_READ_MS) }
}

/** A reading that brought no answer: again, soon. */
export const notRead = (log: Log, now: number): Log => ({ ...log, reading: false, readAt: now + 1_000 })

/** Read at once: after a reconnect, a refusal. */
export const readNow = (log: Log): Log => ({ ...log, readAt: 0 })

/** Whether the server speaks of more than we have. */
export const behind = (log: Log): boolean => !log.anywhere && log.known > end(log)

/** Whether a reading should begin. */
export const shouldRead = (log: Log, now: number): boolean => !log.reading && (now >= log.readAt || (behind(log) && log.missed === 0))

/** Past the next one; the server may let go of it after `ackAt`. */
export function advance(log: Log, ackAt: number): Log {
  const cursor = log.cursor + 1
  const own = new Map(log.own)
  own.delete(cursor)
  const inbox = log.inbox[0]?.seq === cursor ? log.inbox.slice(1) : log.inbox
  return { ...log, cursor, own, inbox, known: Math.max(log.known, cursor), ackAt: Math.min(log.ackAt ?? ackAt, ackAt) }
}
