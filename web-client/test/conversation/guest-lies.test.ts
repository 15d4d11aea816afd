import { beforeAll, describe, expect, it } from 'vitest'
import { concat, random, type Bytes } from '../../src/crypto/bytes'
import { u64 } from '../../src/crypto/reader'
import { prepareJoin } from '../../src/crypto/session'
import type { Visitor } from '../../src/conversation/visitor-model'
import { mayOf } from '../../src/conversation/visitor-view'
import { hire, organisationOfToday } from '../support/conversation'
import type { Organisation } from '../support/organisation'
import { appends, asked, guestOf, idAt, letIn, readBy, saidAt, talkAt, talking, three, type Three } from '../support/three'
import { World, linesOf, notices, type DeskSide, type VisitorSide } from '../support/world'

let organisation: Organisation
beforeAll(async () => {
  organisation = await organisationOfToday()
})

const SECRET = 'niet voor de server'
type Frame = { t: string } & Record<string, unknown>
/** The server says this of the guest to the visitor. */
const ofGuest = ({ net }: VisitorSide, change: (guest: Record<string, unknown>) => unknown): void => {
  net.tamper = frame => [frame.t === 'view' && (frame as Frame)['guest'] ? { ...frame, guest: change((frame as Frame)['guest'] as Record<string, unknown>) } as Frame : frame]
}
const names = ({ desk }: DeskSide, named: Bytes): void => { Object.defineProperty((desk as unknown as { beliefs: object }).beliefs, 'named', { value: named }) }
const other32 = (): Bytes => concat(u64(2), random(32))
const stoppedAt = ({ desk }: DeskSide): boolean => desk.state.talks[0]?.state === 'ended' && desk.state.problem === 'keys'
/** She reads why, and not a word goes any more. */
async function silent({ world, visitor }: Three, why: string): Promise<void> {
  expect(visitor.talk.state).toEqual({ kind: 'refused', why })
  const before = visitor.net.sent.length
  expect(visitor.talk.compose(SECRET)).toBe(false)
  await world.pass(30_000)
  expect(visitor.net.sent.length).toBe(before)
}

describe('a server that adds somebody', () => {
  // seen failing: `onGuest` without its line about whoever is in already.
  it.each(['joining', 'in'])('says that a guest is %s whom the visitor never let in: she stops', async state => {
    const all = await three(organisation)
    ofGuest(all.visitor, guest => ({ ...guest, state }))
    await asked(all)
    await silent(all, 'lying')
  })

  // seen failing: `handedOver` for a guest who is not in the group.
  it('gives her to a guest before the visitor let her in: she stops', async () => {
    const all = await three(organisation)
    await asked(all)
    all.visitor.net.tamper = frame => [frame.t === 'view' ? { ...frame, claim: guestCall(all), guest: null } as Frame : frame]
    all.world.server.changed()
    all.lead.net.cut()
    await all.world.pass(1_000)
    await silent(all, 'lying')
  })

  it('puts another key package in the place of hers: nobody is let in, and the visitor stops', async () => {
    const all = await three(organisation)
    const stranger = await hire(organisation)
    const { keyPackage } = await prepareJoin({ signatureKey: stranger.key, statementId: stranger.statement.id })
    ofGuest(all.visitor, guest => ({ ...guest, keyPackage }))
    await asked(all)
    all.visitor.talk.admit(true)
    await all.world.pass(2_000)
    expect(appends(all.visitor, 'add')).toHaveLength(1)
    await silent(all, 'keys')
  })

  it('vouches for her with a statement of another organisation: she is not even asked', async () => {
    const all = await three(organisation)
    const stranger = await hire(await organisationOfToday())
    ofGuest(all.visitor, guest => ({ ...guest, ...stranger.proof }))
    await asked(all)
    await silent(all, 'keys')
  })

  // seen failing: `doubtedGuest` refusing all alike; `declined` without its effect.
  it('offers one who is revoked: nobody is asked, she is declined, and the talk goes on', async () => {
    const all = await three(organisation)
    const revocation = await organisation.revocation(all.world.lastStatement)
    ofGuest(all.visitor, guest => ({ ...guest, revocations: [revocation] }))
    await asked(all)
    expect(guestOf(all.visitor)).toBeUndefined()
    expect(all.visitor.net.sent.filter(frame => frame.t === 'decline')).toHaveLength(1)
    expect(notices(linesOf(all.visitor))).not.toContain('guest-declined')
    all.visitor.talk.compose('gewoon verder')
    await all.world.pass(1_000)
    expect(saidAt(all.lead, 'visitor').at(-1)).toBe('gewoon verder')
  })

  // seen failing: `mayOf` without `guest?.checking`.
  it('revokes one who is in: she is out before the next word', async () => {
    const all = await three(organisation)
    const { world, visitor, lead, other } = all
    await letIn(all)
    const revocation = await organisation.revocation(world.lastStatement)
    const hers = world.server.entries.get(other.net.desk)?.papers
    world.server.papers = of => (of === hers ? { ...of, revocations: [revocation] } : of)
    world.server.changed()
    while (visitor.net.down.length > 0) visitor.net.passDown()
    expect(mayOf(modelOf(visitor))).toBe('nothing')
    visitor.talk.compose('niet voor Bea')
    await world.pass(2_000)
    expect([saidAt(lead, 'visitor').at(-1), saidAt(other, 'visitor')]).toEqual(['niet voor Bea', []])
    expect(notices(linesOf(visitor)).at(-1)).toBe('guest-left')
  })

  // seen failing: `mayOf` without the list of who may sit there.
  it('has somebody in the group who is neither lead nor guest: nothing is said', async () => {
    const all = await three(organisation)
    await letIn(all)
    const model = modelOf(all.visitor)
    const withOthers = (others: number[]): Visitor => ({ ...model, talk: { ...model.talk, group: { epoch: 1, self: 0, others } } })
    expect([[1, 2], [1, 2, 3], [1, 3], [1], [2], []].map(others => mayOf(withOthers(others)))).toEqual(['all', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'])
  })

  // seen failing: `tidy` without its removals.
  it('keeps a guest whom she sent away, and hands on what that one says: it is not heard', async () => {
    const all = await three(organisation)
    const { world, visitor, lead, other } = all
    await letIn(all)
    // Her no never arrives, and the view says that the guest is in.
    const { fromVisitor } = world.server
    world.server.fromVisitor = (capability, frame) => (frame.t === 'decline' ? { t: 'refused', code: 'busy' } : fromVisitor.call(world.server, capability, frame))
    visitor.talk.sendAway()
    visitor.talk.compose('alleen aan Noor')
    other.desk.compose(idAt(other), 'ik ben er nog')
    await world.pass(3_000)
    expect(guestOf(visitor)).toBeUndefined()
    expect([saidAt(lead, 'visitor').at(-1), saidAt(other, 'visitor')]).toEqual(['alleen aan Noor', []])
    expect(readBy(visitor).map(([alias]) => alias)).not.toContain('Bea')
  })
})

const modelOf = (visitor: VisitorSide): Visitor => (visitor.talk as unknown as { model: Visitor }).model
const guestCall = ({ world }: Three): unknown => world.server.conversations[0]?.guest?.call

describe('a server that keeps something back', () => {
  // seen failing: `TalkRunner.open` going on without `believed`; `believed` without its end.
  it('the guest\'s proof, from the lead: the add is not followed, and the lead stops', async () => {
    const all = await three(organisation)
    all.lead.net.tamper = frame => [frame.t === 'desk' ? { ...frame, conversations: ((frame as Frame)['conversations'] as Frame[]).map(c => ({ ...c, guest: null })) } as Frame : frame]
    await letIn(all)
    await all.world.pass(20_000)
    expect(stoppedAt(all.lead)).toBe(true)
    expect(saidAt(all.lead, 'colleague')).toEqual([])
  })

  it('the lead\'s proof, from the guest: she does not join', async () => {
    const all = await three(organisation)
    all.other.net.tamper = frame => [frame.t === 'desk' ? { ...frame, conversations: ((frame as Frame)['conversations'] as Frame[]).map(c => (c['part'] === 'guest' ? { ...c, lead: null } : c)) } as Frame : frame]
    await letIn(all)
    await all.world.pass(20_000)
    expect(stoppedAt(all.other)).toBe(true)
    expect(appends(all.other)).toEqual([])
  })

  // seen failing: `Beliefs.check` reading the statement and no more.
  it.each(['lead', 'guest'] as const)('the %s is shown somebody else\'s proof of the other: no further', async who => {
    const all = await three(organisation)
    const stranger = await hire(await organisationOfToday())
    const { statement, roster } = stranger.proof
    const side = who === 'lead' ? all.lead : all.other
    const wrong = (c: Frame): Frame => (who === 'lead' ? { ...c, guest: c['guest'] && { ...c['guest'] as object, statement, roster } } : { ...c, ...(c['part'] === 'guest' && { lead: { statement, roster, revocations: [] } }) })
    side.net.tamper = frame => [frame.t === 'desk' ? { ...frame, conversations: ((frame as Frame)['conversations'] as Frame[]).map(wrong) } as Frame : frame]
    await letIn(all)
    await all.world.pass(20_000)
    expect(guestOf(all.visitor)).toBeUndefined()
    expect(side.net.sent.some(frame => frame.t === 'uncall')).toBe(true)
    expect(talkAt(all.lead)).toMatchObject({ state: 'talking' })
  })

  // seen failing: `ownAgain` without a restore.
  it('the visitor\'s own word comes back under another\'s name and id: she stops', async () => {
    const all = await three(organisation)
    await letIn(all)
    all.visitor.talk.compose('eens gezegd')
    await all.world.pass(1_000)
    const c = all.world.server.conversations[0]
    const body = appends(all.visitor, 'message').at(-1)?.['body'] as Bytes
    if (c) c.log.push({ seq: ++c.seq, id: 'AAAAAAAAAAAAAAAAAAAAAQ' as never, from: 'guest', kind: 'message', body })
    all.visitor.net.cut()
    await all.world.pass(3_000)
    await silent(all, 'lying')
  })

  // seen failing: the desk's `mayOf` without `isDoubted`.
  it('the lead is shown another\'s proof once the guest is in, and her call is not taken back: she says nothing', async () => {
    const all = await three(organisation)
    const { world, lead, other } = all
    await letIn(all)
    const { proof } = await hire(await organisationOfToday())
    lead.net.tamper = frame => [frame.t === 'desk' ? { ...frame, conversations: ((frame as Frame)['conversations'] as Frame[]).map(c => ({ ...c, guest: c['guest'] && { ...c['guest'] as object, ...proof } })) } as Frame : frame]
    const { fromDesk } = world.server
    world.server.fromDesk = (desk, frame) => (frame.t === 'uncall' ? { t: 'refused', code: 'busy' } : fromDesk.call(world.server, desk, frame))
    lead.desk.available(true)
    await world.pass(2_000)
    lead.desk.compose(idAt(lead), SECRET)
    await world.pass(3_000)
    expect([saidAt(other, 'colleague'), readBy(all.visitor)]).toEqual([[], [['Noor', 'van Noor']]])
    world.server.fromDesk = fromDesk
    lead.net.tamper = frame => [frame]
    await world.pass(10_000)
    expect(saidAt(other, 'colleague')).toEqual([])
    expect(readBy(all.visitor)).toContainEqual(['Noor', SECRET])
  })

  // seen failing: `follows` (receiver.ts) with any higher counter.
  it('a word of the guest\'s, from the visitor: noticed by the next one', async () => {
    const all = await three(organisation)
    const { world, visitor, other } = all
    await letIn(all)
    other.desk.compose(idAt(other), 'een')
    await world.pass(1_000)
    visitor.net.cut()
    other.desk.compose(idAt(other), 'twee')
    await world.quiet(false)
    dropLast(all)
    other.desk.compose(idAt(other), 'drie')
    await world.pass(3_000)
    await silent(all, 'lying')
  })
})

/** The server forgets the newest message for whoever has not read it yet. */
function dropLast({ world }: Three): void {
  const c = world.server.conversations[0]
  const gone = c?.log.filter(({ from, kind }) => from === 'guest' && kind === 'message').at(-1)
  if (!c || !gone) return
  const { fetch } = c
  // The numbers go up by one all the same.
  c.fetch = (side, after, limit) => {
    const { items, more } = fetch.call(c, side, after, limit)
    return side === 'visitor' ? { items: items.filter(({ seq }) => seq !== gone.seq).map(item => (item.seq > gone.seq ? { ...item, seq: item.seq - 1 } : item)), more } : { items, more }
  }
}

describe('a server that shows two rosters', () => {
  // seen failing: `onHeard` at the desk without its effect `agree`.
  it.each(['lead', 'visitor'] as const)('the guest\'s hello names another roster of the same number: the %s stops', async who => {
    const all = await three(organisation)
    names(all.other, other32())
    await letIn(all)
    await all.world.pass(2_000)
    if (who === 'visitor') return silent(all, 'rosters')
    expect(stoppedAt(all.lead)).toBe(true)
  })

  it('the lead\'s does: the guest stops', async () => {
    const all = await three(organisation)
    names(all.lead, other32())
    await letIn(all)
    await all.world.pass(2_000)
    expect(stoppedAt(all.other)).toBe(true)
  })

  // seen failing: `agree` without `reread`.
  it('a desk that was opened under an older roster reads the newer one, and goes on', async () => {
    const world = new World(organisation)
    const lead = await world.desk('Noor')
    await world.desk('Bea')
    const visitor = world.visitor()
    visitor.talk.start('nl')
    await world.quiet()
    lead.desk.claim(1)
    await world.pass(15_000)
    visitor.talk.compose('onder het nieuwe')
    await world.pass(1_000)
    expect([talking(visitor)?.alias, talkAt(lead)?.state, saidAt(lead, 'visitor')]).toEqual(['Noor', 'talking', ['onder het nieuwe']])
  })
})
