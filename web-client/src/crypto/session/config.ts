import { defaultKeyPackageEqualityConfig, type AuthenticationService, type Capabilities, type ClientConfig, type ClientState } from './mls'
import { SUITE } from './provider'

/** We say what we can do and nothing more: no other suite can be chosen, no extension be asked for. */
export const capabilities: Capabilities = {
  versions: ['mls10'], ciphersuites: [SUITE], extensions: [], proposals: [], credentials: ['basic'],
}

/** What commits are padded to, so that their length does not tell an update from a removal (crypto.md 9). */
export const COMMIT_PADDING = 1152
/** MLS pads content and signature together: this much more than the payload gives the exact sizes below. */
const SIGNATURE_ROOM = 128
export const MESSAGE_SIZES: ReadonlyMap<number, number> = new Map([[256, 462], [1024, 1230], [4096, 4302]])

/**
 * Nothing overtaken is readable (`retainKeysForGenerations: 0`: the library would keep a secret from which consumed keys follow), and
 * the least of past epochs is kept (1: 0 keeps them all), which session.ts then drops. Lifetimes are checked by keyPackage.ts.
 */
export const config = (authService: AuthenticationService): ClientConfig => ({
  keyRetentionConfig: { retainKeysForGenerations: 0, retainKeysForEpochs: 1, maximumForwardRatchetSteps: 200 },
  lifetimeConfig: { maximumTotalLifetime: 0n, validateLifetimeOnReceive: false },
  keyPackageEqualityConfig: defaultKeyPackageEqualityConfig,
  paddingConfig: { kind: 'padUntilLength', padUntilLength: COMMIT_PADDING },
  authService,
})

/** The same state, about to seal a payload of this length. */
export function paddedFor(state: ClientState, payloadLength: number): ClientState {
  const paddingConfig = { kind: 'padUntilLength' as const, padUntilLength: payloadLength + SIGNATURE_ROOM }
  return { ...state, clientConfig: { ...state.clientConfig, paddingConfig } }
}
