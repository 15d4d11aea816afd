/** Conversations between members: MLS (RFC 9420) behind our own rules, crypto.md "A conversation". Layouts: docs/formats.md §6–8. */
export { selfTest } from './selfTest'
export { newSignatureKey, type Identity } from './keyPackage'
export { prepareJoin, startGroup, Joining } from './joining'
export { Session, type Opened, type Staged } from './session'
export type { Member } from './members'
export type { Signal } from './signal'
export { CLASSES, LONGEST_BODY, decodePayload, encodePayload, type Payload, type PayloadKind } from './payload'
export { join, split } from './text'
