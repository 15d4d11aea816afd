import { random, type Bytes } from '../crypto/bytes'
import { forgetOpener } from '../crypto/vault'
import type { DeskLanguage } from '../i18n/desk'
import { StaffError, type StaffApi } from './api'
import type { Passkeys } from './passkey'
import { areTwo, phrase, RECOVERY_WORDS, twoPlaces, type WordLists } from './recovery'
import { prove } from './prove'
import type { StaffVault } from './vault'

export type NewWordsProblem = 'unreachable' | 'refused' | 'cancelled' | 'passkey' | 'words'

/** `sure`: asked, before it is done. `words`: shown, and not hers yet: until she has said two of them the old ones open it. */
export type NewWordsState =
  | { readonly kind: 'card'; readonly sure?: boolean; readonly changed?: boolean; readonly busy: boolean; readonly problem?: NewWordsProblem }
  | { readonly kind: 'words'; readonly language: DeskLanguage; readonly words: readonly string[]; readonly asking?: readonly [number, number]; readonly busy: boolean; readonly problem?: NewWordsProblem }

export interface NewWordsPorts {
  readonly api: StaffApi
  readonly passkeys: Passkeys
  readonly vault: () => StaffVault | undefined
  readonly words: WordLists
  readonly language: () => DeskLanguage
  readonly random?: (length: number) => Bytes
}

const NONE: NewWordsState = { kind: 'card', busy: false }

function problemOf(error: unknown): NewWordsProblem {
  if (!(error instanceof StaffError)) return 'cancelled'
  return ['unreachable', 'busy'].includes(error.code) ? 'unreachable' : 'refused'
}

/**
 * New recovery words for somebody who has a passkey: her paper is lost, or somebody saw it. The passkey is asked first, so that an open desk is not
 * enough. No method rejects: what went wrong stands in the state.
 */
export class NewWordsDoor {
  state: NewWordsState = NONE
  private listener: () => void = () => {}
  /** Grows when everything is forgotten: an answer under way then is nobody's. */
  private turn = 0

  constructor(private readonly ports: NewWordsPorts) {}

  subscribe(listener: () => void): void { this.listener = listener }

  private set(state: NewWordsState): void {
    this.state = state
    this.listener()
  }

  private card(more: Partial<Extract<NewWordsState, { kind: 'card' }>> = {}): void {
    this.set({ kind: 'card', busy: false, ...more })
  }

  asks(): void { if (this.state.kind === 'card' && !this.state.busy) this.card({ sure: true }) }

  /** The old words stay hers. */
  keepOld(): void { if (!this.state.busy) this.card() }

  /** She proves that it is she, and sees seven words. */
  async make(): Promise<void> {
    const vault = this.ports.vault()
    if (this.state.kind !== 'card' || this.state.busy || !vault) return
    this.card({ busy: true })
    const { turn } = this
    try {
      const { credential, prf } = await this.ports.passkeys.secret(vault.passkeys)
      const opener = prf && { credential, prf }
      const hers = opener !== undefined && await vault.isOpenedBy(opener).finally(() => forgetOpener(opener))
      const language = this.ports.language()
      const list = await this.ports.words(language).catch(() => { throw new StaffError('unreachable') })
      if (turn !== this.turn) return
      if (hers) this.set({ kind: 'words', language, words: list.random(RECOVERY_WORDS), busy: false })
      else this.card({ problem: 'passkey' })
    } catch (error) {
      if (turn === this.turn) this.card({ problem: problemOf(error) })
    }
  }

  /** She has them; two are asked back, in a trial too: the old ones are gone then. `typed`: what she says they are. */
  async wordsDone(typed?: readonly [string, string]): Promise<void> {
    const { state, turn, ports } = this
    const vault = ports.vault()
    if (state.kind !== 'words' || state.busy || !vault) return
    const { problem: _, ...shown } = state
    if (!state.asking) return this.set({ ...shown, asking: twoPlaces(ports.random ?? random) })
    this.set({ ...shown, busy: true })
    try {
      const right = await areTwo(ports.words, state.language, state.words, state.asking, typed)
      if (right) await vault.changeWords(phrase(state.words), await this.proof())
      if (turn !== this.turn) return
      if (right) this.card({ changed: true })
      else this.set({ ...shown, busy: false, problem: 'words' })
    } catch (error) {
      if (turn === this.turn) this.set({ ...shown, busy: false, problem: problemOf(error) })
    }
  }

  /** The passkey once more: writing seven words down takes longer than a proof is good for. */
  private async proof(): Promise<string> {
    const { proof, secret } = await prove(this.ports.api, this.ports.passkeys, 'keyring')
    secret.prf?.fill(0)
    return proof
  }

  wordsAgain(): void {
    if (this.state.kind !== 'words' || this.state.busy) return
    const { asking: _, problem: __, ...shown } = this.state
    this.set(shown)
  }

  forget(): void {
    this.turn++
    this.state = NONE
  }
}
