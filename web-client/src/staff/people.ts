import { StaffError, type Invitation, type Invited, type Made, type Person, type StaffApi } from './api'

/** The administrator's screen. `made`: the link that is told once; it goes when she says that she has it. */
export interface PeopleState {
  readonly people: readonly Person[]
  readonly invitations: readonly Invitation[]
  readonly made?: Made & { readonly alias: string }
  /** Who is about to be suspended, and waits for the second press. */
  readonly suspending?: string
  readonly busy: boolean
  readonly problem?: 'unreachable' | 'refused'
}

const NOBODY: PeopleState = { people: [], invitations: [], busy: false }

/** What the people screen does. No method rejects: what went wrong stands in the state. */
export class PeopleDoor {
  state: PeopleState = NOBODY
  private listener: () => void = () => {}
  /** Grows when everything is forgotten: an answer under way then is nobody's. */
  private turn = 0

  /** `id`: 16 random bytes in base64url, made here so that an invitation asked for twice is one. */
  constructor(private readonly api: StaffApi, private readonly id: () => string) {}

  subscribe(listener: () => void): void { this.listener = listener }

  private set(change: Partial<PeopleState>, without: readonly (keyof PeopleState)[] = []): void {
    const state = { ...this.state, ...change }
    for (const key of without) delete state[key]
    this.state = state
    this.listener()
  }

  /** Does one thing, then reads the lists anew. */
  private async run(act: () => Promise<Partial<PeopleState> | void>): Promise<void> {
    if (this.state.busy) return
    this.set({ busy: true }, ['problem'])
    const { turn } = this
    try {
      const made = await act()
      const [people, invitations] = await Promise.all([this.api.people(), this.api.invitations()])
      if (turn === this.turn) this.set({ people, invitations, busy: false, ...made })
    } catch (error) {
      if (turn !== this.turn) return
      const out = error instanceof StaffError && ['unreachable', 'busy'].includes(error.code)
      this.set({ busy: false, problem: out ? 'unreachable' : 'refused' })
    }
  }

  open(): Promise<void> { return this.run(async () => {}) }

  invite(invited: Invited): Promise<void> {
    const id = this.id()
    return this.run(async () => ({ made: { ...await this.api.invite(id, invited), alias: invited.alias } }))
  }

  haveIt(): void { this.set({}, ['made']) }
  asks(suspending: string): void { this.set({ suspending }) }
  unask(): void { this.set({}, ['suspending']) }

  suspend(id: string): Promise<void> {
    this.unask()
    return this.run(() => this.api.suspend(id))
  }

  withdraw(id: string): Promise<void> { return this.run(() => this.api.withdraw(id)) }

  /** Locked or signed out: names and links leave the memory. */
  forget(): void {
    this.turn++
    this.state = NOBODY
  }
}
