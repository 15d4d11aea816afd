import type { Bytes, Bytes16, Bytes65 } from '../bytes'
import { decodeUnsignedStatement, encodeUnsignedStatement, type Statement } from './statement'
import { SLOW_CLOCK_SECONDS } from './trust'

/** Whom a statement is about, as SESSION has her (protocol §11). */
export interface About { readonly alias: string; readonly organisation: string; readonly languages: readonly string[] }

/** As long as a statement may hold (docs/formats.md §1). */
const STATEMENT_SECONDS = 90 * 86_400
/** With so little left a page makes new keys. */
export const RENEW_SECONDS = 14 * 86_400

const sorted = (languages: readonly string[]): string[] => [...languages].sort()

/** A page's own statement, to be signed by two: from an hour back, for visitors whose clock is slow. `now`: unix seconds. */
export function unsignedAbout({ alias, organisation, languages }: About, role: Statement['role'], id: Bytes16, keys: { readonly signatureKey: Bytes65; readonly hpkeKey: Bytes65 }, now: number): Bytes {
  const notBefore = now - SLOW_CLOCK_SECONDS
  return encodeUnsignedStatement({ id, role, organisation, alias, languages: sorted(languages), ...keys, kem: new Uint8Array(0), notBefore, notAfter: notBefore + STATEMENT_SECONDS })
}

/** Whether it still says of her what is so. Throws `malformed` for what is no statement. */
export function isAbout(unsigned: Bytes, me: About): boolean {
  const { alias, organisation, languages } = decodeUnsignedStatement(unsigned)
  return alias === me.alias && organisation === me.organisation && languages.join() === sorted(me.languages).join()
}
