import type { Bytes32 } from '../crypto/bytes'
import type { DeskVault } from './desk-vault'
import type { Line, PhraseId, SafetyAnswer } from './line'

export interface DeskState {
  readonly link: 'connecting' | 'on' | 'lost' | 'lease-lost' | 'signed-out'
  /** Locked by its person (`lock`): nothing of anybody is shown, and the line stays. */
  readonly locked?: boolean
  /** Hash of the statement that waits for two signatures: its six words are compared by voice. */
  readonly proposed?: Bytes32
  /** Her vault takes no more: what is said cannot be kept, and so does not go (crypto.md 11). */
  readonly full?: boolean
  readonly available: boolean
  /** Slots the server allows this desk (1 or 2). */
  readonly slots: number
  /** By language; `longest` in minutes. No content. */
  readonly waiting: readonly { readonly language: string; readonly count: number; readonly longest: number }[]
  /** By slot; ended ones stay until `forget`. */
  readonly talks: readonly DeskTalk[]
  /** Calls that this person may answer: somebody asks for her at a conversation of another's. */
  readonly calls: readonly { readonly call: string; readonly for: 'transfer' | 'look'; readonly language: string }[]
  /** A slot whose claim has not been answered yet. */
  readonly claiming: readonly (1 | 2)[]
  /** What went wrong last; goes with the next thing that succeeds. */
  readonly problem?: 'limit' | 'nobody' | 'keys' | 'too-fast' | 'outdated'
}

export interface DeskTalk {
  /** One claim of one conversation; the same visitor claimed again is another. */
  readonly id: string
  readonly slot: 1 | 2
  readonly language: string
  readonly state: 'joining' | 'talking' | 'ended'
  readonly visitor: 'here' | 'away' | 'lost' | 'left-quickly' | 'left' | 'gone'
  readonly typing: boolean
  readonly lines: readonly Line[]
  readonly since: number
  /** D11: nothing is sent until then (own clock, ms), after "left quickly". */
  readonly blockedUntil?: number
  readonly safety: { readonly answer?: SafetyAnswer; readonly limitsShown: boolean }
  readonly part: 'lead' | 'guest'
  /** A guest's: what she was called for, and by whom. */
  readonly for?: 'transfer' | 'look'
  readonly lead?: string
  /** A lead's: who was called; the alias from her statement, once it was believed. */
  readonly guest?: {
    readonly call: string
    readonly for: 'transfer' | 'look'
    readonly warm: boolean
    readonly state: 'called' | 'answered' | 'joining' | 'in'
    readonly alias?: string
  }
  /** Why it ended here while the visitor goes on. */
  readonly why?: 'declined' | 'handed-over' | 'uncalled' | 'another'
}

/** The expert's side: up to two conversations. */
export interface Desk {
  readonly state: DeskState
  subscribe(listener: (state: DeskState) => void): () => void
  /**
   * Statement keys from the vault, or new ones, which are kept and signed; the lease; then what the vault keeps goes on. Settles when the
   * lease is asked for: with a statement that waits for signatures, after those. Rejects with a CryptoError `unavailable`, a StatementRefused (her keys were refused, and new ones again), a VaultError, or what the staff port rejects with.
   */
  open(): Promise<void>
  available(yes: boolean): void
  claim(slot: 1 | 2): void
  /** 1 … 4,000 characters; false when refused (length, ended, blocked). */
  compose(talk: string, text: string): boolean
  retry(talk: string, line: string): void
  /** Call at each key; stops by itself after 3 s. D12 */
  typing(talk: string, on: boolean): void
  /** A phrase id travels, encrypted; the visitor reads it in her own language, marked as automatic. */
  phrase(talk: string, id: PhraseId): void
  close(talk: string): void
  /** Gives the conversation back, without a reason: she is told and first in line, and this expert is passed over for her. D14 */
  release(talk: string): void
  /** A lead's: asks for a colleague who takes over (`warm`: both are there for a while), or for a coordinator who looks along. */
  call(talk: string, purpose: 'transfer' | 'look', warm: boolean): void
  /** The lead takes her call back, or the guest leaves. */
  uncall(talk: string): void
  /** Comes to somebody's call; in the free slot. */
  answer(call: string): void
  /** A lead's: whoever was called to take over and is in has her from now on. */
  handOver(talk: string): void
  /** An ended one leaves the screen, the memory and the vault. */
  forget(talk: string): void
  /**
   * She is away: the state shows nothing at once, visitors read it. Settles when all keys and words have left the memory, two seconds later at the
   * latest, for what is about to be kept is kept first: so long it needs its vault. Lease and line stay.
   */
  lock(): Promise<void>
  /** Goes on from what the vault keeps, read anew. Rejects with a VaultError when it has no papers of this desk, or cannot be read. */
  unlock(vault: DeskVault): Promise<void>
  /** Wipes everything at once, line and lease too; the desk cannot be used after it. */
  wipe(): void
}
