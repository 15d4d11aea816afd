import { StaffError, type Passkey, type StaffApi } from './api'
import { idOfPasskey, type Passkeys } from './passkey'
import { prove, type Act } from './prove'
import type { StaffVault } from './vault'

/** Her own passkeys (D2). `opens`: it opens the vault, too. */
export interface PasskeysState {
  readonly cards: readonly (Passkey & { readonly opens: boolean })[]
  /** Which one is about to be removed, and waits for the second press. */
  readonly removing?: string
  readonly busy: boolean
  readonly problem?: 'unreachable' | 'refused' | 'cancelled'
}

const NONE: PasskeysState = { cards: [], busy: false }

function problemOf(error: unknown): NonNullable<PasskeysState['problem']> {
  if (!(error instanceof StaffError)) return 'cancelled'
  return ['unreachable', 'busy'].includes(error.code) ? 'unreachable' : 'refused'
}

/** What the screen of passkeys does. No method rejects: what went wrong stands in the state. */
export class PasskeysDoor {
  state: PasskeysState = NONE
  private listener: () => void = () => {}
  /** Grows when everything is forgotten: an answer under way then is nobody's. */
  private turn = 0

  /** `count` hears how many there are. */
  constructor(private readonly api: StaffApi, private readonly passkeys: Passkeys, private readonly vault: () => StaffVault | undefined, private readonly count: (passkeys: number) => void) {}

  subscribe(listener: () => void): void { this.listener = listener }

  private set(change: Partial<PasskeysState>, without: readonly (keyof PasskeysState)[] = []): void {
    const state = { ...this.state, ...change }
    for (const key of without) delete state[key]
    this.state = state
    this.listener()
  }

  private async run(act: () => Promise<unknown>): Promise<void> {
    if (this.state.busy) return
    this.set({ busy: true }, ['problem', 'removing'])
    const { turn } = this
    try {
      await act()
      const found = await this.api.passkeys()
      if (turn !== this.turn) return
      const opens = this.vault()?.passkeys ?? []
      this.set({ cards: found.map(one => ({ ...one, opens: opens.includes(one.credential) })), busy: false })
      this.count(found.length)
    } catch (error) {
      if (turn === this.turn) this.set({ busy: false, problem: problemOf(error) })
    }
  }

  open(): Promise<void> { return this.run(async () => {}) }

  /** By one that she has: whoever only found this page open has none. */
  private async prove(act: Act): Promise<string> {
    const { proof, secret } = await prove(this.api, this.passkeys, act)
    secret.prf?.fill(0)
    return proof
  }

  /** Makes one more, here; the vault learns it where it tells a secret. One that does not opens no vault, and signs in all the same. */
  add(): Promise<void> {
    return this.run(async () => {
      const proof = await this.prove('add-passkey')
      const { challengeId, options } = await this.api.passkeyOptions(proof)
      const { credential, secret } = await this.passkeys.create(options)
      await this.api.addPasskey(challengeId, credential)
      const told = secret.can && !secret.prf ? await this.passkeys.secret([idOfPasskey(secret)]).catch(() => secret) : secret
      if (told.prf) await this.vault()?.addPasskey({ credential: told.credential, prf: told.prf }, proof).catch(() => {})
      told.prf?.fill(0)
    })
  }

  asks(removing: string): void { this.set({ removing }) }
  unask(): void { this.set({}, ['removing']) }

  remove(id: string): Promise<void> {
    const credential = this.state.cards.find(one => one.id === id)?.credential
    return this.run(async () => {
      const proof = await this.prove(`remove-passkey ${id}`)
      await this.api.removePasskey(id, proof)
      if (credential !== undefined) await this.vault()?.removePasskey(credential, proof)
    })
  }

  forget(): void {
    this.turn++
    this.state = NONE
  }
}
