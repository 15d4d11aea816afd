import { beforeAll, describe, expect, it } from 'vitest'
import { random, toBase64Url, type Bytes } from '../../src/crypto/bytes'
import { Session } from '../../src/crypto/session'
import { Trust } from '../../src/crypto/statement'
import { organisationOfToday } from '../support/conversation'
import type { Organisation } from '../support/organisation'
import { World, deskLines, linesOf, texts, type DeskSide, type VisitorSide } from '../support/world'

let organisation: Organisation
beforeAll(async () => {
  organisation = await organisationOfToday()
})

const MINUTE = 60_000
const id = ({ desk }: DeskSide): string => desk.state.talks[0]?.id ?? ''
const heardBy = (expert: DeskSide): string[] => texts(deskLines(expert).filter(line => line.from === 'visitor'))
const appends = (side: VisitorSide | DeskSide, kind?: string) => side.net.sent.filter(frame => frame.t === 'append' && (kind === undefined || frame['kind'] === kind))
const bodies = (side: VisitorSide | DeskSide, kind?: string): string[] => appends(side, kind).map(frame => toBase64Url(frame['body'] as Bytes))

async function talking(): Promise<{ world: World; visitor: VisitorSide; expert: DeskSide }> {
  const world = new World(organisation)
  const sides = await world.talking()
  await world.pass(1_000)
  return { world, ...sides }
}

describe('crypto 6: order and retry', () => {
  // seen failing: `ready` without `!flight`.
  it('one ciphertext is on its way, however much was said', async () => {
    const { world, visitor, expert } = await talking()
    const before = appends(visitor).length
    visitor.net.tamper = () => []
    for (let i = 0; i < 5; i++) visitor.talk.compose(`${i}`)
    await world.pass(10_000)
    expect(appends(visitor).length).toBe(before + 1)
    visitor.net.tamper = frame => [frame]
    visitor.net.cut()
    await world.pass(3_000)
    expect(heardBy(expert)).toEqual(['0', '1', '2', '3', '4'])
  })

  // seen failing: the flight given up when a line comes up.
  it('lost three times, the last time only its answer: the same bytes under the same id, and no second line', async () => {
    const { world, visitor, expert } = await talking()
    const before = appends(visitor).length
    visitor.talk.compose('een')
    for (let i = 0; i < 3; i++) {
      while (!visitor.net.up.some(text => text.includes('"append"'))) await new Promise(done => setImmediate(done))
      // Twice the server never hears of it, then it has it and its answer is lost.
      if (i === 2) while (visitor.net.up.length > 0) visitor.net.passUp()
      visitor.net.cut()
      visitor.net.connect()
    }
    await world.pass(3_000)
    const tries = appends(visitor).slice(before).filter(frame => frame['kind'] === 'message')
    expect(tries.length).toBeGreaterThan(2)
    expect(new Set(tries.map(frame => `${String(frame['id'])} ${toBase64Url(frame['body'] as Bytes)}`)).size).toBe(1)
    expect(heardBy(expert)).toEqual(['een'])
  })

  // seen failing: `limit` answered like our own mistake, as it was: she was told that the server lies, and all was gone; `later` sealing anew.
  it('as much lies there as the server keeps: the same bytes again, with growing pauses, until somebody has read', async () => {
    const { world, visitor, expert } = await talking()
    const c = world.server.conversations[0] as NonNullable<(typeof world.server.conversations)[0]>
    expert.net.cut()
    c.unacknowledged = 2
    for (let i = 0; i < 3; i++) visitor.talk.compose(`${i}`)
    await world.quiet(false)
    const states = () => linesOf(visitor).filter(line => line.from === 'me').map(line => line.state)
    expect([states(), world.server.refusals.get('limit')]).toEqual([['sent', 'sent', 'sending'], 1])
    const from = appends(visitor).length - 1
    await world.pass(25_000, false)
    expect(states()).toEqual(['sent', 'sent', 'failed'])
    const tries = appends(visitor).slice(from)
    expect(new Set(tries.map(frame => `${String(frame['id'])} ${toBase64Url(frame['body'] as Bytes)}`)).size).toBe(1)
    expect([tries.length > 5, tries.length < 12]).toEqual([true, true])
    await world.pass(10_000)
    expect([heardBy(expert), states()]).toEqual([['0', '1', '2'], ['received', 'received', 'received']])
  })

  it('a stale epoch: the bytes are dropped, the commit is followed, and the same words go once under another envelope', async () => {
    const { world, visitor, expert } = await talking()
    expert.desk.compose(id(expert), 'een')
    await world.pass(1_000)
    world.time.now += 16 * MINUTE
    visitor.net.cut()
    visitor.net.connect()
    await world.quiet(false)
    // Sealed and on its way while the desk's update is taken first.
    visitor.talk.compose('te laat')
    while (visitor.net.up.length === 0) await new Promise(done => setImmediate(done))
    const waiting = visitor.net.up.splice(0)
    expert.desk.compose(id(expert), 'twee')
    await world.quiet(false)
    visitor.net.up.push(...waiting)
    await world.pass(3_000)
    expect(world.server.refusals.get('stale-epoch')).toBe(1)
    expect(heardBy(expert)).toEqual(['te laat'])
    expect(texts(linesOf(visitor))).toEqual(['een', 'te laat', 'twee'])
  })
})

describe('crypto 10: updates', () => {
  // seen failing: UPDATE_AFTER_MESSAGES 49 and 51.
  it.each(['visitor', 'expert'] as const)('the %s renews her leaf after 50 own messages, before the next', async who => {
    const { world, visitor, expert } = await talking()
    const side = who === 'visitor' ? visitor : expert
    const compose = (text: string) => (who === 'visitor' ? visitor.talk.compose(text) : expert.desk.compose(id(expert), text))
    // Her hello was the first.
    for (let i = 0; i < 49; i++) compose(`${i}`)
    await world.pass(2_000)
    expect(appends(side, 'commit')).toEqual([])
    compose('nog een')
    await world.pass(2_000)
    expect(appends(side, 'commit')).toHaveLength(1)
    expect(appends(side).slice(-2).map(frame => frame['kind'])).toEqual(['commit', 'message'])
  })

  // seen failing: UPDATE_AFTER_MS a minute more.
  it('after 15 minutes of own talk, just before the next word; and not for having been silent', async () => {
    const { world, visitor } = await talking()
    await world.pass(14 * MINUTE)
    visitor.talk.compose('een')
    await world.pass(2_000)
    expect(appends(visitor, 'commit')).toEqual([])
    await world.pass(MINUTE)
    expect(appends(visitor, 'commit')).toEqual([])
    visitor.talk.compose('twee')
    await world.pass(2_000)
    expect(appends(visitor, 'commit')).toHaveLength(1)
    expect(appends(visitor).slice(-2).map(frame => frame['kind'])).toEqual(['commit', 'message'])
    await world.pass(30 * MINUTE)
    expect(appends(visitor, 'commit')).toHaveLength(1)
  })
})

describe('crypto 11: commits and restore', () => {
  /** The visitor's next words need an update; what her store held when each commit left. */
  async function updating() {
    const { world, visitor, expert } = await talking()
    visitor.talk.compose('een')
    await world.pass(1_000)
    world.time.now += 16 * MINUTE
    await world.quiet()
    return { world, visitor, expert }
  }

  // seen failing: `staged` without `dirty`.
  it('a commit leaves only when the copy holds it: its pending state, by its hash', async () => {
    const world = new World(organisation)
    const held: (string | undefined)[] = []
    const visitor = world.visitor()
    const ask = visitor.net.ask.bind(visitor.net)
    const checks: Promise<void>[] = []
    visitor.net.ask = frame => {
      if (frame.t === 'append' && frame['kind'] !== 'message') checks.push(kept(visitor, frame['body'] as Bytes).then(same => { held.push(same) }))
      return ask(frame)
    }
    const expert = await world.desk()
    visitor.talk.start('nl')
    await world.quiet()
    expert.desk.claim(1)
    await world.pass(16 * MINUTE)
    visitor.talk.compose('een')
    await world.pass(2_000)
    await Promise.all(checks)
    expect(held).toEqual(['same', 'same'])
  })

  async function kept({ store }: VisitorSide, body: Bytes): Promise<string | undefined> {
    const copy = await store.load()
    const session = copy && await Session.importState(copy.session.slice(), new Trust(organisation.root.publicKey))
    const staged = session?.staged()
    return staged && (toBase64Url(staged.envelope) === toBase64Url(body) ? 'same' : 'another')
  }

  // seen failing: `mayBeThere` answering false; `restoredTalk` without its flight.
  it.each([
    ['before the server had it', 0],
    ['after the server had it, its answer lost', 1],
  ] as const)('a page that is gone %s goes on from its copy: the same commit, then an update, then the words, once', async (_, passed) => {
    const { world, visitor, expert } = await updating()
    const commits = bodies(visitor, 'commit')
    visitor.talk.compose('twee')
    while (!visitor.net.up.some(text => text.includes('"commit"'))) {
      if (visitor.net.up.length > 0) visitor.net.passUp()
      await new Promise(done => setImmediate(done))
    }
    if (passed) visitor.net.passUp()
    const first = bodies(visitor, 'commit').filter(body => !commits.includes(body))
    const again = await world.reload(visitor)
    await world.pass(5_000)
    const [resent, ...healing] = bodies(again, 'commit')
    if (passed) expect([resent, ...healing].filter(body => body === first[0])).toEqual([])
    else expect(resent).toBe(first[0])
    expect(appends(again).map(frame => frame['kind']).filter(kind => kind === 'commit')).toHaveLength(passed ? 1 : 2)
    expect(appends(again).findIndex(frame => frame['kind'] === 'message')).toBeGreaterThan(passed ? 0 : 1)
    expect(heardBy(expert)).toEqual(['een', 'twee'])
    expect(linesOf(again).filter(line => line.from === 'me').map(line => line.state)).toEqual(['received', 'received'])
  })
})

describe('crypto 13: ghosts', () => {
  it('a join that was missed through the expert: she is told, and first in line', async () => {
    const world = new World(organisation)
    const visitor = world.visitor()
    visitor.talk.start('nl')
    const expert = await world.desk()
    await world.quiet()
    expert.net.tamper = frame => (frame.t === 'claimed' || frame.t === 'desk' || frame.t === 'envelope' ? [] : [frame])
    expert.desk.claim(1)
    visitor.talk.compose('wie is daar')
    await world.pass(10_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'joining', alias: 'Noor' })
    await world.pass(51_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'waiting', position: 1, again: 'no-join' })
    const other = await world.desk('Sam')
    other.desk.claim(1)
    await world.pass(2_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'talking', alias: 'Sam' })
    expect(heardBy(other)).toEqual(['wie is daar'])
  })

  // seen failing: with every "none" told as expired
  it('gone for too long while she still waited: nothing is kept of her, and she reads that she was away', async () => {
    const world = new World(organisation)
    const visitor = world.visitor()
    visitor.talk.start('nl')
    await world.quiet()
    expect(visitor.talk.state).toMatchObject({ kind: 'waiting' })
    world.server.visitors.forEach(connection => connection.send({ t: 'view', rev: 0, conversation: null, state: 'none' } as { t: string }))
    await world.quiet()
    expect(visitor.talk.state).toEqual({ kind: 'ended', why: 'gone' })
  })

  it('gone for too long, she is no longer there: said on both screens', async () => {
    const { world, visitor, expert } = await talking()
    visitor.net.cut()
    world.server.conversations.forEach(c => c.end('gone'))
    const entry = world.server.entries.get(expert.net.desk)
    entry?.ended.push({ conversation: world.server.conversations[0]?.id as never, why: 'gone' })
    world.server.changed()
    await world.pass(2_000)
    expect(visitor.talk.state).toMatchObject({ kind: 'ended', why: 'gone' })
    expect(expert.desk.state.talks[0]).toMatchObject({ state: 'ended', visitor: 'gone' })
  })
})

describe('crypto 8: signals', () => {
  // seen failing: a signal sealed as a message.
  it('never move the ratchet: a thousand of them, lost or not, and the next words are read', async () => {
    const { world, visitor, expert } = await talking()
    const before = [bodies(visitor).length, bodies(expert).length]
    for (let i = 0; i < 500; i++) {
      visitor.talk.visible(i % 2 === 0)
      expert.desk.typing(id(expert), true)
      expert.desk.typing(id(expert), false)
      if (i % 50 === 0) await world.quiet()
      if (i % 3 === 0) visitor.net.lose(true)
    }
    await world.quiet()
    expect([bodies(visitor).length, bodies(expert).length]).toEqual(before)
    visitor.talk.compose('en toch')
    await world.pass(2_000)
    expect(heardBy(expert)).toEqual(['en toch'])
  })

  it('forged, replayed or of nobody, say nothing', async () => {
    const { world, visitor, expert } = await talking()
    visitor.talk.visible(false)
    await world.quiet()
    const [signal] = visitor.net.sent.filter(frame => frame.t === 'signal').slice(-1)
    visitor.talk.visible(true)
    await world.quiet()
    expect(expert.desk.state.talks[0]?.visitor).toBe('here')
    const conversation = world.server.conversations[0]?.id
    for (const body of [signal?.['body'] as Bytes, random(81), random(20)]) expert.net.send({ t: 'signal', conversation, body } as never)
    await world.quiet()
    expect(expert.desk.state.talks[0]?.visitor).toBe('here')
  })
})
