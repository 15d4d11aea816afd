import { afterAll, beforeAll, expect, test } from 'vitest'
import { House, missingHouse } from './harness/house'
import { part, type Expert, type Room, type Visitor } from './harness/people'
import { pause } from './harness/processes'
import { chance, tell } from './harness/seed'
import { messages } from './messages'

/** Slice e, done when 3: the server is killed in mid-conversation, and nothing acknowledged is lost. */
const KILLS = process.env['NAAST_ALL'] === '1' ? 20 : 3
/** Lines that each side says around each death. */
const LINES = 8
let house: House
let expert: Expert

beforeAll(async () => {
  if (missingHouse()) return
  house = await House.open()
  expert = await house.expert()
  await expert.available()
  await expert.two()
})
afterAll(() => house?.close())

async function talking(): Promise<{ visitor: Visitor; room: Room }> {
  const visitor = await house.visitor()
  await visitor.start()
  const room = await expert.claimNext()
  await visitor.sees('the opening words', () => visitor.has('safety-no'), 30_000)
  return { visitor, room }
}

async function speak(who: Visitor | Room, texts: readonly string[]): Promise<void> {
  for (const text of texts) await who.paste(text)
}

/** What her screen says that the server has. */
const acknowledged = async (who: Visitor | Room): Promise<string[]> =>
  (await who.lines()).filter(line => line.state === 'sent' || line.state === 'received').map(line => line.text)

test(`e3: the server is killed ${KILLS} times while they talk: nothing acknowledged is lost, both go on by themselves, a second conversation too`, async context => {
  const missing = missingHouse()
  if (missing) return context.skip(missing)
  const one = await talking()
  const two = await talking()
  await speak(two.visitor, ['van twee, voor'])
  await two.room.reads('visitor', 'van twee, voor')
  const luck = chance()
  tell(`kill: NAAST_SEED=${luck.seed}`)
  const [hers, ours] = [messages('van haar', KILLS * LINES), messages('van hier', KILLS * LINES)]
  const taken = { hers: new Set<string>(), ours: new Set<string>() }
  for (let kill = 0; kill < KILLS; kill++) {
    const next = (texts: string[]) => texts.slice(kill * LINES, (kill + 1) * LINES)
    const talk = Promise.all([speak(one.visitor, next(hers)), speak(one.room, next(ours))])
    // Any moment, not a certain one: that is what is tried.
    await pause(luck.below(1_000))
    await house.server.end('SIGKILL')
    for (const text of await acknowledged(one.visitor)) taken.hers.add(text)
    for (const text of await acknowledged(one.room)) taken.ours.add(text)
    await house.server.again()
    await talk
  }
  for (const who of [one.visitor, one.room]) await who.all('received', 90_000)
  expect(await one.room.said('visitor')).toEqual(hers)
  expect(await one.visitor.said('expert')).toEqual(ours)
  expect(await one.visitor.said('me')).toEqual(hers)
  expect(await one.room.said('me')).toEqual(ours)
  expect(hers).toEqual(expect.arrayContaining([...taken.hers]))
  expect(taken.hers.size + taken.ours.size).toBeGreaterThan(0)
  // The desk was never asked to sign in again, and the conversation beside is whole.
  expect(await expert.has('sign-in')).toBe(false)
  await speak(two.room, ['van hier, na'])
  await two.visitor.reads('expert', 'van hier, na', 60_000)
  await speak(two.visitor, ['van twee, na'])
  await two.room.reads('visitor', 'van twee, na', 60_000)
  expect(await two.room.said('visitor')).toEqual(['van twee, voor', 'van twee, na'])
  expect(await expert.page.run(selector => document.querySelectorAll(selector).length, part('conversation'))).toBe(2)
  expect(house.problems).toEqual([])
}, 120_000 + KILLS * 45_000)
