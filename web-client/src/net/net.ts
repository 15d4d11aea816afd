/** What a net tells whoever uses it. */
export interface NetHandlers<F> {
  /** Frames arrive and can be sent, or not. What was asked before `false` has been answered by undefined when it comes. */
  link(on: boolean): void
  /** Whatever the server says by itself, and its answer to the greeting. */
  frame(frame: F): void
  /** What we know, for a poll: the view's `rev`, and the cursor (visitor) or the cursors by conversation (desk). */
  where(): { readonly rev: number; readonly after: unknown }
}

export type Frame = { readonly t: string } & Readonly<Record<string, unknown>>

/** How one side reaches the server, whatever carries it. `F`: what the server says to this side. */
export interface Net<F> {
  /** Connects, greets, and does so again after each loss, with growing random pauses, until `close`. */
  open(greeting: Frame, handlers: NetHandlers<F>): void
  /** Asks one thing (without `n`); undefined = no answer came, and nobody knows whether it was taken. Never rejects. */
  ask(frame: Frame): Promise<F | undefined>
  /** Sends now, within this call, and awaits nothing: for a page that is going away. */
  urgent(...frames: Frame[]): void
  /** Tries to connect now instead of after the pause. */
  nudge(): void
  close(): void
}
