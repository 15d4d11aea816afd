/**
 * A vault: what one member of staff keeps on a server that cannot read it, and how it is opened. Layouts: docs/formats.md §10. Nothing here
 * asks anybody anything: `staff/vault.ts` does.
 */
export { SecretKey } from './key'
export { prfSalt, type Opener } from './secrets'
export {
  decodeKeyring, encodeKeyring, forgetOpener, LEAST_ITERATIONS, openKeyring, withoutPasskey, withPasskey, wrapForPasskey, wrapForWords, type Keyring, type PasskeyWrap,
} from './keyring'
export { chained, NO_LINES, openItem, openLines, sealItem, sealLine, Witness, type Item, type Place } from './items'
export { copyOfKeys, decodeKeys, encodeKeys, withKeys, withRevoked, zeroKeys, type Keys, type Papers, type PapersRole, type SeenRevoked, type SeenRoster, type SignerKey } from './keys'
