import type { ClientState } from './mls'

type Ratchet = ClientState['secretTree'][number]['application']
const ratchet = ({ secret, unusedGenerations }: Ratchet): Uint8Array[] => [secret, ...Object.values(unusedGenerations)]

/** Every secret that a state holds: ratchets, key schedule, path keys, signing key. */
const secrets = (state: ClientState): Uint8Array[] => [
  ...state.secretTree.flatMap(node => [...ratchet(node.application), ...ratchet(node.handshake)]),
  ...Object.values(state.keySchedule),
  ...Object.values(state.privatePath.privateKeys),
  state.signaturePrivateKey,
]

/**
 * Overwrites what a state holds and the states that live on do not. States share what did not change, so it goes by the array itself.
 * Best effort (an engine may have moved copies about); BigInts and JWK strings cannot be overwritten at all.
 */
export function wipe(old: ClientState, ...living: ClientState[]): void {
  const kept = new Set(living.flatMap(secrets))
  for (const secret of secrets(old)) if (!kept.has(secret)) secret.fill(0)
}
