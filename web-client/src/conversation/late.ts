/**
 * What a conversation needs when a third person comes, and when it is over (the screens of it are another part: ADR 0028). It is loaded
 * once somebody has taken the visitor, or soon after she took her place, by every page, so that the loading says nothing; what she waits
 * for first does not carry it. Where it could not be loaded she is asked for nobody else, and what was said goes with the end.
 */
export const late: { part?: typeof import('./visitor-late') } = {}

/** Settles when it is there; rejects when it could not be loaded. */
export async function loadLate(): Promise<void> {
  late.part ??= await import('./visitor-late')
}
