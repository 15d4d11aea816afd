import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { House, missingHouse } from './harness/house'
import { Expert, part, Room, Visitor } from './harness/people'
import { eventually } from './harness/processes'

/** The life of a conversation through the real server: the line, who leaves, who vanishes, who comes back. */
let house: House
let expert: Expert

beforeAll(async () => {
  if (missingHouse()) return
  house = await House.open()
  expert = await house.expert()
  await expert.two()
})
afterAll(() => house?.close())
beforeEach(context => { if (missingHouse()) context.skip(missingHouse()) })

async function waiting(words?: string): Promise<Visitor> {
  const visitor = await house.visitor()
  await visitor.start()
  if (words) await visitor.paste(words)
  return visitor
}

async function talking(words = 'hallo'): Promise<{ visitor: Visitor; room: Room }> {
  const visitor = await waiting(words)
  const room = await expert.claimNext()
  await room.reads('visitor', words)
  await visitor.all('received')
  return { visitor, room }
}

/** Away goes the visitor's page, and what is left at the desk. */
async function over(visitor: Visitor, ...rooms: Room[]): Promise<void> {
  if (await visitor.has('leave')) await visitor.tap('leave')
  for (const room of rooms) await room.tap('dismiss')
  await house.leave(visitor.page)
  expect(house.problems).toEqual([])
}

const isPlace = (visitor: Visitor, place: number) => visitor.sees(`place ${place}`, async () => new RegExp(`nummer ${place} `).test((await visitor.text('position')).replace(/[\u2068\u2069]/g, '')))

describe('the line', () => {
  test('V26 V29: nobody is there: she is told so, with the numbers to call; when somebody is, that', async () => {
    const visitor = await house.visitor()
    await visitor.open()
    await visitor.isTold('Er is nu niemand.')
    await visitor.isTold('Wij hebben nog geen vaste tijden.')
    expect(await visitor.page.run(() => [...document.querySelectorAll('a[href^="tel:"]')].map(a => a.textContent))).toEqual(expect.arrayContaining(['0800-2000']))
    await expert.available()
    await visitor.open()
    await visitor.isTold('Er is nu iemand.')
    await over(visitor)
  })

  test('V27 V28: what she writes while she waits stays with her and arrives after the claim; her place is told and moves up', async () => {
    const first = await waiting()
    await isPlace(first, 1)
    const second = await waiting('dit schreef ik alvast')
    await isPlace(second, 2)
    expect(await second.lines()).toEqual([{ from: 'me', state: 'sending', text: 'dit schreef ik alvast' }])
    await expert.sees('two people wait', async () => /2 mensen/.test(await expert.text('waiting')))
    await first.tap('leave')
    await first.isTold('Je bent gestopt')
    await isPlace(second, 1)
    const room = await expert.claimNext()
    await room.reads('visitor', 'dit schreef ik alvast')
    await second.all('received')
    expect(await expert.text('waiting')).toBe('')
    await over(first)
    await over(second, room)
  })
})

describe('the visitor goes', () => {
  test('V59: she stops: both are told, and her screen holds none of the words', async () => {
    const { visitor, room } = await talking('dit mag weg')
    await visitor.tap('leave')
    await visitor.isTold('Je bent gestopt')
    expect(await visitor.page.run(() => document.documentElement.outerHTML)).not.toContain('dit mag weg')
    await room.isTold('gestopt door de bezoeker')
    await over(visitor, room)
  })

  test('V17 V25 D11: she leaves quickly: the desk is told so, and nothing can be sent', async () => {
    const { visitor, room } = await talking()
    const asked = await visitor.page.standForOutside()
    await visitor.tap('exit')
    await eventually('the neutral site', () => asked.length > 0)
    await room.isTold('De bezoeker ging snel weg')
    await room.isTold('Stuur niets. Een bericht kan het scherm laten oplichten.')
    expect(await room.page.run(selector => document.querySelector<HTMLButtonElement>(selector)?.disabled ?? true, `[data-talk="${room.id}"] ${part('send')}`)).toBe(true)
    await over(visitor, room)
  })

  test('V25 D11: she leaves quickly over long polling: the desk is told all the same', async () => {
    house.street.noSockets = true
    try {
      const { visitor, room } = await talking()
      const asked = await visitor.page.standForOutside()
      await visitor.tap('exit')
      await eventually('the neutral site', () => asked.length > 0)
      await room.isTold('De bezoeker ging snel weg')
      await over(visitor, room)
    } finally {
      house.street.noSockets = false
    }
  })

  test('V1 V4: her page is loaded again: it knows nothing any more, and the desk sees that she left quickly', async () => {
    const { visitor, room } = await talking('voor het herladen')
    await visitor.open()
    expect(await visitor.has('start')).toBe(true)
    expect(await visitor.page.run(() => document.documentElement.outerHTML)).not.toContain('voor het herladen')
    await room.isTold('De bezoeker ging snel weg')
    await over(visitor, room)
  })

  test('V2: a second tab of hers is somebody else to us; the first one goes on where it was', async () => {
    const page = await house.chromium()
    const first = new Visitor(page, house.server.origins.visitor)
    await first.start()
    await first.paste('uit het eerste tabblad')
    const room = await expert.claimNext()
    await room.reads('visitor', 'uit het eerste tabblad')
    const tab = await page.another()
    const second = new Visitor(tab, first.url)
    await second.start()
    await second.paste('uit het tweede')
    await expert.sees('somebody else waits', () => expert.text('waiting'))
    await second.tap('leave')
    await page.show()
    if (await first.has('uncover')) await first.tap('uncover')
    await room.paste('ben je er nog?')
    await first.reads('expert', 'ben je er nog?')
    expect(await room.said('visitor')).toEqual(['uit het eerste tabblad'])
    await over(first, room)
  })
})

describe('two conversations', () => {
  test('D7: side by side they stay apart, on every screen', async () => {
    const one = await talking('ik ben één')
    const two = await talking('ik ben twee')
    await one.room.paste('voor één')
    await two.room.paste('voor twee')
    await one.visitor.paste('nog van één')
    await one.visitor.reads('expert', 'voor één')
    await two.visitor.reads('expert', 'voor twee')
    await one.room.reads('visitor', 'nog van één')
    expect(await one.room.said('visitor')).toEqual(['ik ben één', 'nog van één'])
    expect(await two.room.said('visitor')).toEqual(['ik ben twee'])
    expect(await one.visitor.said('expert')).toEqual(['voor één'])
    expect(await two.visitor.said('expert')).toEqual(['voor twee'])
    await over(one.visitor, one.room)
    await two.room.paste('jij bent er nog')
    await two.visitor.reads('expert', 'jij bent er nog')
    await over(two.visitor, two.room)
  })
})

describe('the expert goes', () => {
  test('she closes it: the visitor is told in words, her last line came before', async () => {
    const { visitor, room } = await talking()
    await room.paste('dag, tot later')
    await room.tap('close')
    await visitor.isTold('Jullie gesprek is klaar')
    await over(visitor, room)
  })

  // seen failing: the screen wiped with the end, as it was.
  test('she says her last words and closes while the visitor has no line: the visitor reads them when she is back, and then wipes them', async () => {
    const { visitor, room } = await talking('ik moet zo weg')
    house.street.offline = true
    try {
      house.street.cut()
      await visitor.isTold('Geen verbinding.', 60_000)
      await room.paste('Bel 0800-2000. Sterkte!')
      await room.all('sent')
      await room.tap('close')
      await room.sees('the end', () => room.has('dismiss'))
    } finally {
      house.street.offline = false
    }
    await visitor.isTold('Jullie gesprek is klaar', 60_000)
    await visitor.reads('expert', 'Bel 0800-2000. Sterkte!')
    expect(await visitor.has('composer')).toBe(false)
    await visitor.tap('wipe')
    await visitor.isTold('De berichten zijn weg van deze pagina.')
    for (const words of ['Bel 0800-2000. Sterkte!', 'ik moet zo weg']) expect(await visitor.page.run(() => document.documentElement.outerHTML)).not.toContain(words)
    await over(visitor, room)
  }, 150_000)

  /** The visitor is first in line again, is claimed again by the same expert with the same keys, which her vault kept: so she is asked nothing, talks on, and goes. */
  async function again(visitor: Visitor, told: string): Promise<void> {
    if (!await expert.isAvailable()) await expert.available()
    await visitor.isTold(told, 50_000)
    await isPlace(visitor, 1)
    await visitor.paste('ik wacht nog')
    const room = await expert.claimNext()
    await room.reads('visitor', 'ik wacht nog')
    expect(await room.said('visitor')).toEqual(['eerste woorden', 'ik wacht nog'])
    expect(await visitor.has('share-yes')).toBe(false)
    await room.paste('daar ben ik weer')
    await visitor.reads('expert', 'daar ben ik weer')
    await over(visitor, room)
  }

  /** The same conversation, where it was: all is there once, and both talk on. */
  async function goesOn(visitor: Visitor): Promise<void> {
    const room = await expert.sees('the conversation', async () => (await expert.rooms())[0])
    await room.reads('visitor', 'eerste woorden')
    await room.paste('daar ben ik weer')
    await visitor.reads('expert', 'daar ben ik weer')
    await visitor.paste('fijn')
    await room.reads('visitor', 'fijn')
    expect(await room.said('visitor')).toEqual(['eerste woorden', 'fijn'])
    expect(await visitor.has('share-yes')).toBe(false)
    await over(visitor, room)
  }

  test('she loads her desk again: one tap opens her vault, and the conversation goes on, nothing doubled', async () => {
    const { visitor } = await talking('eerste woorden')
    await expert.reload()
    await goesOn(visitor)
  })

  test('her desk is gone for 30 s: the visitor is told that the line was lost, then that she is first in line, and is claimed again', async () => {
    const { visitor } = await talking('eerste woorden')
    await expert.page.goto('about:blank')
    await visitor.isTold('De ander is de verbinding kwijt.', 30_000)
    await visitor.isTold('De ander kwam niet terug.', 60_000)
    await expert.reload()
    await again(visitor, 'De ander kwam niet terug.')
  }, 150_000)

  test('she signs in elsewhere, by her passkey and her words: her conversation goes on there; the older desk is emptied and locked', async () => {
    const { visitor } = await talking('eerste woorden')
    const older = expert
    const newer = await house.desk()
    await older.page.lendPasskeys(newer.page)
    await newer.signIn(older.words)
    newer.words = older.words
    await older.sees('the lock', () => older.has('sign-in'))
    await older.isTold('Je werkt nu op een andere plek. Deze werkplek is vergrendeld.')
    expect(await older.page.run(() => document.documentElement.outerHTML)).not.toContain('eerste woorden')
    expert = newer
    await goesOn(visitor)
    // Whoever sits at the older computer now does not come in by loading the page again.
    await older.open()
    await older.isTold('De werkplek is vergrendeld.')
    expect([await older.has('available'), await older.has('sign-in')]).toEqual([false, true])
  })

  test('another tab of the same browser: the older is emptied and stopped, and she is still signed in', async () => {
    const tab = new Expert(await expert.page.another(), expert.url)
    // The engine's passkeys are those of a tab.
    await tab.open()
    await tab.unlockBy(expert.words)
    await expert.isTold('Je werkt nu op een andere plek. Deze werkplek is gestopt.')
    // By her words: she may be at a browser whose lent passkey has no secret.
    await expert.open()
    await expert.unlockBy(expert.words)
    await tab.isTold('Deze werkplek is gestopt.')
    await expert.available()
  })
})

test('the server is stopped and started on the same data: who talks goes on, who waits keeps her place', async () => {
  const { visitor, room } = await talking()
  const other = await waiting('ik wacht')
  await isPlace(other, 1)
  await house.server.end('SIGTERM')
  await room.isTold('Geen verbinding.')
  await visitor.paste('onderweg geschreven')
  await house.server.again()
  await room.reads('visitor', 'onderweg geschreven', 60_000)
  await room.paste('wij gaan door')
  await visitor.reads('expert', 'wij gaan door', 60_000)
  await visitor.all('received')
  expect(await expert.has('sign-in')).toBe(false)
  await isPlace(other, 1)
  await expert.sees('somebody waits', () => expert.text('waiting'))
  await over(other)
  await over(visitor, room)
}, 120_000)
