import { concat, type Bytes, type Bytes16 } from '../bytes'
import { CryptoError, demand } from '../errors'
import { Reader, sized16, u16, u32, u8 } from '../reader'

/** What a message is; `other` is a kind that a newer client knows: counted, and otherwise passed over. */
export type PayloadKind = 'text' | 'tap' | 'phrase' | 'ack' | 'hello' | 'bye' | 'other'

/** The plaintext of a message envelope (docs/formats.md §7). */
export interface Payload {
  /** The message's own id, the same when it is sealed again for another epoch. */
  id: Bytes16
  /** Of its sender in this group, from 1, without gaps. */
  counter: number
  /** The highest counter without a gap that the sender has from each other member; ascending by leaf. */
  seen: { leaf: number; counter: number }[]
  kind: PayloadKind
  /** Part i of n, from 0. */
  part: { i: number; n: number }
  body: Bytes
}

const VERSION = 1
const KINDS = ['text', 'tap', 'phrase', 'ack', 'hello', 'bye'] as const
export const CLASSES: readonly number[] = [256, 1024, 4096]
/** So that a part fits whatever `seen` says. */
export const LONGEST_BODY = 3968
const MOST_SEEN = 16

const ascending = (list: { leaf: number }[]): boolean => list.every((item, i) => i === 0 || (list[i - 1] as { leaf: number }).leaf < item.leaf)

const valid = ({ counter, seen, part, body }: Payload): boolean =>
  counter >= 1 && counter <= 0xffffffff && part.i < part.n && part.n <= 255 && seen.length <= MOST_SEEN && ascending(seen) && body.length <= LONGEST_BODY

/** Padded to the smallest class that holds it; throws `misuse` beyond the limits. */
export function encodePayload(p: Payload): Bytes {
  const kind = KINDS.findIndex(name => name === p.kind) + 1
  demand(kind > 0 && p.id.length === 16 && valid(p), 'misuse')
  const content = concat(
    u8(VERSION), p.id, u32(p.counter), u8(kind), u8(p.part.i), u8(p.part.n),
    u8(p.seen.length), ...p.seen.flatMap(s => [u16(s.leaf), u32(s.counter)]), sized16(p.body),
  )
  const padded = new Uint8Array(CLASSES.find(size => content.length <= size) as number)
  padded.set(content)
  return padded
}

/** Reads it back; throws `malformed`. */
export function decodePayload(bytes: Uint8Array): Payload {
  if (!CLASSES.includes(bytes.length)) throw new CryptoError('malformed')
  const r = new Reader(bytes)
  r.check(r.u8() === VERSION)
  const [id, counter, kind] = [r.bytesOf(16), r.u32(), r.u8()]
  const part = { i: r.u8(), n: r.u8() }
  const seen = r.list(r.u8(), () => ({ leaf: r.u16(), counter: r.u32() }))
  const body = r.sized16()
  const payload: Payload = { id, counter, seen, kind: KINDS[kind - 1] ?? 'other', part, body }
  r.check(r.rest().every(byte => byte === 0) && valid(payload) && kind > 0)
  return payload
}
