import type { ChromiumPage } from './chromium'
import { Expert, part } from './people'
import { eventually } from './processes'

/** Somebody on the staff who may invite and suspend: what she does on the people screen. */
export class Administrator extends Expert {
  async toPeople(): Promise<void> {
    if (!await this.has('invite')) await this.tap('people')
    await eventually('the form of an invitation', () => this.has('invite'))
  }

  async toDesk(): Promise<void> {
    await this.tap('back')
    await eventually('the desk', () => this.has('available'))
  }

  /** Fills in the form; `languages` beside Dutch, which is ticked already, as is that she is an expert. Answers the link, told once. */
  async invite(alias: string, languages: readonly string[] = [], role: 'expert' | 'coordinator' = 'expert'): Promise<string> {
    // While the lists are read, what is asked for is not taken.
    await this.sees('the form can be sent', () => this.page.run(selector => document.querySelector(selector)?.matches(':enabled'), part('invite')))
    const before = await this.text('invitation-link')
    await this.tap('invite-alias')
    await this.page.type(alias)
    if (role === 'coordinator') for (const name of ['invite-expert', 'invite-coordinator']) await this.tap(name)
    for (const tag of languages) await this.page.tap(`input[name=language][value=${tag}]`)
    await this.tap('invite')
    return eventually('the link', async () => {
      const link = await this.text('invitation-link')
      return link !== before && link.includes('#invitation=') ? link : ''
    })
  }

  /** What stands in the rows of one list. */
  rows(name: 'person' | 'invitation'): Promise<string[]> {
    return this.page.run(selector => [...document.querySelectorAll(selector)].map(row => row.textContent ?? ''), part(name))
  }

  /** A button in somebody's row, found by alias: tapped as a person would. */
  async tapInRow(row: 'person' | 'invitation', alias: string, button: string): Promise<void> {
    const mark = `${part(row)}[data-row]`
    await eventually(`${button} of ${alias}`, () => this.page.run((rows, name, inner) => {
      for (const one of document.querySelectorAll<HTMLElement>(rows)) one.toggleAttribute('data-row', one.querySelector('b')?.textContent === name)
      return document.querySelector(`${rows}[data-row] ${inner}`) !== null
    }, part(row), alias, `${part(button)}:enabled`))
    await this.page.tap(`${mark} ${part(button)}`)
  }

  async suspend(alias: string): Promise<void> {
    await this.tapInRow('person', alias, 'suspend')
    await this.page.run(selector => { document.querySelectorAll(selector).forEach(row => row.removeAttribute('data-row')) }, part('person'))
    await this.tapInRow('person', alias, 'suspend')
  }
}

export interface CookieOf { name: string; value: string }

/** The session cookie as the browser holds it, `HttpOnly` and all. */
export async function sessionCookie(page: ChromiumPage, url: string): Promise<CookieOf & { httpOnly: boolean; secure: boolean; sameSite: string; path: string; session: boolean }> {
  const { cookies } = await page.cdp<{ cookies: Awaited<ReturnType<typeof sessionCookie>>[] }>('Network.getCookies', { urls: [url] })
  const found = cookies.find(({ name }) => name === '__Host-naast')
  if (!found) throw new Error(`no session cookie among ${cookies.map(({ name }) => name).join()}`)
  return found
}

/** Puts somebody's cookie into a browser, as a thief would. */
export async function plant(page: ChromiumPage, origin: string, value: string): Promise<void> {
  await page.cdp('Network.setCookie', { name: '__Host-naast', value, url: origin.replace('http:', 'https:'), path: '/', secure: true, httpOnly: true, sameSite: 'Strict' })
}
