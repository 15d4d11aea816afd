import { StaffError, type Made } from '../staff/api'
import type { ConsoleApi, ConsolePerson } from './api'
import { InTurn } from './in-turn'

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
  readonly over?: true
}

export const NO_TEAM: TeamState = { people: [], available: false, asked: [], busy: false }

function problemOf(error: unknown): Partial<TeamState> {
  const code = error instanceof StaffError ? error.code : ''
  if (code === 'not-signed-in') return { over: true }
  return { problem: ['unreachable', 'busy', 'too-fast'].includes(code) ? 'unreachable' : 'refused' }
}

/** What a coordinator sees and does of people, signing apart. */
export class TeamDoor extends InTurn<TeamState> {
  constructor(private readonly api: ConsoleApi) {
    super(NO_TEAM, ['problem', 'resetting'])
  }

  protected override async read(): Promise<Partial<TeamState>> {
    const [people, { onDuty, mine }] = [await this.api.people(), await this.api.duty()]
    return { people, onDuty, ...(mine !== undefined && { available: mine }) }
  }
  protected override problem(error: unknown): Partial<TeamState> { return problemOf(error) }

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
}
