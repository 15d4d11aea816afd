import { beforeAll, describe, expect, it } from 'vitest'
import { organisationOfToday } from '../support/conversation'
import { settled } from '../support/clock'
import type { Organisation } from '../support/organisation'
import { World, deskLines, linesOf, notices, texts, type DeskSide, type VisitorSide } from '../support/world'

let organisation: Organisation
beforeAll(async () => {
  organisation = await organisationOfToday()
})

const id = ({ desk }: DeskSide, i = 0): string => desk.state.talks[i]?.id ?? ''
const mine = (side: DeskSide, i = 0) => deskLines(side, i).filter(line => line.from === 'me')
const ofHers = (side: DeskSide, i = 0) => texts(deskLines(side, i).filter(line => line.from === 'visitor'))
const frames = ({ net }: DeskSide | VisitorSide, t: string) => net.sent.filter(frame => frame.t === t)

async function inLine(world: World, count = 1): Promise<VisitorSide[]> {
  const visitors = Array.from({ length: count }, () => world.visitor())
  for (const visitor of visitors) {
    visitor.talk.start('nl')
    await world.quiet()
  }
  return visitors
}

async function talking(): Promise<{ world: World; visitor: VisitorSide; expert: DeskSide }> {
  const world = new World(organisation)
  return { world, ...await world.talking() }
}

describe('a desk that claims', () => {
  it('takes the first in line and greets her: both talk', async () => {
    const world = new World(organisation)
    const [visitor] = await inLine(world)
    const expert = await world.desk()
    await world.quiet()
    expect(expert.desk.state).toMatchObject({ link: 'on', slots: 2, waiting: [{ language: 'nl', count: 1 }], talks: [], claiming: [] })
    expert.desk.claim(1)
    expect(expert.desk.state.claiming).toEqual([1])
    await world.pass(1_000)
    expect(expert.desk.state).toMatchObject({ waiting: [], claiming: [], talks: [{ slot: 1, state: 'talking', visitor: 'here', language: 'nl', safety: { limitsShown: true } }] })
    expect(visitor?.talk.state.kind).toBe('talking')
  })

  // seen failing: a rejection that nobody heard, as it was: the place read "being claimed" for good.
  it('whose keys cannot be made says so, and the place is free again', async () => {
    const world = new World(organisation)
    const [visitor] = await inLine(world)
    const expert = await world.desk()
    await world.quiet()
    const inside = expert.desk as unknown as { opened: { identity: object } | undefined }
    const opened = inside.opened
    inside.opened = { ...opened, identity: {} }
    expert.desk.claim(1)
    await world.quiet()
    expect(expert.desk.state).toMatchObject({ claiming: [], talks: [], problem: 'keys' })
    inside.opened = opened
    expert.desk.claim(1)
    await world.pass(1_000)
    expect(visitor?.talk.state.kind).toBe('talking')
  })

  // seen failing: `speaks` asking for the group.
  it('takes what is said while keys are being exchanged, and says it as soon as both are there, once', async () => {
    const world = new World(organisation)
    const [visitor] = await inLine(world)
    const expert = await world.desk()
    await world.quiet()
    const taken: boolean[] = []
    const stop = expert.desk.subscribe(({ talks }) => {
      if (talks[0]?.state !== 'joining') return
      stop()
      queueMicrotask(() => taken.push(expert.desk.compose(id(expert), 'ik kom eraan'), expert.desk.state.talks[0]?.state === 'joining'))
    })
    expert.desk.claim(1)
    await world.pass(2_000)
    expect(taken).toEqual([true, true])
    expect(visitor && linesOf(visitor).filter(line => line.from === 'expert').map(line => line.text)).toEqual(['ik kom eraan'])
    expect(mine(expert)).toMatchObject([{ text: 'ik kom eraan', state: 'received' }])
  })

  // seen failing: `settle` asking without a fence.
  it('before its lease was answered, waits with the claim until it is', async () => {
    const world = new World(organisation)
    const expert = await world.desk()
    expert.desk.available(true)
    expert.desk.claim(1)
    await world.quiet(false)
    expect(expert.net.sent.every(frame => (frame['fence'] as number) >= 1)).toBe(true)
    expect(frames(expert, 'claim')).toHaveLength(1)
  })

  it('reads that nobody waits, until something succeeds', async () => {
    const world = new World(organisation)
    const expert = await world.desk()
    expert.desk.claim(1)
    await world.quiet()
    expect(expert.desk.state).toMatchObject({ problem: 'nobody', claiming: [], talks: [] })
    await inLine(world)
    expert.desk.claim(1)
    await world.pass(1_000)
    expect(expert.desk.state.problem).toBeUndefined()
  })

  it('reads that the slot is taken, and asks for nobody', async () => {
    const { world, expert } = await talking()
    await inLine(world)
    expert.desk.claim(1)
    await world.quiet()
    expect(expert.desk.state.problem).toBe('limit')
    expect(frames(expert, 'claim')).toHaveLength(1)
  })

  it('loses the answer, and finds her in the view: one claim, one conversation', async () => {
    const world = new World(organisation)
    await inLine(world)
    const expert = await world.desk()
    await world.quiet()
    expert.desk.claim(1)
    while (expert.net.up.length === 0) await settled()
    expert.net.passUp()
    expert.net.cut()
    await world.pass(2_000)
    expect(expert.desk.state.talks.map(talk => talk.state)).toEqual(['talking'])
    expect(new Set(frames(expert, 'claim').map(frame => frame['claim'])).size).toBe(1)
  })

  it.each(['busy', 'lost'] as const)('asks again under the same id when the answer is %s', async what => {
    const world = new World(organisation)
    await inLine(world)
    const expert = await world.desk()
    await world.quiet()
    const { server } = world
    const { fromDesk } = server
    server.fromDesk = (desk, frame) => {
      if (frame.t !== 'claim') return fromDesk.call(server, desk, frame)
      server.fromDesk = fromDesk
      return what === 'busy' ? { t: 'refused', code: 'busy' } : expert.net.cut() as undefined
    }
    expert.desk.claim(1)
    await world.pass(3_000)
    expect(expert.desk.state.talks.map(talk => talk.state)).toEqual(['talking'])
    expect(frames(expert, 'claim').map(frame => frame['claim'])).toEqual([id(expert), id(expert)])
  })

  it('D7: with two slots talks with two visitors, and neither reads the other', async () => {
    const world = new World(organisation)
    const [one, two] = await inLine(world, 2) as [VisitorSide, VisitorSide]
    const expert = await world.desk()
    expert.desk.claim(1)
    expert.desk.claim(2)
    await world.pass(1_000)
    expect(expert.desk.state.talks.map(talk => [talk.slot, talk.state])).toEqual([[1, 'talking'], [2, 'talking']])
    one.talk.compose('ik ben een')
    two.talk.compose('ik ben twee')
    expert.desk.compose(id(expert, 0), 'dag een')
    expert.desk.compose(id(expert, 1), 'dag twee')
    await world.pass(2_000)
    expect([ofHers(expert, 0), ofHers(expert, 1)]).toEqual([['ik ben een'], ['ik ben twee']])
    expect([texts(linesOf(one)), texts(linesOf(two))].map(all => all.sort())).toEqual([['dag een', 'ik ben een'], ['dag twee', 'ik ben twee']])
    // Not one key in common.
    expect(new Set(world.server.conversations.map(c => c.group)).size).toBe(2)
    const packages = frames(expert, 'claim').map(frame => String(frame['keyPackage']))
    expect(new Set(packages).size).toBe(2)
  })
})

describe('a desk that parts from her', () => {
  it('releases: she is told and first in line, and the next one reads only what she shares', async () => {
    const { world, visitor, expert } = await talking()
    visitor.talk.compose('voor de eerste')
    await world.pass(1_000)
    expert.desk.release(id(expert))
    await world.pass(1_000)
    expect(expert.desk.state.talks[0]).toMatchObject({ state: 'ended' })
    expect(visitor.talk.state).toMatchObject({ kind: 'waiting', position: 1, again: 'released' })
    const other = await world.desk('Sam')
    other.desk.claim(1)
    await world.pass(2_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'talking', alias: 'Sam', askShare: true })
    expect(ofHers(other)).toEqual([])
    visitor.talk.share(true)
    visitor.talk.compose('en nu verder')
    await world.pass(2_000)
    expect(ofHers(other)).toEqual(['voor de eerste', 'en nu verder'])
    expect(notices(deskLines(other))).toContain('earlier-shared')
    expect(notices(linesOf(visitor))).toContain('other-expert')
  })

  // seen failing: `greeted` saying the earlier lines without being asked.
  it('releases: what she does not share, the next one never gets', async () => {
    const { world, visitor, expert } = await talking()
    visitor.talk.compose('voor de eerste')
    await world.pass(1_000)
    expert.desk.release(id(expert))
    const other = await world.desk('Sam')
    await world.quiet()
    other.desk.claim(1)
    await world.pass(2_000)
    visitor.talk.share(false)
    visitor.talk.compose('en nu verder')
    await world.pass(60_000)
    expect(ofHers(other)).toEqual(['en nu verder'])
    expect(visitor.talk.state).toMatchObject({ askShare: false })
  })

  it('closes: what is still on its way goes first', async () => {
    const { world, visitor, expert } = await talking()
    expert.desk.compose(id(expert), 'tot ziens')
    expert.desk.close(id(expert))
    expect(expert.desk.compose(id(expert), 'nog iets')).toBe(false)
    await world.pass(2_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'ended', why: 'closed' })
    expect(world.server.conversations[0]?.state).toBe('ended')
    expect(mine(expert).map(line => line.state)).toEqual([expect.stringMatching(/sent|received/)])
  })

  it.each(['close', 'release'] as const)('%s without a line is asked when it is back', async t => {
    const { world, expert } = await talking()
    expert.net.cut()
    expert.desk[t](id(expert))
    await world.pass(10_000, false)
    expect(world.server.conversations[0]?.state).toBe('talking')
    await world.pass(2_000)
    expect(world.server.conversations[0]?.state).toBe(t === 'close' ? 'ended' : 'waiting')
    expect(expert.desk.state.talks[0]?.state).toBe('ended')
  })

  // seen failing: neither `later` nor `online` putting `asked` back.
  it.each(['close', 'release'] as const)('%s is asked again when the answer is lost, and when the server is busy', async t => {
    const { world, expert } = await talking()
    const { server } = world
    const { fromDesk } = server
    const answers = [() => expert.net.cut() as undefined, () => ({ t: 'refused', code: 'busy' })]
    server.fromDesk = (desk, frame) => (frame.t === t && answers.length > 0 ? answers.shift()?.() : fromDesk.call(server, desk, frame))
    expert.desk[t](id(expert))
    await world.pass(5_000)
    expect(server.conversations[0]?.state).toBe(t === 'close' ? 'ended' : 'waiting')
    expect(frames(expert, t)).toHaveLength(3)
  })

  // seen failing: `onView` ending it at once, as it was: the words were stored, acknowledged to her as sent, and never shown.
  it.each(['while the desk was away', 'in the same moment'])('reads what she wrote last, %s, before she stopped', async when => {
    const { world, visitor, expert } = await talking()
    if (when === 'while the desk was away') expert.net.cut()
    visitor.talk.compose('laatste')
    await world.pass(500, false)
    visitor.talk.leave()
    if (when === 'while the desk was away') await world.quiet(false)
    await world.pass(3_000)
    expect(ofHers(expert)).toEqual(['laatste'])
    expect(expert.desk.state.talks[0]).toMatchObject({ state: 'ended', visitor: 'left' })
    expect(expert.desk.compose(id(expert), 'te laat')).toBe(false)
  })

  // seen failing: `closed` without its bound.
  it('does not wait for words that the server never gives', async () => {
    const { world, visitor, expert } = await talking()
    visitor.talk.leave()
    const before = frames(expert, 'append').length
    expert.net.tamper = frame => (frame.t === 'envelopes' ? [] : [frame])
    await world.pass(6_000)
    expect(expert.desk.state.talks[0]?.state).toBe('ended')
    expect(frames(expert, 'append')).toHaveLength(before)
  })

  it('forgets an ended one, and only that', async () => {
    const { world, expert } = await talking()
    expert.desk.forget(id(expert))
    expect(expert.desk.state.talks).toHaveLength(1)
    expert.desk.close(id(expert))
    await world.pass(1_000)
    expert.desk.forget(id(expert))
    expect(expert.desk.state.talks).toEqual([])
  })

  it('D26: away for more than 30 s, finds her claimed anew with all that was said', async () => {
    const { world, visitor, expert } = await talking()
    visitor.talk.compose('een')
    await world.pass(1_000)
    expert.net.cut()
    visitor.talk.compose('twee')
    await world.pass(2_000, false)
    expert.desk.compose(id(expert), 'drie')
    await world.pass(31_000, false)
    expect(visitor.talk.state).toMatchObject({ kind: 'waiting', again: 'vanished' })
    await world.pass(2_000)
    expect(expert.desk.state.talks.map(talk => talk.state)).toEqual(['ended'])
    expert.desk.claim(1)
    await world.pass(3_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'talking', askShare: false })
    expect(ofHers(expert)).toEqual(['een', 'twee'])
    expect(texts(linesOf(visitor))).toEqual(['een', 'twee', 'drie'])
    expect([...mine(expert), ...linesOf(visitor).filter(line => line.from === 'me')].map(line => line.state)).toEqual(['received', 'received', 'received'])
    expect([notices(deskLines(expert)), notices(linesOf(visitor))].every(all => all.includes('new-group'))).toBe(true)
  })
})

describe('a desk with a bad line', () => {
  it('D26: says at once that the network is gone, and does not show as sent what is not', async () => {
    const { world, expert } = await talking()
    expert.net.cut()
    expect(expert.desk.state.link).toBe('lost')
    expert.desk.compose(id(expert), 'hoort u mij')
    await world.pass(14_900, false)
    expect(mine(expert).map(line => line.state)).toEqual(['sending'])
    await world.pass(200, false)
    expect(mine(expert).map(line => line.state)).toEqual(['failed'])
  })

  it('V34, V35: tries a failed line again by hand; it goes once, and nothing is shown twice', async () => {
    const { world, visitor, expert } = await talking()
    expert.net.cut()
    expert.desk.compose(id(expert), 'hoort u mij')
    await world.pass(16_000, false)
    for (let i = 0; i < 4; i++) expert.desk.retry(id(expert), mine(expert)[0]?.id ?? '')
    expect(mine(expert).map(line => line.state)).toEqual(['sending'])
    await world.pass(2_000)
    expect(mine(expert).map(line => line.state)).toEqual(['received'])
    expect(texts(linesOf(visitor))).toEqual(['hoort u mij'])
  })

  // seen failing: `pushed` appending whatever comes.
  it('duplicates, of frames both ways and of the whole log, are never shown twice', async () => {
    const { world, visitor, expert } = await talking()
    for (const { net } of [visitor, expert]) net.tamper = frame => (frame.t === 'envelope' || frame.t === 'envelopes' ? [frame, frame] : [frame])
    for (let i = 0; i < 10; i++) {
      visitor.talk.compose(`zij ${i}`)
      expert.desk.compose(id(expert), `ik ${i}`)
      await world.quiet(false).catch(() => undefined)
      while (visitor.net.up.length > 0) visitor.net.passUp(true)
      while (expert.net.up.length > 0) expert.net.passUp(true)
      if (i % 3 === 0) expert.net.cut()
      await world.pass(500)
    }
    await world.pass(35_000)
    const numbers = Array.from({ length: 10 }, (_, i) => i)
    expect(ofHers(expert)).toEqual(numbers.map(i => `zij ${i}`))
    expect(texts(linesOf(visitor).filter(line => line.from === 'expert'))).toEqual(numbers.map(i => `ik ${i}`))
  })

  it('tells again that it is available', async () => {
    const { world, expert } = await talking()
    expert.desk.available(true)
    await world.quiet()
    expect(expert.desk.state.available).toBe(true)
    const before = frames(expert, 'available').length
    expert.net.cut()
    await world.pass(1_000)
    expect(frames(expert, 'available').length).toBe(before + 1)
  })

  it.each([0, 4_001])('cannot write a line of %i', async length => {
    const { expert } = await talking()
    expect(expert.desk.compose(id(expert), 'a'.repeat(length))).toBe(false)
    expect(mine(expert)).toEqual([])
  })
})
