import { fromBase64Url, random, toBase64Url, type Bytes, type Bytes32 } from '../crypto/bytes'
import { prfSalt } from '../crypto/vault'

/** What a passkey says to this page alone, besides its answer to the server (WebAuthn's `prf`). */
export interface Secret {
  readonly credential: Bytes
  /** 32 bytes that only this passkey gives, here only; absent where it gives none, or not at its making. */
  readonly prf?: Bytes32
  /** Whether it says that it can. */
  readonly can: boolean
}
/** `credential`: for the server. Nothing of `secret` is in it. */
export interface Answer { readonly credential: object; readonly secret: Secret }

/** What the browser does with passkeys; a port, so that tests bring their own. All but the last reject when the person or the browser says no. */
export interface Passkeys {
  create(options: PublicKeyCredentialCreationOptionsJSON): Promise<Answer>
  /** `waiting`: stands by in the browser's own suggestions until one is chosen or `signal` ends it. */
  get(options: PublicKeyCredentialRequestOptionsJSON, waiting: boolean, signal: AbortSignal): Promise<Answer>
  /** Asks one of these passkeys (base64url) for its secret, after it saw that it is she. The server is asked nothing and told nothing. */
  secret(credentials: readonly string[]): Promise<Secret>
  /** Whether the browser can offer passkeys as suggestions (conditional mediation). */
  suggests(): Promise<boolean>
}

function passkey(credential: Credential | null): PublicKeyCredential {
  if (!(credential instanceof PublicKeyCredential)) throw new Error('no passkey')
  return credential
}

function secretOf(credential: PublicKeyCredential): Secret {
  const { prf } = credential.getClientExtensionResults()
  const first = prf?.results?.first
  const bytes = first && (ArrayBuffer.isView(first) ? new Uint8Array(first.buffer as ArrayBuffer, first.byteOffset, first.byteLength) : new Uint8Array(first))
  return { credential: new Uint8Array(credential.rawId), ...(bytes?.length === 32 && { prf: bytes }), can: bytes !== undefined || prf?.enabled === true }
}

/** The JSON form without what any extension answered: one of them opens the vault, and no server of ours needs the others. */
const answerOf = (credential: PublicKeyCredential): Answer =>
  ({ credential: { ...credential.toJSON() as object, clientExtensionResults: {} }, secret: secretOf(credential) })

/** Our one question and no other: what else a server would have a passkey tell is not asked. */
const withPrf = async <O extends PublicKeyCredentialCreationOptions | PublicKeyCredentialRequestOptions>(options: O): Promise<O> =>
  ({ ...options, extensions: { prf: { eval: { first: await prfSalt() } } } })

/** WebAuthn Level 3 in the browser: it turns the JSON forms to bytes and back, so no code of ours does. */
export const browserPasskeys: Passkeys = {
  async create(options) {
    const publicKey = await withPrf(PublicKeyCredential.parseCreationOptionsFromJSON(options))
    return answerOf(passkey(await navigator.credentials.create({ publicKey })))
  },
  async get(options, waiting, signal) {
    const publicKey = await withPrf(PublicKeyCredential.parseRequestOptionsFromJSON(options))
    return answerOf(passkey(await navigator.credentials.get({ publicKey, signal, ...(waiting && { mediation: 'conditional' as const }) })))
  },
  async secret(credentials) {
    const allowCredentials = credentials.map(id => ({ type: 'public-key' as const, id: fromBase64Url(id) }))
    const publicKey = await withPrf<PublicKeyCredentialRequestOptions>({ challenge: random(32), allowCredentials, userVerification: 'required' })
    return secretOf(passkey(await navigator.credentials.get({ publicKey })))
  },
  async suggests() {
    return (await globalThis.PublicKeyCredential?.isConditionalMediationAvailable?.()) ?? false
  },
}

export const idOfPasskey = ({ credential }: Secret): string => toBase64Url(credential)
