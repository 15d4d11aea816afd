import type { Proof, Statement } from '../crypto/statement'
import type { Frame } from '../net/net'
import type { Id } from '../wire/read'
import type { ToVisitor } from '../wire/to-visitor'
import type { Line, SafetyAnswer } from './line'

/** What the visitor's screens render: one screen for each `kind`. */
export type VisitorState =
  | { readonly kind: 'start'; readonly problem?: 'full' | 'no-network' }
  | {
      readonly kind: 'waiting'
      /** From 1, among those who wait for the same language; unknown until the server said so. */
      readonly position?: number
      /** Minutes; absent = not known yet. */
      readonly range?: readonly [number, number]
      /** Why she waits again; she is first in line. */
      readonly again?: 'vanished' | 'released' | 'no-join' | 'revoked' | 'another'
      readonly lines: readonly Line[]
      readonly online: boolean
    }
  /** Somebody took her; keys are being checked and exchanged. */
  | { readonly kind: 'joining'; readonly alias?: string; readonly lines: readonly Line[]; readonly online: boolean }
  | {
      readonly kind: 'talking'
      readonly alias: string
      readonly expert: 'here' | 'lost' | 'away'
      readonly typing: boolean
      readonly lines: readonly Line[]
      readonly online: boolean
      /** Another expert joined: may she read what you wrote? */
      readonly askShare: boolean
      /** A third one, whose proof holds. `asked`: may she join, or look along? */
      readonly guest?: {
        readonly alias: string
        readonly for: 'transfer' | 'look'
        readonly state: 'asked' | 'joining' | 'in'
        readonly link: 'here' | 'away' | 'lost'
      }
      /** The same question as `askShare`, for the guest who is in. */
      readonly askShareGuest: boolean
      readonly askSafety: boolean
    }
  /** Nothing of the words is left. */
  | Ended
  /** Somebody else ended it: what was said can be read until she wipes it (`leave`). Nothing is sent any more. */
  | (Ended & { readonly lines: readonly Line[]; /** Whether what may still come can be fetched. */ readonly online: boolean })
  /** Fails closed: a kind text and the numbers to call; nothing is sent any more. */
  | { readonly kind: 'refused'; readonly why: 'keys' | 'lying' | 'unavailable' | 'outdated' | 'rosters' }

interface Ended {
  readonly kind: 'ended'
  readonly why: 'left' | 'closed' | 'gone' | 'expired'
  /** Her last line did not arrive; `maybe`: it is not known whether it did. */
  readonly lost?: 'yes' | 'maybe'
}

/** What reports of one conversation go by (`report.ts`): its line to the server, and whom it believes. */
export interface ReportDoor {
  readonly conversation: Id
  /** As `Net.ask`. */
  ask(frame: Frame): Promise<ToVisitor | undefined>
  /** By the rules for an expert, in this conversation's own memory of rosters and revocations. Throws as `Trust.check`. */
  believe(proof: Proof): Promise<Statement>
}

/** The visitor's side of a conversation: screens render `state` and call methods, nothing else. */
export interface VisitorTalk {
  readonly state: VisitorState
  /** Calls back after each change, at once and in order; answers how to stop. */
  subscribe(listener: (state: VisitorState) => void): () => void
  /** Takes a place in the line. From `start` and `ended` only. */
  start(language: string): void
  /** 1 … 4,000 characters (UTF-16 units); others are refused by answering false. While waiting, the words stay on the phone. V27 */
  compose(text: string): boolean
  /** V35: tries a failed line again, under the same ids. */
  retry(lineId: string): void
  /** Call at each key; stops by itself after 3 s. Nothing but yes or no leaves. V32 */
  typing(on: boolean): void
  /** V32: the visitor may turn the typing signal off. */
  typingSignal(allowed: boolean): void
  /** The page was hidden or came back. */
  visible(yes: boolean): void
  answerSafety(answer: SafetyAnswer): void
  /** Yes: re-sends her own earlier lines to the expert who joined later. */
  share(yes: boolean): void
  /** The same for the guest. */
  shareGuest(yes: boolean): void
  /** Whether the guest who is asked for may come in. The answer stays on the phone: a yes is her client's add, a no goes to the server alone. */
  admit(yes: boolean): void
  /** Whoever came as a guest goes. */
  sendAway(): void
  /** Another person, please; without a reason. Whoever talks with her is not told one either. */
  another(): void
  /** "Uit de rij", "Stop"; where it has ended and lines still stand: "Wis de berichten". */
  leave(): void
  /** For the conversation as it is now. */
  reportDoor(): ReportDoor
  /** Quick exit, synchronous: says "left quickly" and leave, closes the socket, zeroes the keys, empties the state. V25 */
  exit(): void
}
