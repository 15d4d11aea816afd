import { beforeAll, beforeEach, expect } from 'vitest'
import { random, toBase64Url } from '../../src/crypto/bytes'
import { StaffApi } from '../../src/staff/api'
import { StaffDoor } from '../../src/staff/door'
import type { Passkeys, Secret } from '../../src/staff/passkey'
import { StaffVault } from '../../src/staff/vault'
import { fakeWords, VaultServer, WORDS } from './vault-server'

export const SAM = { signedIn: true, locked: false, id: 's', alias: 'Sam', roles: ['expert'], languages: ['nl'], organisation: 'Naast', trial: false, passkeys: 1 }
export const SIGN_IN = { 'session': { signedIn: false }, 'sign-in/options': { challengeId: 'c', options: {} }, 'sign-in': SAM, 'sign-out': {}, 'proof/options': { challengeId: 'c', options: {} }, 'proof': { proof: 'proof' } }
export const REGISTER = { 'invitation/look': { alias: 'Sam', roles: ['expert'], languages: ['nl'] }, 'register/options': { challengeId: 'c', options: {} }, 'register': SAM }
export const SEVEN = WORDS.slice(0, 7).join(' ')
export const credential = random(16)
export const prf = random(32)
export const secret = (): Secret => ({ credential, prf: prf.slice(), can: true })
export const passkeys: Passkeys = {
  create: async () => ({ credential: { id: 'made' }, secret: secret() }), get: async () => ({ credential: { id: 'got' }, secret: secret() }),
  secret: async () => secret(), suggests: async () => false,
}
/** A device that makes and uses passkeys, and tells no secret. */
export const MUTE: Passkeys = { ...passkeys, create: async () => ({ credential: { id: 'made' }, secret: { credential, can: false } }), get: async () => ({ credential: { id: 'got' }, secret: { credential, can: false } }), secret: async () => ({ credential, can: false }) }

let made: VaultServer
export let server: VaultServer
const ports = { id: () => toBase64Url(random(16)), pause: async () => {} }
export const vaultOf = (me: { id: string }, routes = server): StaffVault => new StaffVault(routes, me.id, ports)
export type More = Partial<ConstructorParameters<typeof StaffDoor>[0]>
export const doorOf = (api: StaffApi, more: More = {}): StaffDoor => new StaffDoor({ api, passkeys, vault: me => vaultOf(me), words: async () => fakeWords, ...more })
/** In, with her vault open. */
export async function inside(api: StaffApi, more: More = {}): Promise<StaffDoor> {
  const door = doorOf(api, more)
  door.state = { kind: 'out', busy: false, suggests: false }
  await door.signIn()
  expect(door.state.kind).toBe('in')
  return door
}

/** A server by its routes; what is not named is refused as unknown. */
export function serve(routes: Record<string, unknown>) {
  const asked: { url: string; init: RequestInit | undefined }[] = []
  const api = new StaffApi(async (url, init) => {
    asked.push({ url: String(url), init })
    const found = routes[String(url).replace('/api/', '')]
    return found === undefined ? Response.json({ t: 'refused', n: 0, code: 'unknown' }, { status: 404 }) : Response.json(found)
  })
  return { api, asked }
}

/** Before each test: her vault is there, kept for her passkey and her seven words. */
export function stage(): void {
  beforeAll(async () => {
    made = new VaultServer()
    const vault = vaultOf(SAM, made)
    vault.prepare(SEVEN)
    await vault.keep({ credential, prf })
  })
  beforeEach(() => {
    server = new VaultServer()
    server.becomes(made.copy())
    server.proofs.add('proof')
  })
}
