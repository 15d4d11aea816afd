import { beforeAll, describe, expect, it } from 'vitest'
import { organisationOfToday } from '../support/conversation'
import type { Organisation } from '../support/organisation'
import { World, deskLines, linesOf, notices, texts, type DeskSide, type VisitorSide } from '../support/world'

let organisation: Organisation
beforeAll(async () => {
  organisation = await organisationOfToday()
})

const SECRET = 'ga morgen om twee uur naar de achterdeur'

/** A visitor who never got the expert's last words, and whose conversation the server then called ended. */
async function cutOff(joined: boolean): Promise<{ world: World; expert: DeskSide; conversation: string }> {
  const world = new World(organisation)
  const expert = await world.desk()
  const visitor = world.visitor()
  visitor.talk.start('nl')
  await world.quiet()
  if (!joined) expert.net.tamper = frame => (frame.t === 'envelope' || frame.t === 'envelopes' ? [] : [frame])
  expert.desk.claim(1)
  await world.pass(1_000)
  visitor.net.cut()
  visitor.net.closed = true
  expert.desk.compose(expert.desk.state.talks[0]?.id ?? '', SECRET)
  await world.pass(2_000)
  const [c] = world.server.conversations
  world.server.entries.get(expert.net.desk)?.ended.push({ conversation: c?.id as never, why: 'gone' })
  c?.end('gone')
  world.server.changed()
  await world.quiet()
  expert.net.tamper = frame => [frame]
  return { world, expert, conversation: c?.id ?? '' }
}

/** The server, or whoever it likes, as a visitor: a group of its own under the old id. */
async function playVisitor(world: World, expert: DeskSide, conversation: string): Promise<VisitorSide> {
  world.server.conversations.splice(0)
  const impostor = world.visitor()
  const inside = impostor.talk as unknown as { feed(event: object): void }
  inside.feed({ kind: 'start', language: 'nl', conversation })
  await world.quiet()
  expert.desk.claim(1)
  await world.pass(3_000)
  return impostor
}

describe('a server that plays the visitor of a conversation that stands at the desk', () => {
  // seen failing: `resumed` without the visitor's key, as it was: the impostor read the words and the desk went on.
  it('is refused by its key: it gets no word that was meant for her', async () => {
    const { world, expert, conversation } = await cutOff(true)
    const impostor = await playVisitor(world, expert, conversation)
    expect(texts(linesOf(impostor))).not.toContain(SECRET)
    expect(expert.desk.state.talks[0]?.state).toBe('ended')
    expect(expert.desk.state.problem).toBe('keys')
    expect(notices(deskLines(expert))).not.toContain('new-group')
  })

  // seen failing: the queue carried over without a key to tell her by.
  it('finds nothing at a desk that never met her', async () => {
    const { world, expert, conversation } = await cutOff(false)
    const stranger = await playVisitor(world, expert, conversation)
    expect(texts(linesOf(stranger))).toEqual([])
    expect(texts(deskLines(expert))).toEqual([])
  })
})
