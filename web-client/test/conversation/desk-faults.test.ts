import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { organisationOfToday } from '../support/conversation'
import { MINUTE, heard, id, own, read, said, unanswered } from '../support/desk'
import { useFastCrypto } from '../support/fast-crypto'
import { FakeVault } from '../support/fake-vault'
import { Faults } from '../support/faults'
import type { Organisation } from '../support/organisation'
import { Seals } from '../support/seals'
import { World, type DeskSide, type VisitorSide } from '../support/world'

let organisation: Organisation
let seals: Seals
beforeAll(async () => {
  useFastCrypto()
  organisation = await organisationOfToday()
})
beforeEach(() => { seals = new Seals().begin() })
afterEach(() => seals.end())

const HOW = ['reload', 'second browser', 'lock'] as const
type How = (typeof HOW)[number]

/** Who sits at the desk after it was hit: at this page anew, at another computer, or here after a lock. */
async function goOn(how: How, world: World, before: DeskSide, release: () => void): Promise<DeskSide> {
  if (how === 'lock') {
    // What waits inside the lock goes on after it.
    const locked = before.desk.lock()
    release()
    await world.pass(1_000)
    await locked
    before.vault.dead = true
    const vault = new FakeVault(before.home)
    const opened = before.desk.unlock(vault)
    await world.quiet()
    await opened
    return { ...before, vault }
  }
  if (how === 'reload') return world.reloadDesk(before)
  const second = await world.desk(before.alias, before.home)
  await world.quiet()
  release()
  return second
}

interface Life { world: World; visitor: VisitorSide; expert: DeskSide; points: readonly string[]; hitAt: string | undefined; hits: number }

/** A talk whose expert's leaf is due for renewal: she says a line, so a commit goes first; the visitor answers. Hit at one of its waits. */
async function life(how: How, at: number, twice?: number): Promise<Life> {
  const world = new World(organisation)
  const { visitor, expert } = await world.talking()
  expert.desk.compose(id(expert), 'een')
  await world.pass(2_000)
  world.time.now += 16 * MINUTE
  await world.quiet()
  const [first, faults] = await hit(how, at, world, visitor, expert, 'twee', 'terug')
  const [second, more] = twice === undefined || faults.hitAt === undefined ? [first] : await hit(how, twice, world, visitor, first, 'nog', 'ook nog')
  await world.pass(3_000)
  second.desk.compose(id(second), 'drie')
  visitor.talk.compose('vier')
  await world.pass(5_000)
  return { world, visitor, expert: second, points: faults.points, hitAt: faults.hitAt, hits: [faults, more].filter(one => one?.hitAt).length }
}

async function hit(how: How, at: number, world: World, visitor: VisitorSide, expert: DeskSide, hers: string, theirs: string): Promise<[DeskSide, Faults]> {
  let release = (): void => {}
  const held = new Promise<void>(done => { release = done })
  const faults = new Faults(at, () => held)
  const unwatch = faults.watch(expert)
  if (expert.desk.state.talks.length > 0) expert.desk.compose(id(expert), hers)
  visitor.talk.compose(theirs)
  await world.pass(1_500)
  unwatch()
  return [faults.hitAt === undefined ? expert : await goOn(how, world, expert, release), faults]
}

/** The two agree; nothing is doubled; what is missing was never kept. */
function agree({ world, visitor, expert, hitAt }: Life, where: string): void {
  const at = `${where}, ${hitAt ?? 'not hit'}`
  expect([at, expert.desk.state.talks[0]?.state, visitor.talk.state.kind]).toEqual([at, 'talking', 'talking'])
  expect([at, heard(expert)]).toEqual([at, said(visitor)])
  expect([at, read(visitor)]).toEqual([at, own(expert)])
  expect([at, new Set(own(expert)).size, own(expert).includes('een'), own(expert).includes('drie')]).toEqual([at, own(expert).length, true, true])
  expect([at, unanswered(visitor, expert)]).toEqual([at, []])
  expect([at, seals.doubled(), seals.reused(world.sentBodies())]).toEqual([at, [], []])
  expect([at, world.server.conversations[0]?.state]).toEqual([at, 'talking'])
}

describe('crypto 11: a desk that is gone in the middle of a commit', () => {
  it('waits in all these places', async () => {
    const whole = await life('reload', Infinity)
    agree(whole, 'whole')
    const kinds = new Set(whole.points)
    for (const what of ['stageUpdate', 'exportState', 'save', 'append commit', 'confirm', 'ack', 'seal', 'append message', 'fetch', 'open'])
      expect([...kinds]).toEqual(expect.arrayContaining([`before ${what}`, `after ${what}`]))
    // The write order: what the commit leads to is kept before the commit leaves.
    const from = whole.points.slice(whole.points.indexOf('after stageUpdate'))
    expect(from.indexOf('after save')).toBeLessThan(from.indexOf('before append commit'))
    expect(from.indexOf('after append commit')).toBeLessThan(from.indexOf('before confirm'))
  })

  // seen failing: `restoredTalk` without its flight; `ownFromLog` without counting; the rule `save` behind `sendFlight`.
  it.each(HOW)('goes on at each of them, by a %s: nothing is lost that was kept, nothing doubled, no key used twice', { timeout: 300_000 }, async how => {
    const { points } = await life(how, Infinity)
    for (let at = 0; at < points.length; at++) {
      seals.end()
      seals = new Seals().begin()
      const one = await life(how, at)
      expect(one.hitAt).toBeDefined()
      agree(one, `${how} at ${at}`)
      // From the first write on, what she had said is kept.
      if (at >= points.indexOf('after save')) expect([at, own(one.expert)]).toEqual([at, ['een', 'twee', 'drie']])
    }
  })

  it.each(HOW)('and again while it goes on, by a %s', { timeout: 300_000 }, async how => {
    const { points } = await life(how, Infinity)
    let again = 0
    for (let at = 0; at < points.length; at += 3) {
      seals.end()
      seals = new Seals().begin()
      const one = await life(how, at, (at * 7) % 23)
      again += Number(one.hits === 2)
      agree(one, `${how} at ${at} and ${(at * 7) % 23}`)
    }
    expect(again).toBeGreaterThan(points.length / 6)
  })
})
