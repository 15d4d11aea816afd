import { decryptSenderData, emptyPskIndex, processPrivateMessage, type ClientState, type PrivateMessage } from './mls'
import { equal, own, type Bytes } from '../bytes'
import { CryptoError, demand } from '../errors'
import { decodeAddEnvelope, isAddEnvelope } from './addEnvelope'
import { MESSAGE_SIZES } from './config'
import { guard } from './guard'
import { readPrivateMessage } from './message'
import { policy, type Change } from './policy'
import { suite } from './provider'

/** What an envelope of somebody else's did, and the state after it. The state before it is untouched until the caller takes the new one. */
export type Received = { next: ClientState; consumed: Uint8Array[]; leaf: number } & (
  | { kind: 'message'; payload: Bytes }
  | { kind: 'commit'; change: Change }
  | { kind: 'removed' }
  | { kind: 'own' }
)

const sizes = [...MESSAGE_SIZES.values()]

/** One whole MLSMessage that is a PrivateMessage without authenticated data; everything else is `malformed`. */
export async function decodePrivate(bytes: Bytes): Promise<PrivateMessage> {
  const message = await readPrivateMessage(bytes)
  demand(message.authenticatedData.length === 0 && message.contentType !== 'proposal', 'malformed')
  demand(message.contentType === 'commit' || sizes.includes(bytes.length), 'malformed')
  return message
}

/** The leaf a message claims to be from: the library checks its signature against that leaf but does not tell which it was. */
async function senderOf(message: PrivateMessage, state: ClientState): Promise<number> {
  const data = await guard('unreadable', () => decryptSenderData(message, state.keySchedule.senderDataSecret, suite))
  if (!data) throw new CryptoError('unreadable')
  return data.leafIndex
}

/** Throws `malformed`, `stale` (another group or epoch), `unreadable`, `refused-member` (a commit that policy.ts forbids). */
export async function receive(state: ClientState, envelope: Bytes): Promise<Received> {
  const message = await decodePrivate(isAddEnvelope(envelope) ? decodeAddEnvelope(envelope).commit : envelope)
  const { groupId, epoch } = state.groupContext
  demand(equal(message.groupId, groupId) && message.epoch === epoch, 'stale')
  const leaf = await senderOf(message, state)
  if (leaf === state.privatePath.leafIndex) {
    demand(message.contentType === 'application', 'unreadable')
    return { kind: 'own', next: state, consumed: [], leaf }
  }
  let change: Change | undefined
  const note = policy((_, what) => { change = what })
  const result = await guard('unreadable', () => processPrivateMessage(state, message, emptyPskIndex, suite, note))
  const common = { next: result.newState, consumed: result.consumed, leaf }
  if (result.kind === 'applicationMessage') return { kind: 'message', payload: own(result.message), ...common }
  if (result.actionTaken === 'reject' || !change) throw new CryptoError('refused-member')
  return result.newState.groupActiveState.kind === 'active' ? { kind: 'commit', change, ...common } : { kind: 'removed', ...common }
}
