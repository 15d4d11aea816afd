import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest'
import { Administrator } from './harness/administrator'
import { axe } from './harness/axe'
import { House, missingHouse } from './harness/house'
import { press, tabTo } from './harness/keyboard'
import { Expert, part, Room, Visitor } from './harness/people'
import { eventually } from './harness/processes'

/** Slice d, done when 3: every staff screen of the real thing by keyboard only, and clean for axe. One turn; each test goes on where the one before stopped. */
let house: House
let sam: Administrator
let visitor: Visitor
let room: Room

beforeAll(async () => {
  if (missingHouse()) return
  house = await House.open()
  const page = await house.chromium()
  sam = new Administrator(page, `${house.server.origins.staff}/desk`)
  await page.size(1280, 800)
  await page.addAuthenticator()
})
afterAll(() => house?.close())
const cannot = (context: TestContext): void => { const missing = missingHouse(); if (missing) context.skip(missing) }

/** Nothing that axe knows is wrong, on a wide screen and on a small one. */
async function clean(screen: string): Promise<void> {
  for (const [width, height] of [[360, 640], [1280, 800]] as const) {
    await sam.page.size(width, height)
    expect(await axe(sam.page), `${screen}, ${width}×${height}`).toEqual([])
  }
}

const tab = (selector: string, text?: string): Promise<number> => tabTo(sam.page, selector, text)
const on = (name: string, key?: 'Enter' | 'Space'): Promise<void> => press(sam.page, name, key)
const focused = (): Promise<string> => sam.page.run(() => document.activeElement?.getAttribute('data-part') ?? document.activeElement?.outerHTML.slice(0, 60) ?? '')

test('d3: a used-up invitation, then register', async context => {
  cannot(context)
  await sam.page.goto(`${sam.url}#invitation=${'A'.repeat(22)}`)
  await sam.isTold('Deze uitnodiging werkt niet')
  await clean('an invitation that does not work')
  await sam.page.goto('about:blank')
  await sam.page.goto(house.server.invitation)
  await sam.sees('her invitation', () => sam.has('register'))
  await clean('register')
  await on('register')
  await sam.sees('her words', () => sam.has('recovery-words'))
  await clean('her seven words')
  await on('recovery-done')
  await sam.sees('the desk', () => sam.has('available'))
  await clean('desk, not available')
})

test('d3: available, claim, answer', async context => {
  cannot(context)
  visitor = await house.visitor()
  await visitor.start('nl')
  await eventually('the desk is connected', () => sam.page.run(selector => document.querySelector(selector)?.matches(':enabled') === true, part('available')), 30_000)
  await on('available', 'Space')
  await sam.sees('available', () => sam.isAvailable())
  await sam.sees('somebody waits', () => sam.text('waiting'))
  await clean('desk, somebody waits')
  await on('claim-next')
  const [first] = await sam.sees('the conversation', async () => (await sam.rooms()).length > 0 && sam.rooms()) as Room[]
  room = first as Room
  await visitor.say('ben je daar')
  await room.reads('visitor', 'ben je daar')
  await tab(part('composer'))
  await sam.page.type('ik ben er')
  await sam.page.press('Enter')
  await visitor.reads('expert', 'ik ben er')
  await tab(part('composer'))
  await sam.page.type('met de knop')
  await on('send', 'Space')
  await visitor.reads('expert', 'met de knop')
  await clean('talking')
})

test('d3: phase, checklist, phrases', async context => {
  cannot(context)
  await tab(part('phase'), 'Uitleg')
  await sam.page.press('Enter')
  expect(await sam.page.run(selector => [...document.querySelectorAll(selector)].map(one => one.getAttribute('aria-pressed')), part('phase'))).toEqual(['false', 'true', 'false'])
  await tab('section[aria-label] input[type=checkbox]:not(:checked)')
  await sam.page.press('Space')
  expect(await sam.page.run(() => (document.activeElement as HTMLInputElement).checked)).toBe(true)
  const before = (await visitor.said('notice')).length
  await on('phrase-safety')
  await eventually('she is asked again', async () => (await visitor.said('notice')).length > before)
  await clean('BUM panel')
})

test('d3: dialogs open, close with Escape, and give the focus back', async context => {
  cannot(context)
  await tab('button', 'Acties')
  await sam.page.press('Enter')
  await sam.sees('the menu', () => sam.page.run(() => document.querySelector('dialog[open]') !== null))
  await clean('menu')
  await sam.page.press('Escape')
  await sam.sees('no menu', () => sam.page.run(() => document.querySelector('dialog[open]') === null))
  expect(await focused()).toContain('<button')
  await tab('details summary')
  await sam.page.press('Enter')
  await tab('button', 'Toetsen')
  await sam.page.press('Enter')
  await sam.sees('the keys', () => sam.page.run(() => document.querySelector('dialog[open] dl') !== null))
  await clean('keys')
  await sam.page.press('Escape')
  await clean('more is open')
})

test('d3: give back asks first; close; put away', async context => {
  cannot(context)
  await on('release')
  await clean('release asks')
  await tab('.ends button', 'Nee')
  await sam.page.press('Enter')
  await on('close')
  await sam.sees('it is over', () => room.has('dismiss'))
  await clean('closed')
  await on('dismiss')
  await sam.sees('an empty desk', async () => !await sam.has('conversation'))
})

test('d3: people, invite, withdraw, suspend', async context => {
  cannot(context)
  await on('people')
  await sam.sees('the form', () => sam.has('invite'))
  await tab(part('invite-alias'))
  await sam.page.type('Noor')
  await on('invite-coordinator', 'Space')
  await tab('input[name=language][value=ar]')
  await sam.page.press('Space')
  await on('invite')
  const link = await sam.sees('the link', () => sam.text('invitation-link'))
  await clean('people, with a link')
  const noor = new Expert(await house.chromium(), sam.url)
  await noor.register(link)
  await tab('button', 'Ik heb de link')
  await sam.page.press('Enter')
  await tab(part('invite-alias'))
  await sam.page.type('Bo')
  await sam.page.press('Enter')
  await sam.sees('an open invitation', async () => (await sam.rows('invitation')).some(row => row.startsWith('Bo')))
  await on('withdraw')
  await sam.sees('no open invitation', async () => (await sam.rows('invitation')).length === 0)
  await on('suspend')
  await clean('suspend asks')
  await tab('.ends button', 'Ja, stop toegang')
  await sam.page.press('Enter')
  await sam.sees('suspended', async () => (await sam.rows('person')).some(row => row.includes('toegang gestopt')))
  await eventually('her desk is closed', () => noor.has('sign-in'), 5_000)
  await clean('people, one suspended')
  await on('back')
  await sam.sees('the desk', () => sam.has('available'))
})

test('d3: lock, unlock, sign out', async context => {
  cannot(context)
  await on('lock')
  await sam.sees('locked', () => sam.has('unlock'))
  await clean('locked')
  await on('unlock')
  await sam.sees('the desk', () => sam.has('available'))
  await tab('details summary')
  await sam.page.press('Enter')
  await on('sign-out')
  await sam.sees('signed out', () => sam.has('sign-in'))
  await clean('signed out')
  expect(house.problems).toEqual([])
})
