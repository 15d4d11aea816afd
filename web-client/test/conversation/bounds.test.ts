import { beforeAll, describe, expect, it } from 'vitest'
import { random, toBase64Url } from '../../src/crypto/bytes'
import { addNotice, addText, type Lines } from '../../src/conversation/lines'
import { emptyReceiver, members, take, type Receiver } from '../../src/conversation/receiver'
import type { Id } from '../../src/wire/read'
import { organisationOfToday } from '../support/conversation'
import type { Organisation } from '../support/organisation'
import { World, deskLines, texts } from '../support/world'

let organisation: Organisation
beforeAll(async () => {
  organisation = await organisationOfToday()
})

const newId = (): Id => toBase64Url(random(16)) as Id
const say = (receiver: Receiver, counter: number, id = newId()) =>
  take(receiver, 0, { id, counter, kind: 'text', part: { i: 0, n: 1 }, body: new Uint8Array([97]) })

describe('what one side is made to keep has a bound', () => {
  // seen failing: as it was, a line of a million characters was laid out whole.
  it.each([
    ['of 255 parts', 255, 3_968, 0],
    ['of 6 parts', 6, 10, 0],
    ['of 4,001 characters', 2, 2_000.5, 0],
    ['of 4,000 characters', 2, 2_000, 1],
  ])('a line %s', async (_, count, length, heard) => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    const parts = Array.from({ length: count }, (_, i) => new TextEncoder().encode('a'.repeat(i ? Math.floor(length) : Math.ceil(length))))
    const inside = visitor.talk as unknown as { feed(event: object): void }
    inside.feed({ kind: 'talk', event: { kind: 'say', messages: [{ id: newId(), kind: 'text', parts }] } })
    await world.pass(3_000)
    expect(texts(deskLines(expert))).toHaveLength(heard)
    expect(expert.desk.state.talks[0]?.state).toBe(heard ? 'talking' : 'ended')
  })

  // seen failing: `addLine` and `take` without their slice.
  it('1,001 lines, one more than the screen shows, and as many ids of what was heard', () => {
    let lines: Lines = []
    let receiver = members(emptyReceiver, [0], 0)
    for (let i = 0; i < 1_500; i++) {
      lines = i % 3 ? addText(lines, newId(), 'visitor', `${i}`, i) : addNotice(lines, { key: 'expert-lost' }, i)
      const took = say(receiver, i + 1)
      if (took === 'gap') throw new Error('a gap')
      receiver = took.receiver
    }
    expect(lines).toHaveLength(1_001)
    expect(lines[1_000]?.text).toBe('1499')
    expect(new Set(lines.map(({ id }) => id)).size).toBe(1_001)
    expect(receiver.heard.size).toBe(1_001)
    const [last] = [...receiver.heard].slice(-1)
    expect(say(receiver, 1_501, last)).not.toHaveProperty('heard')
  })
})

describe('a word under the id of one of our own lines', () => {
  // seen failing: taken in, as it was: two lines of one name stood on the screen.
  it.each(['visitor', 'expert'] as const)('is a lie: the %s stops', async who => {
    const world = new World(organisation)
    const { visitor, expert } = await world.talking()
    const talk = expert.desk.state.talks[0]?.id
    visitor.talk.compose('van haar')
    expert.desk.compose(talk ?? '', 'van mij')
    await world.pass(2_000)
    const id = deskLines(expert).find(line => (line.from === 'me') === (who === 'expert') && line.text)?.id
    const event = { kind: 'talk', event: { kind: 'say', messages: [{ id, kind: 'text', parts: [new Uint8Array([97])] }] } }
    const liar = (who === 'expert' ? visitor.talk : expert.desk) as unknown as { feed(event: object): void }
    liar.feed(who === 'expert' ? event : { kind: 'in', claim: talk, event })
    await world.pass(2_000)
    if (who === 'visitor') expect(visitor.talk.state).toEqual({ kind: 'refused', why: 'lying' })
    else expect([expert.desk.state.talks[0]?.state, expert.desk.state.problem, texts(deskLines(expert)).length]).toEqual(['ended', 'keys', 2])
  })
})
