import { beforeAll, describe, expect, it } from 'vitest'
import { organisationOfToday } from '../support/conversation'
import type { Organisation } from '../support/organisation'
import { FakeVault } from '../support/fake-vault'
import { asked, guestOf, idAt, letIn, readBy, saidAt, talkAt, talking, three, type Three } from '../support/three'
import type { DeskSide } from '../support/world'

let organisation: Organisation
beforeAll(async () => {
  organisation = await organisationOfToday()
})

const HOW = ['reloads', 'takes another browser', 'locks and unlocks'] as const
async function again({ world }: Three, side: DeskSide, how: (typeof HOW)[number]): Promise<DeskSide> {
  if (how === 'reloads') return world.reloadDesk(side)
  if (how === 'takes another browser') return world.desk(side.alias, side.home, undefined, side.role)
  const locking = side.desk.lock()
  await world.pass(3_000)
  await locking
  const vault = new FakeVault(side.home)
  const unlocked = side.desk.unlock(vault)
  await world.pass(1_000)
  await unlocked
  return { ...side, vault }
}

/** All three say something, and all three read it. */
async function goOn({ world, visitor, lead, other }: Three): Promise<void> {
  visitor.talk.compose('zijn jullie er nog?')
  lead.desk.compose(idAt(lead), 'Noor is er')
  other.desk.compose(idAt(other), 'Bea ook')
  await world.pass(4_000)
  expect(readBy(visitor).slice(-2).sort()).toEqual([['Bea', 'Bea ook'], ['Noor', 'Noor is er']])
  expect([saidAt(lead, 'visitor').at(-1), saidAt(lead, 'colleague').at(-1)]).toEqual(['zijn jullie er nog?', 'Bea ook'])
  expect([saidAt(other, 'visitor').at(-1), saidAt(other, 'colleague').at(-1)]).toEqual(['zijn jullie er nog?', 'Noor is er'])
}

describe('from what the vault keeps, with three members', () => {
  it.each(HOW)('the lead %s: she is the lead, and the guest is in', async how => {
    const all = await three(organisation)
    await letIn(all)
    const lead = await again(all, all.lead, how)
    await all.world.pass(3_000)
    expect(talkAt(lead)).toMatchObject({ part: 'lead', state: 'talking', guest: { state: 'in', alias: 'Bea' } })
    await goOn({ ...all, lead })
  })

  it.each(HOW)('the guest %s: she is the guest still, and may be handed over to', async how => {
    const all = await three(organisation)
    await letIn(all)
    const other = await again(all, all.other, how)
    await all.world.pass(3_000)
    expect(talkAt(other)).toMatchObject({ part: 'guest', for: 'transfer', lead: 'Noor', state: 'talking' })
    await goOn({ ...all, other })
    all.lead.desk.handOver(idAt(all.lead))
    await all.world.pass(2_000)
    expect(talking(all.visitor)).toMatchObject({ alias: 'Bea' })
    expect(talkAt(other)).toMatchObject({ part: 'lead' })
  })

  // seen failing: `give` without the call: the lead\'s conversation would be given back for her.
  it('a guest\'s desk is locked before she was let in: she is no guest any more, and the lead goes on', async () => {
    const all = await three(organisation)
    await asked(all)
    const { other } = all
    void other.desk.lock()
    await all.world.pass(3_000)
    expect(other.net.sent.filter(frame => frame.t === 'uncall')).toHaveLength(1)
    expect(other.net.sent.filter(frame => frame.t === 'release')).toEqual([])
    expect(guestOf(all.visitor)).toBeUndefined()
    expect(talkAt(all.lead)).toMatchObject({ state: 'talking' })
  })

  it('the lead\'s page is gone while the guest comes in: she follows from the log', async () => {
    const all = await three(organisation)
    await asked(all)
    all.lead.net.cut()
    all.lead.net.closed = true
    all.visitor.talk.admit(true)
    await all.world.pass(3_000)
    const lead = await all.world.reloadDesk(all.lead)
    await all.world.pass(4_000)
    expect(talkAt(lead)).toMatchObject({ part: 'lead', guest: { state: 'in' } })
    await goOn({ ...all, lead })
  })

  // seen failing: `Members.export` without the staff that is vouched for.
  it('the lead\'s page is gone while the guest comes and goes: she follows both', async () => {
    const all = await three(organisation)
    await asked(all)
    all.lead.net.cut()
    all.lead.net.closed = true
    all.visitor.talk.admit(true)
    await all.world.pass(3_000)
    all.visitor.talk.compose('aan jullie')
    await all.world.pass(1_000)
    all.visitor.talk.sendAway()
    await all.world.pass(3_000)
    const lead = await all.world.reloadDesk(all.lead)
    await all.world.pass(4_000)
    all.visitor.talk.compose('alleen aan Noor')
    await all.world.pass(2_000)
    expect(saidAt(lead, 'visitor')).toEqual(['van mij', 'aan jullie', 'alleen aan Noor'])
    expect(saidAt(all.other, 'visitor')).toEqual(['aan jullie'])
  })

  it('a guest whose line is lost is lost to the visitor, and after half a minute no guest', async () => {
    const all = await three(organisation)
    await letIn(all)
    all.other.net.cut()
    all.other.net.closed = true
    await all.world.pass(1_000)
    expect(guestOf(all.visitor)).toMatchObject({ link: 'lost' })
    await all.world.pass(32_000)
    expect(guestOf(all.visitor)).toBeUndefined()
    all.visitor.talk.compose('alleen aan Noor')
    await all.world.pass(2_000)
    expect(saidAt(all.lead, 'visitor').at(-1)).toBe('alleen aan Noor')
  })
})
