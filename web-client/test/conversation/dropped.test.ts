import { beforeAll, describe, expect, it } from 'vitest'
import type { Envelope } from '../../src/wire/envelope'
import { organisationOfToday } from '../support/conversation'
import type { FakeNet, Tamper } from '../support/fake-net'
import { flipped, type Organisation } from '../support/organisation'
import { World, deskLines, linesOf, notices, texts, type DeskSide, type VisitorSide } from '../support/world'

let organisation: Organisation
beforeAll(async () => {
  organisation = await organisationOfToday()
})

const id = ({ desk }: DeskSide): string => desk.state.talks[0]?.id ?? ''
const mine = (side: VisitorSide) => linesOf(side).filter(line => line.from === 'me')
const heardBy = (expert: DeskSide): string[] => texts(deskLines(expert).filter(line => line.from === 'visitor'))

async function talking(): Promise<{ world: World; visitor: VisitorSide; expert: DeskSide }> {
  const world = new World(organisation)
  const sides = await world.talking()
  await world.pass(1_000)
  return { world, ...sides }
}

/** A server that hides one envelope from one side, in what it pushes, in the log and in all numbers, so that nothing in clear betrays it. */
function hiding(hidden: number): Tamper {
  const seen = (seq: number): number => (seq >= hidden ? seq - 1 : seq)
  const renumbered = (items: Envelope[]): Envelope[] => items.filter(item => item.seq !== hidden).map(item => ({ ...item, seq: seen(item.seq) }))
  return frame => {
    const said = frame as { t: string; seq?: number; items?: Envelope[]; conversations?: { seq: number }[] }
    if (said.t === 'envelope' && said.seq === hidden) return []
    return [{
      ...said,
      ...(said.seq !== undefined && { seq: seen(said.seq) }),
      ...(said.items && { items: renumbered(said.items) }),
      ...(said.conversations && { conversations: said.conversations.map(c => ({ ...c, seq: seen(c.seq) })) }),
    }]
  }
}

const hideNext = (world: World, net: FakeNet<never> | VisitorSide['net'] | DeskSide['net']): void => {
  net.tamper = hiding((world.server.conversations[0]?.seq ?? 0) + 1)
}

/** Nothing more leaves, but that the conversation is given back. */
async function saysNothingMore(world: World, side: DeskSide | VisitorSide): Promise<void> {
  const before = side.net.sent.length
  await world.pass(120_000)
  expect(side.net.sent.slice(before).filter(frame => frame.t === 'append' || frame.t === 'signal')).toEqual([])
}

describe('crypto 7: a server that drops what was said last', () => {
  // seen failing: notArrived answering false.
  it('is noticed after 30 s, and not after 29: the line never reads received', async () => {
    const { world, visitor, expert } = await talking()
    hideNext(world, expert.net)
    visitor.talk.compose('komt dit aan?')
    await world.pass(29_000)
    expect([mine(visitor).map(line => line.state), notices(linesOf(visitor)).includes('not-arrived')]).toEqual([['sent'], false])
    await world.pass(2_000)
    expect([mine(visitor).map(line => line.state), notices(linesOf(visitor)).includes('not-arrived')]).toEqual([['sent'], true])
    expect(heardBy(expert)).toEqual([])
  })

  // seen failing: the 30 seconds beginning anew with each connection, as it was.
  it('is noticed all the same when it cuts the line every 25 s', async () => {
    const { world, visitor, expert } = await talking()
    hideNext(world, expert.net)
    visitor.talk.compose('komt dit aan?')
    await world.pass(25_000)
    visitor.net.cut()
    await world.pass(300)
    expect(notices(linesOf(visitor))).not.toContain('not-arrived')
    await world.pass(6_000)
    expect(notices(linesOf(visitor))).toContain('not-arrived')
  })

  it('is noticed at the desk too', async () => {
    const { world, visitor, expert } = await talking()
    hideNext(world, visitor.net)
    expert.desk.compose(id(expert), 'komt dit aan?')
    await world.pass(31_000)
    expect(notices(deskLines(expert))).toContain('not-arrived')
    expect(deskLines(expert).filter(line => line.from === 'me').map(line => line.state)).toEqual(['sent'])
  })

  it('is not accused when the other is away: nothing is shown while she is', async () => {
    const { world, visitor, expert } = await talking()
    expert.net.cut()
    visitor.talk.compose('komt dit aan?')
    await world.pass(25_000, false)
    expect(notices(linesOf(visitor))).not.toContain('not-arrived')
    await world.pass(2_000)
    expect(mine(visitor).map(line => line.state)).toEqual(['received'])
  })

  it('is noticed with every acknowledgement it drops: what arrived without a word back is shown so', async () => {
    const { world, visitor, expert } = await talking()
    visitor.talk.compose('een')
    await world.quiet()
    expect(heardBy(expert)).toEqual(['een'])
    hideNext(world, visitor.net)
    await world.pass(32_000)
    expect(notices(linesOf(visitor))).toContain('not-arrived')
  })
})

describe('crypto 7: a server that drops what came before', () => {
  // seen failing: `follows` taking any higher counter.
  it('is found out by the visitor at the next word, who stops', async () => {
    const { world, visitor, expert } = await talking()
    hideNext(world, visitor.net)
    expert.desk.compose(id(expert), 'een')
    await world.pass(1_000)
    expert.desk.compose(id(expert), 'twee')
    await world.pass(1_000)
    expect(visitor.talk.state).toEqual({ kind: 'refused', why: 'lying' })
    await saysNothingMore(world, visitor)
  })

  it('is found out by the desk at the next word, which stops and gives her back', async () => {
    const { world, visitor, expert } = await talking()
    hideNext(world, expert.net)
    visitor.talk.compose('een')
    await world.pass(1_000)
    visitor.talk.compose('twee')
    await world.pass(1_000)
    expect(expert.desk.state.talks[0]).toMatchObject({ state: 'ended' })
    expect(expert.desk.state.problem).toBe('keys')
    expect(notices(deskLines(expert))).toContain('tail-dropped')
    expect(visitor.talk.state).toMatchObject({ kind: 'waiting', again: 'released' })
    await saysNothingMore(world, expert)
  })

  it('and renumbers nothing: a gap in the log', async () => {
    const { world, visitor, expert } = await talking()
    const hidden = (world.server.conversations[0]?.seq ?? 0) + 1
    visitor.net.tamper = frame => {
      const said = frame as { t: string; seq?: number; items?: Envelope[] }
      if (said.t === 'envelope' && said.seq === hidden) return []
      return [said.items ? { ...said, items: said.items.filter(item => item.seq !== hidden) } as typeof said : said]
    }
    expert.desk.compose(id(expert), 'een')
    expert.desk.compose(id(expert), 'twee')
    await world.pass(40_000)
    expect(visitor.talk.state).toEqual({ kind: 'refused', why: 'lying' })
    await saysNothingMore(world, visitor)
  })

  it('and speaks of what it never gives', async () => {
    const { world, visitor } = await talking()
    visitor.net.tamper = frame => [frame.t === 'view' ? { ...frame, seq: 99 } as { t: string } : frame]
    visitor.net.cut()
    await world.pass(60_000)
    expect(visitor.talk.state).toEqual({ kind: 'refused', why: 'lying' })
    await saysNothingMore(world, visitor)
  })
})

/** Changes a bit in every envelope of this kind on its way down. */
const damaging = (kind: string): Tamper => frame => {
  const said = frame as { t: string; kind?: string; items?: Envelope[] } & Partial<Envelope>
  const damaged = <E extends { kind?: string; body?: Envelope['body'] }>(e: E): E => (e.kind === kind && e.body ? { ...e, body: flipped(e.body) } : e)
  if (said.t === 'envelope') return [damaged(said)]
  return [said.items ? { ...said, items: said.items.map(damaged) } as typeof said : said]
}

describe('crypto 6: a server that changes what was said', () => {
  it.each(['visitor', 'expert'] as const)('is found out by the %s, who stops', async who => {
    const { world, visitor, expert } = await talking()
    const side = who === 'visitor' ? visitor : expert
    side.net.tamper = damaging('message')
    visitor.talk.compose('van haar')
    expert.desk.compose(id(expert), 'van mij')
    await world.pass(2_000)
    if (who === 'visitor') expect(visitor.talk.state).toEqual({ kind: 'refused', why: 'lying' })
    else expect(expert.desk.state.talks[0]?.state).toBe('ended')
    await saysNothingMore(world, side)
  })
})

describe('crypto 12: a desk that cannot follow', () => {
  /** The visitor renews her leaf with her next words while the desk is off the line with words of its own, and the desk cannot read it. */
  async function lost() {
    const { world, visitor, expert } = await talking()
    visitor.talk.compose('een')
    await world.pass(1_000)
    expert.desk.compose(id(expert), 'twee')
    await world.pass(16 * 60_000)
    expert.net.cut()
    expert.desk.compose(id(expert), 'drie')
    visitor.talk.compose('vier')
    await world.quiet(false)
    expert.net.tamper = damaging('commit')
    await world.quiet()
    expert.net.tamper = frame => [frame]
    return { world, visitor, expert }
  }

  // seen failing: `reason` without `behind`; `resumed` without the queue; `greeted` without `again`.
  it('is let in anew, says so on both screens, and not a word is lost, doubled or asked about', async () => {
    const { world, visitor, expert } = await lost()
    await world.pass(5_000)
    expect(expert.desk.state.talks).toMatchObject([{ state: 'talking', slot: 1 }])
    expect(visitor.talk.state).toMatchObject({ kind: 'talking', askShare: false })
    expert.desk.compose(id(expert), 'vijf')
    visitor.talk.compose('zes')
    await world.pass(3_000)
    expect(heardBy(expert)).toEqual(['een', 'vier', 'zes'])
    expect(texts(linesOf(visitor).filter(line => line.from === 'expert'))).toEqual(['twee', 'drie', 'vijf'])
    expect([...mine(visitor), ...deskLines(expert).filter(line => line.from === 'me')].map(line => line.state)).toEqual(Array(6).fill('received'))
    expect([notices(deskLines(expert)), notices(linesOf(visitor))].map(all => all.filter(key => key === 'new-group'))).toEqual([['new-group'], ['new-group']])
  })

  // seen failing: `resumed` without what was heard.
  it('reads once what it had read and not yet acknowledged', async () => {
    const { world, visitor, expert } = await talking()
    const said = Array.from({ length: 51 }, (_, i) => `regel ${i}`)
    expert.net.tamper = damaging('commit')
    said.forEach(text => visitor.talk.compose(text))
    // Time stands still: after 50 lines she renews her leaf, and no acknowledgement is due yet.
    await world.quiet()
    expert.net.tamper = frame => [frame]
    await world.pass(5_000)
    expect(heardBy(expert)).toEqual(said)
    expect(notices(deskLines(expert))).toContain('new-group')
    expect(mine(visitor).every(line => line.state === 'received')).toBe(true)
  })

  it('twice stops: it does not ask for her for ever', async () => {
    const { world, visitor, expert } = await lost()
    await world.pass(5_000)
    expect(expert.desk.state.talks).toMatchObject([{ state: 'talking' }])
    await world.pass(16 * 60_000)
    expert.net.tamper = damaging('commit')
    visitor.talk.compose('vijf')
    await world.pass(5_000)
    expect(expert.desk.state.talks).toMatchObject([{ state: 'ended' }])
    expect(visitor.talk.state).toMatchObject({ kind: 'waiting', again: 'released' })
    await saysNothingMore(world, expert)
  })
})
