import { StaffError, type Invited, type Me, type Session, type StaffApi } from './api'
import type { Passkeys } from './passkey'

export type Why = 'signed-out' | 'locked' | 'lease-lost' | 'lease-locked'
export type Problem = 'cancelled' | 'refused' | 'unknown' | 'unreachable'

/** Where somebody stands before the desk: one screen for each `kind`. */
export type StaffState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'invited'; readonly invited?: Invited; readonly busy: boolean; readonly problem?: Problem }
  | { readonly kind: 'out'; readonly why?: Why; readonly untold?: boolean; readonly busy: boolean; readonly suggests: boolean; readonly problem?: Problem }
  | { readonly kind: 'in'; readonly me: Me }

const problemOf = (error: unknown): Problem => {
  if (!(error instanceof StaffError)) return 'cancelled'
  if (error.code === 'unreachable' || error.code === 'busy') return 'unreachable'
  return error.code === 'unknown' ? 'unknown' : 'refused'
}

/** Whether the server answered: that it knows no such session any more is an answer too. */
const heard = (ask: () => Promise<void>): Promise<boolean> => ask().then(() => true, error => problemOf(error) !== 'unreachable')

/** Takes the code out of `#invitation=CODE`; undefined when there is none. */
export const invitationIn = (hash: string): string | undefined => /^#invitation=([\w-]+)$/.exec(hash)?.[1]

/**
 * Signing in, by passkey and nothing else (D1). Keeps the invitation's code in memory only. No method rejects: what went
 * wrong stands in the state.
 */
export class StaffDoor {
  state: StaffState = { kind: 'asking' }
  private listener: (state: StaffState) => void = () => {}
  private invitation: string | undefined
  private standingBy = new AbortController()

  constructor(private readonly api: StaffApi, private readonly passkeys: Passkeys, private readonly pause = (ms: number) => new Promise<unknown>(done => setTimeout(done, ms))) {}

  subscribe(listener: (state: StaffState) => void): void { this.listener = listener }

  private set(state: StaffState): void {
    this.state = state
    this.listener(state)
  }

  async open(invitation: string | undefined): Promise<void> {
    this.invitation = invitation
    this.set({ kind: 'asking' })
    try {
      if (invitation !== undefined) await this.look(invitation)
      else await this.enter(await this.api.session())
    } catch (error) {
      this.set(invitation === undefined ? { kind: 'unreachable' } : { kind: 'invited', busy: false, problem: problemOf(error) })
    }
  }

  private async look(invitation: string): Promise<void> {
    this.set({ kind: 'invited', invited: await this.api.look(invitation), busy: false })
  }

  private async enter(session: Session): Promise<void> {
    if (session.signedIn && !session.locked) {
      const { id, alias, roles, languages, organisation, trial } = session
      this.set({ kind: 'in', me: { id, alias, roles, languages, organisation, trial } })
    } else await this.leave(session.signedIn ? 'locked' : undefined)
  }

  /** The page may not be used any more until somebody signs in. */
  async leave(why?: Why): Promise<void> {
    this.set({ kind: 'out', ...(why && { why }), busy: false, suggests: false })
    // Not waited for: a browser that is slow to say so must not keep anybody out, nor the words on the screen.
    void this.passkeys.suggests().then(suggests => { if (suggests && this.state.kind === 'out') this.set({ ...this.state, suggests }) }, () => {})
  }

  /** The server stopped the desk. Whether it locked the session too, as it does when she works at another computer, it is asked; until it says so, nothing but "stopped" is said. */
  async stopped(why: 'signed-out' | 'lease-lost'): Promise<void> {
    await this.leave(why)
    const session = await this.api.session().catch(() => undefined)
    if (!session?.signedIn || !session.locked || this.state.kind !== 'out' || this.state.why !== why) return
    this.set({ ...this.state, why: why === 'lease-lost' ? 'lease-locked' : 'locked' })
  }

  async register(): Promise<void> {
    const { state, invitation } = this
    if (state.kind !== 'invited' || state.busy || invitation === undefined) return
    const still = { kind: 'invited' as const, ...(state.invited && { invited: state.invited }) }
    this.set({ ...still, busy: true })
    try {
      const { challengeId, options } = await this.api.registerOptions(invitation)
      const session = await this.api.register(invitation, challengeId, await this.passkeys.create(options))
      this.invitation = undefined
      await this.enter(session)
    } catch (error) {
      this.set({ ...still, busy: false, problem: problemOf(error) })
    }
  }

  /** One tap. A suggestion that was standing by is ended first: a browser takes one request at a time. */
  async signIn(waiting = false): Promise<void> {
    const { state } = this
    if (state.kind !== 'out' || state.busy) return
    this.standingBy.abort()
    const mine = this.standingBy = new AbortController()
    if (!waiting) this.set({ kind: 'out', ...(state.why && { why: state.why }), suggests: state.suggests, busy: true })
    try {
      const { challengeId, options } = await this.api.signInOptions()
      await this.enter(await this.api.signIn(challengeId, await this.passkeys.get(options, waiting, mine.signal)))
    } catch (error) {
      if (!mine.signal.aborted && this.state.kind === 'out') this.set({ ...this.state, busy: false, problem: problemOf(error) })
    }
  }

  /** D3 in its first form: the screen is locked at once, whether the server answers or not. */
  async lock(): Promise<void> {
    await this.leave('locked')
    await this.tell(() => this.api.lock())
  }

  async signOut(): Promise<void> {
    await this.leave('signed-out')
    await this.tell(() => this.api.signOut())
  }

  /** Asks until the server has answered, and says so meanwhile: until then the session is open, and a reload would be the desk. */
  private async tell(ask: () => Promise<void>): Promise<void> {
    for (let pause = 1_000; !await heard(ask); pause = Math.min(2 * pause, 30_000)) {
      if (this.state.kind !== 'out') return
      this.set({ ...this.state, untold: true })
      await this.pause(pause)
    }
    if (this.state.kind !== 'out' || !this.state.untold) return
    const { untold, ...told } = this.state
    this.set(told)
  }
}
