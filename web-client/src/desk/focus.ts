import type { DeskState } from '../conversation'

/** Where the keyboard goes when what had the focus is no more: into the conversation in front, or to what brings the next one. */
export function homeFor(document: Document, { talks, claiming }: DeskState, front: string | undefined): HTMLElement | null {
  // The answer to her press on "take the next" is still on its way.
  if (claiming.length > 0) return null
  const find = (selector: string): HTMLElement | null => document.querySelector(selector)
  if (front !== undefined && talks.some(talk => talk.id === front)) return find(`[data-talk="${front}"] textarea`) ?? find(`[data-talk="${front}"] .scroll`)
  return find('[data-part=claim-next]:not(:disabled)') ?? find('[data-part=available]')
}

/** Nothing has the focus, or something that takes no keys any more. */
export const homeless = ({ activeElement, body }: Document): boolean =>
  activeElement === null || activeElement === body || activeElement.matches(':disabled') || !activeElement.isConnected
