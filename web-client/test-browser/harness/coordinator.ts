import { Administrator } from './administrator'
import { part } from './people'

/** A coordinator: at `/console` she signs with others. She reads anew what the others did by loading the page, as the console looks every 20 s only. */
export class Coordinator extends Administrator {
  protected override async isAtDesk(): Promise<boolean> { return await this.has('console') || await this.has('invite') || await this.has('show-key') }

  /** Her page in front, as it is now. */
  async toConsole(part: 'signing' | 'reports' | 'people' | 'key' = 'signing'): Promise<void> {
    await this.page.goto(new URL('/console', this.url).href)
    await this.tap('unlock')
    await this.show(part)
  }

  async show(part: 'signing' | 'reports' | 'people' | 'key'): Promise<void> { await this.tap(`show-${part}`) }

  stateOf(name: string): Promise<string> { return this.page.run(selector => document.querySelector<HTMLElement>(selector)?.dataset['state'] ?? '', part(name)) }

  /** Makes her key for signing; what she puts on the stick, and what she reads out. */
  async request(name: string): Promise<{ request: string; words: string }> {
    await this.toConsole('key')
    await this.fill('signer-name', name)
    await this.tap('signer-make')
    const words = await this.sees('six words', async () => this.six('signer-words'))
    return { request: await this.text('signer-request'), words }
  }

  async bring(certificate: string): Promise<void> {
    await this.fill('certificate', certificate)
    await this.tap('certificate-keep')
    await this.sees('a signer', async () => await this.stateOf('signer') === 'signer')
  }

  /** The six words of her own statement. */
  async statementWords(): Promise<string> {
    await this.show('key')
    return this.sees('six words', () => this.six('statement-words'))
  }

  /** Signs whatever waits for her: her own, and others' by the words that she hears. */
  async signs(heard: Readonly<Record<string, string>>, count: number): Promise<void> {
    await this.toConsole()
    for (let left = count; left > 0; left--) {
      await this.sees(`${left} to sign`, async () => await this.text('to-sign') === String(left))
      const alias = await this.mark()
      const words = heard[alias]
      if (words !== undefined) await this.fill('six-words', words)
      await this.page.tap(`${part('proposal')}[data-now] ${part('sign')}`)
    }
    await this.sees('nothing to sign', async () => await this.text('to-sign') === '0')
  }

  /** The first that she may sign; whose it is. */
  private mark(): Promise<string> {
    return this.page.run(proposals => {
      for (const one of document.querySelectorAll(proposals)) one.removeAttribute('data-now')
      const first = document.querySelector(`${proposals}[data-state=may]`)
      first?.setAttribute('data-now', '')
      return first?.querySelector('h3')?.textContent ?? ''
    }, part('proposal'))
  }

  /** Makes and signs the next roster. */
  async makesRoster(): Promise<void> {
    await this.toConsole()
    await this.tap('roster-make')
    await this.sees('a draft that waits for another', async () => !await this.has('roster-make'))
  }

  /** Signs the draft of another; then it holds. */
  async signsRoster(): Promise<void> {
    await this.toConsole()
    await this.tap('roster-sign')
    await this.sees('a roster that holds', async () => await this.stateOf('roster-ends') === 'fine' && !await this.has('roster-sign'))
  }

  /** Lets somebody begin anew: both presses, and the second coordinator gets the link. */
  async resets(alias: string): Promise<void> {
    await this.toConsole('people')
    for (let press = 0; press < 2; press++) {
      await this.page.run(selector => { document.querySelectorAll(selector).forEach(row => row.removeAttribute('data-row')) }, part('person'))
      await this.tapInRow('person', alias, 'reset')
    }
  }

  private async six(name: string): Promise<string> {
    const words = await this.text(name)
    return words.split(' ').length === 6 ? words : ''
  }
}
