import { bytes, frame, int, type Of } from './read'

/** The protocol's version (§3). */
export const VERSION = 1

/** First frame of a visitor's socket; answered by `ready`. */
export const hello = frame('hello', { v: int(1), capability: bytes(32) })
export type Hello = Of<typeof hello>

export const ready = frame('ready', { v: int(VERSION, VERSION), beat: int(1) })
