import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { CHROMIUM, ChromiumPage, isHere } from '../harness/chromium'
import { ENGINES } from '../harness/engines'
import type { Page } from '../harness/page'
import { part, Visitor } from '../harness/people'
import { eventually, pause } from '../harness/processes'
import { hitsUnder } from '../harness/search'
import { buildSite, missingPage, serveSite, type Site } from '../site/site'
import { NOTHING, stored } from './stored'

/** What a chat leaves on the phone (ux.md 1a), looked for in the page's storages and in the browser's whole profile. */
let site: Site
let page: Page | undefined

beforeAll(async () => { if (missingPage()) return; await buildSite(); site = await serveSite() })
afterAll(() => site?.close())
afterEach(async () => { await page?.close(); page = undefined })

for (const engine of ENGINES) {
  test(`V4 V5 V8 V10: after twenty lines in ${engine.name} every storage is empty, title and address are what they were`, async context => {
    const missing = missingPage() ?? engine.missing()
    if (missing) return context.skip(missing)
    page = await engine.open()
    const visitor = new Visitor(page, site.url)
    await visitor.open()
    const first = await page.run(() => `${document.title} ${location.href} ${history.length} ${document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href}`)
    await visitor.tap('start')
    for (let i = 0; i < 20; i++) {
      await visitor.say(`regel ${i}`)
      await visitor.reads('expert', `echo: regel ${i}`)
      expect(await page.run(() => `${document.title} ${location.href} ${history.length} ${document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href}`)).toBe(first)
    }
    expect(await page.run(stored)).toEqual(NOTHING)
    expect(page.problems).toEqual([])
  })
}

const SENT = 'kanarie-gestuurd-51ab'
const TYPED = 'kanarie-getypt-93cd'

/** Types into the page and closes the browser orderly, after it had time to write its session file. */
async function leftBehind(url: string, type: (opened: ChromiumPage) => Promise<void>): Promise<string> {
  const opened = await ChromiumPage.open(CHROMIUM)
  page = opened
  await opened.goto(url)
  await type(opened)
  await pause(6000)
  await opened.goto(`${site.url}elsewhere`)
  await pause(1000)
  await opened.close()
  page = undefined
  return opened.profile
}

test('V6 V10: neither what was typed nor what was sent lies anywhere in the profile; the history names one address, without words', async context => {
  const missing = missingPage() ?? (isHere(CHROMIUM) ? undefined : 'no Chromium')
  if (missing) return context.skip(missing)
  const profile = await leftBehind(site.url, async opened => {
    const visitor = new Visitor(opened, site.url)
    await visitor.tap('start')
    await visitor.say(SENT)
    await visitor.reads('expert', `echo: ${SENT}`)
    await visitor.tap('composer')
    await opened.type(TYPED)
  })
  expect(hitsUnder(profile, [SENT, TYPED, 'echo: '])).toEqual([])
  const history = readFileSync(join(profile, 'Default/History')).toString('latin1')
  // In SQLite's records the title follows the address without a gap.
  const rows = history.match(new RegExp(`${site.url}[\\w/?#=%.-]*`, 'g'))?.map(row => row.replace(/\/(Welkom|elsewhere).*$/, '/'))
  expect([...new Set(rows)]).toEqual([site.url])
}, 90_000)

test('the same search does find a canary that an ordinary text field leaves', async context => {
  if (!isHere(CHROMIUM)) return context.skip('no Chromium')
  if (missingPage()) return context.skip(missingPage())
  const profile = await leftBehind(`${site.url}elsewhere`, async opened => {
    await opened.tap('#t')
    await opened.type(TYPED)
  })
  expect(hitsUnder(profile, [TYPED])).not.toEqual([])
}, 90_000)

test('V2: a hidden page shows none of the words, and only a tap brings them back', async context => {
  const missing = missingPage() ?? (isHere(CHROMIUM) ? undefined : 'no Chromium')
  if (missing) return context.skip(missing)
  const opened = await ChromiumPage.open(CHROMIUM)
  page = opened
  const visitor = new Visitor(opened, site.url)
  await visitor.start()
  await visitor.say(SENT)
  await visitor.reads('expert', `echo: ${SENT}`)
  await opened.hide()
  await eventually('the page is hidden', () => opened.run(() => document.hidden))
  expect(await opened.run(() => document.documentElement.outerHTML)).not.toContain(SENT)
  await opened.show()
  await eventually('the page is visible', () => opened.run(() => !document.hidden))
  expect(await opened.run(() => document.documentElement.outerHTML)).not.toContain(SENT)
  await opened.tap(part('uncover'))
  await visitor.reads('me', SENT)
})
