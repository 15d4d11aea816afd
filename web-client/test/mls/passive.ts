import { expect } from 'vitest'
import { joinGroup, makePskIndex, type ClientState } from 'ts-mls/clientState.js'
import { defaultClientConfig } from 'ts-mls/clientConfig.js'
import { acceptAll } from 'ts-mls/incomingMessageAction.js'
import { decodeMlsMessage } from 'ts-mls/message.js'
import { processPrivateMessage, processPublicMessage } from 'ts-mls/processMessages.js'
import { decodeRatchetTree } from 'ts-mls/ratchetTree.js'
import { bytesToBase64 } from 'ts-mls/util/byteArray.js'
import { hex } from '../../src/crypto/bytes'
import { suite } from '../../src/crypto/session/provider'
import { unhex } from '../support/wire'
import { decoded, type Hex } from './vectors'

export interface Passive {
  external_psks: { psk_id: Hex; psk: Hex }[]; key_package: Hex; signature_priv: Hex; encryption_priv: Hex; init_priv: Hex
  welcome: Hex; ratchet_tree: Hex | null; initial_epoch_authenticator: Hex
  epochs: { proposals: Hex[]; commit: Hex; epoch_authenticator: Hex }[]
}
type Psks = Record<string, Uint8Array>

const authenticator = (state: ClientState): Hex => hex(state.keySchedule.epochAuthenticator)

/** A client that only listens joins by the Welcome and follows every epoch. */
export async function passive(v: Passive): Promise<void> {
  const psks: Psks = Object.fromEntries(v.external_psks.map(p => [bytesToBase64(unhex(p.psk_id)), unhex(p.psk)]))
  let state = await join(v, psks)
  expect(authenticator(state)).toBe(v.initial_epoch_authenticator)
  for (const epoch of v.epochs) {
    for (const proposal of epoch.proposals) state = await process(state, proposal, psks)
    state = await process(state, epoch.commit, psks)
    expect(authenticator(state)).toBe(epoch.epoch_authenticator)
  }
}

function join(v: Passive, psks: Psks): Promise<ClientState> {
  const [pack, message] = [decoded(decodeMlsMessage, v.key_package), decoded(decodeMlsMessage, v.welcome)]
  if (pack.wireformat !== 'mls_key_package' || message.wireformat !== 'mls_welcome') throw new Error('not a welcome')
  const keys = { initPrivateKey: unhex(v.init_priv), hpkePrivateKey: unhex(v.encryption_priv), signaturePrivateKey: unhex(v.signature_priv) }
  const tree = v.ratchet_tree === null ? undefined : decoded(decodeRatchetTree, v.ratchet_tree)
  return joinGroup(message.welcome, pack.keyPackage, keys, makePskIndex(undefined, psks), suite, tree, undefined, defaultClientConfig)
}

async function process(state: ClientState, text: Hex, psks: Psks): Promise<ClientState> {
  const message = decoded(decodeMlsMessage, text)
  const index = makePskIndex(state, psks)
  switch (message.wireformat) {
    case 'mls_private_message': return (await processPrivateMessage(state, message.privateMessage, index, suite, acceptAll)).newState
    case 'mls_public_message': return (await processPublicMessage(state, message.publicMessage, index, suite, acceptAll)).newState
    default: throw new Error('not a handshake message')
  }
}
