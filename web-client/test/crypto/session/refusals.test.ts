import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { random, type Bytes } from '../../../src/crypto/bytes'
import { Session } from '../../../src/crypto/session'
import { addOf } from '../../../src/crypto/session/commit'
import { config, paddedFor } from '../../../src/crypto/session/config'
import { encodeAddEnvelope, decodeAddEnvelope } from '../../../src/crypto/session/addEnvelope'
import { checkKeyPackage } from '../../../src/crypto/session/keyPackage'
import { identity, Members, STAFF, VISITOR } from '../../../src/crypto/session/members'
import {
  createApplicationMessage, createCommit, createGroup, generateKeyPackageWithKey, type ClientState, type Proposal,
} from '../../../src/crypto/session/mls'
import { createProposal } from 'ts-mls/createMessage.js'
import { decodeMlsMessage, encodeMlsMessage } from 'ts-mls/message.js'
import { suite, SUITE } from '../../../src/crypto/session/provider'
import type { Proof } from '../../../src/crypto/statement'
import { hire, joiningOf, organisationOfToday, payload, startTalk, startVisitor, type Staff, type Talk } from '../../support/conversation'
import { flipped, type Organisation } from '../../support/organisation'

let organisation: Organisation
let staff: Staff
let visitor: Session
beforeAll(async () => {
  organisation = await organisationOfToday()
  staff = await hire(organisation)
})
beforeEach(async () => {
  visitor = (await startVisitor(organisation)).visitor
})

/** Refused, and afterwards nobody was added, nothing is staged and nothing can be sent to anyone. */
async function refusesAdd(keyPackage: Bytes, proof: Proof, code: string): Promise<void> {
  const before = await visitor.exportState()
  await expect(visitor.stageAdd(keyPackage, proof)).rejects.toMatchObject({ code })
  expect(visitor.staged()).toBeUndefined()
  expect(visitor.members()).toEqual([{ leaf: 0 }])
  expect(await visitor.exportState()).toEqual(before)
}

const packageOf = async (of: Staff = staff, seconds?: number) => (await joiningOf(of, seconds)).keyPackage
const nowSeconds = () => Math.floor(Date.now() / 1000)

describe('the visitor takes in nobody', () => {
  test('with a wrong signature', async () =>
    refusesAdd(await packageOf(), { ...staff.proof, statement: flipped(staff.proof.statement) }, 'refused-statement'))
  test('with one signature only', async () => {
    const statement = await organisation.signStatement(staff.statement, organisation.signers.slice(0, 1))
    await refusesAdd(await packageOf(), { ...staff.proof, statement }, 'refused-statement')
  })
  test('whose statement has expired', async () => {
    const late = await hire(organisation, { notAfter: nowSeconds() - 1 })
    await refusesAdd(await packageOf(late), late.proof, 'refused-statement')
  })
  test('with an expired roster', async () => {
    const late = await hire(organisation, {}, { validUntil: nowSeconds() })
    await refusesAdd(await packageOf(late), late.proof, 'refused-roster')
  })
  test('whose key was swapped: another key package under her statement', async () => {
    const liar = await hire(organisation)
    const swapped = { ...liar, statement: staff.statement }
    await refusesAdd(await packageOf(swapped), staff.proof, 'refused-member')
  })
  test('whose key package names somebody else', async () => {
    const other = { ...staff, statement: { ...staff.statement, id: random(16) } }
    await refusesAdd(await packageOf(other), staff.proof, 'refused-member')
  })
  test('under the proof of somebody else, though she was believed before', async () => {
    const before = await hire(organisation)
    visitor.vouch(before.statement)
    await refusesAdd(await packageOf(before), staff.proof, 'refused-member')
    const [message] = decodeMlsMessage(await packageOf(before), 0) ?? []
    if (message?.wireformat !== 'mls_key_package') throw new Error('no key package')
    const { keyPackage } = message
    expect(() => checkKeyPackage(keyPackage, before.statement, nowSeconds())).not.toThrow()
    for (const wrong of [{ signatureKey: staff.statement.signatureKey }, { id: staff.statement.id }])
      expect(() => checkKeyPackage(keyPackage, { ...before.statement, ...wrong }, nowSeconds()))
        .toThrow(expect.objectContaining({ code: 'refused-member' }))
  })
  test('with a roster older than one seen', async () => {
    const { visitor: one, trust } = await startVisitor(organisation)
    visitor = one
    await trust.check((await hire(organisation, {}, { version: 9 })).proof)
    await refusesAdd(await packageOf(), staff.proof, 'refused-roster')
  })
  test('whose statement was revoked', async () =>
    refusesAdd(await packageOf(), { ...staff.proof, revocations: [await organisation.revocation(staff.statement)] }, 'refused-statement'))
  test('with a key package of another suite', async () => {
    for (const id of [1, 3, 0x4d]) {
      const foreign = await packageOf()
      foreign[7] = id
      await refusesAdd(foreign, staff.proof, 'refused-suite')
    }
    const unknown = await packageOf()
    unknown.set([0xf0, 0x07], 6)
    await refusesAdd(unknown, staff.proof, 'refused-suite')
  })
  test('with a key package whose time is over', async () =>
    refusesAdd(await packageOf(staff, nowSeconds() - 26 * 3600), staff.proof, 'refused-member'))
  test('with a key package whose time has not come', async () =>
    refusesAdd(await packageOf(staff, nowSeconds() + 2 * 3600), staff.proof, 'refused-member'))
  test('with a key package that holds for longer than 26 hours', async () =>
    refusesAdd(await ownPackage(staff, { notBefore: BigInt(nowSeconds() - 60), notAfter: BigInt(nowSeconds() + 26 * 3600) }), staff.proof, 'refused-member'))
  test('with a forged key package', async () => refusesAdd(flipped(await packageOf()), staff.proof, 'refused-member'))
  test('with something else for a key package', async () => {
    for (const bytes of [new Uint8Array(0), random(300), (await packageOf()).slice(0, -1), new Uint8Array([...await packageOf(), 0])])
      await refusesAdd(bytes, staff.proof, 'malformed')
  })
  test.each(['professional', 'mailbox'] as const)('who is a %s', async role => {
    const other = await hire(organisation, role === 'mailbox' ? { role, alias: '' } : { role })
    await refusesAdd(await packageOf(other), other.proof, 'refused-member')
  })
  test('who is in already', async () => {
    const talk = await startTalk(organisation)
    const again = await packageOf(talk.staff)
    await expect(talk.visitor.stageAdd(again, talk.staff.proof)).rejects.toMatchObject({ code: 'refused-member' })
    expect(talk.visitor.staged()).toBeUndefined()
  })
})

async function ownPackage(of: Staff, lifetime: { notBefore: bigint; notAfter: bigint }): Promise<Bytes> {
  const capabilities = { versions: ['mls10' as const], ciphersuites: [SUITE as typeof SUITE], extensions: [], proposals: [], credentials: ['basic' as const] }
  const credential = { credentialType: 'basic' as const, identity: identity(STAFF, of.statement.id) }
  const made = await generateKeyPackageWithKey(credential, capabilities, lifetime, [], of.key, suite)
  return new Uint8Array(encodeMlsMessage({ version: 'mls10', wireformat: 'mls_key_package', keyPackage: made.publicPackage }))
}

// ---- commits that the rules of the group forbid, made by a member whose program was changed

interface Inside { stored: { state: ClientState } }
const inside = (session: Session) => (session as unknown as Inside).stored.state
const accepting = { validateCredential: async () => true }

async function rogueCommit(session: Session, extraProposals: Proposal[], options = {}): Promise<Bytes> {
  const state = { ...inside(session), clientConfig: config(accepting) }
  const { commit } = await createCommit({ state, cipherSuite: suite }, { extraProposals, ...options })
  return new Uint8Array(encodeMlsMessage(commit))
}

async function keyPackageOf(of: Staff) {
  const [message] = decodeMlsMessage(await packageOf(of), 0) ?? []
  if (message?.wireformat !== 'mls_key_package') throw new Error('no key package')
  return message.keyPackage
}

async function refusesCommit({ visitor: one }: Talk, envelope: Bytes, code = 'refused-member'): Promise<void> {
  const before = await one.exportState()
  await expect(one.open(envelope)).rejects.toMatchObject({ code })
  expect(await one.exportState()).toEqual(before)
}

describe('the visitor does not follow an expert who', () => {
  test('adds a rogue third member', async () => {
    const talk = await startTalk(organisation)
    const rogue = await keyPackageOf(await hire(await organisationOfToday()))
    await refusesCommit(talk, await rogueCommit(talk.expert, [{ proposalType: 'add', add: { keyPackage: rogue } }]), 'unreadable')
  })
  test('adds a third member who is on the roster', async () => {
    const talk = await startTalk(organisation)
    const third = await hire(organisation)
    talk.visitor.vouch(third.statement)
    await refusesCommit(talk, await rogueCommit(talk.expert, [{ proposalType: 'add', add: { keyPackage: await keyPackageOf(third) } }]))
  })
  test('removes somebody', async () => {
    const talk = await startTalk(organisation)
    const third = await hire(organisation, {}, { version: 2 })
    const staged = await talk.visitor.stageAdd(await packageOf(third), third.proof)
    talk.expert.vouch(third.statement)
    await talk.expert.open(staged.envelope)
    await staged.confirm()
    await refusesCommit(talk, await rogueCommit(talk.expert, [{ proposalType: 'remove', remove: { removed: 2 } }]))
    await refusesCommit(talk, await rogueCommit(talk.expert, [{ proposalType: 'remove', remove: { removed: 0 } }]))
  })
  test('changes the group', async () => {
    const talk = await startTalk(organisation)
    const extensions: Proposal = { proposalType: 'group_context_extensions', groupContextExtensions: { extensions: [] } }
    await refusesCommit(talk, await rogueCommit(talk.expert, [extensions]))
    const reinit: Proposal = { proposalType: 'reinit', reinit: { groupId: random(16), version: 'mls10', cipherSuite: SUITE, extensions: [] } }
    await refusesCommit(talk, await rogueCommit(talk.expert, [reinit]))
  })
  test('commits in a public message', async () => {
    const talk = await startTalk(organisation)
    await refusesCommit(talk, await rogueCommit(talk.expert, [], { wireAsPublicMessage: true }), 'malformed')
  })
  test('proposes', async () => {
    const talk = await startTalk(organisation)
    const proposal: Proposal = { proposalType: 'remove', remove: { removed: 0 } }
    const { message } = await createProposal(inside(talk.expert), false, proposal, suite)
    await refusesCommit(talk, new Uint8Array(encodeMlsMessage(message)), 'malformed')
  })
  test('leaves the padding out', async () => {
    const talk = await startTalk(organisation)
    const { privateMessage } = await createApplicationMessage(paddedFor(inside(talk.expert), 100), random(90), suite)
    await refusesCommit(talk, new Uint8Array(encodeMlsMessage({ version: 'mls10', wireformat: 'mls_private_message', privateMessage })), 'malformed')
  })
  test('adds a byte to a commit', async () => {
    const talk = await startTalk(organisation)
    const { envelope } = await talk.expert.stageUpdate()
    await refusesCommit(talk, new Uint8Array([...envelope, 0]), 'malformed')
  })
  test('adds words in clear', async () => {
    const talk = await startTalk(organisation)
    await refusesCommit(talk, await rogueCommit(talk.expert, [], { authenticatedData: random(3) }), 'malformed')
  })
})

describe('the desk', () => {
  test('does not follow the visitor into a group with a stranger', async () => {
    const { visitor: one, expert } = await startTalk(organisation)
    const third = await hire(organisation, {}, { version: 2 })
    const staged = await one.stageAdd(await packageOf(third), third.proof)
    await expect(expert.open(staged.envelope)).rejects.toMatchObject({ code: 'unreadable' })
    expect(expert.members()).toHaveLength(2)
  })

  test('does not join a group with a stranger in it', async () => {
    const { visitor: one } = await startTalk(organisation)
    const third = await hire(organisation, {}, { version: 2 })
    const joining = await joiningOf(third)
    const staged = await one.stageAdd(joining.keyPackage, third.proof)
    await expect(joining.join(staged.envelope)).rejects.toMatchObject({ code: 'unreadable' })
  })

  test('does not join a group whose maker is no visitor', async () => {
    const joining = await joiningOf(staff)
    const envelope = await addBy(await hire(organisation), joining.keyPackage)
    await expect(joining.join(envelope)).rejects.toMatchObject({ code: 'unreadable' })
  })

  test('not even when it believes in that maker', async () => {
    const [joining, maker] = [await joiningOf(staff), await hire(organisation)]
    await expect(joining.join(await addBy(maker, joining.keyPackage), [maker.statement])).rejects.toMatchObject({ code: 'refused-member' })
  })

  test('does not join by a Welcome of another suite', async () => {
    const joining = await joiningOf(staff)
    const { commit, welcome } = decodeAddEnvelope((await visitor.stageAdd(joining.keyPackage, staff.proof)).envelope)
    welcome[5] = 1
    await expect(joining.join(encodeAddEnvelope({ commit, welcome }))).rejects.toMatchObject({ code: 'refused-suite' })
  })

  test('knows one visitor, by the first key it met', async () => {
    const members = new Members(random(65))
    const [first, second] = [random(65), random(65)]
    const credential = { credentialType: 'basic' as const, identity: identity(VISITOR, random(16)) }
    expect(await members.validateCredential(credential, first)).toBe(true)
    expect(await members.validateCredential(credential, second)).toBe(false)
    expect(await members.validateCredential(credential, first)).toBe(true)
    expect(await members.validateCredential({ credentialType: 'basic', identity: random(16) }, first)).toBe(false)
    expect(await members.validateCredential({ credentialType: 'x509', certificates: [] }, first)).toBe(false)
  })

  test('joins once: a second join is misuse, and so is one after it forgot', async () => {
    const joining = await joiningOf(staff)
    const staged = await visitor.stageAdd(joining.keyPackage, staff.proof)
    await joining.join(staged.envelope)
    await expect(joining.join(staged.envelope)).rejects.toMatchObject({ code: 'misuse' })
    const other = await joiningOf(staff)
    other.forget()
    await expect(other.join(staged.envelope)).rejects.toMatchObject({ code: 'misuse' })
  })

  test('does not join by an envelope that was changed, cut or put together from two', async () => {
    const one = await joiningOf(staff)
    const { envelope } = await visitor.stageAdd(one.keyPackage, staff.proof)
    const { commit } = decodeAddEnvelope((await addedAnew()).envelope)
    const mixed = encodeAddEnvelope({ ...decodeAddEnvelope(envelope), commit })
    for (const wrong of [flipped(envelope), flipped(envelope, -40), envelope.slice(0, -1), new Uint8Array([...envelope, 0]), mixed])
      await expect((await sameAgain(one)).join(wrong)).rejects.toMatchObject({ code: expect.stringMatching(/malformed|unreadable/) })
    await one.join(envelope)
  })
})

/** Another try with the same key package: what a desk never gives itself. */
async function sameAgain(joining: Awaited<ReturnType<typeof joiningOf>>) {
  const { publicPackage, privatePackage } = structuredClone(joining) as unknown as { publicPackage: never; privatePackage: never }
  return new (joining.constructor as new (a: never, b: never) => typeof joining)(publicPackage, privatePackage)
}

async function addedAnew() {
  const { visitor: another } = await startVisitor(organisation)
  return another.stageAdd(await packageOf(), staff.proof)
}

async function addBy(maker: Staff, keyPackage: Bytes): Promise<Bytes> {
  const members = new Members(maker.key.publicKey)
  members.vouch(staff.statement)
  const [message] = decodeMlsMessage(await packageOf(maker), 0) ?? []
  if (message?.wireformat !== 'mls_key_package') throw new Error('no key package')
  const credential = { credentialType: 'basic' as const, identity: identity(STAFF, maker.statement.id) }
  const lifetime = { notBefore: BigInt(nowSeconds() - 60), notAfter: BigInt(nowSeconds() + 3600) }
  const made = await generateKeyPackageWithKey(credential, message.keyPackage.leafNode.capabilities, lifetime, [], maker.key, suite)
  const state = await createGroup(random(16), made.publicPackage, made.privatePackage, [], suite, config(members))
  const session = Session.begin(state, members)
  const [added] = decodeMlsMessage(keyPackage, 0) ?? []
  if (added?.wireformat !== 'mls_key_package') throw new Error('no key package')

  return (await addOf(inside(session), added.keyPackage)).envelope
}

test('what only the visitor may do is misuse at the desk', async () => {
  const { expert: plain, trust } = await startTalk(organisation)
  const expert = await Session.importState(await plain.exportState(), trust)
  for (const leaf of [0, 1]) await expect(expert.stageRemove(leaf)).rejects.toMatchObject({ code: 'misuse' })
  await expect(expert.stageAdd(await packageOf(), staff.proof)).rejects.toMatchObject({ code: 'misuse' })
})

test('the visitor removes neither herself nor an empty place', async () => {
  const talk = await startTalk(organisation)
  for (const leaf of [0, 2, 7]) await expect(talk.visitor.stageRemove(leaf)).rejects.toMatchObject({ code: 'misuse' })
  await talk.visitor.seal(payload())
})
