import type { Page } from './page'
import { part } from './people'

/** What the keyboard stands on: whether it is what was looked for, and whether one can see that it is there (WCAG 2.4.7). */
interface Stop { found: boolean; what: string; seen: boolean }

function stop(selector: string, text: string, leaves: boolean): Stop {
  const element = document.activeElement
  // Past the page's ends the keyboard stands in the browser's own buttons (Firefox); the page still names its last stop.
  if (leaves && !document.hasFocus()) return { found: false, what: 'the browser', seen: true }
  if (!(element instanceof HTMLElement) || element === document.body) return { found: false, what: 'the page', seen: true }
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
  const seen = (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
  return { found: element.matches(selector) && (element.textContent ?? '').includes(text), what: element.outerHTML.slice(0, 100), seen }
}

/** Whether the first match stands before where the keyboard is. */
function isBefore(selector: string): boolean {
  const [here, there] = [document.activeElement, document.querySelector(selector)]
  return !!here && !!there && (here.compareDocumentPosition(there) & Node.DOCUMENT_POSITION_PRECEDING) !== 0 && here !== document.body
}

/**
 * Presses Tab, or Shift and Tab where that is the way, until the keyboard stands on the first match whose text holds `text`; each stop on the way must be one
 * that can be seen. Answers how many presses it took.
 */
export async function tabTo(page: Page, selector: string, text = ''): Promise<number> {
  const key = await page.run(isBefore, selector) ? 'Shift+Tab' : 'Tab'
  for (let presses = 1; presses <= 120; presses++) {
    await page.press(key)
    const { found, what, seen } = await page.run(stop, selector, text, page.engine === 'firefox')
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
