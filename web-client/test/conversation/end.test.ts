import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { Session } from '../../src/crypto/session'
import { organisationOfToday } from '../support/conversation'
import type { Organisation } from '../support/organisation'
import { World, deskLines, linesOf, notices, texts, type DeskSide, type VisitorSide } from '../support/world'

let organisation: Organisation
beforeAll(async () => {
  organisation = await organisationOfToday()
})
afterEach(() => { vi.restoreAllMocks() })

const LAST = 'Bel 0800-2000. Sterkte!'
const slot = (side: DeskSide) => side.desk.state.talks[0]?.id ?? ''
const states = (side: VisitorSide) => linesOf(side).filter(line => line.from === 'me').map(line => line.state)
const sent = (side: VisitorSide, from: number) => side.net.sent.slice(from).filter(frame => frame.t !== 'fetch').map(frame => frame.t)
const conversation = (world: World) => world.server.conversations[0]

async function talking() {
  const world = new World(organisation)
  const sides = await world.talking()
  sides.visitor.talk.compose('hoi')
  await world.pass(2_000)
  return { world, ...sides }
}

/** She is away; meanwhile the expert says her last words and closes. */
async function closedWhileAway() {
  const all = await talking()
  const { world, visitor, expert } = all
  visitor.net.cut()
  expert.desk.compose(slot(expert), LAST)
  await world.pass(1_000, false)
  expert.desk.close(slot(expert))
  await world.pass(1_000, false)
  expect(conversation(world)?.state).toBe('ended')
  return all
}

describe('somebody else ends it: the visitor reads on', () => {
  // seen failing: everything wiped with the view `ended`, as it was.
  it('what was said while she was away is read, and acknowledged; then the keys are gone and the line is closed', async () => {
    const { world, visitor } = await closedWhileAway()
    const destroyed = vi.spyOn(Session.prototype, 'destroy')
    const before = visitor.net.sent.length
    await world.pass(3_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'ended', why: 'closed', online: true })
    expect(visitor.talk.state).not.toHaveProperty('lost')
    expect([texts(linesOf(visitor)), states(visitor)]).toEqual([['hoi', LAST], ['received']])
    expect(conversation(world)?.acked.visitor).toBe(conversation(world)?.seq)
    expect(destroyed).toHaveBeenCalledTimes(1)
    expect(await visitor.store.load()).toBeUndefined()
    expect(visitor.net.closed).toBe(true)
    // seen failing: the line closed without a word.
    expect([...new Set(sent(visitor, before))]).toEqual(['ack'])
  })

  it('a line that came in the same moment as the end is read', async () => {
    const { world, visitor, expert } = await talking()
    expert.desk.compose(slot(expert), LAST)
    expert.desk.close(slot(expert))
    await world.pass(2_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'ended', why: 'closed' })
    expect(texts(linesOf(visitor))).toEqual(['hoi', LAST])
  })

  // seen failing: a log that was not read taken for one that holds nothing.
  it('a line that is cut while she reads: she reads when it is back, and is told until then; her keys wait as long', async () => {
    const { world, visitor } = await closedWhileAway()
    const destroyed = vi.spyOn(Session.prototype, 'destroy')
    visitor.net.connect()
    while (visitor.talk.state.kind !== 'ended') visitor.net.passDown()
    visitor.net.cut()
    await world.pass(120_000, false)
    expect(visitor.talk.state).toMatchObject({ kind: 'ended', why: 'closed', online: false })
    expect([texts(linesOf(visitor)), destroyed.mock.calls.length]).toEqual([['hoi'], 0])
    await world.pass(3_000)
    expect([texts(linesOf(visitor)), destroyed.mock.calls.length]).toEqual([['hoi', LAST], 1])
    expect(visitor.talk.state).toMatchObject({ online: true })
  })

  // seen failing: they stood there for ever, one tap away for whoever found the phone; and the keys as long as the server kept something back
  it.each([['read to its end', true], ['kept back by the server', false]] as const)('V2: ten minutes after the end the words are gone by themselves, and the keys (%s)', async (_, whole) => {
    const { world, visitor } = await closedWhileAway()
    const destroyed = vi.spyOn(Session.prototype, 'destroy')
    if (!whole) visitor.net.tamper = frame => (frame.t === 'envelopes' ? [] : [frame])
    await world.pass(590_000)
    expect(texts(linesOf(visitor))).toContain('hoi')
    await world.pass(20_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'ended', why: 'closed' })
    expect(visitor.talk.state).not.toHaveProperty('lines')
    expect([destroyed.mock.calls.length, visitor.net.closed]).toEqual([1, true])
  })

  it.each(['gone', 'expired'] as const)('%s: the same', async why => {
    const { world, visitor } = await talking()
    visitor.net.cut()
    conversation(world)?.end(why)
    await world.pass(3_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'ended', why })
    expect(texts(linesOf(visitor))).toEqual(['hoi'])
    expect(visitor.net.closed).toBe(true)
  })

  it.each(['none', 'closed', 'unknown'])('a server that has nothing any more (%s): she keeps what stands there, nothing is asked again and again', async says => {
    const { world, visitor } = await closedWhileAway()
    const fetches = () => visitor.net.sent.filter(frame => frame.t === 'fetch').length
    const before = fetches()
    visitor.net.tamper = frame => {
      if (says === 'none' && frame.t === 'view') return [{ t: 'view', rev: 0, conversation: null, state: 'none' } as { t: string }]
      return frame.t === 'envelopes' ? [{ t: 'refused', n: (frame as { n?: number }).n, code: says === 'none' ? 'unknown' : says } as { t: string }] : [frame]
    }
    await world.pass(90_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'ended', why: says === 'none' ? 'expired' : 'closed' })
    expect(texts(linesOf(visitor))).toEqual(['hoi'])
    expect(fetches() - before).toBeLessThan(3)
    expect(visitor.net.closed).toBe(true)
  })

  it('who only waited, and wrote nothing, has nothing to keep', async () => {
    const world = new World(organisation)
    const visitor = world.visitor()
    visitor.talk.start('nl')
    await world.quiet()
    conversation(world)?.end('gone')
    world.server.changed()
    await world.quiet()
    expect(visitor.talk.state).toEqual({ kind: 'ended', why: 'gone' })
  })

  it('crypto 7: a server that speaks of a last line and gives it to nobody is a liar still', async () => {
    const { world, visitor } = await closedWhileAway()
    visitor.net.tamper = frame => (frame.t === 'envelopes' ? [{ ...frame, items: [] } as { t: string }] : [frame])
    await world.pass(30_000)
    expect(visitor.talk.state).toEqual({ kind: 'refused', why: 'lying' })
  })
})

describe('after the end', () => {
  // seen failing: `leave` passed over.
  it.each([false, true])('she wipes: nothing of it is left (while it is being read: %s)', async reading => {
    const { world, visitor } = await closedWhileAway()
    visitor.net.connect()
    while (visitor.talk.state.kind !== 'ended') visitor.net.passDown()
    if (!reading) await world.pass(3_000)
    visitor.talk.leave()
    expect(visitor.talk.state).toEqual({ kind: 'ended', why: 'closed' })
    await world.pass(5_000)
    expect(visitor.talk.state).toEqual({ kind: 'ended', why: 'closed' })
    expect([visitor.net.closed, await visitor.store.load()]).toEqual([true, undefined])
  })

  it.each([false, true])('V25: exit empties everything at once (while it is being read: %s)', async reading => {
    const { world, visitor } = await closedWhileAway()
    visitor.net.connect()
    while (visitor.talk.state.kind !== 'ended') visitor.net.passDown()
    if (!reading) await world.pass(3_000)
    const before = visitor.net.sent.length
    visitor.talk.exit()
    expect([visitor.talk.state, visitor.net.closed]).toEqual([{ kind: 'start' }, true])
    await world.pass(70_000)
    expect(visitor.net.sent.length).toBe(before)
  })

  it.each([false, true])('another one begins with nothing of the first (while it is being read: %s)', async reading => {
    const { world, visitor } = await closedWhileAway()
    const destroyed = vi.spyOn(Session.prototype, 'destroy')
    visitor.net.connect()
    while (visitor.talk.state.kind !== 'ended') visitor.net.passDown()
    if (!reading) await world.pass(3_000)
    visitor.talk.start('nl')
    expect(destroyed).toHaveBeenCalledTimes(1)
    await world.pass(2_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'waiting', lines: [], online: true })
  })

  it('nothing can be said or asked any more', async () => {
    const { world, visitor } = await closedWhileAway()
    await world.pass(3_000)
    const [before, shown] = [visitor.net.sent.length, visitor.talk.state]
    expect(visitor.talk.compose('nog iets')).toBe(false)
    visitor.talk.typing(true)
    visitor.talk.visible(false)
    visitor.talk.answerSafety('yes')
    visitor.talk.retry(linesOf(visitor)[0]?.id ?? '')
    await world.pass(3_000)
    expect([visitor.net.sent.length, visitor.talk.state]).toEqual([before, shown])
  })
})

describe('her last line at the end', () => {
  // seen failing: nothing said of it, as it was.
  it('closed before the server took it: it did not arrive, and is not sent again', async () => {
    const { world, visitor, expert } = await talking()
    visitor.net.cut()
    visitor.talk.compose('wacht, nog iets')
    expert.desk.close(slot(expert))
    await world.pass(1_000, false)
    await world.pass(5_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'ended', why: 'closed', lost: 'yes' })
    expect(states(visitor)).toEqual(['received', 'failed'])
    expect(texts(deskLines(expert))).toEqual(['hoi'])
  })

  it.each(['refused', 'cut'])('on its way when it closed (%s): the log says that it did not arrive, and is not sent again', async how => {
    const { world, visitor, expert } = await talking()
    visitor.talk.compose('wacht, nog iets')
    await vi.waitFor(() => expect(visitor.net.up.length).toBe(1))
    conversation(world)?.end('closed')
    world.server.changed()
    while (visitor.talk.state.kind !== 'ended') visitor.net.passDown()
    if (how === 'cut') visitor.net.cut()
    const before = visitor.net.sent.filter(frame => frame.t === 'append').length
    await world.pass(5_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'ended', why: 'closed', lost: 'yes' })
    // seen failing: `readOnly` not looked at in sendFlight.
    expect(visitor.net.sent.filter(frame => frame.t === 'append').length).toBe(before)
    expect(states(visitor)).toEqual(['received', 'failed'])
    expect(texts(deskLines(expert))).toEqual(['hoi'])
  })

  it('taken by the server, the answer lost: the log says so; whether the expert read it is not known', async () => {
    const { world, visitor, expert } = await talking()
    expert.net.cut()
    visitor.talk.compose('dank je')
    await vi.waitFor(() => expect(visitor.net.up.length).toBe(1))
    visitor.net.passUp()
    visitor.net.cut()
    conversation(world)?.end('closed')
    await world.pass(5_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'ended', why: 'closed', lost: 'maybe' })
    expect(states(visitor)).toEqual(['received', 'sent'])
  })

  it('gone while she waited: what she wrote stays, and is said not to have arrived', async () => {
    const world = new World(organisation)
    const visitor = world.visitor()
    visitor.talk.start('nl')
    visitor.talk.compose('is daar iemand')
    await world.quiet()
    visitor.net.cut()
    conversation(world)?.end('gone')
    await world.pass(3_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'ended', why: 'gone', lost: 'yes' })
    expect([texts(linesOf(visitor)), states(visitor), notices(linesOf(visitor))]).toEqual([['is daar iemand'], ['failed'], []])
  })

  it('she stops before it left: it did not arrive', async () => {
    const { visitor } = await talking()
    visitor.net.cut()
    visitor.talk.compose('wacht')
    visitor.talk.leave()
    expect(visitor.talk.state).toEqual({ kind: 'ended', why: 'left', lost: 'yes' })
  })

  it('she stops while it is on its way: nobody knows', async () => {
    const { visitor } = await talking()
    visitor.talk.compose('doei')
    await vi.waitFor(() => expect(visitor.net.up.length).toBe(1))
    visitor.talk.leave()
    expect(visitor.talk.state).toEqual({ kind: 'ended', why: 'left', lost: 'maybe' })
  })

  it.each(['stored', 'received'])('she stops after it was %s: the desk reads it, nothing is said', async how => {
    const { world, visitor, expert } = await talking()
    if (how === 'stored') expert.net.cut()
    visitor.talk.compose('doei')
    await world.pass(2_000, false)
    expect(states(visitor).pop()).toBe(how === 'stored' ? 'sent' : 'received')
    visitor.talk.leave()
    expect(visitor.talk.state).toEqual({ kind: 'ended', why: 'left' })
    await world.pass(3_000)
    expect(texts(deskLines(expert))).toEqual(['hoi', 'doei'])
  })

  it('she stops, and the expert had been there for 30 s without saying that she has it: perhaps not', async () => {
    const { world, visitor, expert } = await talking()
    expert.net.tamper = frame => (frame.t === 'envelope' || frame.t === 'envelopes' || frame.t === 'desk' || frame.t === 'hint' ? [] : [frame])
    visitor.talk.compose('doei')
    await world.pass(31_000)
    visitor.talk.leave()
    expect(visitor.talk.state).toEqual({ kind: 'ended', why: 'left', lost: 'maybe' })
  })
})
