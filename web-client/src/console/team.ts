import { StaffError, type Made } from '../staff/api'
import type { ConsoleApi, ConsolePerson } from './api'

/** People, and who is on duty. `made`: the link of somebody who begins anew, told once. */
export interface TeamState {
  readonly people: readonly ConsolePerson[]
  /** Some coordinator is signed in and available: her, or another. Undefined before the server said so. */
  readonly onDuty?: boolean
  /** Whether I set myself to available. */
  readonly available: boolean
  readonly made?: Made & { readonly alias: string }
  /** Who is about to begin anew, and waits for the second press. */
  readonly resetting?: string
  /** For whom I asked it here: the second word is another's. */
  readonly asked: readonly string[]
  readonly busy: boolean
  readonly problem?: 'unreachable' | 'refused'
  readonly out?: true
}

export const NO_TEAM: TeamState = { people: [], available: false, asked: [], busy: false }

function problemOf(error: unknown): Partial<TeamState> {
  const code = error instanceof StaffError ? error.code : ''
  if (code === 'not-signed-in') return { out: true }
  return { problem: ['unreachable', 'busy', 'too-fast'].includes(code) ? 'unreachable' : 'refused' }
}

/** What a coordinator sees and does of people, signing apart. No method rejects: what went wrong stands in the state. */
export class TeamDoor {
  state: TeamState = NO_TEAM
  private listener: () => void = () => {}
  private turn = 0

  constructor(private readonly api: ConsoleApi) {}

  subscribe(listener: () => void): void { this.listener = listener }

  private set(change: Partial<TeamState>, without: readonly (keyof TeamState)[] = []): void {
    const state = { ...this.state, ...change }
    for (const key of without) delete state[key]
    this.state = state
    this.listener()
  }

  private async run(act: () => Promise<Partial<TeamState> | undefined>, quiet = false): Promise<void> {
    if (this.state.busy) return
    this.set({ busy: true }, quiet ? [] : ['problem', 'resetting'])
    const { turn } = this
    const done = await act().catch(problemOf)
    const read = await this.read().catch(problemOf)
    if (turn === this.turn) this.set({ busy: false, ...read, ...done })
  }

  private async read(): Promise<Partial<TeamState>> {
    const [people, { onDuty, mine }] = [await this.api.people(), await this.api.duty()]
    return { people, onDuty, ...(mine !== undefined && { available: mine }) }
  }

  open(): Promise<void> { return this.run(async () => undefined) }
  look(): Promise<void> { return this.run(async () => undefined, true) }

  /** On or off duty. */
  duty(available: boolean): Promise<void> {
    return this.run(async () => {
      await this.api.setDuty(available)
      return { available }
    })
  }

  asks(resetting: string): void { this.set({ resetting }) }
  unask(): void { this.set({}, ['resetting']) }
  haveIt(): void { this.set({}, ['made']) }

  /** Two coordinators: the first asks, another does it. */
  reset(id: string): Promise<void> {
    return this.run(async () => {
      const answer = await this.api.reset(id)
      if (answer.state === 'asked') return { asked: [...this.state.asked, id] }
      const { link, expiresAt } = answer
      return { made: { link, expiresAt, alias: this.state.people.find(one => one.id === id)?.alias ?? '' } }
    })
  }

  /** Locked or signed out: names and links leave the memory. */
  forget(): void {
    this.turn++
    this.state = NO_TEAM
  }
}
