import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { axe } from './harness/axe'
import { ENGINES } from './harness/engines'
import { House, missingHouse } from './harness/house'
import { press, tabTo } from './harness/keyboard'
import { part, type Expert, type Visitor } from './harness/people'

/** Slice e, done when 6: the visitor's page with the real server, by keyboard only, and axe on every screen. */
let house: House
let expert: Expert
let visitor: Visitor | undefined

beforeAll(async () => {
  if (missingHouse()) return
  house = await House.open({ NAAST_TIME_VISITOR_GONE: '5s', NAAST_TIME_POLL_HOLD: '3s' })
  expert = await house.expert()
  await expert.available()
})
afterAll(() => house?.close())
afterEach(async () => { house.street.rewrite = frame => frame; if (visitor) await house.leave(visitor.page); visitor = undefined })

/** Nothing that axe knows is wrong, on a small phone and on a wide screen. */
async function clean(on: Visitor, screen: string): Promise<void> {
  for (const [width, height] of [[360, 640], [1280, 800]] as const) {
    await on.page.size(width, height)
    expect(await axe(on.page), `${screen}, ${width}×${height}`).toEqual([])
  }
  await on.page.size(360, 640)
}

async function landing(on: Visitor, tag: string, direction: string): Promise<void> {
  await on.open()
  await on.sees('the script', () => on.has('start'))
  // V22: the way out comes first.
  expect(await tabTo(on.page, part('exit'))).toBeLessThanOrEqual(2)
  await tabTo(on.page, `${part('language')}[lang="${tag}"]`)
  await on.page.press('Enter')
  await on.sees('the language', () => on.page.run(() => `${document.documentElement.lang} ${document.documentElement.dir}`).then(now => now === `${tag} ${direction}`))
  await clean(on, 'landing')
}

/** Held where somebody has taken her and her client has not let that one in yet: what lets her in does not get through. */
async function waitingThenJoining(on: Visitor): Promise<void> {
  await press(on.page, 'start')
  await on.sees('her place', () => on.has('position'))
  await clean(on, 'waiting')
  await tabTo(on.page, part('composer'))
  await on.page.type('alvast een regel')
  await press(on.page, 'send', 'Space')
  await on.reads('me', 'alvast een regel')
  house.street.rewrite = frame => frame['kind'] === 'add' ? undefined : frame
  await expert.claimNext()
  await on.sees('somebody comes', async () => !await on.has('position'), 30_000)
  await clean(on, 'joining')
  house.street.rewrite = frame => frame
  house.street.cut()
}

async function talking(on: Visitor): Promise<void> {
  const [room] = await expert.rooms()
  await room?.reads('visitor', 'alvast een regel', 40_000)
  await room?.say('welkom')
  await on.reads('expert', 'welkom')
  await on.sees('the question', () => on.has('safety-no'))
  await clean(on, 'talking, asked')
  await press(on.page, 'safety-maybe')
  await on.sees('it is answered', async () => !await on.has('safety-maybe'))
  await tabTo(on.page, part('composer'))
  await on.page.type('met het toetsenbord سطر')
  await press(on.page, 'send')
  await room?.reads('visitor', 'met het toetsenbord سطر')
  await tabTo(on.page, 'summary')
  await on.page.press('Enter')
  await clean(on, 'talking, answered, with more open')
  await room?.tap('close')
  await on.sees('the end', () => on.has('start'))
  await room?.tap('dismiss')
  await clean(on, 'ended')
}

/** The server says that a key package is another's: she is told, and can go on only to numbers and away. */
async function refused(on: Visitor): Promise<void> {
  await press(on.page, 'start')
  await on.sees('her place', () => on.has('position'))
  house.street.rewrite = (frame, direction) => direction === 'down' && 'keyPackage' in frame ? { ...frame, keyPackage: 'AAAA' } : frame
  const room = await expert.claimNext()
  await on.sees('the refusal', () => on.has('refused'))
  await clean(on, 'refused')
  await tabTo(on.page, part('exit'))
  await tabTo(on.page, 'a[href^="tel:"]')
  await room.tap('dismiss', 30_000)
}

describe.for([['nl', 'ltr'], ['ar', 'rtl']] as const)('e6 V22 V36: in %s, by keyboard only, axe clean on every screen:', ([tag, direction]) => {
  test.for(ENGINES.filter(({ name }) => ['chromium', 'firefox'].includes(name)))('landing, waiting, joining, talking, ended, refused in $name', { timeout: 120_000 }, async (engine, context) => {
    const missing = missingHouse() ?? engine.missing()
    if (missing) return context.skip(missing)
    const on = visitor = await house.visitor(engine)
    await on.page.size(360, 640)
    await landing(on, tag, direction)
    await waitingThenJoining(on)
    await talking(on)
    await refused(on)
    expect(on.page.problems).toEqual([])
  })
})
