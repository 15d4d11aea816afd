import type { Bytes, Bytes65 } from '../crypto/bytes'
import type { KeyPair } from '../crypto/suite/keys'
import type { Id } from '../wire/read'

/** Keys of a member of staff and the statement about them. What `papers()` gave is a copy: whoever asked overwrites it. */
export interface Papers {
  readonly signatureKey: { readonly publicKey: Bytes65; readonly signKey: Bytes }
  readonly box: KeyPair
  readonly unsigned: Bytes
  /** Once two signers have signed it. */
  readonly signed?: Bytes
}

/** One conversation as it was last saved; the lines in the order they were appended. */
export interface KeptTalk { readonly claim: Id; readonly state: Bytes; readonly lines: readonly Bytes[] }

/** `lost`: another desk wrote meanwhile. `full`: it takes no more, or nothing so large, and asking again may be in vain. Anything else means that nobody knows whether it was written. */
export class VaultError extends Error {
  constructor(readonly code: 'lost' | 'full' | 'unreachable') { super(code) }
}

/**
 * What a desk keeps of itself, sealed (crypto.md 11). Every method rejects with a VaultError and nothing else. After `unreachable` the
 * desk calls again with the same, or with newer, contents: the vault first finds out what became of the write it has no answer to, so
 * that a lost answer is never taken for another desk's write. At most 100 lines a call.
 */
export interface DeskVault {
  /** Of the role she sits here in, opened. */
  papers(): Papers | undefined
  savePapers(papers: Papers): Promise<void>
  /** As the server has them now. */
  talks(): Promise<readonly KeptTalk[]>
  /** Resolves when the server has it, state and lines together; the arrays are overwritten after it. */
  save(claim: Id, state: Bytes, lines: readonly Bytes[]): Promise<void>
  /** State and lines. Repeatable. */
  drop(claim: Id): Promise<void>
}
