import { describe, expect, test, vi } from 'vitest'
import { utf8, type Bytes } from '../../../src/crypto/bytes'
import { Session } from '../../../src/crypto/session'
import { suite } from '../../../src/crypto/session/provider'
import { hire, joiningOf, payload, startTalk, startVisitor, organisationOfToday } from '../../support/conversation'

const refused = (promise: Promise<unknown>, code: string) => expect(promise).rejects.toMatchObject({ code })

async function heal(one: Session, other: Session): Promise<void> {
  const staged = await one.stageUpdate()
  await other.open(staged.envelope)
  await staged.confirm()
}

interface State { secretTree: { application: { secret: Uint8Array } }[]; keySchedule: Record<string, Uint8Array>; historicalReceiverData: Map<unknown, unknown> }
const inside = (session: Session) => (session as unknown as { stored: { state: State } }).stored.state

describe('a session from the sealed store', () => {
  // Seen failing: with `mustCommit` cleared at import, the stale copy seals with keys already used.
  test('seals nothing before an own commit, then goes on', async () => {
    const { visitor, expert, trust } = await startTalk()
    await expert.open(await visitor.seal(payload()))
    const copy = await Session.importState(await visitor.exportState(), trust)
    await refused(copy.seal(payload()), 'misuse')
    expect(await copy.open(await expert.seal(payload()))).toMatchObject({ kind: 'message' })
    await refused(copy.seal(payload()), 'misuse')
    await heal(copy, expert)
    const text = payload()
    expect(await expert.open(await copy.seal(text))).toMatchObject({ payload: text })
  })

  test('knows who is in it', async () => {
    const { visitor, trust, staff } = await startTalk()
    const copy = await Session.importState(await visitor.exportState(), trust)
    expect(copy.members()).toEqual([{ leaf: 0 }, { leaf: 1, statement: staff.statement }])
    expect([copy.epoch(), copy.ownLeaf(), copy.groupId]).toEqual([1, 0, visitor.groupId])
  })

  test('is not freed by somebody else\'s commit, nor by one that was dropped', async () => {
    const { visitor, expert } = await startTalk()
    const copy = await Session.importState(await visitor.exportState())
    await heal(expert, copy)
    await refused(copy.seal(payload()), 'misuse')
    await (await copy.stageUpdate()).drop()
    await refused(copy.seal(payload()), 'misuse')
  })

  test('finds its staged commit in the log, and it is in force', async () => {
    const { visitor, expert } = await startTalk()
    const staged = await visitor.stageUpdate()
    const stored = await visitor.exportState()
    await expert.open(staged.envelope)
    const copy = await Session.importState(stored)
    expect(copy.staged()?.hash).toEqual(staged.hash)
    expect(copy.staged()?.envelope).toEqual(staged.envelope)
    expect(await copy.open(staged.envelope)).toEqual({ kind: 'own-commit' })
    expect(copy.epoch()).toBe(2)
    expect(await copy.open(await expert.seal(payload()))).toMatchObject({ kind: 'message' })
    await refused(copy.seal(payload()), 'misuse')
    await heal(copy, expert)
    expect(await expert.open(await copy.seal(payload()))).toMatchObject({ kind: 'message' })
  })

  test('finds another\'s commit instead, and drops its own', async () => {
    const { visitor, expert } = await startTalk()
    await visitor.stageUpdate()
    const copy = await Session.importState(await visitor.exportState())
    const winner = await expert.stageUpdate()
    expect(await copy.open(winner.envelope)).toMatchObject({ kind: 'commit', leaf: 1 })
    expect(copy.staged()).toBeUndefined()
  })

  test('finds its staged add: the expert is in', async () => {
    const organisation = await organisationOfToday()
    const { visitor, trust } = await startVisitor(organisation)
    const staff = await hire(organisation)
    const joining = await joiningOf(staff)
    const staged = await visitor.stageAdd(joining.keyPackage, staff.proof)
    const copy = await Session.importState(await visitor.exportState(), trust)
    const expert = await joining.join(staged.envelope)
    expect(await copy.open(staged.envelope)).toEqual({ kind: 'own-commit' })
    expect(copy.members()).toEqual([{ leaf: 0 }, { leaf: 1, statement: staff.statement }])
    await heal(copy, expert)
    expect(await expert.open(await copy.seal(payload()))).toMatchObject({ kind: 'message' })
  })

  test('does not read what it wrote itself after it was stored', async () => {
    const { visitor } = await startTalk()
    const stored = await visitor.exportState()
    expect(await (await Session.importState(stored)).open(await visitor.seal(payload()))).toEqual({ kind: 'own' })
  })

  test('knows its own commits when the log tells them again', async () => {
    const { visitor, expert } = await startTalk()
    const staged = await visitor.stageUpdate()
    await expert.open(staged.envelope)
    await staged.confirm()
    const copy = await Session.importState(await visitor.exportState())
    expect(await copy.open(staged.envelope)).toEqual({ kind: 'own-commit' })
  })

  test('is refused when a byte is missing, or more follow', async () => {
    const { visitor } = await startTalk()
    const stored = await visitor.exportState()
    const wrong: Bytes[] = [stored.slice(0, -1), new Uint8Array([...stored, 0]), stored.slice(1), utf8('x')]
    for (const bytes of wrong) await refused(Session.importState(bytes), 'malformed')
  })

  test('stays small: 30 updates and 100 messages add nothing that stays', async () => {
    const { visitor, expert } = await startTalk()
    for (let i = 0; i < 5; i++) await heal(i % 2 ? visitor : expert, i % 2 ? expert : visitor)
    const early = (await visitor.exportState()).length
    for (let i = 0; i < 30; i++) await heal(i % 2 ? visitor : expert, i % 2 ? expert : visitor)
    for (let i = 0; i < 100; i++) await visitor.open(await expert.seal(payload()))
    // The hashes of up to sixteen own commits are all that may have come.
    expect((await visitor.exportState()).length).toBeLessThan(early + 16 * 32)
  })
})

describe('what was read cannot be read again', () => {
  // Seen failing: with retainKeysForGenerations 10 in config.ts the skipped ratchet secret opens the later ones.
  test('from a state taken after it, though the server dropped one before', async () => {
    const { visitor, expert } = await startTalk()
    const sealed: Bytes[] = []
    for (let i = 0; i < 4; i++) sealed.push(await visitor.seal(payload()))
    for (const envelope of sealed.slice(1)) await expert.open(envelope)
    const stolen = await expert.exportState()
    for (const envelope of sealed) await refused((await Session.importState(stolen)).open(envelope), 'unreadable')
  })

  // Seen failing: without dropping historicalReceiverData in commit.ts, and in session.ts.
  test('nor from a state of the next epoch', async () => {
    const { visitor, expert } = await startTalk()
    await heal(expert, visitor)
    for (const session of [expert, visitor]) expect(inside(session).historicalReceiverData.size).toBe(0)
  })

  test('and a stolen state is shut out by the next update of the one it was stolen from', async () => {
    const { visitor, expert } = await startTalk()
    const thief = await Session.importState(await expert.exportState())
    const update = await expert.stageUpdate()
    await visitor.open(update.envelope)
    await update.confirm()
    // The thief cannot follow her own leaf's commit, and so has no key for what comes.
    await refused(thief.open(update.envelope), 'unreadable')
    await refused(thief.open(await visitor.seal(payload())), 'stale')
  })
})

test('consumed secrets are overwritten', async () => {
  const { visitor, expert } = await startTalk()
  const before = inside(visitor)
  const own = before.secretTree[0]?.application.secret as Uint8Array
  const schedule = Object.values(before.keySchedule)
  expect(own.some(byte => byte !== 0)).toBe(true)
  await expert.open(await visitor.seal(payload()))
  expect(own.every(byte => byte === 0)).toBe(true)
  await heal(visitor, expert)
  // Seen failing: with `wipe` left out of `become`.
  for (const secret of schedule) expect(secret.every(byte => byte === 0)).toBe(true)
})

test('so is the key of a message, on both sides', async () => {
  const { visitor, expert } = await startTalk()
  const [encrypt, decrypt] = [vi.spyOn(suite.hpke, 'encryptAead'), vi.spyOn(suite.hpke, 'decryptAead')]
  await expert.open(await visitor.seal(payload()))
  // The other keys are the sender data's, made anew for each message from a secret of the epoch. Seen failing: `consumed` left as it is.
  const zeroed = (calls: typeof encrypt.mock.calls) => calls.filter(([key]) => key.every(byte => byte === 0)).length
  expect([zeroed(encrypt.mock.calls), zeroed(decrypt.mock.calls)]).toEqual([1, 1])
  vi.restoreAllMocks()
})
