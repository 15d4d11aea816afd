import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES, type VisitorEngine } from './harness/engines'
import { House, missingHouse } from './harness/house'
import type { Expert, Room, Visitor } from './harness/people'
import { eventually } from './harness/processes'
import type { Proxy } from './harness/proxy'
import { chance, tell, type Chance } from './harness/seed'
import { messages } from './messages'

/** Slice e, done when 1: a hundred messages each way, the line cut twenty times, and each arrives once, in order, on both screens. */
const COUNT = 100
const CUTS = 20
const all = process.env['NAAST_ALL'] === '1'
let house: House
let expert: Expert

beforeAll(async () => {
  if (missingHouse()) return
  house = await House.open()
  expert = await house.expert()
  await expert.available()
})
afterAll(() => house?.close())

/** Says all of it; `before` is told how many lines have been said in this conversation, by either side. */
async function speak(who: Visitor | Room, texts: readonly string[], before: () => Promise<void>): Promise<void> {
  for (const text of texts) {
    await before()
    await who.paste(text)
  }
}

/** Cuts one side's line, or both, before twenty of the lines; waits for a line to cut, so that each cut is one. */
function cutting(lines: number, sides: readonly Proxy[], { below }: Chance): () => Promise<void> {
  const moments = new Set<number>()
  while (moments.size < CUTS) moments.add(below(lines))
  let said = 0
  return async () => {
    if (!moments.has(said++)) return
    const which = below(3)
    const cut = which === 2 ? sides : sides.filter((_, i) => i === which)
    // Only once there is one: cutting in vain cuts the long polls of a page that is on its way back to a socket, again and again.
    for (const side of cut) await eventually('a line to cut', () => side.open > 0 && side.cut() > 0, 60_000)
  }
}

async function talk(visitor: Visitor, language: string, cut: boolean): Promise<void> {
  await visitor.start(language)
  const room = await expert.claimNext()
  await visitor.sees('the opening words', () => visitor.has('safety-no'), 30_000)
  await visitor.tap('safety-maybe')
  const [hers, ours] = [messages('van haar', COUNT), messages('van hier', COUNT)]
  const luck = chance()
  tell(`${visitor.page.engine}, ${language}: NAAST_SEED=${luck.seed}`)
  const before = cut ? cutting(2 * COUNT, [house.street, house.office], luck) : async () => {}
  await Promise.all([speak(visitor, hers, before), speak(room, ours, before)])
  await visitor.all('received', 90_000)
  await room.all('received', 90_000)
  expect(await visitor.said('me')).toEqual(hers)
  expect(await visitor.said('expert')).toEqual(ours)
  expect(await room.said('me')).toEqual(ours)
  expect(await room.said('visitor')).toEqual(hers)
  await visitor.tap('leave')
  await room.sees('the end', () => room.has('dismiss'))
  await room.tap('dismiss')
  await expert.sees('no conversation', async () => (await expert.rooms()).length === 0)
}

async function tell100(engine: VisitorEngine, language: string, cut: boolean): Promise<void> {
  const visitor = await house.visitor(engine)
  try {
    await talk(visitor, language, cut)
    expect(house.problems).toEqual([])
  } finally {
    await house.leave(visitor.page)
    // What a failed one left would take the next one's place.
    for (const room of await expert.rooms()) await room.tap('close').then(() => room.tap('dismiss')).catch(() => {})
  }
}

const SHORT = ['chromium', 'firefox', 'chromium 83']
/** A WebKit takes part with its short form, in the long run only: it is the slowest. */
const languages = (name: string): string[] => all && name !== 'webkit' ? ['nl', 'ar'] : ['nl']

describe('a hundred messages each way', () => {
  for (const engine of ENGINES.filter(({ name }) => all || SHORT.includes(name))) for (const language of languages(engine.name)) {
    test(`e1 V34: ${engine.name}, the page in ${language}, the line cut ${CUTS} times: each arrives once, in order, on both screens`, async context => {
      const missing = missingHouse() ?? engine.missing()
      if (missing) return context.skip(missing)
      await tell100(engine, language, true)
    }, 240_000)
  }

  for (const engine of ENGINES.filter(({ name }) => all ? name !== 'webkit' : name === 'chromium')) {
    test(`e1: ${engine.name}, over long polling only: the same`, async context => {
      const missing = missingHouse() ?? engine.missing()
      if (missing) return context.skip(missing)
      for (const side of [house.street, house.office]) {
        side.noSockets = true
        side.cut()
      }
      try {
        await tell100(engine, all ? 'ar' : 'nl', false)
      } finally {
        house.street.noSockets = house.office.noSockets = false
      }
    }, 240_000)
  }
})
