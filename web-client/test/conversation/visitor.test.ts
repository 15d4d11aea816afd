import { beforeAll, describe, expect, it } from 'vitest'
import { organisationOfToday } from '../support/conversation'
import type { Organisation } from '../support/organisation'
import { World, deskLines, linesOf, notices, texts, type DeskSide, type VisitorSide } from '../support/world'

let organisation: Organisation
beforeAll(async () => {
  organisation = await organisationOfToday()
})

const mine = (side: VisitorSide) => linesOf(side).filter(line => line.from === 'me')
const slot = (side: DeskSide, i = 0) => side.desk.state.talks[i]?.id ?? ''
const appends = (side: VisitorSide | DeskSide, kind?: string) => side.net.sent.filter(frame => frame.t === 'append' && (kind === undefined || frame['kind'] === kind))

async function waiting(world = new World(organisation)): Promise<{ world: World; visitor: VisitorSide }> {
  const visitor = world.visitor()
  visitor.talk.start('nl')
  await world.quiet()
  return { world, visitor }
}

describe('as a visitor who waits', () => {
  it('one tap takes a place in the line', async () => {
    const { visitor } = await waiting()
    expect(visitor.talk.state).toMatchObject({ kind: 'waiting', position: 1, online: true })
  })

  // seen failing: mayOf answering `all` while she waits.
  it('V27: writes already, and nothing of it leaves the phone until somebody has joined', async () => {
    const { world, visitor } = await waiting()
    visitor.talk.compose('ik durf het bijna niet te zeggen')
    await world.pass(60_000)
    expect(mine(visitor).map(line => line.state)).toEqual(['sending'])
    expect(appends(visitor)).toEqual([])
    const expert = await world.desk()
    expert.desk.claim(1)
    await world.pass(2_000)
    expect(texts(deskLines(expert))).toEqual(['ik durf het bijna niet te zeggen'])
  })

  it('leaves the line, and the server hears of it', async () => {
    const { world, visitor } = await waiting()
    visitor.talk.leave()
    await world.quiet()
    expect(visitor.talk.state).toEqual({ kind: 'ended', why: 'left' })
    expect(world.server.conversations, 'of whom nobody had the server keeps nothing').toEqual([])
    expect(visitor.net.closed).toBe(true)
  })

  it('reads that the line is full', async () => {
    const world = new World(organisation)
    const visitor = world.visitor()
    visitor.net.tamper = frame => (frame.t === 'joined' ? [{ t: 'refused', n: (frame as unknown as { n: number }).n, code: 'full' } as { t: string }] : [frame])
    visitor.talk.start('nl')
    await world.quiet()
    expect(visitor.talk.state).toEqual({ kind: 'start', problem: 'full' })
  })

  it.each([['before she has a place', false, 'start'], ['once she has one', true, 'waiting']] as const)(
    'is told that there is no room for another line %s, and loses nothing by it', async (_, placed, kind) => {
      const world = new World(organisation)
      const visitor = world.visitor()
      visitor.talk.start('nl')
      if (placed) await world.quiet()
      visitor.net.cut()
      visitor.net.tamper = frame => [frame.t === 'ready' ? { t: 'refused', n: 0, code: 'full' } as { t: string } : frame]
      await world.pass(1_000)
      expect(visitor.talk.state.kind).toBe(kind)
    })

  // seen failing: asked again each second for ever, with "you are in the line" on the screen.
  it('a server too busy to give her a place is asked again with growing pauses; after 15 s she reads that it is full', async () => {
    const world = new World(organisation)
    const visitor = world.visitor()
    visitor.net.tamper = frame => (frame.t === 'joined' ? [{ t: 'refused', n: (frame as unknown as { n: number }).n, code: 'busy' } as { t: string }] : [frame])
    visitor.talk.start('nl')
    await world.pass(14_000)
    expect(visitor.talk.state.kind).toBe('waiting')
    expect(visitor.net.sent.filter(frame => frame.t === 'join').length).toBeLessThanOrEqual(6)
    await world.pass(8_000)
    expect([visitor.talk.state, visitor.net.closed]).toEqual([{ kind: 'start', problem: 'full' }, true])
  })

  const outdated = async (world: World, { net }: ReturnType<World['visitor']>) => {
    net.cut()
    net.tamper = frame => (frame.t === 'ready' ? [{ t: 'refused', n: 0, code: 'unsupported-version', versions: [2] } as { t: string }] : [])
    await world.pass(1_000)
  }

  // seen failing: `unsupported-version` passed over, as it was: "no connection" for ever.
  it('is told that her page is too old for the server', async () => {
    const world = new World(organisation)
    const visitor = world.visitor()
    visitor.talk.start('nl')
    await outdated(world, visitor)
    expect([visitor.talk.state, visitor.net.closed]).toEqual([{ kind: 'refused', why: 'outdated' }, true])
  })

  // seen failing: one such frame took every line off the screen, and asked for a page of the server's choice.
  it('keeps her words when a server says so in the middle of a talk', async () => {
    const world = new World(organisation)
    const { visitor } = await world.talking()
    visitor.talk.compose('hoi')
    await world.pass(1_000)
    await outdated(world, visitor)
    expect([visitor.talk.state.kind, texts(linesOf(visitor))]).toEqual(['talking', ['hoi']])
  })

  it('without any network is told so after 15 s, and not after 14.9', async () => {
    const world = new World(organisation)
    const visitor = world.visitor()
    visitor.talk.start('nl')
    await world.pass(14_900, false)
    expect(visitor.talk.state).toMatchObject({ kind: 'waiting', online: false })
    await world.pass(200, false)
    expect(visitor.talk.state).toEqual({ kind: 'start', problem: 'no-network' })
  })

  it('keeps her place through a reconnect', async () => {
    const { world, visitor } = await waiting()
    visitor.net.cut()
    expect(visitor.talk.state).toMatchObject({ kind: 'waiting', online: false })
    await world.pass(1_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'waiting', online: true })
    expect(visitor.net.sent.filter(frame => frame.t === 'join')).toHaveLength(1)
  })
})

describe('as a visitor who talks', () => {
  it('V63, V45: sees the limits of secrecy first, then the safety question, once', async () => {
    const { visitor } = await new World(organisation).talking()
    expect(notices(linesOf(visitor))).toEqual(['joined', 'limits', 'safety-question', 'goes-when'])
    expect(visitor.talk.state).toMatchObject({ askSafety: true })
    expect(linesOf(visitor).every(line => line.automatic)).toBe(true)
  })

  it.each(['no', 'maybe', 'yes'] as const)('V45: taps %s, and the expert reads it', async answer => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    visitor.talk.answerSafety(answer)
    await world.pass(1_000)
    expect(visitor.talk.state).toMatchObject({ askSafety: false })
    expect(linesOf(visitor).find(line => line.notice?.key === 'safety-question')?.notice).toEqual({ key: 'safety-question', answer })
    expect(expert.desk.state.talks[0]?.safety).toEqual({ answer, limitsShown: true })
  })

  it('V30: a phrase of the expert is shown as an automatic line, and the safety question can be answered again', async () => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    visitor.talk.answerSafety('yes')
    expert.desk.phrase(slot(expert), 'limits')
    expert.desk.phrase(slot(expert), 'safety-question')
    await world.pass(1_000)
    expect(linesOf(visitor).slice(-2).map(line => [line.from, line.automatic, line.notice?.key])).toEqual([['notice', true, 'limits'], ['notice', true, 'safety-question']])
    expect(visitor.talk.state).toMatchObject({ askSafety: true })
    expect(deskLines(expert).filter(line => line.from === 'me').map(line => [line.automatic, line.state])).toEqual([[true, 'received'], [true, 'received']])
  })

  it('V34: reads being sent, sent, received', async () => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    const seen: (string | undefined)[] = []
    visitor.talk.subscribe(() => seen.push(mine(visitor)[0]?.state))
    visitor.talk.compose('hoi')
    await world.pass(2_000)
    expect([...new Set(seen)]).toEqual(['sending', 'sent', 'received'])
    expect(texts(deskLines(expert))).toEqual(['hoi'])
  })

  // seen failing: `received` taken from the server's `stored`.
  it('V34: received is the expert\'s own word, never the server\'s', async () => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    expert.net.cut()
    visitor.talk.compose('hoi')
    await world.pass(10_000, false)
    expect(mine(visitor).map(line => line.state)).toEqual(['sent'])
  })

  it('V35, V70: offline, a line stays in place with its text and fails after 15 s, not after 14.9; it goes once when the line is back', async () => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    visitor.net.cut()
    visitor.talk.compose('ben je er nog')
    await world.pass(14_900, false)
    expect(mine(visitor).map(line => line.state)).toEqual(['sending'])
    await world.pass(200, false)
    expect(mine(visitor).map(line => [line.text, line.state])).toEqual([['ben je er nog', 'failed']])
    visitor.talk.retry(mine(visitor)[0]?.id ?? '')
    expect(mine(visitor).map(line => line.state)).toEqual(['sending'])
    await world.pass(2_000)
    expect([mine(visitor).map(line => line.state), texts(deskLines(expert))]).toEqual([['received'], ['ben je er nog']])
  })

  it('V35: tapped again and again, a failed line still goes once', async () => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    visitor.talk.compose('een')
    await world.quiet(false)
    visitor.net.cut()
    await world.pass(20_000, false)
    for (let i = 0; i < 5; i++) visitor.talk.retry(mine(visitor)[0]?.id ?? '')
    await world.pass(2_000)
    expect(texts(deskLines(expert))).toEqual(['een'])
  })

  it('V35: 100 lines through 20 cuts arrive once and in order', async () => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    const said = Array.from({ length: 100 }, (_, i) => `regel ${i}`)
    for (const [i, text] of said.entries()) {
      visitor.talk.compose(text)
      if (i % 5 === 0) visitor.net.cut()
      visitor.net.passUp()
      await world.pass(100, i % 10 === 9)
    }
    await world.pass(60_000)
    expect(texts(deskLines(expert))).toEqual(said)
    expect(mine(visitor).every(line => line.state === 'received')).toBe(true)
  })

  it('V32: unsent text never leaves: typing is a yes or a no of one length', async () => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    const before = visitor.net.sent.length
    visitor.talk.typing(true)
    await world.quiet()
    expect(expert.desk.state.talks[0]?.typing).toBe(true)
    await world.pass(3_100)
    expect(expert.desk.state.talks[0]?.typing).toBe(false)
    const said = visitor.net.sent.slice(before).filter(frame => frame.t !== 'ack')
    expect(said.map(frame => [frame.t, (frame['body'] as Uint8Array).length])).toEqual([['signal', 81], ['signal', 81]])
  })

  it('V32: turned off, no typing leaves', async () => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    visitor.talk.typingSignal(false)
    const before = visitor.net.sent.length
    visitor.talk.typing(true)
    await world.pass(10_000)
    expect(visitor.net.sent.slice(before).filter(frame => frame.t === 'signal')).toEqual([])
    expect(expert.desk.state.talks[0]?.typing).toBe(false)
  })

  it('a line ends the typing sign without a word', async () => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    visitor.talk.typing(true)
    await world.quiet()
    visitor.talk.compose('af')
    await world.pass(500)
    expect(expert.desk.state.talks[0]?.typing).toBe(false)
  })

  it.each([1, 4_000])('writes a line of %i characters', async length => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    expect(visitor.talk.compose('é'.repeat(length))).toBe(true)
    await world.pass(5_000)
    expect(texts(deskLines(expert)).map(text => text.length)).toEqual([length])
  })

  it.each([0, 4_001])('cannot write one of %i', async length => {
    const { visitor } = await new World(organisation).talking()
    expect(visitor.talk.compose('a'.repeat(length))).toBe(false)
    expect(mine(visitor)).toEqual([])
  })

  it('crypto 9: a long text goes in parts of one size and is shown when it is whole', async () => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    const before = appends(visitor).length
    const seen = new Set<number>()
    expert.desk.subscribe(() => seen.add(texts(deskLines(expert)).length))
    visitor.talk.compose('م'.repeat(4_000))
    await world.pass(5_000)
    expect(appends(visitor).slice(before).map(frame => (frame['body'] as Uint8Array).length)).toEqual([4302, 4302, 462])
    expect([...seen]).toEqual([0, 1])
    expect(texts(deskLines(expert))[0]).toHaveLength(4_000)
  })

  it('reads that the expert is lost, and back', async () => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    expert.net.cut()
    await world.quiet(false)
    expect(visitor.talk.state).toMatchObject({ kind: 'talking', expert: 'lost' })
    await world.pass(1_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'talking', expert: 'here' })
    expect(notices(linesOf(visitor)).slice(-2)).toEqual(['expert-lost', 'expert-back'])
  })

  // seen failing: listeners called unguarded, as it was: a desk's notification that threw ended the conversation.
  it.each(['desk', 'visitor'] as const)('a screen that fails at the %s takes nothing with it', async who => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    const fail = () => { throw new TypeError('Illegal constructor') }
    if (who === 'desk') expert.desk.subscribe(fail)
    else visitor.talk.subscribe(fail)
    visitor.talk.compose('een')
    await world.pass(1_000)
    expert.desk.compose(slot(expert), 'twee')
    await world.pass(2_000)
    expect([texts(linesOf(visitor)), texts(deskLines(expert))]).toEqual([['een', 'twee'], ['een', 'twee']])
    expect(mine(visitor).map(line => line.state)).toEqual(['received'])
  })

  it('her state is told at once, and nothing after she stopped listening', async () => {
    const { visitor } = await new World(organisation).talking()
    let count = 0
    const stop = visitor.talk.subscribe(() => { count++ })
    visitor.talk.compose('een')
    expect(count).toBeGreaterThan(0)
    stop()
    const before = count
    visitor.talk.compose('twee')
    expect(count).toBe(before)
  })
})

describe('as a visitor who goes', () => {
  // seen failing: exit awaiting the seal of its signal; the signal in a frame of its own, as it was.
  it('V25: quick exit says left quickly and leave within the call, and leaves nothing', async () => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    visitor.talk.compose('hij komt eraan')
    await world.pass(1_000)
    const before = visitor.net.sent.length
    visitor.talk.exit()
    expect(visitor.net.sent.slice(before).map(frame => [frame.t, frame['quick'], frame['signal'] instanceof Uint8Array])).toEqual([['leave', true, true]])
    expect(visitor.net.closed).toBe(true)
    expect(visitor.talk.state).toEqual({ kind: 'start' })
    expect(await visitor.store.load()).toBeUndefined()
    await world.quiet()
    expect(expert.desk.state.talks[0]).toMatchObject({ visitor: 'left-quickly', state: 'ended' })
    expect(notices(deskLines(expert))).toContain('left-quickly')
  })

  it('V25: after exit the phone hears nothing and asks nothing', async () => {
    const world = new World(organisation)
    const { visitor } = await world.talking()
    visitor.talk.exit()
    const before = visitor.net.sent.length
    await world.pass(120_000)
    visitor.talk.compose('nee')
    visitor.talk.typing(true)
    visitor.talk.retry('x')
    await world.pass(1_000)
    expect(visitor.net.sent.length).toBe(before)
  })

  it('V25: also in a later epoch, and after she typed', async () => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    visitor.talk.compose('een')
    await world.pass(16 * 60_000)
    visitor.talk.compose('twee')
    await world.pass(1_000)
    visitor.talk.typing(true)
    await world.quiet()
    visitor.talk.exit()
    await world.quiet()
    expect(expert.desk.state.talks[0]?.visitor).toBe('left-quickly')
  })

  it('stop: ended on both sides, the keys are gone', async () => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    visitor.talk.leave()
    await world.quiet()
    expect(visitor.talk.state).toEqual({ kind: 'ended', why: 'left' })
    expect(expert.desk.state.talks[0]).toMatchObject({ state: 'ended', visitor: 'left' })
  })

  it('begins another one with nothing of the first', async () => {
    const world = new World(organisation)
    const { visitor } = await world.talking()
    visitor.talk.leave()
    await world.quiet()
    const first = world.server.conversations[0]?.id
    visitor.talk.start('nl')
    await world.quiet()
    expect(visitor.talk.state).toMatchObject({ kind: 'waiting', lines: [] })
    expect(world.server.conversations.map(c => c.id === first)).toEqual([true, false])
  })

  it('reads that the expert closed', async () => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    expert.desk.close(slot(expert))
    await world.pass(1_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'ended', why: 'closed' })
    expect(expert.desk.state.talks[0]?.state).toBe('ended')
  })
})
