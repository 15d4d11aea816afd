import { beforeAll, describe, expect, test } from 'vitest'
import { random, sha256, type Bytes } from '../../../src/crypto/bytes'
import { decodeSigned, decodeUnsignedRoster, encodeUnsignedStatement, Trust, type Proof, type Statement } from '../../../src/crypto/statement'
import { DAY, flipped, NOW, clock, newKey, Organisation, type TestSigner } from '../../support/organisation'

let org: Organisation
let statement: Statement
let proof: Proof
const trust = (seconds = NOW) => new Trust(org.root.publicKey, clock(seconds))

beforeAll(async () => {
  org = await Organisation.create(['Anna', 'Bea', 'Cleo'])
  statement = await org.statement()
  proof = await org.proof(statement)
})

const signers = (...indices: number[]): TestSigner[] => indices.map(i => org.signers[i] as TestSigner)
const refusedStatement = (p: Proof, by = trust()) => expect(by.check(p)).rejects.toMatchObject({ code: 'refused-statement' })
const refusedRoster = (p: Proof, by = trust()) => expect(by.check(p)).rejects.toMatchObject({ code: 'refused-roster' })
const withStatement = async (by: TestSigner[]): Promise<Proof> => ({ ...proof, statement: await org.signStatement(statement, by) })
const sortedCertificates = async () => decodeUnsignedRoster(await org.unsignedRoster([statement])).signers
const withRoster = (roster: Bytes): Proof => ({ ...proof, roster })

test('a statement signed by two, in a roster signed by two, is believed', async () => {
  expect(await trust().check(proof)).toEqual(statement)
})

// Each was seen failing: the one condition of trust.ts or signed.ts that it holds taken out.
describe('refuses a statement', () => {
  test('with a wrong signature', () => refusedStatement({ ...proof, statement: flipped(proof.statement) }))
  test('with one signature only', async () => refusedStatement(await withStatement(signers(0))))
  test('with none', async () => refusedStatement(await withStatement([])))
  test('signed twice by the same signer', async () => refusedStatement(await withStatement(signers(0, 0))))
  test('with two good signatures and a bad third', async () => {
    const [a, b, c] = signers(0, 1, 2) as [TestSigner, TestSigner, TestSigner]
    await refusedStatement(await withStatement([a, b, { ...c, privateKey: (await newKey()).privateKey }]))
  })
  test('signed by somebody whom the root did not certify', async () => {
    const rogue = await (await Organisation.create()).certify('Anna')
    await refusedStatement(await withStatement([...signers(0), rogue]))
  })
  test('that has run out', async () => refusedStatement(await org.proof(await org.statement({ notAfter: NOW }))))
  test('that begins in two hours', async () => refusedStatement(await org.proof(await org.statement({ notBefore: NOW + 7200 }))))
  test('whose key was swapped after signing', async () => {
    const swapped = await org.statement({ ...statement, signatureKey: (await newKey()).publicKey })
    const [theirs, ours] = [encodeUnsignedStatement(swapped), encodeUnsignedStatement(statement)]
    const at = proof.statement.findIndex((_, i) => ours.every((byte, j) => proof.statement[i + j] === byte))
    const bytes = new Uint8Array(proof.statement)
    bytes.set(theirs, at)
    await refusedStatement({ statement: bytes, roster: await org.roster([swapped]), revocations: [] })
  })
  test('that is not in the roster', async () => refusedStatement(withRoster(await org.roster([await org.statement()]))))
  test('that was revoked', async () => refusedStatement({ ...proof, revocations: [await org.revocation(statement)] }))
  test('with a revocation of it that nobody signed', async () =>
    refusedStatement({ ...proof, revocations: [flipped(await org.revocation(statement))] }))
  test('with a byte behind it', () => refusedStatement({ ...proof, statement: new Uint8Array([...proof.statement, 0]) }))
  test('cut short anywhere', async () => {
    for (let n = 0; n < proof.statement.length; n += 7) await refusedStatement({ ...proof, statement: proof.statement.slice(0, n) })
  })
})

describe('refuses a roster', () => {
  test('with a wrong signature', () => refusedRoster(withRoster(flipped(proof.roster))))
  test('with one signature only', async () => refusedRoster(withRoster(await org.roster([statement], {}, signers(1)))))
  test('signed by one person under a renewed certificate', async () => {
    const again = await org.certify('Anna', undefined, NOW + 400 * DAY)
    const all = [...org.signers, again]
    const unsigned = await org.unsignedRoster([statement], {}, all)
    await refusedRoster(withRoster(await org.signed(unsigned, [...signers(0), again])))
  })
  test('signed by one key under two names', async () => {
    const alias = await org.certify('Dora', signers(0)[0])
    const unsigned = await org.unsignedRoster([statement], {}, [...org.signers, alias])
    await refusedRoster(withRoster(await org.signed(unsigned, [...signers(0), alias])))
  })
  test('that has run out', () => refusedRoster(proof, trust(NOW + 7 * DAY - 60)))
  test('that was issued in two hours', () => refusedRoster(proof, trust(NOW - 7260)))
  test('of another root', async () => refusedRoster(await (await Organisation.create()).proof(statement)))
  test('by a signer whose certificate has run out', async () => {
    const late = await org.certify('Eva', undefined, NOW)
    const unsigned = await org.unsignedRoster([statement], {}, [...org.signers, late])
    await refusedRoster(withRoster(await org.signed(unsigned, [...signers(0), late])))
  })
  test('older than one seen', async () => {
    const one = trust()
    await one.check(await org.proof(statement, { version: 3 }))
    await refusedRoster(await org.proof(statement, { version: 2 }), one)
  })
  test('older than one that a member named', async () => {
    const one = trust()
    one.atLeast(2)
    await refusedRoster(proof, one)
  })
  test('whose signers stand in another order', async () => {
    const unsigned = await org.unsignedRoster([statement], { signers: [...await sortedCertificates()].reverse() })
    await refusedRoster(withRoster(await org.signed(unsigned)))
  })
  test('that is to hold for seven days and a second', async () => {
    const roster = await org.roster([statement])
    const { unsigned } = decodeSigned(roster, 'malformed')
    new DataView(unsigned.buffer).setBigUint64(16 + 8 + 8, BigInt(NOW - 60 + 7 * DAY + 1))
    await refusedRoster(withRoster(await org.signed(unsigned)))
  })
  test('with the version of one seen and other words', async () => {
    const one = trust()
    await one.check(proof)
    await refusedRoster(withRoster(await org.roster([statement, await org.statement()])), one)
  })
  test('cut short anywhere', async () => {
    for (let n = 0; n < proof.roster.length; n += 41) await refusedRoster(withRoster(proof.roster.slice(0, n)))
  })
})

describe('remembers', () => {
  test('a phone whose clock is an hour slow is believed', () => trust(NOW - 3600).check(proof))

  test('a revocation record removes a member who was believed', async () => {
    const one = trust()
    await one.check(proof)
    const hash = await sha256(encodeUnsignedStatement(statement))
    expect(one.isRevoked(hash)).toBe(false)
    await one.addRevocation(await org.revocation(statement, org.signers[1]))
    expect(one.isRevoked(hash)).toBe(true)
    await refusedStatement(proof, one)
  })

  test('so does a newer roster without her', async () => {
    const one = trust()
    await one.check(proof)
    const other = await org.statement()
    await one.check({ ...await org.proof(other, { version: 2 }) })
    expect(one.isRevoked(await sha256(encodeUnsignedStatement(statement)))).toBe(true)
  })

  test('but not a record that no roster signer signed, and not garbage', async () => {
    const one = trust()
    await one.check(proof)
    const forged = await org.revocation(statement, await (await Organisation.create()).certify('Anna'))
    await expect(one.addRevocation(forged)).rejects.toMatchObject({ code: 'refused-statement' })
    await expect(one.addRevocation(random(80))).rejects.toMatchObject({ code: 'refused-statement' })
    expect(one.isRevoked(await sha256(encodeUnsignedStatement(statement)))).toBe(false)
  })

  test("a stranger's revocation of somebody else is passed over", async () => {
    const forged = await org.revocation(await org.statement(), await (await Organisation.create()).certify('Anna'))
    expect(await trust().check({ ...proof, revocations: [forged] })).toEqual(statement)
  })

  test("and does not make her untrue later", async () => {
    const [other, one] = [await org.statement(), trust()]
    const forged = await org.revocation(other, await (await Organisation.create()).certify('Anna'))
    const roster = await org.roster([statement, other])
    await one.check({ ...proof, roster, revocations: [forged] })
    expect(await one.check({ statement: await org.signStatement(other), roster, revocations: [] })).toEqual(other)
  })
})
