import { beforeAll, describe, expect, it } from 'vitest'
import { agree } from '../../src/conversation/agree'
import type { Visitor } from '../../src/conversation/visitor-model'
import { concat, random, type Bytes } from '../../src/crypto/bytes'
import { u64 } from '../../src/crypto/reader'
import { Trust, type Proof } from '../../src/crypto/statement'
import { hire, organisationOfToday } from '../support/conversation'
import { DAY, type Organisation } from '../support/organisation'
import { appends, asked, idAt, letIn, readBy, saidAt, three } from '../support/three'
import { World, type DeskSide } from '../support/world'

let organisation: Organisation
beforeAll(async () => {
  organisation = await organisationOfToday()
})

type Frame = { t: string } & Record<string, unknown>
/** A changed desk: it says what its engine refuses to. */
function saysAnyway({ desk }: DeskSide, text: string): void {
  (desk as unknown as { feed(event: object): void }).feed({ kind: 'in', claim: desk.state.talks[0]?.id, event: { kind: 'compose', id: 'AAAAAAAAAAAAAAAAAAAAAA', text } })
}
/** From now on the server says this of the guest to a desk. */
const toldOfGuest = ({ net }: DeskSide, what: object): void => {
  net.tamper = frame => [frame.t === 'desk' ? { ...frame, conversations: ((frame as Frame)['conversations'] as Frame[]).map(c => ({ ...c, guest: c['guest'] && { ...c['guest'] as object, ...what } })) } as Frame : frame]
}
/** The server answers the visitor "not now" to frames, or envelopes, of these kinds. */
function deaf({ server }: World, ...kinds: string[]): void {
  const { fromVisitor } = server
  server.fromVisitor = (capability, frame) => (kinds.includes(frame.t === 'append' ? frame.kind : frame.t) ? { t: 'refused', code: 'busy' } : fromVisitor.call(server, capability, frame))
}

describe('a coordinator with a server that lies', () => {
  // seen failing: `checked` without its line about the role.
  it('does not lead: whoever takes a visitor is an expert', async () => {
    const world = new World(organisation)
    const cora = await world.desk('Cora', undefined, undefined, 'coordinator')
    const visitor = world.visitor()
    visitor.talk.start('nl')
    await world.quiet()
    visitor.talk.compose('voor een ervaringsdeskundige')
    cora.desk.claim(1)
    await world.pass(2_000)
    expect(visitor.talk.state).toEqual({ kind: 'refused', why: 'keys' })
    expect([appends(visitor), saidAt(cora, 'visitor')]).toEqual([[], []])
  })

  // seen failing: `Beliefs.check` without its line about the role; `asLead` with the server's word for what she was called for.
  it('who looks along is not heard at the lead\'s desk either, where the server says that she came to take over', async () => {
    const all = await three(organisation, 'coordinator')
    toldOfGuest(all.lead, { for: 'transfer' })
    await letIn(all, 'look')
    saysAnyway(all.other, 'luister naar mij')
    await all.world.pass(3_000)
    expect(appends(all.other, 'message').length).toBeGreaterThan(1)
    expect(saidAt(all.lead, 'colleague')).toEqual([])
  })
})

describe('whoever is not to be heard any more', () => {
  // seen failing: `doubted` with her place kept in `former`.
  it('a revoked expert, while a lying server holds up her removal', async () => {
    const world = new World(organisation)
    const { visitor, expert: lead } = await world.talking()
    const revocation = await organisation.revocation(world.lastStatement)
    world.server.papers = papers => ({ ...papers, revocations: [revocation] })
    deaf(world, 'commit')
    world.server.changed()
    await world.pass(1_000)
    lead.desk.compose(idAt(lead), 'ik ben er nog')
    await world.pass(3_000)
    expect(appends(lead, 'message').length).toBeGreaterThan(1)
    expect(readBy(visitor)).toEqual([])
  })

  // seen failing: `another` with her place kept in `former`.
  it('one in whose place she asked for another person, while the server does not hear it', async () => {
    const { world, visitor, lead } = await three(organisation)
    deaf(world, 'another')
    visitor.talk.another()
    lead.desk.compose(idAt(lead), 'blijf bij mij')
    await world.pass(3_000)
    expect(appends(lead, 'message').length).toBeGreaterThan(2)
    expect(readBy(visitor)).toEqual([['Noor', 'van Noor']])
  })
})

describe('a line whose answer was lost', () => {
  // seen failing: `sendFlight` without its line about `held`.
  it.each(['sends the guest away', 'asks for another person'] as const)('does not go again to the one she has sent away: she %s while her own line is down', async what => {
    const all = await three(organisation)
    const { world, visitor, lead, other } = all
    await letIn(all)
    const before = [saidAt(lead, 'visitor'), saidAt(other, 'visitor')]
    visitor.talk.compose('nog een woord')
    // It is sealed, and lost on its way.
    for (let i = 0; i < 10_000 && !visitor.net.up.some(text => text.includes('"append"')); i++) await new Promise(done => setImmediate(done))
    visitor.net.cut()
    if (what === 'sends the guest away') visitor.talk.sendAway()
    else visitor.talk.another()
    await world.pass(5_000)
    expect(saidAt(other, 'visitor')).toEqual(before[1])
    expect(saidAt(lead, 'visitor')).toEqual(what === 'sends the guest away' ? [...before[0] ?? [], 'nog een woord'] : before[0])
  })
})

describe('a server that shows two rosters, one after the other', () => {
  // seen failing: `Trust.denies` remembering the newest alone.
  it('a hello that names another one than we saw under its number is noticed, though we have a newer by now', async () => {
    const { proof, statement } = await hire(organisation)
    const now = Date.now()
    const trust = new Trust(organisation.root.publicKey, () => now)
    const named: Bytes[] = []
    for (const version of [7, 8]) {
      const seconds = Math.floor(now / 1000)
      const roster = await organisation.roster([statement], { version, issuedAt: seconds - 60, validUntil: seconds + DAY })
      await trust.check({ ...proof as Proof, roster })
      named.push(trust.named)
    }
    const timers = { set: () => 0, clear: () => undefined } as never
    const other = (version: number): Bytes => concat(u64(version), random(32))
    const said = [named[0], named[1], other(6), other(7), other(8)].map(each => agree(trust, each as Bytes, timers))
    expect(await Promise.all(said)).toEqual([true, true, true, false, false])
  })

  // seen failing: `checkedGuest` keeping the hello of the first check.
  it('the visitor\'s first word to a guest names the newest roster she knows when she lets her in', async () => {
    const all = await three(organisation)
    const { world, visitor } = all
    await asked(all)
    await world.desk('Sam')
    await world.pass(1_000)
    world.server.changed()
    await world.pass(1_000)
    const { model, trust } = visitor.talk as unknown as { model: Visitor; trust: Trust }
    expect(model.guest?.hello?.parts).toEqual([trust.named])
  })
})
