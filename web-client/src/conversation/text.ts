import { join } from '../crypto/session'

/** The text of its parts. Never throws: a member whose bytes are no text said something that cannot be shown. */
export function textOf(parts: readonly Uint8Array[]): string {
  try {
    return join([...parts])
  } catch {
    return '\uFFFD'
  }
}
