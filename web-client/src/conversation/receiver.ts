import type { Bytes } from '../crypto/bytes'
import type { Id } from '../wire/read'
import { KEPT, LONGEST_TEXT, MOST_PARTS } from './limits'
import { textOf } from './text'

/** A payload as it came out of the encryption; ids as text. */
export interface Arrived {
  readonly id: Id
  readonly counter: number
  readonly kind: string
  readonly part: { readonly i: number; readonly n: number }
  readonly body: Bytes
}

/** A whole thing that somebody said, once. */
export interface Heard {
  readonly id: Id
  readonly leaf: number
  readonly kind: string
  readonly parts: readonly Bytes[]
}

/** `undefined`: we joined after this member; her first payload is a hello and says where her counter stands. */
type Counter = number | undefined

/** What has arrived of whom (crypto.md 7). */
export interface Receiver {
  readonly counters: ReadonlyMap<number, Counter>
  /** Ids of what was heard whole, the last `KEPT`: the same thing said again is passed over. */
  readonly heard: ReadonlySet<Id>
  readonly partial?: { readonly leaf: number; readonly id: Id; readonly parts: readonly Bytes[] }
}

export const emptyReceiver: Receiver = { counters: new Map(), heard: new Set() }

/** Members as they are now: who is new begins at `from`, who is gone is forgotten. */
export function members(receiver: Receiver, leaves: readonly number[], from: Counter): Receiver {
  const counters = new Map(leaves.map(leaf => [leaf, receiver.counters.has(leaf) ? receiver.counters.get(leaf) : from]))
  return { ...receiver, counters }
}

/** Was not taken in: if it is said again, it is heard. */
export const unheard = (receiver: Receiver, id: Id): Receiver => ({ ...receiver, heard: new Set([...receiver.heard].filter(other => other !== id)) })

/** For the payload's `seen`: leaves ascending. */
export const seenBy = (receiver: Receiver): { leaf: number; counter: number }[] =>
  [...receiver.counters]
    .map(([leaf, counter]) => ({ leaf, counter: counter ?? 0 }))
    .filter(({ counter }) => counter > 0)
    .sort((a, b) => a.leaf - b.leaf)

/** Whether this is the one payload that may come next from this member: nothing is missing before it, and it is not an old one. */
function follows({ counters }: Receiver, leaf: number, { counter, kind }: Arrived): boolean {
  if (!counters.has(leaf)) return false
  const last = counters.get(leaf)
  return last === undefined ? kind === 'hello' : counter === last + 1
}

/** No client of ours says more at a time than a person may write (limits.ts). */
const tooLong = ({ kind, part }: Arrived, parts: readonly Bytes[]): boolean =>
  part.n > MOST_PARTS || (kind === 'text' && textOf(parts).length > LONGEST_TEXT)

/** The parts of the line that is arriving, this one included; undefined when it does not fit. */
function partsWith({ partial }: Receiver, leaf: number, { id, part, body }: Arrived): readonly Bytes[] | undefined {
  if (part.i === 0) return [body]
  const fits = partial?.leaf === leaf && partial.id === id && partial.parts.length === part.i
  return fits ? [...partial.parts, body] : undefined
}

/**
 * Takes in one payload: what is heard whole now, if anything. `gap`: something before it is missing, it does not fit, or
 * it is longer than anybody may write: the server dropped something, or somebody lies, and the conversation must stop.
 */
export function take(receiver: Receiver, leaf: number, arrived: Arrived): { receiver: Receiver; heard?: Heard } | 'gap' {
  const parts = follows(receiver, leaf, arrived) ? partsWith(receiver, leaf, arrived) : undefined
  if (!parts || tooLong(arrived, parts)) return 'gap'
  const { id, kind, part } = arrived
  const counters = new Map(receiver.counters).set(leaf, arrived.counter)
  if (kind === 'ack') return { receiver: { ...receiver, counters } }
  if (parts.length < part.n) return { receiver: { ...receiver, counters, partial: { leaf, id, parts } } }
  if (receiver.heard.has(id)) return { receiver: { counters, heard: receiver.heard } }
  return { receiver: { counters, heard: new Set([...receiver.heard].slice(1 - KEPT)).add(id) }, heard: { id, leaf, kind, parts } }
}
