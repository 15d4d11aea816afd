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
  /** A real click or tap in the middle of the first match, which must be visible and not covered. */
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
