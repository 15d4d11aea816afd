import { createCommit, type ClientState, type KeyPackage, type PrivateMessage, type Proposal } from './mls'
import { sha256, type Bytes, type Bytes32 } from '../bytes'
import { CryptoError } from '../errors'
import { encodeAddEnvelope } from './addEnvelope'
import { guard } from './guard'
import { writePrivateMessage, writeWelcome } from './message'
import { suite } from './provider'

/** A commit of our own that the server has not yet said to have stored, and the state it leads to. */
export interface Pending {
  readonly envelope: Bytes
  readonly hash: Bytes32
  readonly next: ClientState
  /** To be wiped when it is confirmed, and not before: some of it belongs to the state that a drop goes back to. */
  readonly consumed: Uint8Array[]
}

type Made = Awaited<ReturnType<typeof createCommit>>['commit']
function privately(message: Made): PrivateMessage {
  if (message.wireformat !== 'mls_private_message') throw new CryptoError('misuse')
  return message.privateMessage
}

async function commit(state: ClientState, extraProposals: Proposal[]) {
  const made = await guard('refused-member', () =>
    createCommit({ state, cipherSuite: suite }, { extraProposals, ratchetTreeExtension: true }))
  // The past epoch's receiving keys go with it: the server takes messages in the current epoch only.
  return { ...made, next: { ...made.newState, historicalReceiverData: new Map() }, bytes: writePrivateMessage(privately(made.commit)) }
}

/** Renews our own leaf, or removes a member. */
export async function commitOf(state: ClientState, removed?: number): Promise<Pending> {
  const proposals: Proposal[] = removed === undefined ? [] : [{ proposalType: 'remove', remove: { removed } }]
  const { bytes, next, consumed } = await commit(state, proposals)
  return { envelope: bytes, hash: await sha256(bytes), next, consumed }
}

/** Takes somebody in: commit and Welcome in one envelope, so that neither can be stored without the other. */
export async function addOf(state: ClientState, keyPackage: KeyPackage): Promise<Pending> {
  const { bytes, welcome, next, consumed } = await commit(state, [{ proposalType: 'add', add: { keyPackage } }])
  if (!welcome) throw new CryptoError('misuse')
  const envelope = encodeAddEnvelope({ commit: bytes, welcome: writeWelcome(welcome) })
  return { envelope, hash: await sha256(envelope), next, consumed }
}
