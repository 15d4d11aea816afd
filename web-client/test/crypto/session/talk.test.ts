import { describe, expect, test } from 'vitest'
import { random, sha256, utf8 } from '../../../src/crypto/bytes'
import { Session, type Staged } from '../../../src/crypto/session'
import { flipped } from '../../support/organisation'
import { hire, joiningOf, payload, startTalk, startVisitor } from '../../support/conversation'

const refused = (promise: Promise<unknown>, code: string) => expect(promise).rejects.toMatchObject({ code })

async function commitBy(one: Session, other: Session, stage: () => Promise<Staged> = () => one.stageUpdate()): Promise<void> {
  const staged = await stage()
  await other.open(staged.envelope)
  await staged.confirm()
}

describe('a visitor and an expert', () => {
  test('read each other', async () => {
    const { visitor, expert } = await startTalk()
    const [there, back] = [payload('hoi'), payload('dag')]
    expect(await expert.open(await visitor.seal(there))).toEqual({ kind: 'message', leaf: 0, payload: there })
    expect(await visitor.open(await expert.seal(back))).toEqual({ kind: 'message', leaf: 1, payload: back })
  })

  test('know each other: the expert by her statement, the visitor by nothing', async () => {
    const { visitor, expert, staff } = await startTalk()
    expect(visitor.members()).toEqual([{ leaf: 0 }, { leaf: 1, statement: staff.statement }])
    expect(expert.members().map(member => member.leaf)).toEqual([0, 1])
    expect([visitor.ownLeaf(), expert.ownLeaf(), visitor.epoch(), expert.epoch()]).toEqual([0, 1, 1, 1])
    expect(expert.groupId).toEqual(visitor.groupId)
  })

  test('go on through updates of both, many sends at once in order', async () => {
    const { visitor, expert } = await startTalk()
    for (let round = 0; round < 3; round++) {
      await commitBy(visitor, expert)
      await commitBy(expert, visitor)
      const texts = Array.from({ length: 5 }, (_, i) => payload(`${round}.${i}`))
      const sealed = await Promise.all(texts.map(text => visitor.seal(text)))
      for (const [i, envelope] of sealed.entries()) expect(await expert.open(envelope)).toMatchObject({ payload: texts[i] })
    }
    expect(visitor.epoch()).toBe(7)
  })

  test('are joined by a third, whom the sitting expert believes', async () => {
    const { visitor, expert, organisation } = await startTalk()
    const third = await hire(organisation, { alias: 'Sam' }, { version: 2 })
    const joining = await joiningOf(third)
    const staged = await visitor.stageAdd(joining.keyPackage, third.proof)
    expert.vouch(third.statement)
    expect(await expert.open(staged.envelope)).toMatchObject({ kind: 'commit', change: 'add', leaf: 0 })
    const newcomer = await joining.join(staged.envelope, [await expertStatement(visitor)])
    await staged.confirm()
    const text = payload()
    const envelope = await newcomer.seal(text)
    expect(await visitor.open(envelope)).toMatchObject({ leaf: 2, payload: text })
    expect(await expert.open(envelope)).toMatchObject({ leaf: 2, payload: text })
  })
})

const expertStatement = async (visitor: Session) => {
  const statement = visitor.members()[1]?.statement
  if (!statement) throw new Error('no expert')
  return statement
}

describe('a removed member', () => {
  test('is told, and neither reads nor writes any more', async () => {
    const { visitor, expert } = await startTalk()
    const staged = await visitor.stageRemove(1)
    const before = await expert.exportState()
    expect(await expert.open(staged.envelope)).toEqual({ kind: 'removed' })
    await staged.confirm()
    const envelope = await visitor.seal(payload())
    await refused(expert.open(envelope), 'misuse')
    await refused(expert.seal(payload()), 'misuse')
    // Nor does a copy of her state that never saw the removal, nor one that an attacker lets follow it.
    await refused((await Session.importState(before)).open(envelope), 'stale')
    expect(visitor.members()).toEqual([{ leaf: 0 }])
  })
})

describe('two commits in one epoch', () => {
  test('the first in the log wins, the other is dropped, both go on together', async () => {
    const { visitor, expert } = await startTalk()
    const [hers, mine] = [await expert.stageUpdate(), await visitor.stageUpdate()]
    expect(await visitor.open(hers.envelope)).toMatchObject({ kind: 'commit', leaf: 1, change: 'update' })
    expect(await expert.open(hers.envelope)).toEqual({ kind: 'own-commit' })
    expect(visitor.staged()).toBeUndefined()
    await refused(mine.confirm(), 'stale')
    await refused(expert.open(mine.envelope), 'stale')
    const text = payload()
    expect(await visitor.open(await expert.seal(text))).toMatchObject({ payload: text })
  })

  test('the echo of an own commit confirms it, and does nothing the second time', async () => {
    const { visitor, expert } = await startTalk()
    const staged = await visitor.stageUpdate()
    expect(staged.hash).toEqual(await sha256(staged.envelope))
    expect(await visitor.open(staged.envelope)).toEqual({ kind: 'own-commit' })
    await staged.confirm()
    expect(await visitor.open(staged.envelope)).toEqual({ kind: 'own-commit' })
    expect(visitor.epoch()).toBe(2)
    await expert.open(staged.envelope)
    expect(await expert.open(await visitor.seal(payload()))).toMatchObject({ kind: 'message' })
  })

  test('a refused commit is dropped, and the talk goes on in the same epoch', async () => {
    const { visitor, expert } = await startTalk()
    await (await visitor.stageUpdate()).drop()
    expect(await expert.open(await visitor.seal(payload()))).toMatchObject({ kind: 'message' })
    await commitBy(visitor, expert)
    expect(await visitor.open(await expert.seal(payload()))).toMatchObject({ kind: 'message' })
  })

  test('nothing is sealed, and no second commit made, while one is unanswered', async () => {
    const { visitor } = await startTalk()
    await visitor.stageUpdate()
    await refused(visitor.seal(payload()), 'misuse')
    await refused(visitor.stageUpdate(), 'misuse')
  })

  test('what was on its way while a commit was staged is still read', async () => {
    const { visitor, expert } = await startTalk()
    const text = payload()
    const early = await expert.seal(text)
    const staged = await visitor.stageUpdate()
    expect(await visitor.open(early)).toMatchObject({ payload: text })
    await expert.open(staged.envelope)
    await staged.confirm()
    expect(await expert.open(await visitor.seal(text))).toMatchObject({ payload: text })
  })
})

describe('a lying server', () => {
  test('tampers: unreadable at every place, and the untouched envelope is read after', async () => {
    const { visitor, expert } = await startTalk()
    const envelope = await visitor.seal(payload())
    for (let at = 0; at < envelope.length; at += 13)
      await expect(expert.open(flipped(envelope, at))).rejects.toMatchObject({ code: expect.stringMatching(/^(malformed|stale|unreadable)$/) })
    expect(await expert.open(envelope)).toMatchObject({ kind: 'message' })
  })

  test('replays: unreadable', async () => {
    const { visitor, expert } = await startTalk()
    const envelope = await visitor.seal(payload())
    await expert.open(envelope)
    await refused(expert.open(envelope), 'unreadable')
  })

  test('reorders: the overtaken one is unreadable, so its keys are gone', async () => {
    const { visitor, expert } = await startTalk()
    const [first, second] = [await visitor.seal(payload()), await visitor.seal(payload())]
    await expert.open(second)
    await refused(expert.open(first), 'unreadable')
  })

  // Whether that may be, the conversation says: after a restore, and never else.
  test('sends our own envelope back as somebody else\'s: it is ours, and not read', async () => {
    const { visitor } = await startTalk()
    expect(await visitor.open(await visitor.seal(payload()))).toEqual({ kind: 'own' })
  })

  test('gives an envelope of another conversation, of a past or of a coming epoch: stale', async () => {
    const { visitor, expert } = await startTalk()
    const other = await startTalk()
    await refused(expert.open(await other.visitor.seal(payload())), 'stale')
    const old = await visitor.seal(payload())
    const staged = await visitor.stageUpdate()
    await staged.confirm()
    await refused(expert.open(await visitor.seal(payload())), 'stale')
    await expert.open(staged.envelope)
    await refused(expert.open(old), 'stale')
  })

  test('gives garbage: malformed', async () => {
    const { expert } = await startTalk()
    for (const garbage of [new Uint8Array(0), random(462), Uint8Array.of(0, 1, 0, 2), utf8('{"t":"hello"}')])
      await expect(expert.open(garbage)).rejects.toMatchObject({ code: 'malformed' })
  })
})

describe('after an end', () => {
  test('a destroyed session does nothing, whatever was under way', async () => {
    const { visitor } = await startTalk()
    const under = visitor.seal(payload())
    visitor.destroy()
    await under.catch(() => undefined)
    await refused(visitor.seal(payload()), 'misuse')
    await refused(visitor.exportState(), 'misuse')
    await refused(visitor.sealSignal(utf8('x')), 'misuse')
  })

  test('and the desk\'s other conversation goes on with the same signing key', async () => {
    const { organisation, expert, staff } = await startTalk()
    expert.destroy()
    const { visitor } = await startVisitor(organisation)
    const joining = await joiningOf(staff)
    const staged = await visitor.stageAdd(joining.keyPackage, staff.proof)
    const second = await joining.join(staged.envelope)
    await staged.confirm()
    expect(await visitor.open(await second.seal(payload()))).toMatchObject({ kind: 'message' })
  })
})
