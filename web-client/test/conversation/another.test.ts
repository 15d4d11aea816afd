import { beforeAll, describe, expect, it } from 'vitest'
import { organisationOfToday } from '../support/conversation'
import type { Organisation } from '../support/organisation'
import { appends, idAt, letIn, noticesAt, saidAt, talking, three } from '../support/three'
import { linesOf, notices } from '../support/world'

let organisation: Organisation
beforeAll(async () => {
  organisation = await organisationOfToday()
})

describe('another person, please', () => {
  // seen failing: `another` without `parted`: what she typed went to the one she had asked away from.
  it('from her tap on the one she had hears nothing more, before the server has heard of it', async () => {
    const { world, visitor, lead } = await three(organisation)
    visitor.net.cut()
    visitor.talk.another()
    visitor.talk.compose('niet voor Noor')
    await world.pass(3_000, false)
    expect(visitor.talk.state).toMatchObject({ kind: 'waiting' })
    await world.pass(5_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'waiting', again: 'another', position: 1 })
    expect(notices(linesOf(visitor)).at(-1)).toBe('another-asked')
    expect(lead.desk.state.talks[0]).toMatchObject({ state: 'ended', why: 'another' })
    expect(noticesAt(lead).at(-1)).toBe('another-asked')
    expect(saidAt(lead, 'visitor')).toEqual(['van mij'])
    lead.desk.claim(1)
    await world.pass(1_000)
    expect(lead.desk.state.problem).toBe('nobody')
  })

  it('the next one gets what was written for her, and is asked about the rest', async () => {
    const { world, visitor, other } = await three(organisation)
    visitor.talk.another()
    visitor.talk.compose('voor wie nu komt')
    await world.pass(2_000)
    other.desk.claim(1)
    await world.pass(3_000)
    expect(talking(visitor)).toMatchObject({ alias: 'Bea', askShare: true })
    expect(saidAt(other, 'visitor')).toEqual(['voor wie nu komt'])
  })

  it('with a guest in, both have her no more', async () => {
    const all = await three(organisation)
    const { world, visitor, lead, other } = all
    await letIn(all)
    const third = await world.desk('Sam')
    visitor.talk.another()
    await world.pass(2_000)
    expect([lead.desk.state.talks[0]?.why, other.desk.state.talks[0]?.why]).toEqual(['another', 'another'])
    third.desk.claim(1)
    await world.pass(3_000)
    visitor.talk.compose('alleen aan Sam')
    await world.pass(1_000)
    expect([saidAt(lead, 'visitor'), saidAt(other, 'visitor'), saidAt(third, 'visitor')]).toEqual([['van mij'], [], ['alleen aan Sam']])
    expect(appends(visitor).slice(-5).map(frame => frame['kind'])).toEqual(['commit', 'commit', 'add', 'message', 'message'])
  })

  it('an expert gives her over without a reason: she is first in line, and for that one no more', async () => {
    const { world, visitor, lead, other } = await three(organisation)
    lead.desk.release(idAt(lead))
    await world.pass(1_000)
    expect(lead.net.sent.filter(frame => frame.t === 'release').map(frame => frame['again'])).toEqual([undefined])
    expect(visitor.talk.state).toMatchObject({ kind: 'waiting', again: 'released', position: 1 })
    lead.desk.claim(1)
    await world.pass(1_000)
    expect(lead.desk.state.problem).toBe('nobody')
    other.desk.claim(1)
    await world.pass(2_000)
    expect(talking(visitor)).toMatchObject({ alias: 'Bea' })
  })
})
