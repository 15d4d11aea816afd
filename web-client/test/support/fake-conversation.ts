import { toBase64Url, type Bytes } from '../../src/crypto/bytes'
import { decodeAddEnvelope } from '../../src/crypto/session/addEnvelope'
import type { Envelope, EnvelopeKind } from '../../src/wire/envelope'
import type { Id } from '../../src/wire/read'
import type { Purpose } from '../../src/wire/guest'
import type { RefusalCode } from '../../src/wire/refused'

/** Who was called, and, from `answered` on, who came. */
export interface FakeGuest { call: Id; for: Purpose; warm: boolean; stage: 'called' | 'answered' | 'joining' | 'in'; desk: Id; slot: 1 | 2; keyPackage: Bytes; statement: Bytes; addSeq: number; goneAt: number | undefined }

export type Side = 'visitor' | 'expert' | 'guest'
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
  again: 'vanished' | 'released' | 'no-join' | 'another' | null = null
  claim: { id: Id; desk: Id; slot: 1 | 2; keyPackage: Bytes; statement: Bytes; at: number; addSeq: number } | undefined
  guest: FakeGuest | undefined
  /** Whom she is not given again. */
  readonly passed = new Set<string>()
  log: Envelope[] = []
  seq = 0
  rev = 1
  missed = 0
  group: string | undefined
  epoch = 0
  acked: Record<Side, number> = { visitor: 0, expert: 0, guest: 0 }
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
    if (kind === 'add' && this.guest) Object.assign(this.guest, { stage: 'joining', addSeq: this.seq })
    else if (kind === 'add' && this.claim) Object.assign(this, { state: 'joining', claim: { ...this.claim, addSeq: this.seq } })
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
    if (kind === 'add') return side === 'visitor' && (this.state === 'claimed' || (this.state === 'talking' && this.guest?.stage === 'answered'))
    if (side === 'guest') return this.state === 'talking' && this.guest?.stage === 'in'
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
    const mine = side === 'expert' ? this.claim : this.guest
    const from = side === 'visitor' ? after : Math.max(after, (mine?.addSeq || Infinity) - 1)
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
    const { guest } = this
    if (side === 'guest' && guest?.stage === 'joining' && seq >= guest.addSeq) {
      guest.stage = 'in'
      this.rev++
      if (guest.for === 'transfer' && !guest.warm) this.handOver()
    }
    this.destroy()
  }

  private destroy(): void {
    const { guest } = this
    const reads = guest?.stage === 'joining' || guest?.stage === 'in'
    const done = Math.min(this.acked.visitor, this.claim ? this.acked.expert : Infinity, reads ? Math.max(this.acked.guest, guest.addSeq - 1) : Infinity)
    this.log = this.log.filter(envelope => envelope.seq > done)
  }

  /** Told when a guest has become the lead: the desk that was. */
  onHandOver: (desk: Id) => void = () => undefined

  /** The guest is the lead from now on. */
  handOver(): void {
    const { guest, claim } = this
    if (guest?.stage !== 'in' || !claim) return
    const { call: id, desk, slot, keyPackage, statement, addSeq } = guest
    Object.assign(this, { claim: { id, desk, slot, keyPackage, statement, at: claim.at, addSeq }, guest: undefined, expertGoneAt: guest.goneAt })
    Object.assign(this.acked, { expert: this.acked.guest, guest: 0 })
    this.rev++
    this.onHandOver(claim.desk)
  }

  /** There is none any more. */
  clearGuest(): void {
    this.guest = undefined
    this.acked.guest = 0
    this.rev++
    this.destroy()
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
  release(again: NonNullable<FakeConversation['again']>): void {
    Object.assign(this, { state: 'waiting', again, claim: undefined, guest: undefined, expertGoneAt: undefined })
    Object.assign(this.acked, { expert: 0, guest: 0 })
    this.rev++
  }

  end(why: FakeConversation['why']): void {
    if (this.state === 'ended') return
    Object.assign(this, { state: 'ended', why })
    this.rev++
  }
}
