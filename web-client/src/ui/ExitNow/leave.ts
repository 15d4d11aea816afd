/** The parts of a window that leaving touches; a parameter so that tests can look at the order. */
export interface Leaving { document: Document; location: { replace(url: string): void } }

/**
 * Empties the whole document. Neither `no-store` nor an open socket keeps a page out of the back/forward cache
 * (measured), so the words must be gone from it. `color-scheme` stays, so that what is left is the system's own empty page,
 * without a white flash in a dark room.
 */
export function wipe(document: Document): void {
  const root = document.documentElement
  root.style.setProperty('color-scheme', 'light dark')
  root.textContent = ''
}

/**
 * V17, in this order: nothing on the screen, then keys and socket (`forget`, synchronous), then the neutral site in the
 * place of this page: `replace`, because an ordinary navigation leaves an entry behind the Back button. Whatever fails on the
 * way, the page is left.
 */
export function leave(window: Leaving, to: string, forget: () => void): void {
  try {
    wipe(window.document)
    forget()
  } finally {
    window.location.replace(to)
  }
}
