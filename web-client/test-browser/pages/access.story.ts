import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { axe } from '../harness/axe'
import { CHROMIUM, ChromiumPage, isHere } from '../harness/chromium'
import { part, Visitor } from '../harness/people'
import { eventually } from '../harness/processes'
import { buildSite, missingPage, serveSite, type Site } from '../site/site'

/** Slice e, done when 6: axe clean and by keyboard only, on the visitor's screens, in both directions of writing. */
let site: Site
let page: ChromiumPage | undefined
const missing = (): string | undefined => missingPage() ?? (isHere(CHROMIUM) ? undefined : 'no Chromium')

beforeAll(async () => { if (missing()) return; await buildSite(); site = await serveSite() })
afterAll(() => site?.close())
afterEach(async () => { await page?.close(); page = undefined })

async function opened(): Promise<{ page: ChromiumPage; visitor: Visitor }> {
  const fresh = await ChromiumPage.open(CHROMIUM)
  page = fresh
  await fresh.size(360, 640)
  const visitor = new Visitor(fresh, site.url)
  await visitor.open()
  await eventually('the script', () => visitor.has('start'))
  return { page: fresh, visitor }
}

/** Presses Tab until the part has the focus; fails after going through the whole page. Answers how many presses it took. */
async function tabTo(on: ChromiumPage, name: string): Promise<number> {
  for (let presses = 1; presses <= 40; presses++) {
    await on.press('Tab')
    if (await on.run(selector => document.activeElement?.matches(selector) ?? false, part(name))) return presses
  }
  throw new Error(`${name} cannot be reached with Tab`)
}

describe.for([['nl', 'ltr'], ['ar', 'rtl'], ['en', 'ltr']] as const)('in %s', ([tag, direction]) => {
  test('axe finds nothing on the landing, in the conversation and at its end', async context => {
    const why = missing()
    if (why) return context.skip(why)
    const { page: here, visitor } = await opened()
    await here.tap(`${part('language')}[lang="${tag}"]`)
    await eventually('the language', () => here.run(() => `${document.documentElement.lang} ${document.documentElement.dir}`).then(now => now === `${tag} ${direction}`))
    expect(await axe(here)).toEqual([])
    await visitor.tap('start')
    await visitor.say('een regel سطر <b>')
    await visitor.reads('expert', 'echo: een regel سطر <b>')
    expect(await axe(here)).toEqual([])
    await visitor.tap('leave')
    await eventually('the end', () => visitor.has('start'))
    expect(await axe(here)).toEqual([])
    expect(here.problems).toEqual([])
  })
})

test('V22 V36: by keyboard only: the exit is among the first two stops, then start, write, send, stop', async context => {
  const why = missing()
  if (why) return context.skip(why)
  const { page: here, visitor } = await opened()
  expect(await tabTo(here, 'exit')).toBeLessThanOrEqual(2)
  await tabTo(here, 'start')
  await here.press('Enter')
  await eventually('the composer', () => visitor.has('composer'))
  await tabTo(here, 'composer')
  await here.type('met het toetsenbord')
  await tabTo(here, 'send')
  await here.press('Space')
  await visitor.reads('me', 'met het toetsenbord')
  await tabTo(here, 'leave')
  await here.press('Enter')
  await eventually('the end', () => visitor.has('start'))
})

// The twin: axe is really there and finds what is wrong.
test('the same check does find a button without a name', async context => {
  const why = missing()
  if (why) return context.skip(why)
  const { page: here } = await opened()
  await here.run(() => { document.querySelector('main')?.append(document.createElement('button')) })
  expect((await axe(here)).join()).toContain('button-name')
})
