/**
 * What only a conversation with a third person needs. It is loaded when the visitor has her place in the line, by every page, so that the
 * loading says nothing; the page that she waits for does not carry it.
 */
export const late: { guest?: typeof import('./visitor-guest') } = {}

/** Settles when it is there; rejects when it could not be loaded. */
export async function loadLate(): Promise<void> {
  late.guest ??= await import('./visitor-guest')
}
