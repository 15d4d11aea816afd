/**
 * Why something cryptographic was refused. Fixed words without data: nothing of a conversation and no key can get into a log
 * or a screen through them.
 * - `unavailable`: this browser cannot do the cryptography (self-test); encrypted talk must not be offered.
 * - `malformed`: bytes that are not what they should be.
 * - `refused-statement`, `refused-roster`, `refused-member`, `refused-suite`: somebody who may not be in the conversation.
 * - `stale`: made for another epoch than ours: read the log first.
 * - `unreadable`: cannot be decrypted: tampered with, replayed, overtaken, or not for us.
 * - `misuse`: our own program called in a way that is never right.
 */
export type ErrorCode =
  | 'unavailable' | 'malformed' | 'refused-statement' | 'refused-roster' | 'refused-member' | 'refused-suite'
  | 'stale' | 'unreadable' | 'misuse'

export class CryptoError extends Error {
  constructor(readonly code: ErrorCode) {
    super(code)
    this.name = 'CryptoError'
  }
}

export const refuse = (code: ErrorCode): never => {
  throw new CryptoError(code)
}

/** Throws `code` unless the condition holds. */
export function demand(condition: boolean, code: ErrorCode): asserts condition {
  if (!condition) refuse(code)
}
