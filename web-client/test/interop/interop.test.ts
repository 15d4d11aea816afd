import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { concat, hex, random, type Bytes } from '../../src/crypto/bytes'
import type { Session } from '../../src/crypto/session'
import { decodeAddEnvelope, encodeAddEnvelope } from '../../src/crypto/session/addEnvelope'
import { identity, STAFF, VISITOR } from '../../src/crypto/session/members'
import { mlsExporter, type ClientState } from '../../src/crypto/session/mls'
import { suite } from '../../src/crypto/session/provider'
import { hire, joiningOf, organisationOfToday, payload, startVisitor } from '../support/conversation'
import type { Organisation } from '../support/organisation'
import { missing, Peer } from './peer'

// Wire conformance: what we send is MLS (RFC 9420) and not only something that we understand ourselves.
const why = missing()
if (why) console.log(`NOT RUN: interop with Bouncy Castle's MLS: ${why}`)

describe.skipIf(why)('with Bouncy Castle\'s MLS', () => {
  let peer: Peer
  let organisation: Organisation
  beforeAll(async () => {
    peer = Peer.start()
    organisation = await organisationOfToday()
  })
  afterAll(() => peer.stop())

  const field = async (op: string, member: string, name: string, fields = {}): Promise<Bytes> =>
    (await peer.ask(op, member, fields))[name] as Bytes
  const inside = (session: Session) => (session as unknown as { stored: { state: ClientState } }).stored.state

  async function sameEpoch(session: Session, member: string): Promise<void> {
    const { keySchedule } = inside(session)
    expect(await field('authenticator', member, 'authenticator')).toEqual(keySchedule.epochAuthenticator)
    const ours = await mlsExporter(keySchedule.exporterSecret, 'naast signal', new Uint8Array(0), 16, suite)
    expect(hex(await field('export', member, 'secret', { label: 'naast signal', length: 16 }))).toBe(hex(ours))
  }

  async function talk(session: Session, member: string, leaf: number): Promise<void> {
    for (const [text, size] of [['hoi', 462], ['x'.repeat(700), 1230], ['y'.repeat(3000), 4302]] as const) {
      const [there, back] = [payload(text), payload(`${text} terug`)]
      expect(await field('open', member, 'plain', { message: await session.seal(there) })).toEqual(there)
      expect(await session.open(await field('seal', member, 'message', { plain: back, size }))).toEqual({ kind: 'message', leaf, payload: back })
    }
    await sameEpoch(session, member)
  }

  /** A member of staff whose program is Bouncy Castle. */
  async function hirePeer(member: string, roster = {}) {
    const id = random(16)
    const { keyPackage, signatureKey } = await peer.ask('make', member, { identity: identity(STAFF, id) }) as { keyPackage: Bytes; signatureKey: Bytes }
    return { keyPackage, staff: await hire(organisation, { id, signatureKey }, roster) }
  }

  async function visitorWith(member: string): Promise<Session> {
    const { visitor } = await startVisitor(organisation)
    const { keyPackage, staff } = await hirePeer(member)
    const staged = await visitor.stageAdd(keyPackage, staff.proof)
    await peer.ask('join', member, { welcome: decodeAddEnvelope(staged.envelope).welcome })
    await staged.confirm()
    return visitor
  }

  async function ourUpdate(session: Session, member: string): Promise<void> {
    const staged = await session.stageUpdate()
    await peer.ask('handle', member, { commit: staged.envelope })
    await staged.confirm()
  }

  async function theirUpdate(session: Session, member: string, leaf: number): Promise<void> {
    expect(await session.open(await field('update', member, 'commit'))).toMatchObject({ kind: 'commit', change: 'update', leaf })
    await peer.ask('apply', member)
  }

  test('our visitor takes in its member: join, messages, updates both ways', async () => {
    const visitor = await visitorWith('a')
    await talk(visitor, 'a', 1)
    for (let round = 0; round < 2; round++) {
      await ourUpdate(visitor, 'a')
      await talk(visitor, 'a', 1)
      await theirUpdate(visitor, 'a', 1)
      await talk(visitor, 'a', 1)
    }
  })

  test('our visitor removes its member, who reads no more', async () => {
    const visitor = await visitorWith('b')
    await talk(visitor, 'b', 1)
    const staged = await visitor.stageRemove(1)
    await staged.confirm()
    await expect(peer.ask('handle', 'b', { commit: staged.envelope })).rejects.toThrow()
    await expect(peer.ask('open', 'b', { message: await visitor.seal(payload()) })).rejects.toThrow()
  })

  test('its member and ours together with our visitor: three who read each other', async () => {
    const visitor = await visitorWith('c')
    const ours = await hire(organisation, {}, { version: 2 })
    const joining = await joiningOf(ours)
    const staged = await visitor.stageAdd(joining.keyPackage, ours.proof)
    const sitting = visitor.members()[1]?.statement
    const expert = await joining.join(staged.envelope, sitting ? [sitting] : [])
    await peer.ask('handle', 'c', { commit: decodeAddEnvelope(staged.envelope).commit })
    await staged.confirm()
    const text = payload('met zijn drieën')
    const envelope = await field('seal', 'c', 'message', { plain: text, size: 462 })
    for (const session of [visitor, expert]) expect(await session.open(envelope)).toMatchObject({ leaf: 1, payload: text })
    await talkOfThree(expert, visitor, 'c')
  })

  async function talkOfThree(expert: Session, visitor: Session, member: string): Promise<void> {
    const update = await expert.stageUpdate()
    await peer.ask('handle', member, { commit: update.envelope })
    expect(await visitor.open(update.envelope)).toMatchObject({ leaf: 2, change: 'update' })
    await update.confirm()
    for (const session of [expert, visitor]) await sameEpoch(session, member)
    const removal = await visitor.stageRemove(2)
    await peer.ask('handle', member, { commit: removal.envelope })
    expect(await expert.open(removal.envelope)).toEqual({ kind: 'removed' })
    await removal.confirm()
    await talk(visitor, member, 1)
  }

  // A third sits there, because Bouncy Castle cannot remove the last other member: it looks for a path in a tree of one leaf.
  async function theirGroup(visitor: string, third: string): Promise<Session> {
    await peer.ask('make', visitor, { identity: identity(VISITOR, random(16)) })
    await peer.ask('create', visitor, { groupId: random(16) })
    const { keyPackage, staff } = await hirePeer(third)
    await peer.ask('join', third, { welcome: await field('add', visitor, 'welcome', { keyPackage }) })
    await peer.ask('apply', visitor)
    const joining = await joiningOf(await hire(organisation))
    const { commit, welcome } = await peer.ask('add', visitor, { keyPackage: joining.keyPackage }) as { commit: Bytes; welcome: Bytes }
    await peer.ask('handle', third, { commit })
    await peer.ask('apply', visitor)
    return joining.join(encodeAddEnvelope({ commit, welcome }), [staff.statement])
  }

  test('its visitor takes in our member: join, messages, updates both ways, and a removal', async () => {
    const expert = await theirGroup('d', 'f')
    await talk(expert, 'd', 0)
    const theirs = await field('update', 'd', 'commit')
    expect(await expert.open(theirs)).toMatchObject({ kind: 'commit', change: 'update', leaf: 0 })
    await peer.ask('handle', 'f', { commit: theirs })
    await peer.ask('apply', 'd')
    const ours = await expert.stageUpdate()
    for (const member of ['d', 'f']) await peer.ask('handle', member, { commit: ours.envelope })
    await ours.confirm()
    await talk(expert, 'd', 0)
    await sameEpoch(expert, 'f')
    const removal = await field('remove', 'd', 'commit', { leaf: 2 })
    await peer.ask('handle', 'f', { commit: removal })
    expect(await expert.open(removal)).toEqual({ kind: 'removed' })
  })

  test('each refuses what was changed on the way', async () => {
    const visitor = await visitorWith('e')
    const ours = await visitor.seal(payload())
    ours[ours.length - 1] = (ours[ours.length - 1] as number) ^ 1
    await expect(peer.ask('open', 'e', { message: ours })).rejects.toThrow()
    const theirs = concat(await field('seal', 'e', 'message', { plain: payload(), size: 462 }))
    theirs[theirs.length - 1] = (theirs[theirs.length - 1] as number) ^ 1
    await expect(visitor.open(theirs)).rejects.toMatchObject({ code: 'unreadable' })
    await talk(visitor, 'e', 1)
  })
})
