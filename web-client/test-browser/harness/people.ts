import type { ChromiumPage } from './chromium'
import type { Page } from './page'
import { eventually } from './processes'

/** One line on a screen, as docs/testing.md promises it: `data-part="message"` with `data-from` and, for own lines, `data-state`. */
export interface Line { from: string; state: string | null; text: string }

export const part = (name: string): string => `[data-part="${name}"]`

/** What both people do: read the screen, write a line. */
class Person<P extends Page> {
  constructor(readonly page: P, private readonly scope = '') {}

  protected within(name: string): string { return `${this.scope} ${part(name)}`.trim() }

  has(name: string): Promise<boolean> { return this.page.run(selector => document.querySelector(selector) !== null, this.within(name)) }

  text(name: string): Promise<string> { return this.page.run(selector => document.querySelector(selector)?.textContent?.trim() ?? '', this.within(name)) }

  async tap(name: string, ms = 15_000): Promise<void> {
    await eventually(`${name} can be tapped on ${this.page.engine}`, () => this.page.run(selector => {
      const element = document.querySelector(selector)
      return element instanceof HTMLElement && !element.matches(':disabled') && element.getClientRects().length > 0
    }, this.within(name)), ms)
    await this.page.tap(this.within(name))
  }

  /** Writes into the composer with the keyboard and taps send. */
  async say(text: string): Promise<void> {
    await this.tap('composer')
    await this.page.type(text)
    await this.tap('send')
  }

  lines(): Promise<Line[]> {
    return this.page.run(selector => [...document.querySelectorAll<HTMLElement>(selector)].map(element =>
      ({ from: element.dataset['from'] ?? '', state: element.dataset['state'] ?? null, text: element.textContent ?? '' })), this.within('message'))
  }

  async said(from: string): Promise<string[]> { return (await this.lines()).filter(line => line.from === from).map(line => line.text) }

  /** Waits until a line with exactly this text stands on the screen. */
  async reads(from: string, text: string, ms = 20_000): Promise<void> {
    await eventually(`${this.page.engine} shows “${text.slice(0, 40)}” from ${from}`, async () => (await this.said(from)).includes(text), ms)
  }

  /** Waits until every own line is marked with this state. */
  async all(state: string, ms = 30_000): Promise<void> {
    await eventually(`all own lines ${state}`, async () => (await this.lines()).every(line => line.from !== 'me' || line.state === state), ms)
  }
}

export class Visitor extends Person<Page> {
  constructor(page: Page, readonly url: string) { super(page) }

  open(): Promise<void> { return this.page.goto(this.url) }

  /** Opens the page and goes to the line; `language` is chosen by its tag first. */
  async start(language?: string): Promise<void> {
    await this.open()
    if (language) await this.page.tap(`${part('language')}[lang="${language}"], ${part('language')} [lang="${language}"]`)
    await this.tap('start')
    await eventually('her place in the line', async () => await this.has('position') || await this.has('composer'))
  }
}

export class Expert extends Person<ChromiumPage> {
  constructor(page: ChromiumPage, readonly url: string) { super(page) }

  open(): Promise<void> { return this.page.goto(this.url) }

  async register(invitation: string): Promise<void> {
    await this.page.addAuthenticator()
    await this.page.goto(invitation)
    await this.tap('register')
    await eventually('the desk', () => this.has('available'))
  }

  async signIn(): Promise<void> {
    await this.open()
    await this.tap('sign-in')
    await eventually('the desk', () => this.has('available'))
  }

  async claimNext(): Promise<void> {
    await eventually('somebody waits', () => this.text('waiting'), 30_000)
    await this.tap('claim-next')
    await eventually('a conversation with a composer', async () => await this.has('conversation') && await this.has('composer'), 30_000)
  }
}
