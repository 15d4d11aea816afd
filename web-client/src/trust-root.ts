import { fromBase64Url, type Bytes } from './crypto/bytes'

/** Base64url of the organisation's public root key; vite.config.ts puts it in at build time and nothing else can. */
declare const __NAAST_ROOT__: string

/** The organisation's public root: an uncompressed P-256 point, 65 bytes. */
export const trustRoot = (): Bytes => fromBase64Url(__NAAST_ROOT__)
