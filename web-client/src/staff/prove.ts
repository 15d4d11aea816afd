import type { StaffApi } from './api'
import type { Passkeys, Secret } from './passkey'

/** What a session is too little for (protocol §11): whoever copied one, or found a page open, has no passkey. */
export type Act = 'add-passkey' | 'keyring' | `remove-passkey ${string}`
/** `proof`: good for this act, each step once, two minutes. `secret`: what the passkey said to this page besides; whoever asked overwrites it. */
export interface Proved { readonly proof: string; readonly secret: Secret }

/** Asks one of her passkeys whether it is she, and whether it is this that she wants. Rejects when she, her browser or the server says no. */
export async function prove(api: StaffApi, passkeys: Passkeys, act: Act): Promise<Proved> {
  const { challengeId, options } = await api.proofOptions(act)
  const { credential, secret } = await passkeys.get(options, false, new AbortController().signal)
  try {
    return { proof: await api.prove(act, challengeId, credential), secret }
  } catch (error) {
    secret.prf?.fill(0)
    throw error
  }
}
