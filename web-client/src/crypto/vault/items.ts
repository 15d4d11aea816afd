import { concat, EMPTY, equal, hex, sha256, utf8, zero, type Bytes, type Bytes32 } from '../bytes'
import { demand, refuse } from '../errors'
import { Reader, sized8, u32, u64, u8 } from '../reader'
import type { SecretKey } from './key'

/** Whose it is, and which of hers: what is sealed for one place opens at no other. */
export interface Place { readonly person: string; readonly item: string }

/** What is in an item (docs/formats.md §10). `lines` and `chain` say which history lines belong to it. */
export interface Item {
  /** Of this item, from 1, one more at each write. */
  readonly counter: number
  readonly body: Bytes
  readonly lines: number
  readonly chain: Bytes32
}

const VERSION = 1
/** Lengths say nothing but a class: how long a line is, is nobody's to know. */
const ITEM_CLASSES = [256, 1_024, ...Array.from({ length: 31 }, (_, i) => (i + 1) * 4_096)]
const LINE_CLASSES = [256, 1_024, 4_096, 12_288, 24_448]

export const NO_LINES: Bytes32 = new Uint8Array(32)

const aadOf = (name: string, { person, item }: Place, number: number): Bytes => concat(utf8(name), sized8(utf8(person)), sized8(utf8(item)), u64(number))
const aadOfItem = (place: Place, counter: number): Bytes => aadOf('naast/vault/v1\0', place, counter)
const aadOfLine = (place: Place, number: number): Bytes => aadOf('naast/vault-line/v1\0', place, number)

/** The length of a body, the body, and zero bytes up to its class; throws `misuse` for more than the largest. */
function padded(head: Bytes, body: Bytes, classes: readonly number[]): Bytes {
  const size = classes.find(one => one >= body.length) ?? refuse('misuse')
  const all = new Uint8Array(head.length + 4 + size)
  all.set(head)
  all.set(u32(body.length), head.length)
  all.set(body, head.length + 4)
  return all
}

async function sealed(key: SecretKey, number: number, aad: Bytes, plaintext: Bytes): Promise<Bytes> {
  try {
    return concat(u8(VERSION), u64(number), await key.seal(plaintext, aad))
  } finally {
    zero(plaintext)
  }
}

/** The number in front, and what is sealed behind it. */
function numbered(bytes: Uint8Array): { number: number; rest: Bytes } {
  const r = new Reader(bytes)
  r.check(r.u8() === VERSION)
  return { number: r.u64(), rest: r.rest() }
}

/** Reads a plaintext and overwrites it; what is padding must be zero. */
function read<T>(plaintext: Bytes, what: (r: Reader) => T): T {
  const r = new Reader(plaintext, 'unreadable')
  const found = what(r)
  r.check(r.rest().every(byte => byte === 0))
  zero(plaintext)
  return found
}

/** For the server to keep. */
export const sealItem = async (key: SecretKey, place: Place, { counter, body, lines, chain }: Item): Promise<Bytes> =>
  sealed(key, counter, aadOfItem(place, counter), padded(concat(u64(lines), chain), body, ITEM_CLASSES))

/** Throws `malformed` or `unreadable`: another key, another person's, another item's, or changed in any bit. */
export async function openItem(key: SecretKey, place: Place, bytes: Uint8Array): Promise<Item> {
  const { number, rest } = numbered(bytes)
  const plaintext = await key.open(rest, aadOfItem(place, number))
  return read(plaintext, r => ({ counter: number, lines: r.u64(), chain: r.bytesOf(32), body: r.sized32() }))
}

/** One history line; `number` from 1, in the order in which they were written. */
export const sealLine = async (key: SecretKey, place: Place, number: number, line: Bytes): Promise<Bytes> =>
  sealed(key, number, aadOfLine(place, number), padded(EMPTY, line, LINE_CLASSES))

export const chained = async (chain: Bytes32, line: Bytes): Promise<Bytes32> => sha256(concat(chain, await sha256(line)))

/** The history lines of an item, in order; throws `unreadable` unless they are all there, each in its place. What was written since is left out. */
export async function openLines(key: SecretKey, place: Place, { lines, chain }: Item, all: readonly Bytes[]): Promise<Bytes[]> {
  demand(all.length >= lines, 'unreadable')
  const bytes = all.slice(0, lines)
  let found = NO_LINES
  for (const line of bytes) found = await chained(found, line)
  demand(equal(found, chain), 'unreadable')
  return Promise.all(bytes.map(async (line, i) => {
    const { number, rest } = numbered(line)
    demand(number === i + 1, 'unreadable')
    return read(await key.open(rest, aadOfLine(place, number)), r => r.sized32())
  }))
}

/**
 * What was seen of each item since the page was loaded. A server that answers with an older one, or with another under the same counter, is refused
 * with `stale`. What it did before this page was loaded cannot be seen here: the next commit shows it.
 */
export class Witness {
  private readonly seen = new Map<string, { counter: number; hash: string }>()

  async note(item: string, counter: number, bytes: Bytes): Promise<void> {
    const hash = hex(await sha256(bytes))
    const before = this.seen.get(item)
    demand(!before || counter > before.counter || (counter === before.counter && hash === before.hash), 'stale')
    this.seen.set(item, { counter, hash })
  }

  /** It is not among what the server answered: `stale` where it was seen before. */
  missing(item: string): void { demand(!this.seen.has(item), 'stale') }

  forget(item: string): void { this.seen.delete(item) }
}
