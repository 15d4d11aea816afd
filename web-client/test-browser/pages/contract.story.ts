import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChromiumPage } from '../harness/chromium'
import { House, missingHouse } from '../harness/house'
import { type Expert, part, type Visitor } from '../harness/people'
import { eventually } from '../harness/processes'

/** docs/testing.md, the parts of the pages, on the built pages and the real server: what an outside test leans on, in one life of a conversation. */
let house: House
let desk: ChromiumPage
let phone: ChromiumPage
let expert: Expert
let visitor: Visitor
const why = missingHouse

beforeAll(async () => {
  if (why()) return
  house = await House.open()
  expert = await house.desk()
  visitor = await house.visitor()
  desk = expert.page
  phone = visitor.page as ChromiumPage
  await desk.size(1280, 800)
  await phone.size(360, 640)
})
afterAll(() => house?.close())

const attribute = (page: ChromiumPage, name: string, what: string): Promise<(string | null)[]> =>
  page.run((selector, key) => [...document.querySelectorAll(selector)].map(element => element.getAttribute(key)), part(name), what)
const becomes = (what: string, is: () => Promise<unknown>, wanted: unknown): Promise<unknown> =>
  eventually(what, async () => JSON.stringify(await is()) === JSON.stringify(wanted))

test('the staff: register is one tap with nothing to fill in, her words are seven and one tap more, and the code leaves the address', async context => {
  if (why()) return context.skip(why())
  await expert.register(house.server.invitation)
  expect(expert.words.split(' ')).toHaveLength(7)
  expect(await desk.run(() => location.pathname + location.hash)).toBe('/desk')
})

test('nobody waits: "waiting" is there without a text, "available" is a switch, "claim-next" and "lock" are there', async context => {
  if (why()) return context.skip(why())
  expect(await desk.run(selector => document.querySelector(selector)?.textContent, part('waiting'))).toBe('')
  expect(await attribute(desk, 'available', 'aria-checked')).toEqual(['false'])
  await expert.tap('available')
  await becomes('available', () => attribute(desk, 'available', 'aria-checked'), ['true'])
  for (const name of ['claim-next', 'lock', 'people']) expect(await expert.has(name)).toBe(true)
})

test('the visitor: languages, availability and exit on the landing; start is one tap from the line, and she may write there', async context => {
  if (why()) return context.skip(why())
  await visitor.open()
  expect((await attribute(phone, 'language', 'value')).sort()).toEqual(['ar', 'en', 'nl'])
  expect((await attribute(phone, 'exit', 'href')).map(href => href?.startsWith('https://'))).toEqual([true])
  await eventually('the script', () => visitor.has('start'))
  await eventually('V26: within a second that somebody is there', async () => (await visitor.text('availability')).includes('Er is nu iemand'), 1000)
  await visitor.tap('start')
  await eventually('her place', async () => (await visitor.text('position')).includes('nummer 1'))
  await visitor.say('alvast een regel')
  expect(await visitor.lines()).toEqual([{ from: 'me', state: 'sending', text: 'alvast een regel' }])
})

test('the desk: who waits is told, claim-next is one press, and the conversation is one element with its parts inside', async context => {
  if (why()) return context.skip(why())
  await expert.claimNext()
  await becomes('nobody waits any more', () => desk.run(selector => document.querySelector(selector)?.textContent, part('waiting')), '')
  await expert.reads('visitor', 'alvast een regel')
  const names = ['composer', 'send', 'message', 'close', 'release']
  expect(await desk.run((selector, wanted) => wanted.filter(name => document.querySelector(`${selector} [data-part="${name}"]`)), part('conversation'), names)).toEqual(names)
})

test('V63 V45: her page says the limits, then asks; the answer is one tap', async context => {
  if (why()) return context.skip(why())
  await eventually('the question', () => visitor.has('safety-maybe'))
  const notices = await visitor.said('notice')
  const [limits, question] = ['één uitzondering', 'Kan er iemand meelezen?'].map(words => notices.findIndex(text => text.includes(words)))
  expect(limits).toBeGreaterThanOrEqual(0)
  expect(question).toBeGreaterThan(limits as number)
  await visitor.tap('safety-maybe')
  await eventually('the answer at the desk', async () => (await expert.said('notice')).some(text => text.includes('Misschien')))
  expect(await visitor.has('safety-maybe')).toBe(false)
})

test('messages carry from and state, and exactly the text', async context => {
  if (why()) return context.skip(why())
  await expert.say('<b>hoi</b> & welkom')
  await visitor.reads('expert', '<b>hoi</b> & welkom')
  await visitor.say('dag أهلاً 👋')
  await expert.reads('visitor', 'dag أهلاً 👋')
  await expert.all('received')
  await visitor.all('received')
  expect((await visitor.lines()).filter(line => line.from !== 'notice')).toEqual([
    { from: 'me', state: 'received', text: 'alvast een regel' }, { from: 'expert', state: null, text: '<b>hoi</b> & welkom' }, { from: 'me', state: 'received', text: 'dag أهلاً 👋' },
  ])
})

// seen failing: a phrase said between two phases
test('D17: the panel shows phases, prompts and checklist of config/guide.json; moving through it asks and tells the server nothing', async context => {
  if (why()) return context.skip(why())
  const guide = JSON.parse(readFileSync(join(import.meta.dirname, '../../../config/guide.json'), 'utf8')).languages.nl as { phases: { name: string; say: string[]; do: string[]; dont: string[] }[]; safety: { text: string }[] }
  const sent: string[] = []
  await desk.cdp('Network.enable')
  desk.on('Network.requestWillBeSent', ({ request }: { request: { url: string } }) => { sent.push(request.url) })
  desk.on('Network.webSocketFrameSent', ({ response }: { response: { payloadData: string } }) => { sent.push(response.payloadData) })
  for (const [at, phase] of guide.phases.entries()) {
    await desk.tap(`${part('phase')}:nth-child(${at + 1})`)
    await becomes('the phase', () => attribute(desk, 'phase', 'aria-pressed'), guide.phases.map((_, i) => String(i === at)))
    const shown = await desk.run(() => document.querySelector('.side.end')?.textContent ?? '')
    for (const text of [phase.name, ...phase.say, ...phase.do, ...phase.dont, ...guide.safety.map(step => step.text)]) expect(shown).toContain(text)
  }
  await desk.run(() => { for (const box of document.querySelectorAll<HTMLInputElement>('.side.end [type=checkbox]')) box.click() })
  // What the desk says by itself meanwhile: that it is still there.
  expect(sent.filter(what => !/"t":"(beat|presence|ack)"/.test(what))).toEqual([])
})

test('close is one press: the conversation ends on both screens, and hers offers start again', async context => {
  if (why()) return context.skip(why())
  await expert.tap('close')
  await eventually('her end', () => visitor.has('start'), 20_000)
  expect(await visitor.has('composer')).toBe(false)
  expect(await expert.has('composer')).toBe(false)
  await expert.reads('visitor', 'alvast een regel')
  await expert.tap('dismiss')
  expect(await expert.has('conversation')).toBe(false)
  expect(await desk.run(selector => document.querySelector(selector)?.textContent, part('waiting'))).toBe('')
})

test('lock is one press, its consequence said before; unlock is one tap with nothing to fill in, and so is sign-in', async context => {
  if (why()) return context.skip(why())
  expect(await desk.run(selector => document.getElementById(document.querySelector(selector)?.getAttribute('aria-describedby') ?? '')?.textContent, part('lock'))).toContain('passkey')
  await expert.tap('lock')
  await eventually('the lock', () => expert.has('unlock'))
  await expert.unlock()
  await desk.tap('details summary')
  await expert.tap('sign-out')
  await expert.tap('sign-in')
  await eventually('the desk', () => expert.has('available'))
  expect(house.problems).toEqual([])
})
