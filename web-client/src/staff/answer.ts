import { fromBase64Url, type Bytes } from '../crypto/bytes'
import { StaffError } from './api'

/**
 * Reads fields of the server's answers. What is not of the form that protocol §11 says comes from a server of another version, which is said to be
 * out of reach: each throws `unreachable`.
 */
export type Fields = Record<string, unknown>

const refuse = (): never => { throw new StaffError('unreachable') }

export const must = (is: boolean): void => { if (!is) refuse() }
export const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? value as Fields : refuse())
export const text = (value: unknown): string => (typeof value === 'string' ? value : refuse())
export const bool = (value: unknown): boolean => (typeof value === 'boolean' ? value : refuse())
export const whole = (value: unknown): number => (Number.isSafeInteger(value) && (value as number) >= 0 ? value as number : refuse())
export const each = <T>(value: unknown, read: (one: unknown) => T): T[] => (Array.isArray(value) ? value.map(read) : refuse())

/** Base64url. */
export function bytes(value: unknown): Bytes {
  try {
    return fromBase64Url(text(value))
  } catch {
    return refuse()
  }
}
