import { afterEach, beforeAll, beforeEach, expect, vi } from 'vitest'
import guide from '../../../config/guide.json'
import { fakeWords, VaultServer, WORDS } from './vault-server'
import type { Desk, DeskState } from '../../src/conversation'
import { random } from '../../src/crypto/bytes'
import { StaffApi } from '../../src/staff/api'
import type { Passkeys, Secret } from '../../src/staff/passkey'
import { StaffVault } from '../../src/staff/vault'
import { DeskPage } from '../../src/desk/page'
import { NO_DESK } from '../../src/desk/view-state'

export const CANARY = 'kanarie-51c9'
export const SAM = { signedIn: true, locked: false, id: 's', alias: 'Sam', roles: ['administrator', 'expert'], languages: ['nl'], organisation: 'Naast', trial: true, passkeys: 1 }
export const ON: DeskState = { ...NO_DESK, link: 'on', available: true, slots: 2 }

export class FakeDesk implements Desk {
  state: DeskState = NO_DESK
  readonly calls: string[] = []
  takes = true
  private listener: (state: DeskState) => void = () => undefined
  subscribe(listener: (state: DeskState) => void) { this.listener = listener; return () => { this.listener = () => undefined } }
  becomes(state: DeskState): void { this.state = state; this.listener(state) }
  private note = (name: string) => (...args: unknown[]): void => { this.calls.push([name, ...args].join(' ')) }
  available = this.note('available'); claim = this.note('claim'); retry = this.note('retry'); phrase = this.note('phrase'); typing = this.note('typing')
  close = this.note('close'); release = this.note('release'); forget = this.note('forget'); wipe = this.note('wipe')
  call = this.note('call'); uncall = this.note('uncall'); answer = this.note('answer'); handOver = this.note('handOver')
  async open(): Promise<void> { this.note('open')() }
  /** As the real one: nothing of anybody is in its state any more. */
  async lock(): Promise<void> { this.note('lock')(); this.becomes({ ...NO_DESK, link: this.state.link, locked: true }) }
  async unlock(): Promise<void> { this.note('unlock')(); this.becomes(this.after ?? this.state) }
  /** What it is after the next unlock. */
  after: DeskState | undefined
  compose(id: string, text: string): boolean { this.note('compose')(id, text); return this.takes }
}

export let desk: FakeDesk
export let asked: string[]
export let routes: Record<string, unknown>
let unlisten: (() => void)[]
export const part = <E extends HTMLElement>(name: string, at = 0): E => document.querySelectorAll(`[data-part=${name}]`)[at] as E
export const shown = (): string => document.documentElement.textContent ?? ''
export const settled = async (): Promise<void> => { for (let i = 0; i < 30; i++) await Promise.resolve(); await new Promise(done => setTimeout(done, 0)); for (let i = 0; i < 30; i++) await Promise.resolve() }
const api = () => new StaffApi(async url => {
  asked.push(String(url))
  const found = routes[String(url).replace('/api/', '')]
  return found === undefined ? Response.json({ code: 'unknown' }, { status: 404 }) : Response.json(found)
})
const SECRET: Secret = { credential: random(16), prf: random(32), can: true }
const secret = (): Secret => ({ ...SECRET, prf: SECRET.prf?.slice() as NonNullable<Secret['prf']> })
const passkeys: Passkeys = { create: async () => ({ credential: {}, secret: secret() }), get: async () => ({ credential: {}, secret: secret() }), secret: async () => secret(), suggests: async () => true }
let made: VaultServer
export let vaults: VaultServer
const vaultOf = (routes = vaults) => new StaffVault(routes, 's', { id: () => 'id', pause: async () => {} })
export let second: () => void

/** Takes the listeners and the clock of this page away after the test. */
function watchListeners(target: EventTarget): () => void {
  const added = vi.spyOn(target, 'addEventListener')
  return () => { for (const [type, listener] of added.mock.calls) target.removeEventListener(type, listener as EventListener) }
}

/** What takes longer than a turn of the loop: keys are derived. */
export const appears = (name: string): Promise<unknown> => vi.waitFor(() => expect(part(name)).toBeTruthy(), { timeout: 10_000 })

export async function load(hash = ''): Promise<void> {
  window.location.hash = hash
  document.documentElement.innerHTML = '<head><title>Werkplek</title></head><body><div id="page"></div></body>'
  new DeskPage({ window, root: document.getElementById('page') as HTMLElement, api: api(), passkeys, vault: () => vaultOf(), words: async () => fakeWords, six: async (language, hash) => [language, String(hash[0]), ...WORDS.slice(0, 4)], desk: () => (desk = new FakeDesk()), id: () => 'id' }).open()
  await settled()
}
/** Loaded with an open session, and unlocked. */
export async function open(): Promise<void> {
  await load()
  await appears('unlock')
  part('unlock').click()
  await appears('lock')
  await settled()
}
export async function atWork(state: DeskState = ON): Promise<void> {
  await open()
  desk.becomes(state)
  await settled()
}
export function type(text: string, at = 0): void {
  part('composer', at).focus()
  part<HTMLTextAreaElement>('composer', at).value = text
  part('composer', at).dispatchEvent(new Event('input', { bubbles: true }))
}

/** Each test of a file gets a page of its own: a server by its routes, a vault that is there, a clock that is ticked by hand (`second`). */
export function stage(): void {
  beforeAll(async () => {
    made = new VaultServer()
    const vault = vaultOf(made)
    vault.prepare(WORDS.slice(0, 7).join(' '))
    await vault.keep({ credential: SECRET.credential, prf: SECRET.prf as NonNullable<Secret['prf']> })
  })
  beforeEach(() => {
    vaults = new VaultServer()
    vaults.becomes(made.copy())
    unlisten = [watchListeners(window), watchListeners(document)]
    vi.spyOn(window, 'setInterval').mockImplementation((run: unknown) => { second = run as () => void; return 0 as never })
    asked = []
    routes = { session: SAM, guide, lock: {}, 'sign-out': {}, 'sign-in/options': { challengeId: 'c', options: {} }, 'sign-in': SAM,
      'invitation/look': { alias: 'Sam', roles: ['expert'], languages: ['nl'] }, 'register/options': { challengeId: 'c', options: {} }, 'register': SAM, people: { people: [] }, invitations: { invitations: [] } }
  })
  afterEach(() => { for (const stop of unlisten) stop(); vi.restoreAllMocks() })
}
