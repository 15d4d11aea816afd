import { beforeAll, describe, expect, it } from 'vitest'
import { organisationOfToday } from '../support/conversation'
import type { Organisation } from '../support/organisation'
import { World, type VisitorSide } from '../support/world'

let organisation: Organisation
beforeAll(async () => {
  organisation = await organisationOfToday()
})

const leaves = ({ net }: VisitorSide) => net.sent.filter(frame => frame.t === 'leave')

describe('as a visitor who stops without a line', () => {
  // seen failing: three tries at once, as it was.
  it('ended at once, and the server hears of it when the line is back, within a minute', async () => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    visitor.net.cut()
    visitor.talk.leave()
    expect(visitor.talk.state).toEqual({ kind: 'ended', why: 'left' })
    await world.pass(30_000, false)
    expect(world.server.conversations[0]?.state).toBe('talking')
    await world.pass(3_000)
    expect(expert.desk.state.talks[0]).toMatchObject({ state: 'ended', visitor: 'left' })
    expect(visitor.net.closed).toBe(true)
  })

  // seen failing: `busy` taken for an answer
  it('of a server that is busy: it is said again', async () => {
    const world = new World(organisation)
    const { visitor } = await world.talking()
    visitor.net.tamper = frame => (frame.t === 'left' ? [{ t: 'refused', n: (frame as unknown as { n: number }).n, code: 'busy' } as { t: string }] : [frame])
    visitor.talk.leave()
    await world.pass(5_000)
    expect(leaves(visitor).length).toBeGreaterThan(1)
    expect(visitor.net.closed).toBe(false)
  })

  it('for good: it is not tried for ever', async () => {
    const world = new World(organisation)
    const { visitor } = await world.talking()
    visitor.net.cut()
    visitor.talk.leave()
    await world.pass(75_000, false)
    expect(visitor.net.closed).toBe(true)
    const before = leaves(visitor).length
    await world.pass(70_000)
    expect(leaves(visitor).length).toBe(before)
  })

  // seen failing: an exit that says nothing once she had stopped, as it was.
  it('then the exit or a closed tab: "I am gone" is said once more within the call, with what proves it', async () => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    let proof: number[] = []
    const urgent = visitor.net.urgent.bind(visitor.net)
    visitor.net.urgent = (...frames) => {
      proof = [...(visitor.net as unknown as { greeting: { capability: Uint8Array } }).greeting.capability]
      visitor.net.connect()
      urgent(...frames)
    }
    visitor.net.cut()
    visitor.talk.leave()
    await world.pass(5_000, false)
    const before = leaves(visitor).length
    visitor.talk.exit()
    expect(leaves(visitor).slice(before)).toEqual([{ t: 'leave', conversation: world.server.conversations[0]?.id, quick: true }])
    expect(proof.some(byte => byte !== 0)).toBe(true)
    expect([visitor.net.closed, visitor.talk.state]).toEqual([true, { kind: 'start' }])
    await world.pass(70_000)
    expect(leaves(visitor).length).toBe(before + 1)
    expect(expert.desk.state.talks[0]).toMatchObject({ state: 'ended', visitor: 'left' })
  })

  // seen failing: `start` taking the line and the capability at once, as it was.
  it('then another one: "I am gone" goes first, and the new one begins after it with nothing of the old', async () => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    visitor.net.cut()
    visitor.talk.leave()
    await world.pass(5_000, false)
    const before = visitor.net.sent.length
    visitor.talk.start('nl')
    await world.pass(5_000, false)
    expect(visitor.net.sent.slice(before).filter(frame => frame.t !== 'leave')).toEqual([])
    await world.pass(5_000)
    const [first, second] = world.server.conversations
    expect([first?.state, first?.why, second?.state]).toEqual(['ended', 'left', 'waiting'])
    expect(visitor.net.sent.slice(before).filter(frame => frame.t === 'join').map(frame => frame['conversation'])).toEqual([second?.id])
    expect(visitor.talk.state).toMatchObject({ kind: 'waiting', lines: [], online: true })
    expert.desk.claim(2)
    await world.pass(1_000)
    expect(visitor.talk.state.kind).toBe('talking')
  })

  it('another one, and that is stopped, left or given up too: the first is still told', async () => {
    for (const then of ['leave', 'exit', 'nothing'] as const) {
      const world = new World(organisation)
      const { visitor } = await world.talking()
      const id = world.server.conversations[0]?.id
      visitor.net.cut()
      visitor.talk.leave()
      visitor.talk.start('nl')
      await world.pass(then === 'nothing' ? 16_000 : 1_000, false)
      if (then !== 'nothing') visitor.talk[then]()
      expect(visitor.talk.state).toEqual(then === 'leave' ? { kind: 'ended', why: 'left' } : then === 'exit' ? { kind: 'start' } : { kind: 'start', problem: 'no-network' })
      expect(visitor.net.sent.at(-1)).toMatchObject({ t: 'leave', conversation: id })
      await world.pass(5_000)
      expect([world.server.conversations.map(c => c.id), visitor.net.closed]).toEqual([[id], true])
      // A page that is gone tries once.
      if (then !== 'exit') expect(world.server.conversations[0]?.why).toBe('left')
      if (then !== 'exit') expect(world.server.conversations[0]?.state).toBe('ended')
    }
  })
})
