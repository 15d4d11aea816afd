/**
 * When a desk covers itself and when it locks (D3, ADR 0019): two minutes without input lock it; with a conversation open they only cover the words,
 * because an expert listens. Hidden for five minutes it locks in any case, and so it does when this page did not run for as long: nobody was there.
 */
export const QUIET_MS = 120_000
export const HIDDEN_MS = 300_000

export interface Idle {
  /** When something was pressed, typed, scrolled or moved last. All times in ms of one clock. */
  readonly input: number
  /** When this page ran last. */
  readonly ran: number
  readonly hidden?: number
  readonly veiled: boolean
}

/** `lift`: the tap or the key that takes the veil away, and does nothing else. */
export type IdleEvent = { readonly kind: 'input' | 'lift' | 'hidden' | 'visible' } | { readonly kind: 'tick'; readonly talking: boolean }

export const awake = (now: number, hidden: boolean): Idle => ({ input: now, ran: now, veiled: false, ...(hidden && { hidden: now }) })

function seen({ hidden: _, ...idle }: Idle): Idle { return idle }

export function stepIdle(before: Idle, event: IdleEvent, now: number): Idle | 'lock' {
  const away = before.hidden !== undefined && now - before.hidden >= HIDDEN_MS
  if (away || now - before.ran >= HIDDEN_MS) return 'lock'
  const idle = { ...before, ran: now }
  switch (event.kind) {
    case 'input': return { ...idle, input: now }
    case 'lift': return { ...idle, input: now, veiled: false }
    case 'hidden': return { ...idle, hidden: idle.hidden ?? now }
    case 'visible': return seen(idle)
    case 'tick':
      if (now - idle.input < QUIET_MS) return idle
      return event.talking ? { ...idle, veiled: true } : 'lock'
  }
}
