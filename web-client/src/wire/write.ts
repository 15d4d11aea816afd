import { toBase64Url } from '../crypto/bytes'

/** A frame as it is sent: JSON, bytes as base64url (protocol.md §2). */
export const write = (frame: object): string =>
  JSON.stringify(frame, (_, value: unknown) => (value instanceof Uint8Array ? toBase64Url(value) : value))
