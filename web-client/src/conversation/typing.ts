import { TYPING_AGAIN_MS, TYPING_FORGOTTEN_MS, TYPING_MS } from './limits'

/** The typing sign, both ways: yes or no and nothing else (V32, D12). */
export interface Typing {
  readonly allowed: boolean
  /** Own keys count as pressed until then. */
  readonly until?: number
  /** When "yes" was last said to the other. */
  readonly saidAt?: number
  /** The other's "yes" holds until then. */
  readonly otherUntil?: number
}

export const newTyping: Typing = { allowed: true }

/** `say`: what the other must be told now, if anything. */
export interface Typed { readonly typing: Typing; readonly say?: boolean }

const quiet = ({ allowed, otherUntil }: Typing): Typing => ({ allowed, ...(otherUntil !== undefined && { otherUntil }) })

/** Stops, and says so if the other was told that we type. */
const hush = (typing: Typing): Typed => (typing.saidAt === undefined ? { typing: quiet(typing) } : { typing: quiet(typing), say: false })

/** A key was pressed (`on`), or the composer is empty again. */
export function pressed(typing: Typing, on: boolean, now: number): Typed {
  if (!typing.allowed) return { typing }
  if (!on) return hush(typing)
  const again = typing.saidAt === undefined || now - typing.saidAt >= TYPING_AGAIN_MS
  const until = now + TYPING_MS
  return again ? { typing: { ...typing, until, saidAt: now }, say: true } : { typing: { ...typing, until } }
}

export const allow = (typing: Typing, allowed: boolean): Typed =>
  allowed ? { typing: { ...typing, allowed } } : { ...hush(typing), typing: { ...quiet(typing), allowed } }

/** D12: stops 3 s after the last key. */
export const lapsed = (typing: Typing, now: number): Typed =>
  typing.until !== undefined && now >= typing.until ? hush(typing) : { typing }

/** A line was said: the other sees that it is typed no more. */
export const said = quiet

export function otherTypes(typing: Typing, on: boolean, now: number): Typing {
  const { otherUntil, ...rest } = typing
  return on ? { ...rest, otherUntil: now + TYPING_FORGOTTEN_MS } : rest
}

export const isOtherTyping = ({ otherUntil }: Typing, now: number): boolean => otherUntil !== undefined && now < otherUntil

/** When something of it changes by itself. */
export const typingDue = ({ until, otherUntil }: Typing, now: number): number =>
  Math.min(until ?? Infinity, otherUntil !== undefined && otherUntil > now ? otherUntil : Infinity)
