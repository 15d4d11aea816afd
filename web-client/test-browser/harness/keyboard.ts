import type { Page } from './page'
import { part } from './people'

/** What the keyboard stands on: whether it is what was looked for, and whether one can see that it is there (WCAG 2.4.7). */
interface Stop { found: boolean; what: string; seen: boolean }

function stop(selector: string, text: string): Stop {
  const element = document.activeElement
  if (!(element instanceof HTMLElement) || element === document.body) return { found: false, what: 'the page', seen: true }
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
  // Firefox without a screen has no window with the focus, and shows none: there only Chromium can tell.
  const seen = !document.hasFocus() || (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
  return { found: element.matches(selector) && (element.textContent ?? '').includes(text), what: element.outerHTML.slice(0, 100), seen }
}

/** Presses Tab until the keyboard stands on the first match whose text holds `text`; each stop on the way must be one that can be seen. Answers how many presses it took. */
export async function tabTo(page: Page, selector: string, text = ''): Promise<number> {
  for (let presses = 1; presses <= 120; presses++) {
    await page.press('Tab')
    const { found, what, seen } = await page.run(stop, selector, text)
    if (!seen) throw new Error(`the focus cannot be seen on ${what}`)
    if (found) return presses
  }
  throw new Error(`${selector} ${text} cannot be reached with Tab`)
}

/** Goes there with Tab and presses a key on it. */
export async function press(page: Page, name: string, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(page, part(name))
  await page.press(key)
}
