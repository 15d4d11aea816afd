import type { Frame } from './net'

/** One connection to the server, from its beginning to its end. */
export interface Line {
  /** One frame, numbered; its answer comes as any other frame. */
  send(frame: Frame): void
  /** Sends within this call, and awaits nothing. */
  sendLast(frames: readonly Frame[]): void
  close(): void
}

/** What a line tells. After `down` it says nothing more. */
export interface LineEvents<F> {
  /** The greeting was answered: frames can be asked. */
  up(): void
  frame(frame: F): void
  /** Nobody knows what became of `n`, and the line is still there. */
  lost(n: number): void
  down(): void
}

export type Where = () => { readonly rev: number; readonly after: unknown }

/** Begins a line; the greeting goes first. */
export type OpenLine<F> = (greeting: Frame, events: LineEvents<F>, where: Where) => Line
