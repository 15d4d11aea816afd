import { mlsExporter, type ClientState } from './mls'
import { EMPTY, concat, random, type Bytes } from '../bytes'
import { demand } from '../errors'
import { Reader, sized8, u32, u64, u8 } from '../reader'
import { decryptAead, encryptAead } from '../suite/hpke'
import { suite } from './provider'

/** Something that is true now and never stored: typing, page hidden, left quickly (docs/formats.md §8). */
export interface Signal { leaf: number; body: Bytes }

const VERSION = 1
const PLAIN = 32
const SIZE = 81
/** Above all others: sealed beforehand, sent at once when she goes. */
const LAST = Number.MAX_SAFE_INTEGER

/**
 * The signals of one epoch. Their key is exported and their nonce random, so that a lost or doubled signal never touches the ratchet
 * that carries words.
 */
export class Signals {
  private sent = 0
  private readonly heard = new Map<number, number>()
  private constructor(private readonly key: Uint8Array, private readonly groupId: Uint8Array, readonly epoch: number, private readonly leaf: number) {}

  static async of(state: ClientState): Promise<Signals> {
    const key = await mlsExporter(state.keySchedule.exporterSecret, 'naast signal', EMPTY, 16, suite)
    return new Signals(key, state.groupContext.groupId, Number(state.groupContext.epoch), state.privatePath.leafIndex)
  }

  /** 81 bytes, whatever the body (≤ 31 bytes; else `misuse`). After the `last` one nothing of hers is heard in this epoch. */
  async seal(body: Bytes, last: boolean): Promise<Bytes> {
    demand(body.length < PLAIN, 'misuse')
    const head = concat(u64(this.epoch), u32(this.leaf), u64(last ? LAST : ++this.sent))
    const nonce = random(12)
    const plain = concat(sized8(body), new Uint8Array(PLAIN - 1 - body.length))
    return concat(u8(VERSION), head, nonce, await encryptAead(this.key, nonce, concat(this.groupId, head), plain))
  }

  /** Undefined for anything old, forged, foreign or our own. */
  async open(bytes: Bytes): Promise<Signal | undefined> {
    if (bytes.length !== SIZE || bytes[0] !== VERSION) return undefined
    const r = new Reader(bytes.subarray(1))
    const head = r.bytesOf(20)
    const [nonce, sealed] = [r.bytesOf(12), r.rest()]
    // Another epoch or group has another key, so this refuses it as it refuses a forgery.
    const plain = await decryptAead(this.key, nonce, concat(this.groupId, head), sealed).catch(() => undefined)
    return plain && this.hear(head, plain)
  }

  private hear(head: Bytes, plain: Bytes): Signal | undefined {
    const r = new Reader(head.subarray(8))
    const [leaf, counter] = [r.u32(), r.u64()]
    if (leaf === this.leaf || counter <= (this.heard.get(leaf) ?? 0)) return undefined
    this.heard.set(leaf, counter)
    return { leaf, body: plain.slice(1, 1 + (plain[0] as number)) }
  }

  forget(): void {
    this.key.fill(0)
  }
}
