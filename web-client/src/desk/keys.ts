export type Shortcut = 'menu' | 'next' | 'previous' | 'close' | 'reply' | 'back'

/** Each with its keys, as the list shows them (D5: Chatwoot's). By place on the keyboard, as Option makes other letters on a Mac. */
export const SHORTCUTS: readonly { readonly shortcut: Shortcut; readonly keys: string }[] = [
  { shortcut: 'menu', keys: 'Ctrl K / ⌘ K' },
  { shortcut: 'next', keys: 'Alt J' },
  { shortcut: 'previous', keys: 'Alt K' },
  { shortcut: 'close', keys: 'Alt E' },
  { shortcut: 'reply', keys: 'Alt L' },
  { shortcut: 'back', keys: 'Esc' },
]

const BY_ALT: Readonly<Record<string, Shortcut>> = { KeyJ: 'next', KeyK: 'previous', KeyE: 'close', KeyL: 'reply' }

type Pressed = Pick<KeyboardEvent, 'code' | 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'isComposing'>

/** No key alone does anything but Escape (WCAG 2.1.4). AltGr, which is Ctrl and Alt at once, types letters and is left alone. */
export function shortcutOf(event: Pressed): Shortcut | undefined {
  if (event.isComposing || event.shiftKey) return undefined
  if (event.key === 'Escape') return 'back'
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.code === 'KeyK') return 'menu'
  return event.altKey && !event.ctrlKey && !event.metaKey ? BY_ALT[event.code] : undefined
}
