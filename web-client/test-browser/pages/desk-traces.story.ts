import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChromiumPage } from '../harness/chromium'
import { House, missingHouse } from '../harness/house'
import type { Expert, Visitor } from '../harness/people'
import { eventually, pause } from '../harness/processes'
import { hitsUnder } from '../harness/search'
import { NOTHING, stored } from './stored'

/** What the desk leaves on the expert's computer (D21: V1, V4, V5, V6), on the real server. */
const HERS = 'kanarie-bezoeker-3e77'
const OURS = 'kanarie-werkplek-91aa'
const TYPED = 'kanarie-nietverstuurd-c04d'
let house: House
let expert: Expert
let visitor: Visitor
let desk: ChromiumPage

beforeAll(async () => {
  if (missingHouse()) return
  house = await House.open()
  expert = await house.expert()
  visitor = await house.visitor()
  desk = expert.page
  await expert.available()
  await visitor.start()
  await visitor.say(HERS)
  const room = await expert.claimNext()
  await room.reads('visitor', HERS)
  await room.say(OURS)
  await visitor.reads('expert', OURS)
  await room.draft(TYPED)
})
afterAll(() => house?.close())

test('V4 V5 V8: in mid-conversation every storage is empty, the session is out of reach of scripts, and the title says nothing', async context => {
  if (missingHouse()) return context.skip(missingHouse())
  expect(await desk.run(stored)).toEqual(NOTHING)
  expect(await desk.run(() => document.title)).toBe('Werkplek')
})

test('V1: left and come back to, the desk shows none of the words; V6: nothing said or typed lies in the profile of the browser', async context => {
  if (missingHouse()) return context.skip(missingHouse())
  // A browser writes its session file some seconds after a change.
  await pause(6000)
  await desk.goto(house.server.origins.visitor)
  await desk.back()
  await eventually('the desk', () => desk.run(() => document.readyState === 'complete'))
  expect(await desk.run(() => `${document.title} ${document.documentElement.outerHTML}`)).not.toContain('kanarie')
  await pause(1000)
  await house.leave(desk)
  expect(hitsUnder(desk.profile, [HERS, OURS, TYPED])).toEqual([])
})
