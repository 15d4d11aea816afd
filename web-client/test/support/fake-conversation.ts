import { toBase64Url, type Bytes } from '../../src/crypto/bytes'
import { decodeAddEnvelope } from '../../src/crypto/session/addEnvelope'
import type { Envelope, EnvelopeKind } from '../../src/wire/envelope'
import type { Id } from '../../src/wire/read'
import type { RefusalCode } from '../../src/wire/refused'

export type Side = 'visitor' | 'expert'
export type State = 'waiting' | 'claimed' | 'joining' | 'talking' | 'ended'
export type Append = { seq: number } | { code: RefusalCode }

const SIZES = [462, 1230, 4302]
const COMMIT = 3
const APPLICATION = 1

/** What protocol.md §8 lets the server read: group, epoch, content type of a PrivateMessage (RFC 9420 §6.3). */
function framing(bytes: Bytes): { group: string; epoch: number; type: number } | undefined {
  if (bytes.length < 30 || bytes[1] !== 1 || bytes[3] !== 2 || bytes[4] !== 16) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return { group: toBase64Url(bytes.subarray(5, 21)), epoch: Number(view.getBigUint64(21)), type: bytes[29] as number }
}

/** One conversation as protocol.md §7–8 has it: one current epoch, the first commit in it, envelopes by id once, a log with a cursor for each. */
export class FakeConversation {
  state: State = 'waiting'
  why: 'left' | 'closed' | 'gone' | 'expired' = 'left'
  again: 'vanished' | 'released' | 'no-join' | null = null
  claim: { id: Id; desk: Id; slot: 1 | 2; keyPackage: Bytes; statement: Bytes; at: number; addSeq: number } | undefined
  log: Envelope[] = []
  seq = 0
  rev = 1
  missed = 0
  group: string | undefined
  epoch = 0
  acked: Record<Side, number> = { visitor: 0, expert: 0 }
  /** The most envelopes that both have not acknowledged (protocol.md §10). */
  unacknowledged = Infinity
  visitorGoneAt: number | undefined
  expertGoneAt: number | undefined
  private readonly answers = new Map<string, Append>()

  constructor(readonly id: Id, readonly language: string, public arrival: number) {}

  /** The same id again gets the same answer, whatever has happened since. */
  append(side: Side, id: Id, kind: EnvelopeKind, body: Bytes): Append {
    const known = this.answers.get(id)
    if (known) return known
    const code = this.refuses(side, kind, body)
    if (code) return { code }
    this.count(kind, body)
    const answer = { seq: ++this.seq }
    this.log.push({ seq: this.seq, id, from: side, kind, body })
    this.answers.set(id, answer)
    if (kind === 'add' && this.claim) Object.assign(this, { state: 'joining', claim: { ...this.claim, addSeq: this.seq } })
    this.rev++
    return answer
  }

  private refuses(side: Side, kind: EnvelopeKind, body: Bytes): RefusalCode | undefined {
    if (this.state === 'ended') return 'closed'
    const frame = framing(kind === 'add' ? decodeAddEnvelope(body).commit : body)
    if (!frame || frame.type !== (kind === 'message' ? APPLICATION : COMMIT)) return 'malformed'
    if (kind === 'message' && !SIZES.includes(body.length)) return 'malformed'
    if (!this.allows(side, kind)) return 'not-now'
    const fresh = kind === 'add' && (this.group === undefined || (frame.group !== this.group && frame.epoch === 0))
    if (!fresh && (frame.group !== this.group || frame.epoch !== this.epoch)) return 'stale-epoch'
    return this.seq - Math.min(this.acked.visitor, this.acked.expert) >= this.unacknowledged ? 'limit' : undefined
  }

  private allows(side: Side, kind: EnvelopeKind): boolean {
    if (kind === 'add') return side === 'visitor' && this.state === 'claimed'
    if (kind === 'message') return this.state === 'joining' || this.state === 'talking'
    return side === 'visitor' ? this.state !== 'waiting' : this.state === 'talking'
  }

  private count(kind: EnvelopeKind, body: Bytes): void {
    if (kind === 'message') return
    const frame = framing(kind === 'add' ? decodeAddEnvelope(body).commit : body)
    this.group = frame?.group
    this.epoch = (frame?.epoch ?? 0) + 1
  }

  /** An expert reads from the add that brought her in. */
  fetch(side: Side, after: number, limit: number): { items: Envelope[]; more: boolean } {
    const from = side === 'expert' ? Math.max(after, (this.claim?.addSeq || Infinity) - 1) : after
    const all = this.log.filter(envelope => envelope.seq > from)
    return { items: all.slice(0, limit), more: all.length > limit }
  }

  ack(side: Side, seq: number): void {
    this.acked[side] = Math.max(this.acked[side], seq)
    if (side === 'expert' && this.state === 'joining' && this.claim && seq >= this.claim.addSeq) {
      this.state = 'talking'
      this.missed = 0
      this.rev++
    }
    const done = Math.min(this.acked.visitor, this.claim ? this.acked.expert : Infinity)
    this.log = this.log.filter(envelope => envelope.seq > done)
  }

  /** Nobody joined: the end of the line, or the end (protocol.md §7). @returns whether she waits on */
  miss(again: 'released' | 'no-join', here: boolean, last: () => number): boolean {
    if (this.state === 'joining' || here) this.missed = this.state === 'claimed' ? Math.max(2, this.missed + 1) : this.missed + 1
    if (this.missed > 2) return false
    if (this.missed === 2) this.arrival = last()
    this.release(again)
    return true
  }

  /** First in line again. */
  release(again: 'vanished' | 'released' | 'no-join'): void {
    Object.assign(this, { state: 'waiting', again, claim: undefined, expertGoneAt: undefined })
    this.acked.expert = 0
    this.rev++
  }

  end(why: FakeConversation['why']): void {
    if (this.state === 'ended') return
    Object.assign(this, { state: 'ended', why })
    this.rev++
  }
}
