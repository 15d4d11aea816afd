import { beforeAll, describe, expect, it } from 'vitest'
import { emptyLog } from '../../src/conversation/log'
import { stepTalk } from '../../src/conversation/step-talk'
import { newTalk, restoredTalk } from '../../src/conversation/talk'
import { organisationOfToday } from '../support/conversation'
import type { Organisation } from '../support/organisation'
import { World, deskLines, linesOf, notices, texts } from '../support/world'

let organisation: Organisation
beforeAll(async () => {
  organisation = await organisationOfToday()
})

describe('a visitor and an expert', () => {
  it('talk: both sides read what the other wrote, once and in order', async () => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    expect(visitor.talk.state).toMatchObject({ kind: 'talking', alias: 'Noor', expert: 'here' })
    visitor.talk.compose('hoi')
    await world.pass(1_000)
    expert.desk.compose(expert.desk.state.talks[0]?.id ?? '', 'dag')
    await world.pass(2_000)
    expect(texts(deskLines(expert))).toEqual(['hoi', 'dag'])
    expect(texts(linesOf(visitor))).toEqual(['hoi', 'dag'])
    expect(linesOf(visitor).filter(line => line.from === 'me').map(line => line.state)).toEqual(['received'])
    expect(deskLines(expert).filter(line => line.from === 'me').map(line => line.state)).toEqual(['received'])
    expect(notices(linesOf(visitor))).toEqual(['joined', 'limits', 'safety-question', 'goes-when'])
  })
})

// seen failing: `ready` without `unread`.
it('crypto 11: a restored desk reads the log to its end before it makes anything', () => {
  const group = { epoch: 3, self: 1, others: [0] }
  const talk = restoredTalk({ ...newTalk('expert'), group, log: { ...emptyLog(false), cursor: 4 }, may: 'all' })
  const [asked, first] = stepTalk(talk, { kind: 'link', on: true }, 1_000)
  expect(first.map(effect => effect.do)).toEqual(['fetch', 'ack'])
  const [, then] = stepTalk(asked, { kind: 'fetched', items: [], more: false }, 1_000)
  expect(then.map(effect => effect.do)).toEqual(['stage'])
})
