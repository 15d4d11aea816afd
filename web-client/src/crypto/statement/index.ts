/** Statements, rosters and revocations: their canonical forms, and whom to believe. Layouts: docs/formats.md §1–5. */
export { decodeUnsignedStatement, encodeUnsignedStatement, type Role, type Statement } from './statement'
export { decodeSigned, encodeSigned, signedBy, signedByTwo, type Signature, type Signed as SignedStatement, type Signer } from './signed'
export { certified, decodeCertificate, encodeCertificate, encodeUnsignedCertificate, signerHash, type Certificate } from './certificate'
export { ascending, encodeUnsignedRoster, decodeUnsignedRoster, type Roster } from './roster'
export { encodeRevocation, encodeUnsignedRevocation, decodeRevocation, type Revocation } from './revocation'
export { isSignerName, makeSignerRequest, readSignerRequest, signerName, signerRequestHash, type SignerRequest } from './request'
export { isAbout, RENEW_SECONDS, unsignedAbout, type About } from './own'
export { SLOW_CLOCK_SECONDS, Trust, type Proof } from './trust'
