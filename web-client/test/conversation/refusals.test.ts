import { beforeAll, describe, expect, it } from 'vitest'
import { concat, random, type Bytes } from '../../src/crypto/bytes'
import { u64 } from '../../src/crypto/reader'
import { newSignatureKey, prepareJoin, type Session } from '../../src/crypto/session'
import { config } from '../../src/crypto/session/config'
import { createCommit, type ClientState, type KeyPackage } from '../../src/crypto/session/mls'
import { readKeyPackage } from '../../src/crypto/session/message'
import { suite } from '../../src/crypto/session/provider'
import { encodeMlsMessage } from 'ts-mls/message.js'
import { hire, joiningOf, organisationOfToday } from '../support/conversation'
import type { Papers } from '../support/fake-server'
import type { Tamper } from '../support/fake-net'
import { DAY, Organisation, flipped } from '../support/organisation'
import { World, linesOf, type DeskSide, type VisitorSide } from '../support/world'

let organisation: Organisation
beforeAll(async () => {
  organisation = await organisationOfToday()
})

const WORDS = 'hier mag niemand bij'
const now = (world: World): number => Math.floor(world.time.now / 1000)
const view = (change: (frame: Record<string, unknown>) => object): Tamper => frame =>
  [(frame.t === 'view' && 'keyPackage' in frame ? { ...frame, ...change(frame as never) } : frame) as { t: string }]

/** A visitor who has written already, a desk, and a server that will lie to her about it. */
async function before(): Promise<{ world: World; visitor: VisitorSide; expert: DeskSide }> {
  const world = new World(organisation)
  const expert = await world.desk()
  const visitor = world.visitor()
  visitor.talk.start('nl')
  visitor.talk.compose(WORDS)
  await world.quiet()
  return { world, visitor, expert }
}

const messages = ({ net }: VisitorSide): number => net.sent.filter(frame => frame.t === 'append' && frame['kind'] === 'message').length

/** What a desk's hello says of the roster. */
function names({ desk }: DeskSide, named: Bytes): void {
  Object.defineProperty((desk as unknown as { beliefs: object }).beliefs, 'named', { value: named })
}

/** She reads why, the line is cut, and whatever she or anybody does in the next two minutes, not one frame leaves. */
async function fellSilent(world: World, visitor: VisitorSide, why: 'keys' | 'lying' | 'rosters'): Promise<void> {
  expect(visitor.talk.state).toEqual({ kind: 'refused', why })
  expect(visitor.net.closed).toBe(true)
  const [sent, heard] = [visitor.net.sent.length, world.server.heard.filter(({ side }) => side === 'visitor').length]
  expect(visitor.talk.compose(WORDS)).toBe(false)
  visitor.talk.retry('')
  visitor.talk.typing(true)
  visitor.talk.visible(false)
  visitor.talk.answerSafety('yes')
  visitor.talk.share(true)
  visitor.talk.start('nl')
  await world.pass(120_000)
  expect(visitor.net.sent.length).toBe(sent)
  expect(world.server.heard.filter(({ side }) => side === 'visitor').length).toBe(heard)
  expect(visitor.talk.state).toEqual({ kind: 'refused', why })
  expect(await visitor.store.load()).toBeUndefined()
}

/** A desk claims; the server shows the visitor these papers in place of the desk's own. Nobody is let in, no word was sent. */
async function refusesPapers(change: (of: Papers, world: World) => Promise<Papers> | Papers): Promise<void> {
  const { world, visitor, expert } = await before()
  const papers = await change(world.server.entries.get(expert.net.desk)?.papers as Papers, world)
  world.server.papers = () => papers
  expert.desk.claim(1)
  await world.quiet()
  expect(visitor.net.sent.filter(frame => frame.t === 'append')).toEqual([])
  await fellSilent(world, visitor, 'keys')
}

async function refusesView(tamper: Tamper): Promise<void> {
  const { world, visitor, expert } = await before()
  visitor.net.tamper = tamper
  expert.desk.claim(1)
  await world.quiet()
  expect(visitor.net.sent.filter(frame => frame.t === 'append')).toEqual([])
  await fellSilent(world, visitor, 'keys')
}

const signers = (count: number) => organisation.signers.slice(0, count)

// seen failing, all of these: `doubted` passing over the refusal; `refuse` without its close.
describe('the visitor refuses, and nothing is sent after it:', () => {
  it('a wrong signature on the statement', () => refusesPapers(of => ({ ...of, statement: flipped(of.statement) })))

  it('a wrong signature on the roster', () => refusesPapers(of => ({ ...of, roster: flipped(of.roster) })))

  it('one signature on the statement', () => refusesPapers(async (of, world) =>
    ({ ...of, statement: await organisation.signStatement(world.lastStatement, signers(1)) })))

  it('one signature on the roster', () => refusesPapers(async (of, world) => ({
    ...of, roster: await organisation.roster([world.lastStatement], { version: 9, issuedAt: now(world) - 60, validUntil: now(world) + DAY }, signers(1)),
  })))

  it('two signatures by one signer', () => refusesPapers(async (of, world) => {
    const [anna] = signers(1)
    return { ...of, statement: await organisation.signStatement(world.lastStatement, [anna, anna] as never) }
  }))

  it('papers of another root', async () => {
    const other = await organisationOfToday()
    await refusesPapers(async (of, world) => ({
      ...of, statement: await other.signStatement(world.lastStatement),
      roster: await other.roster([world.lastStatement], { version: 9, issuedAt: now(world) - 60, validUntil: now(world) + DAY }),
    }))
  })

  it('an expired statement', () => refusesPapers(async (of, world) => {
    const late = { ...world.lastStatement, notBefore: now(world) - 2 * DAY, notAfter: now(world) - 1 }
    return { ...of, statement: await organisation.signStatement(late), roster: await organisation.roster([late], { version: 9, issuedAt: now(world) - 60, validUntil: now(world) + DAY }) }
  }))

  it('an expired roster', () => refusesPapers(async (of, world) => ({
    ...of, roster: await organisation.roster([world.lastStatement], { version: 9, issuedAt: now(world) - DAY, validUntil: now(world) - 1 }),
  })))

  it('a statement that is not on the roster', () => refusesPapers(async (of, world) => ({ ...of, roster: await world.roster([]) })))

  it('a revoked statement', () => refusesPapers(async (of, world) => ({ ...of, revocations: [await organisation.revocation(world.lastStatement)] })))

  it('a swapped key: somebody else\'s key package under her statement', async () => {
    const signatureKey = await newSignatureKey()
    const { world, visitor, expert } = await before()
    const { keyPackage } = await prepareJoin({ signatureKey, statementId: world.lastStatement.id })
    visitor.net.tamper = view(() => ({ keyPackage }))
    expert.desk.claim(1)
    await world.quiet()
    expect(visitor.net.sent.filter(frame => frame.t === 'append')).toEqual([])
    await fellSilent(world, visitor, 'keys')
  })

  it('a key package of another suite', () => refusesView(view(frame => {
    const keyPackage = (frame['keyPackage'] as Bytes).slice()
    keyPackage[7] = 1
    return { keyPackage }
  })))

  it('a forged key package', () => refusesView(view(frame => ({ keyPackage: flipped(frame['keyPackage'] as Bytes) }))))

  it('a key package that is none', () => refusesView(view(() => ({ keyPackage: random(400) }))))
})

describe('the visitor who talks refuses, and nothing is sent after it:', () => {
  // seen failing: Trust.checkVersion without its first line.
  it('a roster older than one seen', async () => {
    const world = new World(organisation)
    const first = await world.desk('Noor')
    const hers = papersOf(world)
    const { roster } = hers
    const second = await world.desk('Sam')
    world.server.papers = of => (of === hers ? { ...of, roster } : of)
    const visitor = world.visitor()
    visitor.talk.start('nl')
    await world.quiet()
    second.desk.claim(1)
    await world.pass(1_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'talking', alias: 'Sam' })
    second.desk.release(second.desk.state.talks[0]?.id ?? '')
    await world.quiet()
    expect(roster).not.toEqual(world.server.entries.get(second.net.desk)?.papers?.roster)
    first.desk.claim(1)
    await world.quiet()
    await fellSilent(world, visitor, 'keys')
  })

  // seen failing: `vouch` passing over what the hello names.
  it('a roster older than the one the expert\'s first word names', async () => {
    const { world, visitor, expert } = await before()
    names(expert, concat(u64(99), new Uint8Array(32)))
    expert.desk.claim(1)
    await world.pass(11_000)
    // Her own first word went, to the member she had let in; her words did not.
    expect(messages(visitor)).toBe(1)
    await fellSilent(world, visitor, 'rosters')
  })

  // seen failing: `agree` without its last line.
  it('a roster of the same number that is another at the expert\'s', async () => {
    const { world, visitor, expert } = await before()
    names(expert, concat(u64(1), random(32)))
    expert.desk.claim(1)
    await world.pass(1_000)
    expect(messages(visitor)).toBe(1)
    await fellSilent(world, visitor, 'rosters')
  })

  // seen failing: with both layers off, the credential hook (members.ts) and the policy (policy.ts); either alone refuses.
  it('a rogue third member, let in by a changed desk', async () => {
    const { world, visitor, expert } = await talking()
    const third = await hire(organisation)
    await rogue(world, expert, await packageOf(third))
    await fellSilent(world, visitor, 'lying')
  })

  it('a rogue third member of another organisation, let in by a changed desk', async () => {
    const { world, visitor, expert } = await talking()
    await rogue(world, expert, await packageOf(await hire(await organisationOfToday())))
    await fellSilent(world, visitor, 'lying')
  })

  // seen failing: onTaken without its last line.
  it('a third member whom the server says is in', async () => {
    const { world, visitor } = await talking()
    visitor.net.tamper = frame => [frame.t === 'view' ? { ...frame, claim: 'AAAAAAAAAAAAAAAAAAAAAA' } as { t: string } : frame]
    world.server.conversations.forEach(c => { c.rev++; c.expertGoneAt = world.time.now })
    world.server.changed()
    await world.quiet()
    await fellSilent(world, visitor, 'lying')
  })

  it('a roster with the same number and other bytes', async () => {
    const { world, visitor } = await talking()
    const papers = { ...papersOf(world), roster: await organisation.roster([world.lastStatement], { version: 1, issuedAt: now(world) - 90, validUntil: now(world) + DAY }) }
    await showAnew(world, papers)
    await fellSilent(world, visitor, 'keys')
  })

  it('an expired roster in place of the one she was believed by', async () => {
    const { world, visitor } = await talking()
    const papers = { ...papersOf(world), roster: await organisation.roster([world.lastStatement], { version: 5, issuedAt: now(world) - DAY, validUntil: now(world) - 1 }) }
    await showAnew(world, papers)
    await fellSilent(world, visitor, 'keys')
  })
})

async function talking(): Promise<{ world: World; visitor: VisitorSide; expert: DeskSide }> {
  const world = new World(organisation)
  const sides = await world.talking()
  expect(linesOf(sides.visitor)).not.toEqual([])
  return { world, ...sides }
}

const papersOf = (world: World): Papers => [...world.server.entries.values()][0]?.papers as Papers

async function showAnew(world: World, papers: Papers): Promise<void> {
  world.server.papers = () => papers
  world.server.changed()
  await world.quiet()
}

async function packageOf(staff: Awaited<ReturnType<typeof hire>>): Promise<KeyPackage> {
  return readKeyPackage((await joiningOf(staff)).keyPackage)
}

/** A desk whose program was changed commits an add, and the server takes it. */
async function rogue(world: World, { desk, net }: DeskSide, keyPackage: KeyPackage): Promise<void> {
  const [runner] = [...(desk as unknown as { talks: Map<string, { session: Session }> }).talks.values()]
  const { state } = (runner?.session as unknown as { stored: { state: ClientState } }).stored
  const changed = { ...state, clientConfig: config({ validateCredential: async () => true }) }
  const { commit } = await createCommit({ state: changed, cipherSuite: suite }, { extraProposals: [{ proposalType: 'add', add: { keyPackage } }] })
  const conversation = world.server.conversations[0]?.id as never
  const fence = world.server.entries.get(net.desk)?.fence as number
  const answer = world.server.fromDesk(net.desk, { t: 'append', n: 99, fence, conversation, id: 'AAAAAAAAAAAAAAAAAAAAAA', kind: 'commit', body: new Uint8Array(encodeMlsMessage(commit)) } as never)
  expect(answer).toMatchObject({ t: 'stored' })
  await world.quiet()
}
