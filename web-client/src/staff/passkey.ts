/** What the browser does with passkeys; a port, so that tests bring their own. Both reject when the person or the browser says no. */
export interface Passkeys {
  create(options: PublicKeyCredentialCreationOptionsJSON): Promise<object>
  /** `waiting`: stands by in the browser's own suggestions until one is chosen or `signal` ends it. */
  get(options: PublicKeyCredentialRequestOptionsJSON, waiting: boolean, signal: AbortSignal): Promise<object>
  /** Whether the browser can offer passkeys as suggestions (conditional mediation). */
  suggests(): Promise<boolean>
}

const json = (credential: Credential | null): object => {
  if (!(credential instanceof PublicKeyCredential)) throw new Error('no passkey')
  return credential.toJSON()
}

/** WebAuthn Level 3 in the browser: it turns the JSON forms to bytes and back, so no code of ours does. */
export const browserPasskeys: Passkeys = {
  async create(options) {
    return json(await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }))
  },
  async get(options, waiting, signal) {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
    return json(await navigator.credentials.get({ publicKey, signal, ...(waiting && { mediation: 'conditional' as const }) }))
  },
  async suggests() {
    return (await globalThis.PublicKeyCredential?.isConditionalMediationAvailable?.()) ?? false
  },
}
