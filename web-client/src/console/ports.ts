import type { Bytes, Bytes32, Bytes65 } from '../crypto/bytes'

/** The roster that was believed last, remembered in the vault: a server cannot go back behind it (crypto.md, Identities). */
export interface SeenRoster { readonly version: number; readonly hash: Bytes32; /** Unix seconds. */ readonly until: number }

/** A statement that a signer revoked, remembered in the vault until it has ended by itself: a server that hides the record gets it into no roster. */
export interface SeenRevoked { readonly hash: Bytes32; /** Unix seconds. */ readonly until: number }

/** My roster signer's key as the vault has it: its public half, its name, and the certificate once the root gave one. */
export interface MySigner { readonly key: Bytes65; readonly name: string; readonly certificate?: Bytes }

/** The request for a certificate. */
export interface SignerRequest { readonly request: Bytes; readonly hash: Bytes32 }

/** My statement as a coordinator: its bytes, and signed by two when it is. */
export interface MyStatement { readonly unsigned: Bytes; readonly signed?: Bytes }

/**
 * What the console asks of the opened vault. No private key ever comes out: keys are made in there and sign in there. What changes the vault resolves when the server has it.
 */
export interface SignerKeys {
  signer(): MySigner | undefined
  /** Makes a fresh key under this name; the older one, and its certificate, are gone. */
  makeSigner(name: string): Promise<MySigner>
  keepCertificate(certificate: Bytes): Promise<void>
  /** What the root's holder reads, signed by the key itself, and the hash whose six words she compares (docs/formats.md §2). */
  request(): Promise<SignerRequest | undefined>
  /** By my signer's key: ECDSA over P-256 with SHA-256, strict DER. */
  sign(bytes: Bytes): Promise<Bytes>
  statement(): MyStatement | undefined
  /** Makes the two keys of a coordinator's statement, and keeps them with what `unsigned` makes of their public halves. */
  makeStatement(unsigned: (keys: { readonly signatureKey: Bytes65; readonly hpkeKey: Bytes65 }) => Bytes): Promise<MyStatement>
  keepStatement(signed: Bytes): Promise<void>
  seen(): SeenRoster | undefined
  saw(roster: SeenRoster): Promise<void>
  seenRevoked(): readonly SeenRevoked[]
  /** `now`: unix seconds; what has ended by then is forgotten. */
  sawRevoked(more: readonly SeenRevoked[], now: number): Promise<void>
}

export type SpokenLanguage = 'nl' | 'en'

/** Words for 66 bits of a hash, in a language; what somebody typed, read forgivingly: undefined where it is not of these words. */
export interface SpokenWords {
  six(language: SpokenLanguage, hash: Bytes32): Promise<readonly string[]>
  read(language: SpokenLanguage, text: string): Promise<readonly string[] | undefined>
}
