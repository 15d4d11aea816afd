import { fromBase64Url, type Bytes } from '../crypto/bytes'

/**
 * Reads a value that came over the wire (protocol.md §2): the typed value, or undefined when it is malformed. What has been
 * read is never checked again inside.
 */
export type Read<T> = (value: unknown) => T | undefined
/** What a reader reads. */
export type Of<R> = R extends Read<infer T> ? T : never

/** 16 random bytes as 22 characters of base64url: names a conversation, an envelope, a claim, a desk. */
export type Id = string & { readonly __id: never }

/** The largest integer that both halves hold exactly. */
const TOP = Number.MAX_SAFE_INTEGER
const REQUEST_TOP = 2 ** 31 - 1

export const bool: Read<boolean> = value => (typeof value === 'boolean' ? value : undefined)

export const int =
  (low: number, high = TOP): Read<number> =>
  value =>
    Number.isSafeInteger(value) && (value as number) >= low && (value as number) <= high ? (value as number) : undefined

/** Canonical base64url of `low` to `high` bytes. */
export const bytes =
  (low: number, high = low): Read<Bytes> =>
  value => {
    if (typeof value !== 'string') return undefined
    try {
      const read = fromBase64Url(value)
      return read.length >= low && read.length <= high ? read : undefined
    } catch {
      return undefined
    }
  }

/** Bytes of any length; the size limits answer with a refusal of their own (§9 `too-large`). */
export const blob = bytes(0, TOP)

export const id: Read<Id> = value => (bytes(16)(value) === undefined ? undefined : (value as Id))

/** A language tag by its form; which ones are served is the server's to say. */
export const language: Read<string> = value =>
  typeof value === 'string' && value.length <= 35 && /^[a-z0-9-]{2,}$/.test(value) ? value : undefined

export const oneOf =
  <T extends string | number>(...allowed: readonly T[]): Read<T> =>
  value =>
    allowed.includes(value as T) ? (value as T) : undefined

export const none: Read<null> = value => (value === null ? null : undefined)

export const nullable =
  <T>(read: Read<T>): Read<T | null> =>
  value =>
    value === null ? null : read(value)

export const list =
  <T>(read: Read<T>): Read<readonly T[]> =>
  value => {
    if (!Array.isArray(value)) return undefined
    const all = value.map(read)
    return all.includes(undefined) ? undefined : (all as T[])
  }

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

type Shape = Record<string, Read<unknown>>
type Shaped<S extends Shape> = { readonly [K in keyof S]: Of<S[K]> }

/** An object with exactly these fields: one more or one less is malformed. */
export const object =
  <S extends Shape>(shape: S): Read<Shaped<S>> =>
  value => {
    if (!isObject(value)) return undefined
    const keys = Object.keys(shape)
    if (Object.keys(value).length !== keys.length) return undefined
    const read: Record<string, unknown> = {}
    for (const key of keys) {
      const field = Object.prototype.hasOwnProperty.call(value, key) ? shape[key]?.(value[key]) : undefined
      if (field === undefined) return undefined
      read[key] = field
    }
    return read as Shaped<S>
  }

/** A map from ids. */
export const byId =
  <T>(read: Read<T>): Read<{ readonly [key: string]: T }> =>
  value =>
    isObject(value) && Object.entries(value).every(([key, entry]) => id(key) !== undefined && read(entry) !== undefined)
      ? (value as { [key: string]: T })
      : undefined

/** A frame of type `t`. */
export const frame = <T extends string, S extends Shape>(t: T, shape: S): Read<{ readonly t: T } & Shaped<S>> =>
  object({ t: oneOf(t), ...shape }) as unknown as Read<{ readonly t: T } & Shaped<S>>

/** The client's number of a request, 1 … 2³¹−1. */
export const request = int(1, REQUEST_TOP)
/** The same in a refusal: 0 where the refused frame had none that could be read. */
export const refusedRequest = int(0, REQUEST_TOP)
/** A place in a conversation's log, from 1. */
export const seq = int(1)
/** A place up to which a log has been read; 0 = nothing yet. */
export const cursor = int(0)

type Member<R extends Record<string, Read<unknown>>> = Of<R[keyof R]>

/** One of several frames, told apart by the value of `field`. */
export const union =
  <R extends Record<string, Read<unknown>>>(field: string, readers: R): Read<Member<R>> =>
  value => {
    const name = isObject(value) ? value[field] : undefined
    const known = typeof name === 'string' && Object.prototype.hasOwnProperty.call(readers, name)
    return known ? (readers[name]?.(value) as Member<R> | undefined) : undefined
  }

/** A frame from its text. */
export function parse<T>(text: string, read: Read<T>): T | undefined {
  try {
    return read(JSON.parse(text))
  } catch {
    return undefined
  }
}
