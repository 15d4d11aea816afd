import type { ChromiumPage } from './chromium'
import type { Page } from './page'
import { eventually } from './processes'

/** One line on a screen, as docs/testing.md promises it: `data-part="message"` with `data-from` and, for own lines, `data-state`. */
export interface Line { from: string; state: string | null; text: string }

export const part = (name: string): string => `[data-part="${name}"]`

/** What both people do: read the screen, write a line. `scope`: a part of the page that is all they look at. */
class Person<P extends Page> {
  constructor(readonly page: P, private readonly scope = '') {}

  protected within(name: string): string { return `${this.scope} ${part(name)}`.trim() }

  has(name: string): Promise<boolean> { return this.page.run(selector => document.querySelector(selector) !== null, this.within(name)) }

  text(name: string): Promise<string> { return this.page.run(selector => document.querySelector(selector)?.textContent?.trim() ?? '', this.within(name)) }

  async tap(name: string, ms = 15_000): Promise<void> {
    await this.sees(`${name} can be tapped`, () => this.page.run(selector => {
      const element = document.querySelector(selector)
      return element instanceof HTMLElement && !element.matches(':disabled') && element.getClientRects().length > 0
    }, this.within(name)), ms)
    await this.page.tap(this.within(name))
  }

  /** Waits for something on the screen; when it does not come, says what stands there instead. */
  async sees<T>(what: string, ask: () => Promise<T>, ms = 20_000): Promise<NonNullable<T>> {
    try {
      return await eventually(`${what} on ${this.page.engine}`, ask, ms)
    } catch (error) {
      const screen = await this.page.run(() => document.body.innerText.replace(/\s+/g, ' ')).catch(String)
      throw new Error(`${String(error)}\nthe screen: ${screen.slice(0, 300)} … ${screen.slice(-700)}\nproblems: ${this.page.problems.join('; ')}`)
    }
  }

  /** Waits until the page says this somewhere, notices and states included. */
  async isTold(words: string | RegExp, ms?: number): Promise<void> {
    const [source, flags] = typeof words === 'string' ? [words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), ''] : [words.source, words.flags]
    await this.sees(`“${source}”`, () => this.page.run((pattern, how) => new RegExp(pattern, how).test(document.body.innerText.replace(/[\u2068\u2069]/g, '')), source, flags), ms)
  }

  /** Writes into the composer with the keyboard and taps send. */
  async say(text: string): Promise<void> {
    await this.tap('composer')
    await this.page.type(text)
    await this.tap('send')
  }

  /** Puts the text into the composer in one go, as pasting does, and taps send: again when the desk asks for that (D7). */
  async paste(text: string): Promise<void> {
    await this.draft(text)
    await this.sees('what was written goes', async () => {
      await this.tap('send')
      return await this.page.run(selector => document.querySelector<HTMLTextAreaElement>(selector)?.value, this.within('composer')) === ''
    })
  }

  /** What stands in the composer, not sent. */
  async draft(text: string): Promise<void> {
    await this.page.run((selector, pasted) => {
      document.querySelector<HTMLTextAreaElement>(selector)?.focus()
      document.execCommand('insertText', false, pasted)
    }, this.within('composer'), text)
  }

  lines(): Promise<Line[]> {
    return this.page.run(selector => [...document.querySelectorAll<HTMLElement>(selector)].map(element =>
      ({ from: element.dataset['from'] ?? '', state: element.dataset['state'] ?? null, text: element.textContent ?? '' })), this.within('message'))
  }

  async said(from: string): Promise<string[]> { return (await this.lines()).filter(line => line.from === from).map(line => line.text) }

  /** Waits until a line with exactly this text stands on the screen. */
  async reads(from: string, text: string, ms = 20_000): Promise<void> {
    await this.sees(`“${text.slice(0, 40)}” from ${from}`, async () => (await this.said(from)).includes(text), ms)
  }

  /** Waits until every own line is marked with this state. */
  async all(state: string, ms = 30_000): Promise<void> {
    await this.sees(`all own lines ${state}`, () => this.page.run((own, wanted) =>
      [...document.querySelectorAll<HTMLElement>(own)].every(element => element.dataset['state'] === wanted), `${this.within('message')}[data-from=me]`, state), ms)
  }
}

export class Visitor extends Person<Page> {
  constructor(page: Page, readonly url: string) { super(page) }

  open(): Promise<void> { return this.page.goto(this.url) }

  /** Chooses a language, and waits until the page is in it: what is tapped before would move away under the finger. */
  async speak(tag: string): Promise<void> {
    await this.page.tap(`${part('language')}[value="${tag}"]`)
    await this.sees(`the page in ${tag}`, () => this.page.run(lang => document.documentElement.lang === lang, tag))
  }

  /** Opens the page and goes to the line; `language` is chosen by its tag first. */
  async start(language?: string): Promise<void> {
    await this.open()
    if (language) await this.speak(language)
    await this.tap('start')
    await this.sees('her place in the line', async () => await this.has('position') || await this.has('composer'))
  }
}

export class Expert extends Person<ChromiumPage> {
  private authenticator = ''
  /** On paper. */
  words = ''

  constructor(page: ChromiumPage, readonly url: string) { super(page) }

  /** Whether her device can tell that it is she: fingerprint, code. */
  async verifies(isUserVerified: boolean): Promise<void> {
    await this.page.cdp('WebAuthn.setUserVerified', { authenticatorId: this.authenticator, isUserVerified })
  }

  open(): Promise<void> { return this.page.goto(this.url) }

  /** `hasPrf`: her device tells a secret that opens her vault. */
  async register(invitation: string, hasPrf = true): Promise<void> {
    this.authenticator = await this.page.addAuthenticator(hasPrf)
    await this.page.goto(invitation)
    await this.tap('register')
    await this.takeWords()
    await this.sees('the desk', () => this.isAtDesk())
  }

  /** Writes her seven words down, and says so; outside a trial two of them are asked back. */
  async takeWords(): Promise<void> {
    await this.sees('her words', () => this.has('recovery-words'))
    const words = await this.page.run(selector => [...document.querySelectorAll(selector)].map(word => word.textContent ?? ''), `${part('recovery-words')} li`)
    this.words = words.join(' ')
    await this.tap('recovery-done')
    await this.sees('what comes after her words', async () => await this.has('recovery-word-1') || !await this.has('recovery-words'))
    if (await this.has('recovery-word-1')) await this.sayBack(words)
  }

  /** Which words are asked, their labels say. */
  private async sayBack(words: readonly string[]): Promise<void> {
    for (const field of ['recovery-word-1', 'recovery-word-2']) {
      const place = await this.page.run(selector => Number(/\d+/.exec(document.querySelector(selector)?.closest('label')?.textContent ?? '')?.[0]), part(field))
      await this.fill(field, words[place - 1] ?? '')
    }
    await this.tap('recovery-done')
  }

  /** Types into a field. */
  async fill(field: string, text: string): Promise<void> {
    await this.tap(field)
    await this.page.type(text)
  }

  /** One more passkey, on a stick that she plugs in: the built-in one keeps still meanwhile. */
  async addPasskey(): Promise<void> {
    await this.toPasskeys()
    const before = await this.count('passkey')
    await this.page.withStick(async () => {
      await this.tap('passkey-add')
      await this.sees('one passkey more', async () => await this.count('passkey') === before + 1)
    })
    await this.tap('back')
  }

  /** Takes the oldest of her passkeys away: what it lies on is lost. */
  async removeOldest(): Promise<void> {
    await this.toPasskeys()
    const before = await this.sees('more than one', async (): Promise<number> => { const count = await this.count('passkey'); return count > 1 ? count : 0 })
    for (let press = 0; press < 2; press++) await this.tap('passkey-remove')
    await this.sees('one passkey less', async () => await this.count('passkey') === before - 1)
    await this.tap('back')
  }

  /** At the desk the way there is folded, and stays so here. */
  async toPasskeys(): Promise<void> {
    await this.sees('the way to her passkeys', () => this.has('passkeys'))
    await this.page.run(selector => document.querySelector<HTMLElement>(selector)?.click(), part('passkeys'))
    await this.sees('her passkeys', () => this.has('passkey'))
  }

  count(name: string): Promise<number> { return this.page.run(selector => document.querySelectorAll(selector).length, part(name)) }

  /** Whether what she works with stands on the screen. */
  protected async isAtDesk(): Promise<boolean> { return await this.has('available') || await this.has('calls') }

  /** By passkey; where that does not open her vault, by her words. */
  async signIn(words = this.words): Promise<void> {
    await this.open()
    await this.tap('sign-in')
    await this.sees('the desk, or the field for her words', async () => await this.isAtDesk() || await this.has('passphrase'))
    if (await this.has('passphrase')) await this.unlockBy(words)
    await this.sees('the desk', () => this.isAtDesk())
  }

  /** The page loaded again: the session is there, the vault is opened by one tap. */
  async reload(): Promise<void> {
    await this.open()
    await this.unlock()
  }

  async unlock(): Promise<void> {
    await this.tap('unlock')
    await this.sees('the desk', () => this.isAtDesk())
  }

  /** Locks, and unlocks by this; the milliseconds from that press until what was said in her conversation can be read again, by the page's own clock. */
  async unlockTook(unlock: () => Promise<void>): Promise<number> {
    await this.tap('lock')
    await this.sees('the locked screen', () => this.has('unlock'))
    await this.page.run(there => {
      const timed = window as unknown as { took?: number }
      delete timed.took
      const press = (event: Event): void => {
        if (!(event.target instanceof Element && event.target.closest('[data-part=unlock], [data-part=unlock-words]'))) return
        document.removeEventListener('click', press, true)
        const since = performance.now()
        const look = (): void => { if (document.querySelector(there)) timed.took = performance.now() - since; else requestAnimationFrame(look) }
        look()
      }
      document.addEventListener('click', press, true)
    }, part('message'))
    await unlock()
    return this.sees('how long it took', () => this.page.run(() => (window as unknown as { took?: number }).took))
  }

  /** New words for her vault, by her passkey. */
  async newWords(): Promise<void> {
    await this.toPasskeys()
    for (let press = 0; press < 2; press++) await this.tap('words-new')
    await this.takeWords()
    await this.sees('that they count now', () => this.has('words-changed'))
    await this.tap('back')
  }

  async unlockBy(words: string, ms?: number): Promise<void> {
    await this.sees('the field for her words', () => this.has('passphrase'))
    const folded = await this.page.run(selector => document.querySelector(selector)?.closest('details')?.open === false, part('passphrase'))
    if (folded) await this.tap('unlock-by-words')
    await this.tap('passphrase')
    await this.page.type(words)
    await this.tap(await this.has('unlock-words') ? 'unlock-words' : 'unlock')
    await this.sees('the desk', () => this.isAtDesk(), ms)
  }

  isAvailable(): Promise<boolean> {
    return this.page.run(selector => document.querySelector(selector)?.getAttribute('aria-checked') === 'true', part('available'))
  }

  async available(): Promise<void> {
    await this.tap('available', 30_000)
    await this.sees('available', () => this.isAvailable())
  }

  /** Two at a time, by her own choice (D6). */
  two(): Promise<void> { return this.tap('two') }

  /** The conversations on the screen. */
  async rooms(): Promise<Room[]> {
    const ids = await this.page.run(selector => [...document.querySelectorAll<HTMLElement>(selector)].map(room => room.dataset['talk'] ?? ''), part('conversation'))
    return ids.map(id => new Room(this.page, id))
  }

  /** Takes the next in line; the conversation that begins. */
  async claimNext(): Promise<Room> {
    await this.sees('somebody waits', () => this.text('waiting'), 30_000)
    const room = await this.opens('claim-next')
    await room.sees('its composer', () => room.has('composer'))
    return room
  }

  /** Comes to the call of a colleague; the conversation that begins, in which the visitor is asked first. */
  async answer(): Promise<Room> {
    await this.sees('somebody asks for her', () => this.has('call'), 30_000)
    return this.opens('answer')
  }

  private async opens(by: string): Promise<Room> {
    const before = (await this.rooms()).map(room => room.id)
    await this.tap(by)
    return this.sees('a new conversation', async () => (await this.rooms()).find(one => !before.includes(one.id)), 30_000)
  }
}

/** One conversation at the desk. */
export class Room extends Person<ChromiumPage> {
  constructor(page: ChromiumPage, readonly id: string) { super(page, `[data-talk="${id}"]`) }

  isThere(): Promise<boolean> { return this.page.run(id => document.querySelector(`[data-talk="${id}"]`) !== null, this.id) }
}
