import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest'
import { Administrator } from './harness/administrator'
import { House, missingHouse } from './harness/house'
import type { Expert, Room, Visitor } from './harness/people'

/**
 * Slice c of issue 7, done when 1: four browsers, a visitor, her expert (Sam), a coordinator who looks along (Lex), a second expert who takes over (Noor). Each sees
 * exactly what she may: asserted by all the lines on each screen, at each step. One story; each test goes on where the one before stopped.
 */
let house: House
let sam: Administrator
let noor: Expert
let lex: Expert
let visitor: Visitor
let samsRoom: Room
let noorsRoom: Room
let lexsRoom: Room

/** What was said, and by whom, in the order in which it was. */
const said: { by: 'visitor' | 'sam' | 'noor'; text: string }[] = []

beforeAll(async () => {
  if (missingHouse()) return
  house = await House.open()
  const desk = `${house.server.origins.staff}/desk`
  sam = new Administrator(await house.chromium(), desk)
  await sam.register(house.server.invitation)
  await sam.toPeople()
  const links = [await sam.invite('Noor'), await sam.invite('Lex', [], 'coordinator')]
  await sam.toDesk()
  noor = await house.desk()
  await noor.register(links[0] ?? '')
  lex = await house.desk()
  await lex.register(links[1] ?? '')
  for (const expert of [sam, noor]) await expert.available()
}, 180_000)
afterAll(() => house?.close())

const cannot = (context: TestContext): void => { const missing = missingHouse(); if (missing) context.skip(missing) }

/** Says something, and waits until whoever talks with her has it. */
async function say(by: 'visitor' | 'sam' | 'noor', text: string): Promise<void> {
  const who = { visitor, sam: samsRoom, noor: noorsRoom }[by]
  await who.paste(text)
  await who.reads('me', text)
  await who.all('received')
  said.push({ by, text })
}

/** Every line that people said, as it stands on a screen: by whom it is shown to be, and its text. */
const shows = async (who: Visitor | Room): Promise<string[]> =>
  (await who.lines()).filter(line => line.from !== 'notice').map(line => `${line.from}: ${line.text}`)

const told = (from: 'expert' | 'me' | 'visitor' | 'colleague', text: string): string => `${from}: ${text}`

/** The visitor's screen has every line, whoever said it, and none twice. */
const sheSees = async (): Promise<void> => {
  const all = said.map(({ by, text }) => told(by === 'visitor' ? 'me' : 'expert', text))
  await visitor.sees('all lines', async () => (await shows(visitor)).length === all.length)
  expect(await shows(visitor)).toEqual(all)
}

/** A desk shows these lines and not one more. */
async function deskSees(room: Room, lines: readonly string[]): Promise<void> {
  await room.sees(`${lines.length} lines`, async () => (await shows(room)).length >= lines.length)
  expect(await shows(room)).toEqual(lines)
}

/** The lead asks somebody in. */
async function asks(room: Room, how: 'call-transfer' | 'call-transfer-cold' | 'call-look'): Promise<void> {
  await room.tap('third')
  await room.tap(how)
  await room.sees('that somebody is asked', () => room.has('uncall'))
}

test('they talk; nobody else sees that there is anybody', async context => {
  cannot(context)
  visitor = await house.visitor()
  await visitor.start('nl')
  await visitor.paste('hier begin ik')
  said.push({ by: 'visitor', text: 'hier begin ik' })
  samsRoom = await sam.claimNext()
  await samsRoom.reads('visitor', 'hier begin ik')
  await say('sam', 'ik luister')
  await sheSees()
  expect([await noor.rooms(), await lex.rooms(), await noor.text('calls'), await lex.text('calls')]).toEqual([[], [], '', ''])
  expect(await lex.has('available')).toBe(false)
})

describe('a coordinator looks along', () => {
  test('her call stands at the coordinator’s desk, at no expert’s; the visitor reads nothing before somebody comes', async context => {
    cannot(context)
    await asks(samsRoom, 'call-look')
    await lex.sees('the call', () => lex.has('call'))
    expect([await noor.has('call'), await visitor.has('guest-asked')]).toEqual([false, false])
  })

  test('V61 V59 the visitor says "not now": nobody comes in, not a line is read, and the talk goes on', async context => {
    cannot(context)
    lexsRoom = await lex.answer()
    await visitor.sees('the question', () => visitor.has('guest-asked'))
    expect(await visitor.text('guest-asked')).toMatch(/Mag .*Lex.* even meekijken\?.*Nu niet is altijd goed\./s)
    expect([await shows(lexsRoom), await visitor.has('guest')]).toEqual([[], false])
    await visitor.tap('guest-no')
    await lexsRoom.isTold('De bezoeker wil dit nu liever niet.')
    await say('visitor', 'liever niet nu')
    await say('sam', 'dat is goed')
    await sheSees()
    expect(await shows(lexsRoom)).toEqual([])
    await lexsRoom.tap('dismiss')
  })

  test('D16 asked again, she says yes: who looks along is told on every screen, reads from then on and nothing from before, and cannot write', async context => {
    cannot(context)
    await asks(samsRoom, 'call-look')
    lexsRoom = await lex.answer()
    await visitor.tap('guest-yes')
    await visitor.sees('who looks along', async () => /Er kijkt iemand mee: .*Lex/.test(await visitor.text('guest')))
    await samsRoom.isTold('Lex kijkt mee en kan niet schrijven.')
    await lexsRoom.isTold('De bezoeker ziet dat je meekijkt.')
    const before = said.length
    await say('visitor', 'nu kijkt er iemand mee')
    await say('sam', 'ja, dat is Lex')
    await deskSees(lexsRoom, said.slice(before).map(({ by, text }) => told(by === 'visitor' ? 'visitor' : 'colleague', text)))
    for (const gone of ['composer', 'send', 'close', 'release', 'third', 'hand-over']) expect(await lexsRoom.has(gone), gone).toBe(false)
    await sheSees()
  })

  test('what the visitor wrote before is read only by her yes; she says no', async context => {
    cannot(context)
    await visitor.tap('share-guest-no')
    const lines = await shows(lexsRoom)
    await say('visitor', 'dit blijft van mij')
    await deskSees(lexsRoom, [...lines, told('visitor', 'dit blijft van mij')])
  })

  test('V59 "go on without": she is gone from that tap, and reads nothing more', async context => {
    cannot(context)
    const lines = await shows(lexsRoom)
    await visitor.tap('guest-away')
    await visitor.sees('nobody else', async () => !await visitor.has('guest'))
    await lexsRoom.isTold('De bezoeker wil dit nu liever niet.')
    await say('visitor', 'weer met z’n tweeën')
    await say('sam', 'ja')
    await sheSees()
    expect(await shows(lexsRoom)).toEqual(lines)
    await lexsRoom.tap('dismiss')
    expect([await lex.rooms(), await noor.rooms()]).toEqual([[], []])
  })
})

describe('a second expert takes over', () => {
  test('warm: with the visitor’s yes she is in too, reads what the visitor shares, her own lines only, and both staff see who says what', async context => {
    cannot(context)
    await asks(samsRoom, 'call-transfer')
    noorsRoom = await noor.answer()
    expect(await lex.has('call')).toBe(false)
    await visitor.sees('the question', () => visitor.has('guest-asked'))
    expect(await visitor.text('guest-asked')).toMatch(/Mag .*Noor.* met je verder praten\?/)
    await visitor.tap('guest-yes')
    await visitor.sees('who is there', async () => /Noor.* is er ook bij/.test(await visitor.text('guest')))
    await visitor.tap('share-guest-yes')
    const hers = said.filter(({ by }) => by === 'visitor').map(({ text }) => told('visitor', text))
    await deskSees(noorsRoom, hers)
    const before = said.length
    await say('noor', 'ik ben Noor')
    await say('visitor', 'dag Noor')
    await say('sam', 'Noor weet meer van wachten')
    const since = said.slice(before)
    await deskSees(noorsRoom, [...hers, ...since.map(({ by, text }) => told(by === 'noor' ? 'me' : by === 'sam' ? 'colleague' : 'visitor', text))])
    expect((await shows(samsRoom)).slice(-3)).toEqual([told('colleague', 'ik ben Noor'), told('visitor', 'dag Noor'), told('me', 'Noor weet meer van wachten')])
    await sheSees()
  })

  test('handed over: the one before is told, has it no more and reads nothing more; the visitor is told whom she talks with', async context => {
    cannot(context)
    await samsRoom.tap('hand-over')
    await samsRoom.tap('hand-over')
    await samsRoom.isTold('Je collega gaat verder met de bezoeker.')
    await visitor.isTold('Vanaf nu praat je met Noor.')
    const lines = await shows(samsRoom)
    await say('visitor', 'nu met Noor')
    await say('noor', 'ja, met mij')
    await sheSees()
    expect(await shows(samsRoom)).toEqual(lines)
    expect([await samsRoom.has('composer'), await noorsRoom.has('release'), await visitor.has('guest')]).toEqual([false, true, false])
    await samsRoom.tap('dismiss')
  })

  // Seen failing: “the visitor did not come back”, where a refusal was faster than the view that says who has her now.
  test('cold: whoever is let in is the one she talks with, at once', async context => {
    cannot(context)
    await asks(noorsRoom, 'call-transfer-cold')
    samsRoom = await sam.answer()
    await visitor.tap('guest-yes')
    await noorsRoom.isTold('Je collega gaat verder met de bezoeker.')
    await visitor.isTold('Vanaf nu praat je met Sam.')
    const lines = await shows(noorsRoom)
    await say('visitor', 'terug bij Sam')
    await say('sam', 'hier ben ik weer')
    await sheSees()
    expect(await shows(noorsRoom)).toEqual(lines)
    await noorsRoom.tap('dismiss')
  })
})

describe('another person, please', () => {
  // Seen failing: “your colleague goes on with her”, the entry of an earlier hand-over that the server still told.
  test('asked once more and without a reason; she waits at the head, is not given the same again, and comes to somebody else', async context => {
    cannot(context)
    await visitor.page.tap('.tools summary')
    await visitor.tap('another')
    await visitor.tap('another-yes')
    await visitor.sees('her place in the line', () => visitor.has('position'))
    await visitor.isTold('Je wacht op iemand anders. Je staat vooraan in de rij.')
    await samsRoom.isTold('De bezoeker wil graag een ander.')
    const lines = await shows(samsRoom)
    await samsRoom.tap('dismiss')
    await sam.tap('claim-next')
    await sam.isTold('Er wacht niemand meer in jouw talen, of een ander was je voor.')
    expect(await sam.rooms()).toEqual([])
    noorsRoom = await noor.claimNext()
    await visitor.isTold('Noor gaat met je verder.')
    await say('visitor', 'dag weer')
    await say('noor', 'fijn dat je er bent')
    await sheSees()
    expect(lines).not.toContain(told('visitor', 'dag weer'))
    expect(await sam.rooms()).toEqual([])
  })

  test('nothing was complained of on any page', context => {
    cannot(context)
    expect(house.problems).toEqual([])
  })
})
