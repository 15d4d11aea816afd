import type { Bytes } from '../crypto/bytes'
import type { ErrorCode } from '../crypto/errors'
import type { Proof, Role } from '../crypto/statement'
import type { Id } from '../wire/read'
import type { ToVisitor } from '../wire/to-visitor'
import type { Purpose } from '../wire/guest'
import type { View } from '../wire/view'
import type { SafetyAnswer } from './line'
import type { Message } from './outbox'
import type { Lines } from './lines'
import { newTalk, type Group, type Talk, type TalkEffect, type TalkEvent } from './talk'
import { newTyping, type Typing } from './typing'
import type { SignalBody } from './body'
import type { VisitorState } from './visitor-door'

/** Somebody of the staff whom the server offers, or who is in. `alias` and keys come from her statement, which was believed. */
export interface Expert {
  readonly claim: Id
  readonly proof: Proof
  /** Absent while her proof is being checked for the first time. */
  readonly alias?: string
  /** Our first word to her. */
  readonly hello?: Message
}

/** The expert in the group. `greeted`: her first word was heard, so she is there and names no newer roster than ours. */
export interface Joined extends Expert {
  readonly alias: string
  readonly greeted: boolean
  /** Where she sits; NOWHERE once she was removed. What comes from another place is not hers. */
  readonly leaf: number
  /** The server handed on another roster or revocation, which is being read: nothing is sent meanwhile. */
  readonly checking: boolean
  readonly link: 'here' | 'lost' | 'away'
  /** She took over from another. */
  readonly handed?: boolean
}

/** A third one, by her call's id (`claim`): asked for, or in. */
export interface Guest extends Expert, Pick<Joined, 'greeted' | 'leaf' | 'checking' | 'link'> {
  readonly for: Purpose
  readonly state: 'asked' | 'joining' | 'in'
  readonly keyPackage: Bytes
  /** She may come in. */
  readonly yes: boolean
  /** Own counter when she came in: what was said before that she has not read. */
  readonly from: number
  /** Own lines that she has not read. */
  readonly earlier: readonly Id[]
}

type EndedState = Extract<VisitorState, { kind: 'ended' }>

/** All that the visitor's side knows. */
export interface Visitor {
  readonly phase: 'start' | 'in-line' | 'ended' | 'refused'
  readonly problem?: 'full' | 'no-network'
  readonly ended?: EndedState['why']
  /** After the end: the log is read to its end (`log`), or only what has come already (`inbox`). Absent: nothing more can be opened. */
  readonly reading?: 'log' | 'inbox'
  /** When somebody else ended it and words stayed: they go by themselves `READ_ON_MS` later. */
  readonly endedAt?: number
  /** After the end: whether her last line arrived. */
  readonly lost?: NonNullable<EndedState['lost']>
  readonly refused?: Extract<VisitorState, { kind: 'refused' }>['why']
  readonly language: string
  readonly conversation: Id
  /** Whether the server can be reached; the talk hears of it when there is a place in the line. */
  readonly online: boolean
  /** The place in the line: asked for, and got. */
  readonly join: 'wanted' | 'asked' | 'got'
  readonly askAgainAt: number
  readonly startedAt: number
  readonly view?: View
  readonly talk: Talk
  readonly lines: Lines
  readonly typing: Typing
  /** Claimed her, and is being checked or let in. */
  readonly candidate?: Expert
  readonly expert?: Joined
  readonly guest?: Guest
  /** A guest who is gone; heard until she is out of the group. */
  readonly left?: Guest
  /** A call that she said no to, or whose guest she sent away. */
  readonly declined?: Id
  /** The hello that was heard last, and may still be looked at: a restored page does so again. */
  readonly vouching?: Extract<VisitorEffect, { do: 'vouch' }>
  /** Who was in before. */
  readonly former?: Joined
  /** A claim whose expert turned out to be revoked. */
  readonly dismissed?: Id
  /** A claim in whose place she asked for another person. */
  readonly another?: Id
  /** Own lines that were told to somebody before the expert who is in, and that she has not read. */
  readonly earlier: readonly Id[]
  readonly askShare: boolean
  readonly askShareGuest: boolean
  readonly askSafety: boolean
}

export const NOWHERE = -1
export const NOBODY = '' as Id

export const newVisitor: Visitor = {
  phase: 'start', language: '', conversation: NOBODY, online: false, join: 'wanted', askAgainAt: 0, startedAt: 0,
  talk: newTalk('visitor'), lines: [], typing: newTyping, earlier: [], askShare: false, askShareGuest: false, askSafety: false,
}

export type VisitorEvent =
  | { readonly kind: 'tick' }
  | { readonly kind: 'start'; readonly language: string; readonly conversation: Id }
  /** The group of one is made. */
  | { readonly kind: 'begun'; readonly group: Group }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'compose'; readonly id: Id; readonly text: string }
  | { readonly kind: 'retry'; readonly id: string }
  | { readonly kind: 'typing'; readonly on: boolean }
  | { readonly kind: 'typing-allowed'; readonly allowed: boolean }
  | { readonly kind: 'visible'; readonly on: boolean }
  | { readonly kind: 'answer-safety'; readonly id: Id; readonly answer: SafetyAnswer }
  | { readonly kind: 'share'; readonly id: Id; readonly yes: boolean }
  | { readonly kind: 'share-guest'; readonly id: Id; readonly yes: boolean }
  | { readonly kind: 'admit'; readonly yes: boolean }
  | { readonly kind: 'send-away' }
  | { readonly kind: 'another' }
  | { readonly kind: 'leave' }
  | { readonly kind: 'link'; readonly on: boolean }
  | { readonly kind: 'frame'; readonly frame: ToVisitor }
  /** The answer to `join`. */
  | { readonly kind: 'joined'; readonly answer: ToVisitor | undefined }
  /** This proof holds: the very one that was handed out to be read. `hello`: an id for our first word to her, and what it says of the roster (`named`). */
  | { readonly kind: 'checked'; readonly claim: Id; readonly proof: Proof; readonly alias: string; readonly role: Role; readonly hello: Id; readonly named: Bytes }
  | { readonly kind: 'doubted'; readonly claim: Id; readonly code: ErrorCode | 'rosters' }
  /** What her hello says of the roster agrees with ours. */
  | { readonly kind: 'vouched'; readonly claim: Id }
  | { readonly kind: 'signal'; readonly leaf: number; readonly signal: SignalBody }
  | { readonly kind: 'talk'; readonly event: TalkEvent }

export type VisitorEffect =
  | { readonly do: 'connect' }
  /** Self-test, and the group of one. */
  | { readonly do: 'begin' }
  | { readonly do: 'join'; readonly conversation: Id; readonly language: string }
  | { readonly do: 'check'; readonly expert: Expert }
  /** `named`: what her hello says of the roster. */
  | { readonly do: 'vouch'; readonly expert: Expert; readonly named: Bytes }
  /** No to this call; or another person. */
  | { readonly do: 'decline'; readonly conversation: Id; readonly call: Id }
  | { readonly do: 'another'; readonly conversation: Id }
  /** Whoever had her was revoked: she is not believed again, whatever the server says later. */
  | { readonly do: 'remember'; readonly revocations: readonly Bytes[] }
  | { readonly do: 'open-signal'; readonly body: Bytes }
  | { readonly do: 'signal'; readonly signal: SignalBody }
  | { readonly do: 'nudge' }
  /** Forgets the keys, tells the server, closes the line. */
  | { readonly do: 'leave'; readonly conversation: Id }
  /** Read to the end: forgets the keys, tells the server that it may let go of everything up to `seq`, closes the line. */
  | { readonly do: 'read'; readonly conversation: Id; readonly seq: number }
  /** Closes the line and forgets the keys. */
  | { readonly do: 'close' }
  | { readonly do: 'talk'; readonly effect: Exclude<TalkEffect, { do: 'tell' }> }
