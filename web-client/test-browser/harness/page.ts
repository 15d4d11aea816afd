import { eventually, pause } from './processes'

/** What a test may do with a page, whatever the engine. Selectors are CSS; all input goes through the engine's own input queue. */
export interface Page {
  /** For the names of tests and in messages: `chromium`, `chromium 83`, `firefox`. */
  readonly engine: string
  /** Console errors, uncaught exceptions and every violation of the security policy, since the page was made. */
  readonly problems: string[]
  goto(url: string): Promise<void>
  back(): Promise<void>
  /** Runs a function in the page. It travels as source: it may use its arguments and nothing else from outside. */
  run<A extends unknown[], T>(f: (...args: A) => T | Promise<T>, ...args: A): Promise<T>
  /** A real click or tap in the middle of the first match, which must be visible, not covered and standing still. One that does not get there is made again (see `tapped`). */
  tap(selector: string): Promise<void>
  /** Types into what has the focus, as the keyboard would. */
  type(text: string): Promise<void>
  press(key: Key): Promise<void>
  size(width: number, height: number): Promise<void>
  /** From now on every https address is answered with a small page called `outside`: nothing leaves the machine. The list grows with what was asked. */
  standForOutside(): Promise<readonly string[]>
  /** A PNG of what is on the screen. */
  picture(): Promise<Buffer>
  /** Closes page and browser, orderly, so that the browser writes what it would write. */
  close(): Promise<void>
}

export type Key = 'Tab' | 'Shift+Tab' | 'Enter' | 'Escape' | 'Space' | 'Shift' | 'ArrowDown' | 'ArrowUp' | 'ArrowLeft' | 'ArrowRight'

/** Runs in the page before anything else there: reports each violation of the policy where `problems` sees it. */
export const VIOLATION = 'violation of the security policy'
export const watchViolations = `document.addEventListener('securitypolicyviolation', function (e) {
  console.error('${VIOLATION}: ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile + ':' + e.lineNumber)
})`

export const OUTSIDE = '<!doctype html><title>outside</title><p>outside'

/** Where to tap: the middle of the first match after scrolling it into view; a text says why it cannot be tapped. */
export function middleOf(selector: string): { x: number; y: number } | string {
  const element = document.querySelector(selector)
  if (!element) return 'it is not there'
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  const box = element.getBoundingClientRect()
  if (box.width === 0 || box.height === 0) return 'it has no size'
  const x = box.left + box.width / 2
  const y = box.top + box.height / 2
  const top = document.elementFromPoint(x, y)
  if (!top) return 'it is outside the screen'
  if (!element.contains(top) && !(top as HTMLElement).closest('label')?.contains(element)) return `it is covered by ${top.outerHTML.slice(0, 80)}`
  return { x, y }
}

interface Watched { naastTap?: { readonly element: Element; isClicked: boolean; end(): void } }

/** Runs in the page: from now on it is known whether a click reaches the first match. */
function watchTap(selector: string): void {
  const element = document.querySelector(selector)
  if (!element) return
  const here = window as unknown as Watched
  const heard = (event: Event): void => { if (here.naastTap && event.target instanceof Node && element.contains(event.target)) here.naastTap.isClicked = true }
  here.naastTap?.end()
  here.naastTap = { element, isClicked: false, end() { window.removeEventListener('click', heard, true); delete here.naastTap } }
  window.addEventListener('click', heard, true)
}

/** Runs in the page: whether the click got there. An element, or a page, that is gone since then was taken away by it. Then nothing of the watching is left. */
function hasTapped(): boolean {
  const { naastTap } = window as unknown as Watched
  if (naastTap && !naastTap.isClicked && naastTap.element.isConnected) return false
  naastTap?.end()
  return true
}

/** So long what comes and goes above it may move it. */
const STILL_MS = 3_000
/** So long an engine may need until a click that it has made is there. */
const CLICK_MS = 2_000
const TAPS = 3

/** Where it is when it has stood still for a moment: a notice, a lost connection or a font moves what stands below. */
async function standing(page: Pick<Page, 'run'>, selector: string): Promise<{ x: number; y: number }> {
  let before = ''
  for (const until = Date.now() + STILL_MS; ;) {
    const at = await page.run(middleOf, selector)
    if (typeof at !== 'string' && (JSON.stringify(at) === before || Date.now() > until)) return at
    if (typeof at === 'string' && (before === '' || Date.now() > until)) throw new Error(`${selector}: ${at}`)
    before = JSON.stringify(at)
    await pause(30)
  }
}

/**
 * One tap that gets there. Between looking and pressing the page goes on: a button that is disabled just then, because its connection was lost, takes no click, and one that moved is missed; a person would press again, and
 * so does this. Scripts may be turned off: then what a tap leads to shows that it got there.
 */
export async function tapped(page: Pick<Page, 'run'>, selector: string, press: (at: { x: number; y: number }) => Promise<unknown>): Promise<void> {
  for (let taps = 1; ; taps++) {
    const at = await standing(page, selector)
    await page.run(watchTap, selector)
    await press(at)
    // A page that is being left does not answer.
    const got = (): Promise<boolean> => page.run(hasTapped).catch(() => true)
    if (await eventually('the click', got, CLICK_MS).catch(() => false)) return
    if (taps === TAPS) throw new Error(`${selector}: it was tapped ${taps} times, and no click reached it`)
  }
}
