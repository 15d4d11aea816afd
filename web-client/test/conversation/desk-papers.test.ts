import { beforeAll, describe, expect, it } from 'vitest'
import { random, toBase64Url, type Bytes } from '../../src/crypto/bytes'
import { createDesk, type Desk } from '../../src/conversation/desk'
import { decodeUnsignedStatement } from '../../src/crypto/statement'
import { settled } from '../support/clock'
import { organisationOfToday } from '../support/conversation'
import { talkOf, type Sides } from '../support/desk'
import { useFastCrypto } from '../support/fast-crypto'
import { DeskNet } from '../support/fake-net'
import { FakeVault, VaultServer } from '../support/fake-vault'
import { DAY, type Organisation } from '../support/organisation'
import { World } from '../support/world'

let organisation: Organisation
beforeAll(async () => {
  useFastCrypto()
  organisation = await organisationOfToday()
})
const talking = (): Promise<Sides> => talkOf(organisation)

describe('papers', () => {
  const me = { alias: 'Noor', organisation: 'Naast', languages: ['nl', 'en'] }

  interface Opening { desk: Desk; asked: Bytes[]; home: VaultServer; net: DeskNet }
  /** `signed`: whether the signers have signed by now. */
  async function opening(world: World, home: VaultServer, who = me, signed: (unsigned: Bytes) => boolean | 'refused' = () => true): Promise<Opening & { opened: Promise<void> }> {
    const net = new DeskNet(world.server, home.person)
    const asked: Bytes[] = []
    const registerStatement = async (unsigned: Bytes) => {
      asked.push(unsigned)
      const stands = signed(unsigned)
      if (stands !== true) return { state: stands || 'proposed' as const }
      const now = Math.floor(world.time.now / 1000)
      const roster = await organisation.roster([decodeUnsignedStatement(unsigned)], { version: 1, issuedAt: now - 60, validUntil: now + 6 * DAY })
      return { state: 'signed' as const, statement: await organisation.signed(unsigned), roster }
    }
    const desk = createDesk({ clock: world.time.clock, random, timers: world.time.timers_, net, vault: new FakeVault(home), staff: { me: who, registerStatement }, trustRoot: organisation.root.publicKey })
    return { desk, asked, home, net, opened: desk.open() }
  }
  const open = async (...args: Parameters<typeof opening>): Promise<Opening> => {
    const one = await opening(...args)
    await one.opened
    return one
  }

  it('are made once, hold for 90 days, and lie in the vault before anybody is asked to sign them', async () => {
    const [world, home] = [new World(organisation), new VaultServer()]
    let there = false
    const one = await opening(world, home, me, () => { there = home.papers !== undefined; return true })
    await one.opened
    expect(there).toBe(true)
    const statement = decodeUnsignedStatement(one.asked[0] as Bytes)
    expect([statement.notAfter - statement.notBefore, statement.languages]).toEqual([90 * DAY, ['en', 'nl']])
    const two = await open(world, home)
    expect(two.asked).toEqual(one.asked)
    expect(home.papers?.signed).toBeDefined()
  })

  it.each([['alias', { ...me, alias: 'Anders' }], ['languages', { ...me, languages: ['nl'] }]])('another %s: new ones', async (_, who) => {
    const [world, home] = [new World(organisation), new VaultServer()]
    const one = await open(world, home)
    const two = await open(world, home, who)
    const [first, second] = [one, two].map(({ asked }) => decodeUnsignedStatement(asked[0] as Bytes))
    expect(second?.signatureKey).not.toEqual(first?.signatureKey)
    expect([second?.alias, second?.languages]).toEqual([who.alias, [...who.languages].sort()])
  })

  // seen failing: RENEW_SECONDS of 12 days.
  it.each([[75, false, true], [77, false, false], [77, true, true], [90, true, false]])('after %i days, with a talk: %s: the same: %s', async (days, talk, same) => {
    const [world, home] = [new World(organisation), new VaultServer()]
    const one = await open(world, home)
    world.time.now += days * DAY * 1000 - 1_000 * 3_600
    if (talk) home.items.set('x' as never, { version: 1, write: 'x', state: random(3), lines: [] })
    const two = await open(world, home)
    expect(toBase64Url(two.asked[0] as Bytes) === toBase64Url(one.asked[0] as Bytes)).toBe(same)
  })

  it('that wait for signatures are asked after every 20 s, and the six words can be said meanwhile', async () => {
    const [world, home] = [new World(organisation), new VaultServer()]
    let signed = false
    const { desk, asked, net, opened } = await opening(world, home, me, () => signed)
    await settled()
    expect(desk.state.proposed).toHaveLength(32)
    await world.pass(61_000)
    expect([asked.length, new Set(asked.map(toBase64Url)).size, net.closed]).toEqual([4, 1, true])
    signed = true
    await world.pass(20_000)
    await opened
    expect([desk.state.proposed, net.closed]).toEqual([undefined, false])
  })

  // seen failing: `hold` left out in `register` (the desk went on with the refused keys); the look at the roster's version left out in `claim` (she was claimed with keys that were refused).
  it('refused, new ones are in the vault before anybody is asked about them, and are what the desk goes on with; nobody can be claimed before', async () => {
    const [world, home] = [new World(organisation), new VaultServer()]
    let first: Bytes | undefined
    let kept: unknown
    let signed = false
    const { desk, asked, net, opened } = await opening(world, home, me, unsigned => {
      if (!first || toBase64Url(unsigned) === toBase64Url(first)) return (first = unsigned, 'refused')
      kept ??= home.papers?.unsigned.slice()
      return signed
    })
    await settled()
    desk.claim(1)
    expect([asked.length, kept, desk.state.claiming, desk.state.proposed?.length]).toEqual([2, asked[1], [], 32])
    signed = true
    await world.pass(21_000)
    await opened
    const { id } = decodeUnsignedStatement(asked[1] as Bytes)
    expect([net.closed, (desk as unknown as { opened: { identity: { statementId: Bytes } } }).opened.identity.statementId]).toEqual([false, id])
  })

  // seen failing: `papers !== first` left out in `register` (new keys without end: it never came back).
  it('refused again: no third ones, and the desk that cannot open says why', async () => {
    const [world, home] = [new World(organisation), new VaultServer()]
    const { asked, net, opened, desk } = await opening(world, home, me, () => 'refused')
    await expect(opened).rejects.toMatchObject({ code: 'refused' })
    await world.pass(60_000)
    expect([asked.length, net.closed, (desk as unknown as { opened?: object }).opened]).toEqual([2, true, undefined])
  })

  it('refused while the desk is locked: new ones come with the vault that unlocks it', async () => {
    const [world, home] = [new World(organisation), new VaultServer()]
    let answer: boolean | 'refused' = false
    const { desk, asked, opened } = await opening(world, home, me, () => answer)
    await settled()
    await desk.lock()
    answer = 'refused'
    await world.pass(45_000)
    expect(new Set(asked.map(toBase64Url)).size).toBe(1)
    await desk.unlock(new FakeVault(home))
    answer = true
    await world.pass(21_000)
    await opened
    expect((desk as unknown as { opened?: object }).opened).toBeDefined()
  })

  it('and a desk that is wiped while they wait asks no more', async () => {
    const [world, home] = [new World(organisation), new VaultServer()]
    const { desk, asked, net, opened } = await opening(world, home, me, () => false)
    await settled()
    desk.wipe()
    await world.pass(60_000)
    await opened
    expect([asked.length, net.closed]).toEqual([1, true])
  })

  it('a desk locked while they wait has no keys, and opens with those of the vault', async () => {
    const [world, home] = [new World(organisation), new VaultServer()]
    let signed = false
    const { desk, net, opened } = await opening(world, home, me, () => signed)
    await settled()
    await desk.lock()
    expect((desk as unknown as { opened?: object }).opened).toBeUndefined()
    signed = true
    await world.pass(21_000)
    await opened
    await desk.unlock(new FakeVault(home))
    net.connect()
    for (let i = 0; i < 5; i++) { net.passUp(); net.passDown(); await settled() }
    expect(desk.state).toMatchObject({ link: 'on' })
    expect((desk as unknown as { opened?: object }).opened).toBeDefined()
  })

  it('none in the vault that unlocks it: it stays locked', async () => {
    const { world, expert } = await talking()
    const locking = expert.desk.lock()
    await world.pass(1_000)
    await locking
    await expect(expert.desk.unlock(new FakeVault(new VaultServer()))).rejects.toMatchObject({ code: 'lost' })
    expect(expert.desk.state.locked).toBe(true)
  })
})
