import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Bytes } from '../../src/crypto/bytes'
import { settled } from '../support/clock'
import { organisationOfToday } from '../support/conversation'
import { HOUR, MINUTE, agreeAndGoOn, commits, expertOf, heard, id, own, read, releases, talkOf, type Sides } from '../support/desk'
import { useFastCrypto } from '../support/fast-crypto'
import { VaultError } from '../../src/conversation/desk-vault'
import { FakeVault } from '../support/fake-vault'
import type { Organisation } from '../support/organisation'
import { Seals } from '../support/seals'
import { World, deskLines, linesOf, notices, texts } from '../support/world'

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

describe('crypto 11: a desk goes on from its vault', () => {
  // seen failing: `healsAtOnce` never.
  it('reloaded: with the same papers and every line, an update first, and nobody is told anything', async () => {
    const { world, visitor, expert } = await talking()
    // That her line was away for that moment is what a visitor reads of any line.
    const told = () => notices(linesOf(visitor)).filter(key => key !== 'expert-lost' && key !== 'expert-back')
    const before = [deskLines(expert), world.lastStatement.id, told()]
    const again = await world.reloadDesk(expert)
    await world.pass(2_000)
    expect([deskLines(again), world.lastStatement.id, told()]).toEqual(before)
    expect(again.desk.state.talks[0]).toMatchObject({ state: 'talking', safety: { limitsShown: true } })
    expect([commits(again), releases(again)]).toEqual([1, []])
    await goesOn({ world, visitor, expert: again })
  })

  it('in a second browser: the lease moves, the first one wipes and stops, the talk is not given back', async () => {
    const { world, visitor, expert } = await talking()
    const second = await world.desk(expert.alias, expert.home)
    await world.pass(2_000)
    expect([expert.desk.state.link, expert.desk.state.talks, expert.net.closed]).toEqual(['lease-lost', [], true])
    expect(expertOf(visitor)).toBe('here')
    await goesOn({ world, visitor, expert: second })
    // And home again.
    const third = await world.desk(expert.alias, expert.home)
    await world.pass(2_000)
    expect(second.desk.state.link).toBe('lease-lost')
    await goesOn({ world, visitor, expert: third }, { hers: 'hier weer', mine: 'goed' })
  })

  // seen failing: `take` without its write: the newer desk was the one that wiped.
  it('in a second browser, before the first has heard of it: what that one still writes is in vain, or is read', async () => {
    const { world, visitor, expert } = await talking()
    const vault = new FakeVault(expert.home)
    // Faster than the newer one, which has read and not yet written.
    vault.gate = async (what, work) => {
      const result = await work()
      if (what === 'talks' && !expert.home.texts().includes('nog net')) {
        expert.desk.compose(id(expert), 'nog net')
        await settled()
      }
      return result
    }
    const second = await world.desk(expert.alias, expert.home, vault)
    for (let i = 0; i < 20; i++) {
      await settled()
      second.net.passUp()
      second.net.passDown()
    }
    expect([expert.desk.state.link, own(second)]).toEqual(['on', ['van haar', 'nog net']])
    expert.desk.compose(id(expert), 'te laat')
    await settled()
    expect([expert.desk.state.link, second.desk.state.link]).toEqual(['lease-lost', 'on'])
    await world.pass(2_000)
    await goesOn({ world, visitor, expert: second })
  })

  it('what was said meanwhile is there, and what she had composed goes', async () => {
    const { world, visitor, expert } = await talking()
    expert.net.cut()
    expert.desk.compose(id(expert), 'nog niet weg')
    await world.quiet(false)
    visitor.talk.compose('ben je er')
    const again = await world.reloadDesk(expert)
    await world.pass(3_000)
    expect([heard(again), own(again), read(visitor)]).toEqual([['van mij', 'ben je er'], ['van haar', 'nog niet weg'], ['van haar', 'nog niet weg']])
    await goesOn({ world, visitor, expert: again })
  })

  it('two conversations, each in its slot', async () => {
    const { world, visitor, expert } = await talking()
    const other = world.visitor()
    other.talk.start('nl')
    await world.quiet()
    expert.desk.claim(2)
    await world.pass(1_000)
    other.talk.compose('de ander')
    await world.pass(2_000)
    const again = await world.reloadDesk(expert)
    await world.pass(2_000)
    expect(again.desk.state.talks.map(talk => [talk.slot, talk.state, texts(talk.lines)])).toEqual([[1, 'talking', ['van haar', 'van mij']], [2, 'talking', ['de ander']]])
    await goesOn({ world, visitor, expert: again })
  })

  // seen failing: `restore` without greeting whom she had not greeted.
  it('gone right after she had joined: her first word is still said', async () => {
    const world = new World(organisation)
    const [expert, visitor] = [await world.desk(), world.visitor()]
    visitor.talk.start('nl')
    await world.quiet()
    expert.vault.gate = async (what, work) => {
      const result = await work()
      return what === 'save' ? new Promise(() => {}) : result
    }
    expert.desk.claim(1)
    await world.pass(2_000)
    expect(expert.home.puts.length).toBe(1)
    const c = world.server.conversations[0]
    // As it is when the answer to her "I am in" is what got lost.
    c?.ack('expert', c.claim?.addSeq ?? 0)
    const again = await world.reloadDesk(expert)
    await world.pass(3_000)
    expect(visitor.talk.state.kind).toBe('talking')
    await goesOn({ world, visitor, expert: again })
  })

  // seen failing: `giveStrays` doing nothing.
  it('what the server says is hers and the vault does not know is given back, and only that', async () => {
    const { world, visitor, expert } = await talking()
    expert.home.items.clear()
    const again = await world.reloadDesk(expert)
    await world.pass(2_000)
    expect(releases(again)).toHaveLength(1)
    expect([again.desk.state.talks, visitor.talk.state]).toMatchObject([[], { kind: 'waiting', again: 'released' }])
    again.desk.claim(1)
    await world.pass(3_000)
    expect(visitor.talk.state.kind).toBe('talking')
    expect(releases(again)).toHaveLength(1)
  })

  it('what was given back while she was gone is over: its words stay to be read, its keys are nowhere', async () => {
    const { world, visitor, expert } = await talking()
    expert.net.cut()
    expert.net.closed = true
    await world.pass(40_000)
    expect(visitor.talk.state.kind).toBe('waiting')
    const again = await world.reloadDesk(expert)
    await world.pass(1_000)
    expect(again.desk.state.talks[0]).toMatchObject({ state: 'ended' })
    expect(heard(again)).toEqual(['van mij'])
    expect(releases(again)).toEqual([])
    expect(again.home.puts.at(-1)?.state.slice(0, 5)).toEqual(Uint8Array.of(1, 0, 0, 0, 0))
  })

  it('a copy that is damaged, or of a version this page does not know, is not gone on with', async () => {
    const { world, visitor, expert } = await talking()
    for (const item of expert.home.items.values()) item.state[0] = 9
    const again = await world.reloadDesk(expert)
    await world.pass(2_000)
    expect([again.desk.state.talks, visitor.talk.state]).toMatchObject([[], { kind: 'waiting', again: 'released' }])
  })

  it('the vault that cannot be reached is asked until it can', async () => {
    const { world, visitor, expert } = await talking()
    const vault = new FakeVault(expert.home)
    let away = true
    vault.gate = (what, work) => (away && what === 'talks' ? Promise.reject(new Error('unreachable')) : work())
    expert.net.cut()
    expert.net.closed = true
    const again = await world.desk(expert.alias, expert.home, vault)
    await world.pass(5_000)
    expect([again.desk.state.link, again.desk.state.talks, releases(again)]).toEqual(['connecting', [], []])
    away = false
    await world.pass(9_000)
    await goesOn({ world, visitor, expert: again })
  })
})

describe('what lies in the vault', () => {
  // seen failing: `save` writing every line anew.
  it('a small state and each line once, whatever was said', async () => {
    const { world, visitor, expert } = await talking()
    for (let i = 0; i < 20; i++) {
      expert.desk.compose(id(expert), `hers ${i} ${'x'.repeat(1_000)}`)
      visitor.talk.compose(`mine ${i} ${'y'.repeat(1_000)}`)
      await world.pass(1_000)
    }
    const { puts } = expert.home
    expect(Math.max(...puts.map(put => put.state.length))).toBeLessThanOrEqual(16_384)
    const ids = puts.flatMap(put => put.lines).map(line => (JSON.parse(new TextDecoder().decode(line.slice(1))) as { id: string }).id)
    expect(ids.length).toBe(new Set(ids).size)
    for (const { state } of puts) expect(Buffer.from(state).includes(Buffer.from('x'.repeat(1_000)).toString('base64url').slice(0, 100))).toBe(false)
    const again = await world.reloadDesk(expert)
    await world.pass(2_000)
    expect([own(again).length, heard(again).length]).toEqual([21, 21])
  })

  it('dismissed: dropped at once', async () => {
    const { world, expert } = await talking()
    const talk = id(expert)
    expert.desk.close(talk)
    await world.pass(2_000)
    expect([expert.desk.state.talks[0]?.state, expert.home.items.size]).toEqual(['ended', 1])
    expert.desk.forget(talk)
    await world.quiet()
    expect(expert.home.items.size).toBe(0)
  })

  // seen failing: `endOf` without its last write.
  it('ended: no key is left there, the words are for a day, and then nothing is', async () => {
    const { world, visitor, expert } = await talking()
    visitor.talk.compose('dag')
    await world.pass(1_000)
    visitor.talk.leave()
    await world.pass(2_000)
    expect(expert.home.puts.at(-1)?.state.slice(0, 5)).toEqual(Uint8Array.of(1, 0, 0, 0, 0))
    const again = await world.reloadDesk(expert)
    await world.pass(1_000)
    expect([again.desk.state.talks[0]?.state, heard(again)]).toEqual(['ended', ['van mij', 'dag']])
    world.time.now += 24 * HOUR
    await world.pass(1_000)
    expect([again.desk.state.talks, again.home.items.size]).toEqual([[], 0])
  })

  it('ended a day ago: dropped when the desk opens', async () => {
    const { world, expert } = await talking()
    expert.desk.close(id(expert))
    await world.pass(2_000)
    expert.net.cut()
    expert.net.closed = true
    expert.vault.dead = true
    world.time.now += 25 * HOUR
    const again = await world.desk(expert.alias, expert.home)
    await world.pass(1_000)
    expect([again.desk.state.talks, again.home.items.size]).toEqual([[], 0])
  })

  it('a talk in which nothing happens is written again after six hours', async () => {
    const { world, expert } = await talking()
    const before = expert.home.puts.length
    await world.pass(HOUR)
    expect(expert.home.puts.length).toBe(before)
    await world.pass(5 * HOUR)
    expect(expert.home.puts.length).toBe(before + 1)
  })

  it('what is not said over the line is kept as well: that she left quickly blocks a reloaded desk too', async () => {
    const { world, visitor, expert } = await talking()
    const { server } = world
    const { fromVisitor } = server
    server.fromVisitor = (capability, frame) => {
      if (frame.t !== 'leave') return fromVisitor.call(server, capability, frame)
      return 'signal' in frame ? fromVisitor.call(server, capability, { t: 'signal', n: frame.n, conversation: frame.conversation, body: frame.signal }) : undefined
    }
    visitor.talk.exit()
    await world.pass(1_000)
    const again = await world.reloadDesk(expert)
    await world.pass(1_000)
    expect(again.desk.state.talks[0]).toMatchObject({ visitor: 'left-quickly' })
    expect(again.desk.state.talks[0]?.blockedUntil).toBe(expert.desk.state.talks[0]?.blockedUntil)
    expect(again.desk.compose(id(again), 'ben je er nog')).toBe(false)
  })
})

describe('a write whose answer is lost', () => {
  it.each([['on the way there', { there: 3, back: 0 }], ['on the way back', { there: 0, back: 3 }], ['either way', { there: 2, back: 2 }]])('%s: it waits, and goes on', async (_, losses) => {
    const { world, visitor, expert } = await talking()
    Object.assign(expert.vault.losses, losses)
    expert.desk.compose(id(expert), 'twee')
    await world.pass(10_000)
    expect(expert.vault.losses).toEqual({ there: 0, back: 0 })
    await goesOn({ world, visitor, expert })
    await goesOn({ world, visitor, expert: await world.reloadDesk(expert).then(async again => { await world.pass(2_000); return again }) }, { hers: 'na het herladen', mine: 'ja' })
  })

  // seen failing: `save` of run-talk.ts resolving at once.
  it('and until it is there nothing leaves: no line, no commit, no "I need it no more"', async () => {
    const { world, visitor, expert } = await talking()
    world.time.now += 16 * MINUTE
    await world.quiet()
    expert.vault.gate = (what, work) => (what === 'save' ? new Promise(() => {}) : work())
    const before = expert.net.sent.length
    expert.desk.compose(id(expert), 'twee')
    visitor.talk.compose('drie')
    await world.pass(20_000)
    expect(expert.net.sent.slice(before).filter(frame => frame.t === 'append' || frame.t === 'ack')).toEqual([])
  })

  // seen failing: `says(true)` left out in `insist`; `says(false)` left out after it went.
  it('a vault that takes no more is told, the conversation can still be given back, and it is told no more when it takes again', async () => {
    const { world, visitor, expert } = await talking()
    expert.vault.gate = (what, work) => (what === 'save' ? Promise.reject(new VaultError('full')) : work())
    visitor.talk.compose('hallo')
    await world.pass(5_000)
    expect(expert.desk.state).toMatchObject({ full: true, talks: [{ state: 'talking' }] })
    expert.desk.release(expert.desk.state.talks[0]?.id ?? '')
    await world.pass(5_000)
    expect(visitor.talk.state.kind).toBe('waiting')
    expert.vault.gate = (_, work) => work()
    await world.pass(10_000)
    expect(expert.desk.state.full).toBeUndefined()
  })

  // seen failing: with one chain for all that is written: the second visitor's line was never received.
  it('one conversation that the vault takes no more of holds up no other', async () => {
    const { world, visitor, expert } = await talking()
    const first = expert.desk.state.talks[0]?.id
    const other = world.visitor()
    other.talk.start('nl')
    await world.quiet()
    expert.desk.claim(2)
    await world.pass(1_000)
    const save = expert.vault.save.bind(expert.vault)
    expert.vault.save = (claim, state, lines) => (claim === first ? Promise.reject(new VaultError('full')) : save(claim, state, lines))
    visitor.talk.compose('een')
    other.talk.compose('twee')
    await world.pass(20_000)
    expect(linesOf(other).filter(line => line.from === 'me').at(-1)?.state).toBe('received')
    expect(expert.desk.state.full).toBe(true)
  })

  // seen failing: `insist` taking `lost` for unreachable.
  it('another desk wrote: wiped and stopped, and not a word more', async () => {
    const { world, visitor, expert } = await talking()
    const keys = (expert.desk as unknown as { opened: { identity: { signatureKey: { signKey: Bytes } } } }).opened.identity.signatureKey.signKey
    for (const item of expert.home.items.values()) item.version++
    const before = expert.net.sent.length
    expert.desk.compose(id(expert), 'te laat')
    await world.pass(2_000)
    expect(expert.desk.state).toMatchObject({ link: 'lease-lost', talks: [] })
    expect(keys.every(byte => byte === 0)).toBe(true)
    expect([expert.net.closed, expert.net.sent.slice(before).filter(frame => frame.t === 'append')]).toEqual([true, []])
    await goesOn({ world, visitor, expert: await world.reloadDesk(expert).then(async again => { await world.pass(2_000); return again }) })
  })
})

