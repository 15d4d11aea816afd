import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { settled } from '../support/clock'
import { organisationOfToday } from '../support/conversation'
import { MINUTE, agreeAndGoOn, expertOf, heard, id, own, read, releases, talkOf, type Sides } from '../support/desk'
import { useFastCrypto } from '../support/fast-crypto'
import { FakeVault } from '../support/fake-vault'
import type { Organisation } from '../support/organisation'
import { Seals } from '../support/seals'
import { World, linesOf, notices, type DeskSide } from '../support/world'

let organisation: Organisation
let seals: Seals
beforeAll(async () => {
  useFastCrypto()
  organisation = await organisationOfToday()
})
beforeEach(() => { seals = new Seals().begin() })
afterEach(() => seals.end())
const talking = (): Promise<Sides> => talkOf(organisation)
const goesOn = (sides: Sides, more?: { hers: string; mine: string }): Promise<void> => agreeAndGoOn(sides, seals, more)

describe('crypto 13: a desk that is locked', () => {
  // seen failing: `show` without its lock; `lock` without `awayUntold`.
  it('shows nothing within the call; session, lease and line stay; the visitor reads that she is away; unlocked, it goes on', async () => {
    const { world, visitor, expert } = await talking()
    const locking = expert.desk.lock()
    expect(expert.desk.state).toEqual({ link: 'on', locked: true, available: false, slots: 2, waiting: [], talks: [], calls: [], claiming: [] })
    await world.pass(1_000)
    await locking
    expect([expertOf(visitor), expert.net.connected]).toEqual(['away', true])
    visitor.talk.compose('ben je er')
    await world.pass(5 * MINUTE)
    expect(expertOf(visitor)).toBe('away')
    expect(linesOf(visitor).at(-1)).toMatchObject({ text: 'ben je er', state: 'sent' })
    const sent = expert.net.sent.length
    const unlocking = expert.desk.unlock(new FakeVault(expert.home))
    await world.pass(1_000)
    await unlocking
    expect(expert.desk.state.locked).toBeUndefined()
    expect(expertOf(visitor)).toBe('here')
    expect(heard(expert)).toEqual(['van mij', 'ben je er'])
    expect(expert.net.sent.slice(sent).filter(frame => frame.t === 'append').map(frame => frame['kind'])).toEqual(['commit', 'message'])
    expect(notices(linesOf(visitor)).slice(-2)).toEqual(['expert-away', 'expert-back'])
    await goesOn({ world, visitor, expert })
  })

  it('what she had just said is kept and goes when she is back, also where the line was away', async () => {
    const { world, visitor, expert } = await talking()
    expert.net.cut()
    expert.desk.compose(id(expert), 'nog gauw')
    const locking = expert.desk.lock()
    await world.quiet(false)
    await locking
    const unlocking = expert.desk.unlock(new FakeVault(expert.home))
    await world.pass(2_000)
    await unlocking
    expect(read(visitor)).toEqual(['van haar', 'nog gauw'])
    await goesOn({ world, visitor, expert })
  })

  it('a vault that does not answer holds the lock up for two seconds and no longer', async () => {
    const { world, expert } = await talking()
    expert.vault.gate = (what, work) => (what === 'save' ? new Promise(() => {}) : work())
    expert.desk.compose(id(expert), 'blijft liggen')
    let done = false
    void expert.desk.lock().then(() => { done = true })
    await world.pass(1_900)
    expect(done).toBe(false)
    await world.pass(200)
    expect([done, (expert.desk as unknown as { opened?: object }).opened]).toEqual([true, undefined])
  })

  it('after a lost line it says again that she is away', async () => {
    const { world, visitor, expert } = await talking()
    const locking = expert.desk.lock()
    await world.pass(1_000)
    await locking
    expert.net.cut()
    await world.pass(1_000)
    expect(expertOf(visitor)).toBe('away')
  })

  it('ten minutes: she has vanished, and the desk that is unlocked after it knows', async () => {
    const { world, visitor, expert } = await talking()
    const locking = expert.desk.lock()
    await world.pass(1_000)
    await locking
    await world.pass(10 * MINUTE)
    expect(visitor.talk.state).toMatchObject({ kind: 'waiting', again: 'vanished' })
    const unlocking = expert.desk.unlock(new FakeVault(expert.home))
    await world.pass(2_000)
    await unlocking
    expect(expert.desk.state.talks[0]).toMatchObject({ state: 'ended' })
    expert.desk.claim(1)
    await world.pass(3_000)
    expect(visitor.talk.state.kind).toBe('talking')
    expert.desk.compose(id(expert), 'daar ben ik weer')
    await world.pass(2_000)
    expect(read(visitor).at(-1)).toBe('daar ben ik weer')
  })

  // seen failing: `lock` without what is to be given back; `took` the same.
  it('whom she had claimed and not joined is given back at once, before and after the answer', async () => {
    for (const answered of [true, false]) {
      const world = new World(organisation)
      const [expert, visitor] = [await world.desk(), world.visitor()]
      visitor.talk.start('nl')
      await world.quiet()
      visitor.net.cut()
      expert.desk.claim(1)
      await settled()
      if (answered) await world.quiet(false)
      const locking = expert.desk.lock()
      await world.quiet(false)
      await locking
      expect([answered, releases(expert).length, world.server.conversations[0]?.state]).toEqual([answered, 1, 'waiting'])
    }
  })

  // seen failing: `restoredTalk` without saying again what it has read: she was never in; a restored desk that commits before it is in.
  it('locked before the server had heard that she is in: it hears so after it, and no commit goes before that', async () => {
    const world = new World(organisation)
    const [expert, visitor] = [await world.desk(), world.visitor()]
    visitor.talk.start('nl')
    await world.quiet()
    const { ask } = expert.net
    expert.net.ask = frame => (frame.t === 'ack' || frame.t === 'append' ? new Promise(() => {}) : ask.call(expert.net, frame))
    expert.desk.claim(1)
    await world.pass(1_000)
    // Kept once more after it was said.
    expert.desk.compose(id(expert), 'welkom')
    await world.pass(1_000)
    const locking = expert.desk.lock()
    await world.pass(1_000)
    await locking
    expect(world.server.conversations[0]?.state).toBe('joining')
    // What says that she is in is lost for a while more.
    expert.net.ask = frame => (frame.t === 'ack' ? Promise.resolve(undefined) : ask.call(expert.net, frame))
    const unlocking = expert.desk.unlock(new FakeVault(expert.home))
    await world.pass(2_500)
    await unlocking
    expert.net.ask = ask
    await world.pass(3_000)
    expect([visitor.talk.state.kind, world.server.refusals.get('not-now')]).toEqual(['talking', undefined])
    await goesOn({ world, visitor, expert })
  })

  it('takes nobody and says nothing, whatever is tapped', async () => {
    const { world, expert } = await talking()
    const talk = id(expert)
    const locking = expert.desk.lock()
    await world.pass(1_000)
    await locking
    const before = expert.net.sent.length
    expert.desk.claim(2)
    expect(expert.desk.compose(talk, 'nee')).toBe(false)
    expert.desk.phrase(talk, 'limits')
    expert.desk.typing(talk, true)
    await world.pass(30_000)
    expect(expert.net.sent.slice(before)).toEqual([])
  })

  it('locked twice, unlocked twice: once each', async () => {
    const { world, visitor, expert } = await talking()
    const both = Promise.all([expert.desk.lock(), expert.desk.lock()])
    await world.pass(1_000)
    await both
    const vault = new FakeVault(expert.home)
    const opened = Promise.all([expert.desk.unlock(vault), expert.desk.unlock(vault)])
    await world.pass(1_000)
    await opened
    expect(expert.desk.state.talks).toHaveLength(1)
    await goesOn({ world, visitor, expert })
  })

  it('a newer desk takes the lease of a locked one', async () => {
    const { world, visitor, expert } = await talking()
    const locking = expert.desk.lock()
    await world.pass(1_000)
    await locking
    const second = await world.desk(expert.alias, expert.home)
    await world.pass(2_000)
    expect([expert.desk.state.link, expertOf(visitor)]).toEqual(['lease-lost', 'here'])
    await goesOn({ world, visitor, expert: second })
  })
})

/** Everything that can be reached from here over fields, entries and elements; closures cannot be looked into. */
function walk(from: unknown, pass: ReadonlySet<unknown>, look: (value: unknown, path: string) => void): void {
  const seen = new Set<unknown>(pass)
  const rest: [unknown, string][] = [[from, 'desk']]
  for (let next = rest.pop(); next; next = rest.pop()) {
    const [value, path] = next
    look(value, path)
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue
    seen.add(value)
    if (value instanceof Uint8Array) continue
    if (value instanceof Map) for (const [key, entry] of value) rest.push([key, `${path}.key`], [entry, `${path}.entry`])
    if (value instanceof Set) for (const entry of value) rest.push([entry, `${path}.entry`])
    for (const key of Reflect.ownKeys(value)) {
      const field = Object.getOwnPropertyDescriptor(value, key)
      if (field && 'value' in field) rest.push([field.value, `${path}.${String(key)}`])
    }
  }
}

describe('Done when 4: a locked desk', () => {
  const CANARY = 'KANARIE'
  /** Where a word, a key, or anything of it can still be reached. */
  function found({ desk, net, vault }: DeskSide, world: World, secrets: readonly Uint8Array[]): string[] {
    const places: string[] = []
    const [words, coded] = [Buffer.from(CANARY), Buffer.from(CANARY).toString('base64url').slice(0, 8)]
    // What stands in for the server and the page around it.
    walk(desk, new Set<unknown>([net, vault, world, world.server, world.time]), (value, path) => {
      if (typeof value === 'string' && (value.includes(CANARY) || value.includes(coded))) places.push(path)
      if (value instanceof Uint8Array && (Buffer.from(value).includes(words) || (secrets.includes(value) && value.some(byte => byte !== 0)))) places.push(path)
    })
    return places
  }

  // seen failing: `locked` leaving its conversations; `forgetAll` leaving its sessions.
  it('holds no word and no key anywhere in its objects', async () => {
    const { world, visitor, expert } = await talking()
    visitor.talk.compose(`van mij ${CANARY}`)
    expert.desk.compose(id(expert), `van haar ${CANARY}`)
    await world.pass(2_000)
    expert.net.cut()
    expert.desk.compose(id(expert), `nog onderweg ${CANARY}`)
    await settled()
    const secrets: Uint8Array[] = []
    walk((expert.desk as unknown as { opened: object }).opened, new Set(), value => { if (value instanceof Uint8Array && value.length !== 65 && value.length !== 16) secrets.push(value) })
    walk((expert.desk as unknown as { talks: object }).talks, new Set([expert.net, expert.vault, world]), (value, path) => { if (value instanceof Uint8Array && /keySchedule|secretTree|privatePath|signaturePrivateKey/.test(path)) secrets.push(value) })
    expect(secrets.length).toBeGreaterThan(15)
    expect(found(expert, world, secrets).length).toBeGreaterThan(10)
    const locking = expert.desk.lock()
    await world.pass(3_000)
    await locking
    expect(found(expert, world, secrets)).toEqual([])
    expect(secrets.filter(secret => secret.some(byte => byte !== 0))).toEqual([])
    const unlocking = expert.desk.unlock(new FakeVault(expert.home))
    await world.pass(2_000)
    await unlocking
    expect(own(expert)).toContain(`nog onderweg ${CANARY}`)
  })
})

