import { expect } from 'vitest'
import { decodeAuthenticatedContent } from 'ts-mls/authenticatedContent.js'
import { decodeCommit, encodeCommit } from 'ts-mls/commit.js'
import { createConfirmationTag, verifyConfirmationTag } from 'ts-mls/framedContent.js'
import { verifyGroupInfoConfirmationTag, verifyGroupInfoSignature } from 'ts-mls/groupInfo.js'
import { makeKeyPackageRef } from 'ts-mls/keyPackage.js'
import { decodeMlsMessage } from 'ts-mls/message.js'
import { protectApplicationData, protectProposal, unprotectPrivateMessage } from 'ts-mls/messageProtection.js'
import { protectProposalPublic, unprotectPublicMessage } from 'ts-mls/messageProtectionPublic.js'
import { decodeProposal, encodeProposal } from 'ts-mls/proposal.js'
import { createSecretTree } from 'ts-mls/secretTree.js'
import { createConfirmedHash, createInterimHash } from 'ts-mls/transcriptHash.js'
import { decryptGroupInfo, decryptGroupSecrets } from 'ts-mls/welcome.js'
import { hex } from '../../src/crypto/bytes'
import { SUITE, suite } from '../../src/crypto/session/provider'
import { unhex } from '../support/wire'
import { decoded, type Hex } from './vectors'

export interface Transcript {
  confirmation_key: Hex; authenticated_content: Hex; interim_transcript_hash_before: Hex
  confirmed_transcript_hash_after: Hex; interim_transcript_hash_after: Hex
}

export async function transcript(v: Transcript): Promise<void> {
  const { wireformat, content, auth } = decoded(decodeAuthenticatedContent, v.authenticated_content)
  if (content.contentType !== 'commit' || auth.contentType !== 'commit') throw new Error('not a commit')
  const confirmed = await createConfirmedHash(unhex(v.interim_transcript_hash_before), { wireformat, content, signature: auth.signature }, suite.hash)
  expect(hex(confirmed)).toBe(v.confirmed_transcript_hash_after)
  expect(hex(await createInterimHash(confirmed, auth.confirmationTag, suite.hash))).toBe(v.interim_transcript_hash_after)
  expect(await verifyConfirmationTag(unhex(v.confirmation_key), auth.confirmationTag, confirmed, suite.hash)).toBe(true)
  expect(await createConfirmationTag(unhex(v.confirmation_key), confirmed, suite.hash)).toEqual(auth.confirmationTag)
}

export interface WelcomeVector { init_priv: Hex; key_package: Hex; signer_pub: Hex; welcome: Hex }

export async function welcome(v: WelcomeVector): Promise<void> {
  const [pack, message] = [decoded(decodeMlsMessage, v.key_package), decoded(decodeMlsMessage, v.welcome)]
  if (pack.wireformat !== 'mls_key_package' || message.wireformat !== 'mls_welcome') throw new Error('not a welcome')
  const ref = await makeKeyPackageRef(pack.keyPackage, suite.hash)
  const secrets = await decryptGroupSecrets(await suite.hpke.importPrivateKey(unhex(v.init_priv)), ref, message.welcome, suite.hpke)
  if (!secrets) throw new Error('no group secrets')
  const noPsk = new Uint8Array(32)
  const info = await decryptGroupInfo(message.welcome, secrets.joinerSecret, noPsk, suite)
  if (!info) throw new Error('no group info')
  expect(await verifyGroupInfoSignature(info, unhex(v.signer_pub), suite.signature)).toBe(true)
  expect(await verifyGroupInfoConfirmationTag(info, secrets.joinerSecret, noPsk, suite)).toBe(true)
}

export interface Protection {
  group_id: Hex; epoch: number; tree_hash: Hex; confirmed_transcript_hash: Hex; signature_priv: Hex; signature_pub: Hex
  encryption_secret: Hex; sender_data_secret: Hex; membership_key: Hex
  proposal: Hex; proposal_priv: Hex; proposal_pub: Hex; commit: Hex; commit_priv: Hex; commit_pub: Hex; application: Hex; application_priv: Hex
}

const padding = { kind: 'padUntilLength' as const, padUntilLength: 128 }
const keep = { retainKeysForGenerations: 0, retainKeysForEpochs: 1, maximumForwardRatchetSteps: 10 }
const SENDER = 1

const contextOf = (v: Protection) => ({
  version: 'mls10' as const, cipherSuite: SUITE as typeof SUITE, groupId: unhex(v.group_id), epoch: BigInt(v.epoch), extensions: [],
  treeHash: unhex(v.tree_hash), confirmedTranscriptHash: unhex(v.confirmed_transcript_hash),
})

/** The content of a message, as the bytes that the vector gives. */
async function contentOf(v: Protection, message: ReturnType<typeof decodedMessage>): Promise<Hex> {
  const tree = await createSecretTree(2, unhex(v.encryption_secret), suite.kdf)
  const { content } = message.wireformat === 'mls_private_message'
    ? (await unprotectPrivateMessage(unhex(v.sender_data_secret), message.privateMessage, tree, [], contextOf(v), keep, suite, unhex(v.signature_pub))).content
    : await unprotectPublicMessage(unhex(v.membership_key), contextOf(v), [], publicOf(message), suite, unhex(v.signature_pub))
  if (content.contentType === 'application') return hex(content.applicationData)
  return hex(content.contentType === 'commit' ? encodeCommit(content.commit) : encodeProposal(content.proposal))
}

const decodedMessage = (text: Hex) => decoded(decodeMlsMessage, text)
function publicOf(message: ReturnType<typeof decodedMessage>) {
  if (message.wireformat !== 'mls_public_message') throw new Error('not public')
  return message.publicMessage
}

export async function protection(v: Protection): Promise<void> {
  decoded(decodeCommit, v.commit)
  for (const [content, messages] of [[v.proposal, [v.proposal_priv, v.proposal_pub]], [v.commit, [v.commit_priv, v.commit_pub]], [v.application, [v.application_priv]]] as const)
    for (const message of messages) expect(await contentOf(v, decodedMessage(message))).toBe(content)
  await protecting(v)
}

/** What we protect ourselves comes apart again. */
async function protecting(v: Protection): Promise<void> {
  const tree = await createSecretTree(2, unhex(v.encryption_secret), suite.kdf)
  const [key, secret, none] = [unhex(v.signature_priv), unhex(v.sender_data_secret), new Uint8Array(0)]
  const proposal = decoded(decodeProposal, v.proposal)
  const words = await protectApplicationData(key, secret, unhex(v.application), none, contextOf(v), tree, SENDER, padding, suite)
  expect(await contentOf(v, { version: 'mls10', wireformat: 'mls_private_message', privateMessage: words.privateMessage })).toBe(v.application)
  const proposed = await protectProposal(key, secret, proposal, none, contextOf(v), tree, SENDER, padding, suite)
  expect(await contentOf(v, { version: 'mls10', wireformat: 'mls_private_message', privateMessage: proposed.privateMessage })).toBe(v.proposal)
  const open = await protectProposalPublic(key, unhex(v.membership_key), contextOf(v), none, proposal, SENDER, suite)
  expect(await contentOf(v, { version: 'mls10', wireformat: 'mls_public_message', publicMessage: open.publicMessage })).toBe(v.proposal)
}
