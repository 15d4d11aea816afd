import { random, type Bytes } from '../crypto/bytes'
import { CryptoError } from '../crypto/errors'
import { forgetOpener, type Opener } from '../crypto/vault'
import type { DeskLanguage } from '../i18n/desk'
import { StaffError, type Invited, type Me, type Session, type StaffApi } from './api'
import { idOfPasskey, type Passkeys, type Secret } from './passkey'
import { prove } from './prove'
import { areTwo, phrase, readings, RECOVERY_WORDS, twoPlaces, type WordLists } from './recovery'
import { VaultError, type StaffVault } from './vault'

export type Why = 'signed-out' | 'locked' | 'lease-lost' | 'lease-locked'
/** `words`: not hers, or no words of the list · `passkey`: it gives no secret, or not the one that opens · `broken`: what the server has is no vault of hers. */
export type Problem = 'cancelled' | 'refused' | 'unknown' | 'unreachable' | 'words' | 'passkey' | 'broken'

/** Where somebody stands before the desk: one screen for each `kind`. */
export type StaffState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'invited'; readonly invited?: Invited; readonly busy: boolean; readonly problem?: Problem }
  | { readonly kind: 'out'; readonly why?: Why; readonly untold?: boolean; readonly busy: boolean; readonly suggests: boolean; readonly problem?: Problem }
  /** The seven words of a new vault, shown once. `asking`: two of them are asked back, by their places from 0. */
  | { readonly kind: 'words'; readonly me: Me; readonly language: DeskLanguage; readonly words: readonly string[]; readonly asking?: readonly [number, number]; readonly busy: boolean; readonly problem?: Problem }
  /** Signed in, and the vault is closed: nothing can be read here. `passkey`: one of hers opens it. */
  | { readonly kind: 'locked'; readonly me: Me; readonly passkey: boolean; readonly busy: boolean; readonly problem?: Problem }
  | { readonly kind: 'in'; readonly me: Me }
type Of<K extends StaffState['kind']> = Extract<StaffState, { kind: K }>

export interface DoorPorts {
  readonly api: StaffApi
  readonly passkeys: Passkeys
  readonly vault: (me: Me) => StaffVault
  readonly words: WordLists
  readonly pause?: (ms: number) => Promise<unknown>
  readonly random?: (length: number) => Bytes
}

const CLOSE_MS = 3_000

function problemOf(error: unknown): Problem {
  if (error instanceof CryptoError || (error instanceof VaultError && error.code === 'broken')) return 'broken'
  if (!(error instanceof StaffError)) return 'cancelled'
  if (error.code === 'unreachable' || error.code === 'busy') return 'unreachable'
  return error.code === 'unknown' ? 'unknown' : 'refused'
}

/** Whether the server answered: that it knows no such session any more is an answer too. */
const heard = (ask: () => Promise<void>): Promise<boolean> => ask().then(() => true, error => problemOf(error) !== 'unreachable')

/** Takes the code out of `#invitation=CODE`; undefined when there is none. */
export const invitationIn = (hash: string): string | undefined => /^#invitation=([\w-]+)$/.exec(hash)?.[1]

const openerOf = (secret: Secret | undefined): Extract<Opener, { prf: Bytes }> | undefined => (secret?.prf ? { credential: secret.credential, prf: secret.prf } : undefined)
const asList = <T>(one: T | undefined): T[] => (one === undefined ? [] : [one])
const meOf = ({ id, alias, roles, languages, organisation, trial, passkeys }: Me): Me => ({ id, alias, roles, languages, organisation, trial, passkeys: Number.isSafeInteger(passkeys) ? passkeys : 0 })

/**
 * Signing in, by passkey and nothing else (D1), and opening the vault behind it. Keeps the invitation's code in memory only. No method rejects: what
 * went wrong stands in the state.
 */
export class StaffDoor {
  state: StaffState = { kind: 'asking' }
  /** Hers who is signed in; open in the state `in` only. */
  vault: StaffVault | undefined
  /** Of the page: the words of a new vault are in it. */
  language: DeskLanguage = 'nl'
  private listener: (state: StaffState) => void = () => {}
  private invitation: string | undefined
  private standingBy = new AbortController()
  /** A lock that is not done yet. */
  private closing: Promise<void> | undefined
  /** What the passkey said at the sign-in, until the vault knows it. */
  private secret: Secret | undefined

  constructor(private readonly ports: DoorPorts) {}

  private get api(): StaffApi { return this.ports.api }
  private pause(ms: number): Promise<unknown> { return this.ports.pause?.(ms) ?? new Promise<unknown>(done => setTimeout(done, ms)) }

  subscribe(listener: (state: StaffState) => void): void { this.listener = listener }

  private set(state: StaffState): void {
    this.state = state
    this.listener(state)
  }

  async open(invitation: string | undefined): Promise<void> {
    this.invitation = invitation
    this.set({ kind: 'asking' })
    try {
      if (invitation !== undefined) this.set({ kind: 'invited', invited: await this.api.look(invitation), busy: false })
      else await this.enter(await this.api.session(), undefined)
    } catch (error) {
      this.set(invitation === undefined ? { kind: 'unreachable' } : { kind: 'invited', busy: false, problem: problemOf(error) })
    }
  }

  /** Signed in: to the vault, which the passkey's secret opens at once. */
  private async enter(session: Session, secret: Secret | undefined): Promise<void> {
    if (!session.signedIn || session.locked) return this.leave(session.signedIn ? 'locked' : undefined)
    const me = meOf(session)
    this.vault?.close()
    this.vault = this.ports.vault(me)
    this.secret = secret
    await this.toVault(me, this.vault, asList(openerOf(secret)))
  }

  private async toVault(me: Me, vault: StaffVault, openers: readonly Opener[]): Promise<void> {
    const closed: Of<'locked'> = { kind: 'locked', me, passkey: false, busy: false }
    try {
      const found = await vault.open(...openers)
      if (this.vault !== vault) return
      if (found === 'none') return await this.prepare(me, vault)
      if (found === 'open') return this.inside(me)
      this.set({ ...closed, passkey: vault.passkeys.length > 0, ...(openers.length > 0 && { problem: 'passkey' }) })
    } catch (error) {
      if (this.vault !== vault) return
      const problem = problemOf(error)
      if (problem === 'refused') return this.stopped('signed-out')
      this.set(problem === 'broken' ? { ...closed, problem } : { kind: 'unreachable' })
    }
  }

  private inside(me: Me): void {
    this.forgetSecret()
    this.set({ kind: 'in', me })
  }

  private forgetSecret(): void {
    forgetOpener(openerOf(this.secret))
    this.secret = undefined
  }

  /** The page may not be used any more until somebody signs in. */
  async leave(why?: Why): Promise<void> {
    this.vault?.close()
    this.vault = undefined
    this.forgetSecret()
    this.set({ kind: 'out', ...(why && { why }), busy: false, suggests: false })
    // Not waited for: a browser that is slow to say so must not keep anybody out, nor the words on the screen.
    void this.ports.passkeys.suggests().then(suggests => { if (suggests && this.state.kind === 'out') this.set({ ...this.state, suggests }) }, () => {})
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
      const { credential, secret } = await this.ports.passkeys.create(options)
      const session = await this.api.register(invitation, challengeId, credential)
      this.invitation = undefined
      await this.enter(session, secret)
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
      const { credential, secret } = await this.ports.passkeys.get(options, waiting, mine.signal)
      await this.enter(await this.api.signIn(challengeId, credential), secret)
    } catch (error) {
      if (!mine.signal.aborted && this.state.kind === 'out') this.set({ ...this.state, busy: false, problem: problemOf(error) })
    }
  }

  /** She has no vault yet: a new one, and its words. The server hears of it when she has them. */
  private async prepare(me: Me, vault: StaffVault): Promise<void> {
    const { language } = this
    const list = await this.ports.words(language).catch(() => { throw new StaffError('unreachable') })
    if (this.vault !== vault) return
    const words = list.random(RECOVERY_WORDS)
    vault.prepare(phrase(words))
    this.set({ kind: 'words', me, language, words, busy: false })
  }

  /** She has the words. Outside trial two are asked back first: `typed` is what she says they are. */
  async wordsDone(typed?: readonly [string, string]): Promise<void> {
    const { state, vault } = this
    if (state.kind !== 'words' || state.busy || !vault) return
    const { problem: _, ...shown } = state
    if (!state.me.trial && !state.asking) return this.set({ ...shown, asking: twoPlaces(this.ports.random ?? random) })
    this.set({ ...shown, busy: true })
    const right = !state.asking || await areTwo(this.ports.words, state.language, state.words, state.asking, typed)
    if (right) await this.keep(shown, vault)
    else this.set({ ...shown, busy: false, problem: 'words' })
  }

  wordsAgain(): void {
    if (this.state.kind !== 'words' || this.state.busy) return
    const { asking: _, problem: __, ...shown } = this.state
    this.set(shown)
  }

  private async keep(shown: Of<'words'>, vault: StaffVault): Promise<void> {
    try {
      const opener = await this.openerForNew()
      const kept = await vault.keep(opener)
      if (this.vault !== vault) return
      if (kept) return this.inside(shown.me)
      await this.toVault(shown.me, vault, asList(opener))
    } catch (error) {
      if (this.vault === vault) this.set({ ...shown, busy: false, problem: problemOf(error) })
    }
  }

  /** Some passkeys tell their secret at their making, some only when they are used. One that does not now is no reason to stop: she has her words. */
  private async openerForNew(): Promise<Extract<Opener, { prf: Bytes }> | undefined> {
    const { secret } = this
    if (secret?.can && !secret.prf) this.secret = await this.ports.passkeys.secret([idOfPasskey(secret)]).catch(() => secret)
    return openerOf(this.secret)
  }

  /**
   * By this page alone: the session, the lease and the line stay. The screen is locked at once; the vault is closed when the desk has kept in it what
   * it was about to (`done`), three seconds later at the latest.
   */
  lock(done?: Promise<unknown>): void {
    const { state, vault } = this
    if (state.kind !== 'in' || !vault) return
    const close = (): void => vault.close()
    this.closing = done ? Promise.race([done, this.pause(CLOSE_MS)]).then(close, close) : undefined
    if (!done) close()
    this.set({ kind: 'locked', me: state.me, passkey: vault.passkeys.length > 0, busy: false })
  }

  /** By passkey, or by what was typed. */
  async unlock(typed = ''): Promise<void> {
    const { state, vault } = this
    if (state.kind !== 'locked' || state.busy || !vault) return
    const { problem: _, ...shown } = state
    const byWords = typed.trim() !== '' || !state.passkey
    this.set({ ...shown, busy: true })
    const say = (problem: Problem): void => { if (this.vault === vault && this.state.kind === 'locked') this.set({ ...shown, passkey: vault.passkeys.length > 0, busy: false, problem }) }
    try {
      await this.closing
      const openers = byWords ? await this.openersIn(typed) : asList(openerOf(await this.ports.passkeys.secret(vault.passkeys)))
      const found = openers.length > 0 ? await vault.open(...openers).finally(() => openers.forEach(forgetOpener)) : 'closed'
      if (this.vault !== vault) return
      if (found !== 'open') return say(byWords ? 'words' : 'passkey')
      if (byWords) await this.remember(vault)
      this.inside(state.me)
    } catch (error) {
      if (problemOf(error) === 'refused') return this.stopped('signed-out')
      say(problemOf(error))
    }
  }

  private async openersIn(typed: string): Promise<Opener[]> { return (await readings(this.ports.words, this.language, typed)).map(words => ({ words })) }

  /** The passkey that she signed in with opens it from now on, if it can, and if she touches it once more: who only found the page open, and the words, makes no way in of his own. */
  private async remember(vault: StaffVault): Promise<void> {
    const signedIn = openerOf(this.secret)
    const proved = signedIn && await prove(this.api, this.ports.passkeys, 'keyring').catch(() => undefined)
    if (!proved) return
    const now = openerOf(proved.secret)
    await vault.addPasskey(now ?? signedIn, proved.proof).catch(() => {})
    forgetOpener(now)
  }

  /** How many passkeys she has now. */
  counts(passkeys: number): void {
    if (this.state.kind === 'in') this.set({ ...this.state, me: { ...this.state.me, passkeys } })
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
