/** Who is signed in. */
export interface Me {
  readonly id: string
  readonly alias: string
  readonly roles: readonly string[]
  readonly languages: readonly string[]
  readonly organisation: string
  readonly trial: boolean
  /** How many she has: outside trial two are needed before the first conversation (D1). */
  readonly passkeys: number
}
export type Session = { readonly signedIn: false } | ({ readonly signedIn: true; readonly locked: boolean } & Me)
export interface Invited { readonly alias: string; readonly roles: readonly string[]; readonly languages: readonly string[] }
export interface Person extends Invited { readonly id: string; readonly state: 'active' | 'suspended' }
/** `expiresAt`: milliseconds since 1970. */
export interface Invitation extends Invited { readonly id: string; readonly expiresAt: number }
/** `made`: a day; `synced`: it goes along to her other devices; `credential`: base64url, as the vault knows it. */
export interface Passkey { readonly id: string; readonly made: number; readonly synced: boolean; readonly credential: string }
export interface Challenge<Options> { readonly challengeId: string; readonly options: Options }
/** Where a statement stands: base64url. `refused`: new keys are needed. */
export type Stated = { readonly state: 'signed'; readonly statement: string; readonly roster: string } | { readonly state: 'proposed' | 'refused' }
export interface Made { readonly link: string; readonly expiresAt: number }

/** A refusal of the server by its code (protocol §9), or `unreachable`: no answer, or none that protocol §11 knows. */
export class StaffError extends Error {
  constructor(readonly code: string) { super(code) }
}

const UNREACHABLE = 'unreachable'

async function answer(response: Response): Promise<Record<string, unknown>> {
  const body: unknown = await response.json().catch(() => undefined)
  if (typeof body !== 'object' || body === null) throw new StaffError(UNREACHABLE)
  const fields = body as Record<string, unknown>
  if (!response.ok) throw new StaffError(typeof fields['code'] === 'string' ? fields['code'] : UNREACHABLE)
  return fields
}

/** Checks that a field the screens render is what they take it for: a server of another version is said to be out of reach. */
function must<T>(fields: Record<string, unknown>, name: string, is: (value: unknown) => boolean): T {
  if (!is(fields[name])) throw new StaffError(UNREACHABLE)
  return fields as T
}
const isText = (value: unknown): boolean => typeof value === 'string'
const isBool = (value: unknown): boolean => typeof value === 'boolean'
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

/** What a page opens with is asked again while the server, or its signing process, is `busy`: after these pauses, in milliseconds. */
const BUSY_PAUSES = [500, 1_000, 2_000, 4_000, 8_000]

/** The staff routes of protocol §11. Each rejects with a `StaffError` and nothing else. */
export class StaffApi {
  constructor(private readonly fetch: typeof globalThis.fetch, private readonly pause = (ms: number) => new Promise<unknown>(done => setTimeout(done, ms))) {}

  /** For the routes of a page of its own (`console/api.ts`), too. */
  async ask(path: string, body?: object): Promise<Record<string, unknown>> {
    const init: RequestInit = body === undefined ? {}
      : { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Naast': '1' }, body: JSON.stringify(body) }
    const response = await this.fetch(`/api/${path}`, { ...init, credentials: 'same-origin', cache: 'no-store' }).catch(() => undefined)
    if (!response) throw new StaffError(UNREACHABLE)
    return answer(response)
  }

  /** For what may be asked again as it is (protocol §2). */
  private async patiently(path: string, body?: object): Promise<Record<string, unknown>> {
    for (const ms of BUSY_PAUSES) {
      const found = await this.ask(path, body).catch((error: StaffError) => error)
      if (!(found instanceof StaffError)) return found
      if (found.code !== 'busy') throw found
      await this.pause(ms)
    }
    return this.ask(path, body)
  }

  async session(): Promise<Session> { return must(await this.patiently('session'), 'signedIn', isBool) }
  async look(invitation: string): Promise<Invited> { return must(await this.ask('invitation/look', { invitation }), 'roles', Array.isArray) }
  async registerOptions(invitation: string): Promise<Challenge<PublicKeyCredentialCreationOptionsJSON>> {
    return must(await this.ask('register/options', { invitation }), 'options', isObject)
  }
  async register(invitation: string, challengeId: string, credential: object): Promise<Session> {
    return must(await this.ask('register', { invitation, challengeId, credential }), 'signedIn', isBool)
  }
  async signInOptions(): Promise<Challenge<PublicKeyCredentialRequestOptionsJSON>> {
    return must(await this.ask('sign-in/options', {}), 'options', isObject)
  }
  async signIn(challengeId: string, credential: object): Promise<Session> {
    return must(await this.ask('sign-in', { challengeId, credential }), 'signedIn', isBool)
  }
  async signOut(): Promise<void> { await this.ask('sign-out', {}) }
  async passkeys(): Promise<readonly Passkey[]> { return must<{ passkeys: Passkey[] }>(await this.ask('passkeys'), 'passkeys', Array.isArray).passkeys }
  /** For an act that a session is too little for (`prove.ts`). */
  async proofOptions(act: string): Promise<Challenge<PublicKeyCredentialRequestOptionsJSON>> { return must(await this.ask('proof/options', { act }), 'options', isObject) }
  async prove(act: string, challengeId: string, credential: object): Promise<string> { return must<{ proof: string }>(await this.ask('proof', { act, challengeId, credential }), 'proof', isText).proof }
  async passkeyOptions(proof: string): Promise<Challenge<PublicKeyCredentialCreationOptionsJSON>> { return must(await this.ask('passkeys/options', { proof }), 'options', isObject) }
  async addPasskey(challengeId: string, credential: object): Promise<void> { await this.ask('passkeys', { challengeId, credential }) }
  async removePasskey(id: string, proof: string): Promise<void> { await this.ask('passkeys/remove', { id, proof }) }
  /** Base64url in and out. One that the server takes no more, because it was made too long ago and never got there, is `refused` like one that a signer refused. */
  async statement(unsigned: string): Promise<Stated> {
    const answer = await this.patiently('statement', { unsigned }).catch((error: StaffError) => error)
    if (answer instanceof StaffError && answer.code !== 'malformed') throw answer
    const state = answer instanceof StaffError ? 'refused' : answer['state']
    if (state === 'proposed' || state === 'refused') return { state }
    return must(must(must({ ...answer }, 'state', value => value === 'signed'), 'statement', isText), 'roster', isText)
  }
  async people(): Promise<readonly Person[]> { return must<{ people: Person[] }>(await this.ask('people'), 'people', Array.isArray).people }
  async suspend(id: string): Promise<void> { await this.ask('people/suspend', { id }) }
  async invitations(): Promise<readonly Invitation[]> {
    return must<{ invitations: Invitation[] }>(await this.ask('invitations'), 'invitations', Array.isArray).invitations
  }
  async invite(id: string, invited: Invited): Promise<Made> { return must(await this.ask('invitations', { id, ...invited }), 'link', isText) }
  async withdraw(id: string): Promise<void> { await this.ask('invitations/withdraw', { id }) }
  async guide(): Promise<unknown> { return this.patiently('guide') }
}
