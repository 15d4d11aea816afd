import type { Line, PhraseId, SafetyAnswer } from './line'

export interface DeskState {
  readonly link: 'connecting' | 'on' | 'lost' | 'lease-lost' | 'signed-out'
  readonly available: boolean
  /** Slots the server allows this desk (1 or 2). */
  readonly slots: number
  /** By language; `longest` in minutes. No content. */
  readonly waiting: readonly { readonly language: string; readonly count: number; readonly longest: number }[]
  /** By slot; ended ones stay until `forget`. */
  readonly talks: readonly DeskTalk[]
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
}

/** The expert's side: up to two conversations. */
export interface Desk {
  readonly state: DeskState
  subscribe(listener: (state: DeskState) => void): () => void
  /** Makes this opening's statement keys, has them signed, takes the lease. Rejects with a CryptoError `unavailable`, or with what the staff port rejects with. */
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
  /** Gives the conversation back: she is told and first in line. */
  release(talk: string): void
  /** An ended one leaves the screen and the memory. */
  forget(talk: string): void
  /** Wipes everything; the desk cannot be used after it. */
  lock(): void
}
