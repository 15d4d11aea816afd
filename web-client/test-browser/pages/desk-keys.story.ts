import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe } from '../harness/axe'
import type { ChromiumPage } from '../harness/chromium'
import { House, missingHouse } from '../harness/house'
import { type Expert, part, type Visitor } from '../harness/people'
import { eventually } from '../harness/processes'

/** Slice d, done when 3: the desk by keyboard alone, from the invitation to the lock, on the real server. No mouse comes near it. */
let house: House
let desk: ChromiumPage
let expert: Expert
let visitor: Visitor
const why = missingHouse

beforeAll(async () => {
  if (why()) return
  house = await House.open()
  expert = await house.desk()
  visitor = await house.visitor()
  desk = expert.page
  await desk.size(1280, 800)
})
afterAll(() => house?.close())

const at = (name: string): Promise<boolean> => desk.run(selector => document.activeElement?.matches(selector) ?? false, part(name))

/** Presses Tab until this part has the focus. */
async function to(name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await at(name)) return
    await desk.press('Tab')
  }
  throw new Error(`${name} cannot be reached with Tab`)
}

async function press(name: string): Promise<void> {
  await eventually(name, () => expert.has(name))
  await to(name)
  await desk.press('Enter')
}

test('D4: register, be available, take the next, write, repeat a phrase, close, put away, lock, unlock: by keyboard alone', async context => {
  if (why()) return context.skip(why())
  await desk.addAuthenticator()
  await desk.goto(house.server.invitation)
  await press('register')
  await press('recovery-done')
  await eventually('the desk', () => expert.has('available'))
  await press('available')
  await visitor.start()
  await visitor.say('is daar iemand')
  await eventually('somebody waits', () => expert.text('waiting'))
  await press('claim-next')
  await eventually('the cursor in the conversation', () => at('composer'))
  await desk.type('ik ben er')
  await desk.press('Enter')
  await visitor.reads('expert', 'ik ben er')
  await press('phrase-safety')
  await eventually('the question again', async () => (await visitor.said('notice')).filter(text => text.includes('meelezen')).length > 1)
  expect(await axe(desk)).toEqual([])
  await press('close')
  await eventually('her end', () => visitor.has('start'))
  await eventually('the words, for the keyboard', () => desk.run(() => document.activeElement?.classList.contains('scroll')))
  await press('dismiss')
  await eventually('an empty desk', async () => !await expert.has('conversation'))
  expect(await at('claim-next')).toBe(true)
  await press('lock')
  await eventually('the lock', () => desk.run(() => document.activeElement?.matches('h1') && document.querySelector('[data-part=unlock]') !== null))
  await press('unlock')
  await eventually('the desk again', () => expert.has('available'))
  expect(desk.problems).toEqual([])
})
