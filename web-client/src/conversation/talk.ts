import type { Bytes } from '../crypto/bytes'
import type { ErrorCode } from '../crypto/errors'
import type { Payload } from '../crypto/session'
import type { Proof } from '../crypto/statement'
import type { Envelope, EnvelopeKind } from '../wire/envelope'
import type { Id } from '../wire/read'
import type { RefusalCode } from '../wire/refused'
import { emptyLog, type Log } from './log'
import { emptyOutbox, type Message, type Outbox } from './outbox'
import { emptyReceiver, type Heard, type Receiver } from './receiver'

/**
 * What the server and the moment allow to be sent. `commits`: she was claimed; `greeting`: the other is being let in and her
 * first word is awaited; `all`: they talk.
 */
export type May = 'nothing' | 'commits' | 'greeting' | 'all'

/** The encrypted group as this member sees it. */
export interface Group {
  readonly epoch: number
  readonly self: number
  readonly others: readonly number[]
}

/** A commit somebody wants: the visitor alone adds and removes. */
export type Wish =
  | { readonly what: 'update' }
  | { readonly what: 'remove'; readonly leaf: number }
  | { readonly what: 'add'; readonly claim: Id; readonly keyPackage: Bytes; readonly proof: Proof; /** Who stays in the group: everybody else leaves it first. */ readonly beside?: number }

/** The one ciphertext on its way (crypto.md 6): resent unchanged until the server answers. */
export interface Flight {
  readonly kind: EnvelopeKind
  readonly envelope: Id
  readonly body: Bytes
  /** The epoch it was sealed in. */
  readonly epoch: number
  /** The message it is a part of; none for a commit or a bare acknowledgement. */
  readonly message?: Message
  readonly wish?: Wish
  /** Made before a restore: its own update still has to follow. */
  readonly old?: boolean
  /** Sent, and not answered. */
  readonly asked: boolean
  readonly notBefore: number
  readonly tries: number
  /** A commit that was stored, and comes into force when the log has been read up to it. */
  readonly seq?: number
}

/** Why a conversation stops for good: nothing is sent after it. `behind`: somebody else's commit could not be followed (crypto.md 12). */
export type StopReason = 'keys' | 'lying' | 'dropped' | 'behind'

/** One conversation's encrypted traffic, for either side. Pure data; `step-talk.ts` moves it. */
export interface Talk {
  readonly side: 'visitor' | 'expert'
  readonly stopped: boolean
  readonly link: boolean
  readonly may: May
  readonly maySince: number
  readonly group?: Group
  readonly log: Log
  readonly outbox: Outbox
  readonly receiver: Receiver
  /** The visitor's: where the one sits whose acknowledgements count. A desk's words are for the visitor. */
  readonly reader?: number
  readonly flight?: Flight
  /** A message whose answer was lost is not sent again: the server has not taken away yet whom the visitor sent away. */
  readonly held?: boolean
  /** Commits to make, in this order. */
  readonly wishes: readonly Wish[]
  /** One cryptographic operation at a time. */
  readonly busy?: 'seal' | 'open' | 'stage' | 'confirm' | 'save' | 'join'
  /** When an encrypted acknowledgement is due. */
  readonly ackAt?: number
  /** Own messages since the own leaf was renewed, and when the first of them went. */
  readonly spoken: { readonly count: number; readonly since: number }
  /** Restored from a copy: an update goes before all else, and own envelopes may stand in the log that the copy does not know. */
  readonly restored: boolean
  /** The server refused something as of an older epoch than its own: nothing is sealed until the log has shown a later one. */
  readonly staleIn?: { readonly epoch: number; readonly reads: number }
  /** Changed since it was last saved. */
  readonly dirty: boolean
  /** Since when the other is connected, as far as the server says. */
  readonly peerSince?: number
  /** How long both were connected before that, in all: a line that is cut again and again hides nothing by it. */
  readonly together: number
  /** Nothing new is sealed before this. */
  readonly pauseUntil: number
  readonly pauses: number
  /** The conversation is over: what is on its way is not sent again, only read for. */
  readonly readOnly?: boolean
}

export const newTalk = (side: Talk['side']): Talk => ({
  side, stopped: false, link: false, may: 'nothing', maySince: 0, log: emptyLog(side === 'expert'), outbox: emptyOutbox, receiver: emptyReceiver,
  wishes: [], spoken: { count: 0, since: 0 }, restored: false, dirty: false, together: 0, pauseUntil: 0, pauses: 0,
})

/** How long both have been connected, in all. */
export const togetherAt = ({ link, peerSince, together }: Talk, now: number): number => together + (link && peerSince !== undefined ? now - peerSince : 0)

/**
 * A talk as it goes on from a copy: an update first, messages sealed again under their own ids, a commit that was on its way looked
 * for in the log and sent again unchanged (crypto.md 11).
 */
export function restoredTalk(copy: Talk): Talk {
  const { busy, flight, staleIn, peerSince, ...rest } = copy
  const commit = flight && flight.kind !== 'message' ? { flight: { ...flight, old: true, asked: false, notBefore: 0 } } : {}
  // Whether the server heard our last "I need it no more" is not known, and for a desk it may be what says that it is in.
  const log = { ...copy.log, inbox: [], reading: false, readAt: 0, missed: 0, ...(copy.log.cursor > 0 && { ackAt: 0 }) }
  return { ...rest, ...commit, log, link: false, restored: true, outbox: { ...copy.outbox, part: 0 } }
}

/** The server's answer to an append; undefined = the answer was lost, and nobody knows whether it was taken. */
export type AppendAnswer = { readonly t: 'stored'; readonly id: Id; readonly seq: number } | { readonly t: 'refused'; readonly code: RefusalCode } | undefined

/** What the encryption made of an envelope. */
export type Unsealed =
  | { readonly kind: 'message'; readonly leaf: number; readonly payload: Omit<Payload, 'id'> & { readonly id: Id } }
  | { readonly kind: 'commit'; readonly change: 'update' | 'add' | 'remove'; readonly group: Group }
  | { readonly kind: 'removed' }
  /** One of our own that we do not know: from before a restore. */
  | { readonly kind: 'own' }

export type TalkEvent =
  | { readonly kind: 'tick' }
  | { readonly kind: 'link'; readonly on: boolean }
  | { readonly kind: 'may'; readonly may: May }
  | { readonly kind: 'peer'; readonly here: boolean }
  | { readonly kind: 'hold'; readonly on: boolean }
  /** The group stands: made (visitor) or joined (expert). */
  | { readonly kind: 'group'; readonly group: Group }
  | { readonly kind: 'say'; readonly messages: readonly Message[]; readonly first?: boolean; /** Before what has begun, too: that is said anew. */ readonly anew?: boolean }
  | { readonly kind: 'wish'; readonly wishes: readonly Wish[] }
  | { readonly kind: 'retry' }
  | { readonly kind: 'pushed'; readonly envelope: Envelope }
  | { readonly kind: 'spoken-of'; readonly seq: number }
  | { readonly kind: 'fetched'; readonly items?: readonly Envelope[]; readonly more?: boolean; readonly code?: RefusalCode }
  | { readonly kind: 'sealed'; readonly envelope: Id; readonly body: Bytes; readonly message?: Message; readonly counter: number }
  | { readonly kind: 'staged'; readonly envelope: Id; readonly body: Bytes; readonly wish: Wish }
  | { readonly kind: 'opened'; readonly result: Unsealed }
  | { readonly kind: 'confirmed'; readonly group: Group }
  | { readonly kind: 'saved' }
  | { readonly kind: 'failed'; readonly code: ErrorCode }
  | { readonly kind: 'answered'; readonly envelope: Id; readonly answer: AppendAnswer }
  | { readonly kind: 'acked'; readonly ok: boolean }

/** What must be done for a talk; the results come back as events. */
export type TalkEffect =
  | { readonly do: 'seal'; readonly payload: Pick<Payload, 'counter' | 'seen' | 'part'>; readonly message?: Message }
  | { readonly do: 'open'; readonly envelope: Envelope }
  | { readonly do: 'join'; readonly envelope: Envelope }
  | { readonly do: 'stage'; readonly wish: Wish }
  | { readonly do: 'confirm' }
  | { readonly do: 'drop' }
  | { readonly do: 'save' }
  | { readonly do: 'append'; readonly id: Id; readonly kind: EnvelopeKind; readonly body: Bytes }
  | { readonly do: 'fetch'; readonly after: number }
  | { readonly do: 'ack'; readonly seq: number }
  | { readonly do: 'tell'; readonly fact: Fact }

/** What a talk tells the visitor's or the desk's step. */
export type Fact =
  | { readonly kind: 'heard'; readonly heard: Heard }
  | { readonly kind: 'stopped'; readonly why: StopReason }
  /** The server says the conversation is over, or that it knows none. */
  | { readonly kind: 'over'; readonly code: 'closed' | 'unknown' | 'lease-lost' | 'not-signed-in' }
  /** An own commit came into force. */
  | { readonly kind: 'committed'; readonly wish: Wish; readonly group: Group }
  /** The visitor let somebody in beside us. */
  | { readonly kind: 'added' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'removed' }
