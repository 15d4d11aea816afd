import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { organisationOfToday } from '../support/conversation'
import type { Organisation } from '../support/organisation'
import { appends, asked, guestOf, idAt, saidAt, three, type Three } from '../support/three'
import { linesOf } from '../support/world'
import { late } from '../../src/conversation/late'
import type { Frame } from '../../src/net/net'

let organisation: Organisation
const { part } = late
beforeAll(async () => {
  organisation = await organisationOfToday()
  // It cannot be had, however often it is asked for.
  Object.defineProperty(late, 'part', { configurable: true, get: () => undefined, set: () => undefined })
})
afterAll(() => { Object.defineProperty(late, 'part', { configurable: true, writable: true, value: part }) })

async function talkOn({ world, visitor, lead }: Three): Promise<void> {
  visitor.talk.compose('en verder')
  lead.desk.compose(idAt(lead), 'ja')
  await world.pass(2_000)
  expect([saidAt(lead, 'visitor').at(-1), linesOf(visitor).at(-1)?.text]).toEqual(['en verder', 'ja'])
}

describe('where the rules that come late do not come (ADR 0028)', () => {
  // seen failing: with the rules there.
  it.each(['transfer', 'look'] as const)('a guest is asked for by nobody and let in by nothing; the two talk on: %s', async purpose => {
    const all = await three(organisation, purpose === 'look' ? 'coordinator' : 'expert')
    const { world, visitor, other } = all
    await asked(all, purpose)
    expect(guestOf(visitor)).toBeUndefined()
    visitor.talk.admit(true)
    await world.pass(2_000)
    expect(appends(visitor, 'add')).toHaveLength(1)
    await talkOn(all)
    expect(saidAt(other, 'visitor')).toEqual([])
  })

  // seen failing: `onTaken` without its `refuse`.
  it('and who is said to have her from now on gets no word: she stops', async () => {
    const all = await three(organisation)
    await asked(all)
    const call = all.world.server.conversations[0]?.guest?.call ?? ''
    all.visitor.net.tamper = frame => [frame.t === 'view' ? { ...frame, claim: call, guest: null } as Frame : frame]
    all.world.server.changed()
    all.lead.net.cut()
    await all.world.pass(1_000)
    expect(all.visitor.talk.state).toEqual({ kind: 'refused', why: 'lying' })
  })

  // seen failing: `end` (visitor-talk.ts) without its look at `late.part`.
  it('what was said goes with the end at once, and the keys with it', async () => {
    const { world, visitor, lead } = await three(organisation)
    lead.desk.close(idAt(lead))
    await world.pass(2_000)
    expect(visitor.talk.state).toEqual({ kind: 'ended', why: 'closed' })
    expect([visitor.net.closed, await visitor.store.load()]).toEqual([true, undefined])
  })
})
