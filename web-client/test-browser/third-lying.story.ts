import { afterAll, afterEach, beforeAll, describe, expect, test, type TestContext } from 'vitest'
import { Administrator } from './harness/administrator'
import { House, missingHouse } from './harness/house'
import type { Expert, Room, Visitor } from './harness/people'
import { eventually } from './harness/processes'

/**
 * Slice c of issue 7, done when 2: the same three people with a server in between that adds, keeps back and reorders, told by the proxy before the real one. The visitor's page notices
 * each, says so in kind words, and nothing of hers is sent from then on. In every detail, and for the desks too: test/conversation/guest.test.ts and rules.test.ts.
 */
type Frame = Record<string, unknown>
let house: House
let sam: Administrator
let noor: Expert
let visitor: Visitor
let samsRoom: Room

beforeAll(async () => {
  if (missingHouse()) return
  house = await House.open({ NAAST_TIME_VISITOR_GONE: '5s', NAAST_TIME_POLL_HOLD: '3s' })
  const desk = `${house.server.origins.staff}/desk`
  sam = new Administrator(await house.chromium(), desk)
  await sam.register(house.server.invitation)
  await sam.toPeople()
  const link = await sam.invite('Noor')
  await sam.toDesk()
  noor = await house.desk()
  await noor.register(link)
  await sam.available()
}, 180_000)
afterAll(() => house?.close())
afterEach(async () => {
  house.street.rewrite = frame => frame
  if (visitor) await house.leave(visitor.page)
  for (const expert of [sam, noor]) for (const room of await expert.rooms()) {
    if (await room.has('close')) await room.tap('close')
    await room.tap('dismiss', 30_000)
  }
  await eventually('the line is empty', async () => await sam.text('waiting') === '', 20_000)
})

const cannot = (context: TestContext): void => { const missing = missingHouse(); if (missing) context.skip(missing) }
const guestIn = (frame: Frame): Frame | undefined => (frame['t'] === 'view' ? frame['guest'] as Frame | null : null) ?? undefined

async function talks(): Promise<void> {
  visitor = await house.visitor()
  await visitor.start('nl')
  await visitor.paste('hier begin ik')
  samsRoom = await sam.claimNext()
  await samsRoom.reads('visitor', 'hier begin ik')
}

/** Sam asks Noor in to take over, and she comes. */
async function comes(): Promise<Room> {
  await samsRoom.tap('third')
  await samsRoom.tap('call-transfer')
  return noor.answer()
}

/** All three are there, and have said something. */
async function together(): Promise<Room> {
  await talks()
  const room = await comes()
  await visitor.tap('guest-yes')
  await room.sees('its composer', () => room.has('composer'))
  await room.paste('ik ben Noor')
  await visitor.reads('expert', 'ik ben Noor')
  return room
}

/** She reads why, there is nothing to write in, and not one line, key or signal of hers goes up from the lie on. */
async function fellSilent(since: () => number, words: RegExp): Promise<void> {
  await visitor.sees('the refusal', () => visitor.has('refused'), 30_000)
  expect(await visitor.text('refused')).toMatch(words)
  expect(await visitor.text('refused')).toContain('niets meer verstuurd. Dit komt niet door jou.')
  for (const gone of ['composer', 'send', 'guest', 'guest-yes', 'another', 'leave']) expect(await visitor.has(gone), gone).toBe(false)
  expect(since()).toBeGreaterThan(0)
  const sent = house.street.crossings.slice(since()).filter(({ direction }) => direction === 'up').map(({ bytes }) => String(bytes))
  expect(sent.filter(frame => /"t":"(append|signal|join|leave)"/.test(frame))).toEqual([])
}

const LYING = /Er klopt iets niet met de verbinding/
const KEYS = /Je telefoon kon niet zien wie er echt antwoordt/

/** Changes what comes down to her; answers how many crossings there were when it first did. */
function tell(lie: (frame: Frame) => Frame | undefined): () => number {
  let since = -1
  house.street.rewrite = (frame, direction) => {
    if (direction === 'up') return frame
    const told = lie(frame)
    if (since < 0 && told !== frame) since = house.street.crossings.length
    return told
  }
  return () => since
}

describe('a server that adds', () => {
  // Seen failing: onGuest() taking the server's word: “Noor is er ook bij”, and she had been asked nothing.
  test('somebody who is said to be in before she was asked', async context => {
    cannot(context)
    await talks()
    const since = tell(frame => { const guest = guestIn(frame); return guest ? { ...frame, guest: { ...guest, state: 'in' } } : frame })
    await comes()
    await fellSilent(since, LYING)
  })

  test('somebody else under the name of whom she is asked for: the key package of another', async context => {
    cannot(context)
    await talks()
    let first: unknown
    const since = tell(frame => {
      const guest = guestIn(frame)
      if (!guest) { first ??= frame['keyPackage']; return frame }
      const keyPackage = String(guest['keyPackage'])
      return { ...frame, guest: { ...guest, keyPackage: `${keyPackage.slice(0, 400)}${keyPackage[400] === 'A' ? 'B' : 'A'}${keyPackage.slice(401)}` } }
    })
    await comes()
    await visitor.sees('a refusal or no question', async () => await visitor.has('refused') || await visitor.has('guest-asked'))
    if (await visitor.has('guest-asked')) await visitor.tap('guest-yes')
    await fellSilent(since, KEYS)
  })

  test('somebody who is said to have her from now on, whom she never let in', async context => {
    cannot(context)
    await talks()
    let call: unknown
    const since = tell(frame => {
      const guest = guestIn(frame)
      call ??= guest?.['call']
      return call && frame['t'] === 'view' && frame['state'] === 'talking' ? { ...frame, claim: call, guest: null, statement: guest?.['statement'] ?? frame['statement'] } : frame
    })
    await comes()
    await fellSilent(since, LYING)
  })
})

describe('a server that keeps back', () => {
  test('a line of the guest, and numbers the rest anew', async context => {
    cannot(context)
    const room = await together()
    let gap = Infinity
    const down = (seq: unknown): unknown => (typeof seq === 'number' && seq > gap ? seq - 1 : seq)
    const since = tell(frame => {
      const kept = frame['t'] === 'envelope' && frame['from'] === 'guest' && gap === Infinity
      if (kept) gap = frame['seq'] as number
      return kept ? undefined : 'seq' in frame && (frame['seq'] as number) > gap ? { ...frame, seq: down(frame['seq']) } : frame
    })
    const up = house.street.rewrite
    house.street.rewrite = (frame, direction) => (direction === 'up' && gap < Infinity
      ? { ...frame, ...(typeof frame['after'] === 'number' && frame['after'] >= gap && { after: frame['after'] + 1 }), ...(typeof frame['seq'] === 'number' && frame['seq'] >= gap && { seq: frame['seq'] + 1 }) }
      : up(frame, direction))
    await room.paste('dit komt niet aan')
    await room.paste('dit wel')
    await fellSilent(since, LYING)
  })
})

describe('a server that reorders', () => {
  test('two lines, of the guest and of her expert', async context => {
    cannot(context)
    const room = await together()
    let since = -1
    // Nothing is pushed until two lie there to be fetched: their order is the lie.
    tell(frame => {
      if (since < 0 && frame['t'] === 'envelope') return undefined
      const items = frame['t'] === 'envelopes' ? frame['items'] as Frame[] : []
      const [one, two] = items
      if (!one || !two || one['kind'] !== 'message' || two['kind'] !== 'message') return frame
      since = house.street.crossings.length
      return { ...frame, items: [{ ...two, seq: one['seq'] }, { ...one, seq: two['seq'] }, ...items.slice(2)] }
    })
    await room.paste('eerst dit')
    await room.paste('dan dat')
    await room.sees('both sent', async () => (await room.lines()).filter(line => line.from === 'me' && line.state === 'sent').length >= 2)
    house.street.cut()
    await fellSilent(() => since, LYING)
  })
})

test('after all of it the house is as it was: somebody talks, and is let in', async context => {
  cannot(context)
  const room = await together()
  await visitor.paste('dag Noor')
  await room.reads('visitor', 'dag Noor')
  await visitor.tap('leave')
})
