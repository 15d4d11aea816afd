import { afterEach, beforeEach, vi } from 'vitest'
import { loadLate } from '../../src/conversation/late'
import type { ReportDoor, VisitorState, VisitorTalk } from '../../src/visitor/door'
import { Page } from '../../src/visitor/page'
import { landingHtml } from '../../src/visitor/static'

// As on a page whose engine has all its rules.
await loadLate()

/** The other side of the visitor's page: becomes what a test says, and notes what the page asks of it. */
export class Talk implements VisitorTalk {
  state: VisitorState = { kind: 'start' }
  readonly calls: string[] = []
  private listener: (state: VisitorState) => void = () => undefined
  subscribe(listener: (state: VisitorState) => void) { this.listener = listener; return () => undefined }
  becomes(state: VisitorState): void { this.state = state; this.listener(state) }
  private note = (name: string) => (...args: unknown[]): void => { this.calls.push([name, ...args].join(' ')) }
  start = this.note('start'); retry = this.note('retry'); typing = this.note('typing'); typingSignal = this.note('typingSignal')
  visible = this.note('visible'); answerSafety = this.note('answerSafety'); share = this.note('share'); leave = this.note('leave')
  exit = this.note('exit'); shareGuest = this.note('shareGuest'); admit = this.note('admit'); sendAway = this.note('sendAway'); another = this.note('another')
  compose(text: string): boolean { this.note('compose')(text); return true }
  /** What the server says to a report, by a test. */
  door: ReportDoor = { conversation: 'AAAAAAAAAAAAAAAAAAAAAA' as ReportDoor['conversation'], ask: () => Promise.resolve(undefined), believe: () => Promise.reject(new Error('nobody')) }
  reportDoor(): ReportDoor { this.note('reportDoor')(); return this.door }
}

export let talk: Talk
export const part = <E extends HTMLElement>(name: string): E => document.querySelector(`[data-part=${name}]`) as E
export const shown = (): string => document.documentElement.textContent ?? ''
export const hide = (): void => {
  Object.defineProperty(document, 'hidden', { value: true, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}

/** Takes the listeners of this page away after the test, so that no earlier page does the work of a later one. */
function watchListeners(target: EventTarget): () => void {
  const added = vi.spyOn(target, 'addEventListener')
  return () => { for (const [type, listener] of added.mock.calls) target.removeEventListener(type, listener as EventListener) }
}
let unlisten: (() => void)[]

/** The page as a visitor finds it. */
export function visit(): void {
  document.documentElement.innerHTML = `<head><title>Welkom</title></head><body><div id="page">${landingHtml()}</div></body>`
  talk = new Talk()
  new Page({ window, root: document.getElementById('page') as HTMLElement }).open(talk)
}

/** Each test of a file gets a page of its own. */
export function stage(): void {
  beforeEach(() => {
    unlisten = [watchListeners(window), watchListeners(document)]
    document.documentElement.lang = 'nl'
    document.documentElement.dir = 'ltr'
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response('{"t":"availability","open":true,"languages":["nl"],"range":[5,15]}'))))
    vi.spyOn(window.location, 'replace').mockImplementation(() => undefined)
    Object.defineProperty(document, 'hidden', { value: false, configurable: true })
    visit()
  })
  afterEach(() => {
    for (const stop of unlisten) stop()
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
  })
}
