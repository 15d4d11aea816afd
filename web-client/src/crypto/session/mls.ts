/**
 * The parts of ts-mls that we use, each from its own file: its front door pulls in the library's own providers, which we must not use
 * (their P-256 keys are compressed) and whose dependencies we do not ship. Everything here is held to version 1.6.4 exactly.
 */
export { decodeGroupState, encodeGroupState, createGroup, joinGroup, type ClientState } from 'ts-mls/clientState.js'
export { createApplicationMessage } from 'ts-mls/createMessage.js'
export { createCommit } from 'ts-mls/createCommit.js'
export { processPrivateMessage } from 'ts-mls/processMessages.js'
export { emptyPskIndex } from 'ts-mls/pskIndex.js'
export { mlsExporter } from 'ts-mls/keySchedule.js'
export { decodeWelcome, encodeWelcome, type Welcome } from 'ts-mls/welcome.js'
export { decodePrivateMessage, decryptSenderData, encodePrivateMessage, type PrivateMessage } from 'ts-mls/privateMessage.js'
export { decodeKeyPackage, encodeKeyPackage, generateKeyPackageWithKey, type KeyPackage, type PrivateKeyPackage } from 'ts-mls/keyPackage.js'
export { defaultKeyPackageEqualityConfig } from 'ts-mls/keyPackageEqualityConfig.js'
export type { IncomingMessageCallback } from 'ts-mls/incomingMessageAction.js'
export type { ProposalWithSender } from 'ts-mls/unappliedProposals.js'
export type { Proposal } from 'ts-mls/proposal.js'
export type { AuthenticationService } from 'ts-mls/authenticationService.js'
export type { Credential } from 'ts-mls/credential.js'
export type { Capabilities } from 'ts-mls/capabilities.js'
export type { ClientConfig } from 'ts-mls/clientConfig.js'
export type { CiphersuiteImpl } from 'ts-mls/crypto/ciphersuite.js'
export type { Hpke, PrivateKey, PublicKey } from 'ts-mls/crypto/hpke.js'
