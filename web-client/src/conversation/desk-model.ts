import type { Bytes, Bytes65 } from '../crypto/bytes'
import type { Proof } from '../crypto/statement'
import type { DeskView } from '../wire/desk-view'
import type { Purpose } from '../wire/guest'
import type { Id } from '../wire/read'
import type { ToDesk } from '../wire/to-desk'
import type { SignalBody } from './body'
import type { DeskState, DeskTalk } from './desk-door'
import type { PhraseId } from './line'
import type { Lines } from './lines'
import { emptyOutbox, unheard } from './outbox'
import { emptyReceiver } from './receiver'
import { newTalk, type Talk, type TalkEffect, type TalkEvent } from './talk'
import { newTyping, type Typing } from './typing'

export type Ended = DeskView['ended'][number]['why']

/** One claim of one conversation, as the expert's side knows it. */
export interface Conversation {
  readonly claim: Id
  readonly conversation: Id
  readonly slot: 1 | 2
  readonly language: string
  readonly since: number
  /** What the server last said; absent until it was in a view. */
  readonly server?: DeskView['conversations'][number]['state']
  readonly visitor: 'here' | 'lost'
  readonly hidden: boolean
  readonly leftQuickly: boolean
  /** Signals that are being opened: behind everything else that the session has to do. */
  readonly opening: number
  readonly blockedUntil: number
  readonly ended?: Ended | 'stopped'
  /** The server says that it is over: what it still holds for us is read first, for so long at the most. */
  readonly closing?: { readonly why: Ended; readonly until: number }
  /** The expert ends it: `close` waits for what is still on its way. Or it was stopped: then it is given back for as long as that takes. */
  readonly ending?: Ending
  /** Whether the server can be reached. The talk is off the line while she is not to be disturbed. */
  readonly online: boolean
  /** This desk could not follow once: she was claimed anew, and will not be a second time. */
  readonly behind: boolean
  /** Hers, from the first join on: whoever comes back under this conversation with another is not she. */
  readonly visitorKey?: Bytes65
  readonly talk: Talk
  readonly lines: Lines
  readonly typing: Typing
  readonly safety: DeskTalk['safety']
  /** Absent for a lead: what this desk was called for, at another's conversation. */
  readonly role?: Purpose
  /** Own alias, of whoever came as a guest. */
  readonly me?: string
  /** A lead's: whom she called. */
  readonly guest?: Called
  /** Who of the staff is, or was last, in the group besides us, once believed. Who looks along is not heard. */
  readonly colleague?: { readonly alias: string; readonly look: boolean }
  /** What the server hands on of her, as it is being read or was. */
  readonly proof?: Proof
  /** What the server hands on of her does not hold: while she sits there nothing is said. */
  readonly doubted?: boolean
  /** Somebody came in who has not heard our hello. */
  readonly owesHello?: boolean
  /** When it was last kept, and when it ended. */
  readonly savedAt: number
  readonly endedAt?: number
}

/** Whom a lead called, and how far it is. */
export interface Called {
  readonly call: Id
  readonly for: Purpose
  readonly warm: boolean
  readonly state: 'called' | 'answered' | 'joining' | 'in'
  readonly alias?: string
  /** Not in any view yet: the server has not answered. */
  readonly asked?: boolean
  /** The lead takes it back. */
  readonly back?: boolean
}

/** How this desk lets go of a conversation: it is over, given over or back, or a guest leaves it. */
export interface Ending {
  readonly t: 'close' | 'release' | 'uncall'
  readonly since: number
  readonly asked: boolean
  readonly askAt: number
  /** Claim her again when she is given back. */
  readonly again: boolean
}

export interface Claim {
  readonly claim: Id
  readonly slot: 1 | 2
  /** Absent while it is being made. */
  readonly keyPackage?: Bytes
  /** It is somebody's call that is answered, under this alias. */
  readonly role?: Purpose
  readonly me?: string
  readonly asked: boolean
  readonly askAt: number
}

/** One that is given back because this desk cannot go on with it. */
export interface Giving { readonly conversation: Id; /** A guest's place. */ readonly call?: Id; readonly asked: boolean; readonly askAt: number }

/** All that the expert's side knows. */
export interface DeskModel {
  readonly link: DeskState['link']
  /** Fencing number of the lease; 0 before the first. */
  readonly fence: number
  readonly slots: number
  readonly wanted: boolean
  /** Whether the wish to be available, or not, has still to be told. */
  readonly untold: boolean
  readonly view?: DeskView
  /** Whether what the vault keeps has been read. */
  readonly restored: 'no' | 'asked' | 'done'
  /** Locked by its person; `locking`: what was about to be kept is still being kept, until `lockBy` at the latest. `unlocking`: until the vault is read. */
  readonly away?: 'locking' | 'locked' | 'unlocking'
  readonly lockBy: number
  /** Whether it has still to be told that she is away, or is not. */
  readonly awayUntold: boolean
  readonly giving: readonly Giving[]
  /** The vault takes no more: nothing can be kept, so nothing goes. */
  readonly full?: boolean
  /** Hash of a statement that waits for its signatures. */
  readonly proposed?: Bytes
  readonly conversations: readonly Conversation[]
  readonly claims: readonly Claim[]
  readonly problem?: NonNullable<DeskState['problem']>
}

export const newDesk: DeskModel = {
  link: 'connecting', fence: 0, slots: 1, wanted: false, untold: false, restored: 'no', lockBy: 0, awayUntold: false, giving: [], conversations: [], claims: [],
}

export const newConversation = (claim: Claim, conversation: Id, language: string, now: number): Conversation => ({
  claim: claim.claim, conversation, slot: claim.slot, language, since: now, visitor: 'here', hidden: false, leftQuickly: false, opening: 0, blockedUntil: 0,
  talk: { ...newTalk('expert'), link: true }, lines: [], typing: newTyping, safety: { limitsShown: false }, online: true, behind: false, savedAt: now,
  ...(claim.role && { role: claim.role }), ...(claim.me !== undefined && { me: claim.me }),
})

/**
 * The same visitor, claimed anew by this desk: what was said stays, what she had not acknowledged is said again under its own ids, and
 * what she says again is known (crypto.md 12). It is she by her key alone; of one whom this desk never met, nothing is carried over.
 */
export function resumed(fresh: Conversation, before: Conversation | undefined): Conversation {
  if (!before?.visitorKey) return fresh
  const { talk: old, lines, since, safety, visitorKey } = before
  // Who looks along has nothing to say.
  const talk = { ...fresh.talk, outbox: { ...emptyOutbox, queue: fresh.role === 'look' ? [] : unheard(old.outbox) }, receiver: { ...emptyReceiver, heard: old.receiver.heard } }
  return { ...fresh, talk, since, safety, lines, visitorKey, behind: before.behind }
}

/** Events of one conversation. */
export type ConversationEvent =
  | { readonly kind: 'tick' }
  | { readonly kind: 'talk'; readonly event: TalkEvent }
  /** Joined: our first word to her. */
  | { readonly kind: 'joined'; readonly hello: Id; readonly named: Bytes; readonly visitorKey: Bytes65 }
  /** The same, said again for whoever came in. */
  | { readonly kind: 'hello'; readonly id: Id; readonly named: Bytes }
  /** What the other's hello says of the roster is not ours. */
  | { readonly kind: 'disagreed' }
  /** This proof of the other holds, or does not. */
  | { readonly kind: 'vouched'; readonly proof: Proof; readonly alias?: string }
  | { readonly kind: 'call'; readonly call: Id; readonly for: Purpose; readonly warm: boolean }
  | { readonly kind: 'uncall' }
  | { readonly kind: 'hand-over' }
  /** The answer to one of these. */
  | { readonly kind: 'asked'; readonly t: Asked['t']; readonly call: Id; readonly answer: ToDesk | undefined }
  | { readonly kind: 'signalled'; readonly body: Bytes }
  /** One was opened, or could not be. */
  | { readonly kind: 'signal'; readonly signal: SignalBody | undefined }
  | { readonly kind: 'compose'; readonly id: Id; readonly text: string }
  | { readonly kind: 'phrase'; readonly id: Id; readonly phrase: PhraseId }
  | { readonly kind: 'retry' }
  | { readonly kind: 'typing'; readonly on: boolean }
  | { readonly kind: 'end'; readonly t: Ending['t'] }
  /** The answer to that. */
  | { readonly kind: 'ended'; readonly answer: ToDesk | undefined }
  | { readonly kind: 'link'; readonly on: boolean }
  | { readonly kind: 'said'; readonly by: DeskView }

export type DeskEvent =
  | { readonly kind: 'tick' }
  | { readonly kind: 'link'; readonly on: boolean }
  | { readonly kind: 'frame'; readonly frame: ToDesk }
  | { readonly kind: 'available'; readonly yes: boolean }
  | { readonly kind: 'noted'; readonly ok: boolean }
  | { readonly kind: 'claim'; readonly claim: Id; readonly slot: 1 | 2 }
  /** Comes to this call. */
  | { readonly kind: 'answer'; readonly call: Id; readonly me: string }
  | { readonly kind: 'prepared'; readonly claim: Id; readonly keyPackage: Bytes }
  /** No key package could be made for it. */
  | { readonly kind: 'unprepared'; readonly claim: Id }
  | { readonly kind: 'claimed'; readonly claim: Id; readonly answer: ToDesk | undefined }
  | { readonly kind: 'forget'; readonly claim: Id }
  | { readonly kind: 'over'; readonly why: 'lease-lost' | 'signed-out' }
  | { readonly kind: 'proposed'; readonly hash?: Bytes }
  | { readonly kind: 'vault'; readonly full: boolean }
  | { readonly kind: 'lock' }
  | { readonly kind: 'unlock' }
  /** What the vault keeps. */
  | { readonly kind: 'restored'; readonly conversations: readonly Conversation[] }
  | { readonly kind: 'away-noted'; readonly ok: boolean }
  | { readonly kind: 'gave'; readonly conversation: Id; readonly answer: ToDesk | undefined }
  | { readonly kind: 'in'; readonly claim: Id; readonly event: ConversationEvent }

/** What a lead asks of the server about her guest. */
export type Asked = { readonly t: 'call'; readonly call: Id; readonly for: Purpose; readonly warm: boolean } | { readonly t: 'uncall' | 'hand-over'; readonly call: Id }

export type ConversationEffect =
  | { readonly do: 'talk'; readonly effect: Exclude<TalkEffect, { do: 'tell' }> }
  | { readonly do: 'open-signal'; readonly body: Bytes }
  | { readonly do: 'signal'; readonly signal: SignalBody }
  | { readonly do: 'end'; readonly t: Ending['t']; /** Not by her person: she may have her again. */ readonly again: boolean }
  | ({ readonly do: 'ask' } & Asked)
  | { readonly do: 'vouch'; readonly proof: Proof }
  | { readonly do: 'agree'; readonly named: Bytes }
  | { readonly do: 'hello' }
  /** Its keys are wiped; nothing of it is sent any more. */
  | { readonly do: 'wipe' }
  | { readonly do: 'nudge' }
  /** Was given back because it could not be followed: the same visitor, with new keys. */
  | { readonly do: 'again' }
  /** The whole desk is over. */
  | { readonly do: 'over'; readonly why: 'lease-lost' | 'signed-out' }
  | { readonly do: 'problem'; readonly problem: 'keys' }

export type DeskEffect =
  | { readonly do: 'in'; readonly claim: Id; readonly conversation: Id; readonly effect: Exclude<ConversationEffect, { do: 'over' | 'problem' | 'again' }> }
  | { readonly do: 'again'; readonly slot: 1 | 2 }
  | { readonly do: 'available'; readonly yes: boolean }
  | { readonly do: 'prepare'; readonly claim: Id }
  | { readonly do: 'claim'; readonly claim: Id; readonly slot: 1 | 2; readonly keyPackage: Bytes; /** Somebody's call, and no claim. */ readonly call: boolean }
  /** Leaves the screen, the memory and the vault. */
  | { readonly do: 'forget'; readonly claim: Id }
  | { readonly do: 'restore' }
  | { readonly do: 'away'; readonly yes: boolean }
  | { readonly do: 'give-back'; readonly conversation: Id; readonly call?: Id }
  /** All keys and words leave the memory; the line stays. */
  | { readonly do: 'lock' }
  | { readonly do: 'close' }
