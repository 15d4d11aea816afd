import type { Key } from './page'

/** What W3C WebDriver wants of a keyboard ("Keyboard actions"): for the engines that are driven by it. */
export interface Stroke { type: 'keyDown' | 'keyUp'; value: string }

const SHIFT = '\uE008'
const KEYS: Record<Key, string> = {
  'Tab': '\uE004', 'Shift+Tab': '\uE004', 'Enter': '\uE006', 'Escape': '\uE00C', 'Space': ' ', 'Shift': SHIFT,
  'ArrowDown': '\uE015', 'ArrowUp': '\uE013', 'ArrowLeft': '\uE012', 'ArrowRight': '\uE014',
}

const stroke = (value: string): Stroke[] => [{ type: 'keyDown', value }, { type: 'keyUp', value }]

export const pressed = (key: Key): Stroke[] => key === 'Shift+Tab' ? [{ type: 'keyDown', value: SHIFT }, ...stroke(KEYS.Tab), { type: 'keyUp', value: SHIFT }] : stroke(KEYS[key])

/** The keys of a short text; undefined for a long one, for which the keyboard would take minutes: that is pasted, with the same `input` event. */
export function typed(text: string): Stroke[] | undefined {
  const graphemes = [...new Intl.Segmenter('nl', { granularity: 'grapheme' }).segment(text)].map(part => part.segment)
  return graphemes.length <= 40 && !text.includes('\n') ? graphemes.flatMap(stroke) : undefined
}

/** Runs in the page. */
export const paste = (text: string): void => { document.execCommand('insertText', false, text) }
