import { describe, expect, test } from 'vitest'
import { hex, sha256, type Bytes } from '../../src/crypto/bytes'
import {
  decodeRevocation, decodeSigned, decodeUnsignedRoster, decodeUnsignedStatement, encodeCertificate, encodeRevocation, encodeSigned,
  encodeUnsignedCertificate, encodeUnsignedRoster, encodeUnsignedStatement, Trust,
} from '../../src/crypto/statement'
import { clock } from '../support/organisation'
import { readVectors, unhex } from '../support/wire'

type Hex = string
interface ProofVector { statement: Hex; roster: Hex; revocations: Hex[] }
interface Vectors {
  root: { publicKey: Hex }
  signers: { unsigned: Hex; hash: Hex; certificate: Hex }[]
  statements: { id: Hex; alias: string; organisation: string; languages: string[]; unsigned: Hex; hash: Hex; signed: Hex }[]
  rosters: { version: number; unsigned: Hex; signed: Hex }[]
  revocations: { bytes: Hex; statement: Hex }[]
  checks: { name: string; now: number; code: string | null; before: ProofVector[]; atLeast: number; proof: ProofVector }[]
}
const vectors = readVectors('statements.json') as Vectors

test.each(vectors.statements)('statement of $alias reads and writes to the same bytes', async v => {
  const statement = decodeUnsignedStatement(unhex(v.unsigned))
  expect(statement).toMatchObject({ id: unhex(v.id), alias: v.alias, organisation: v.organisation, languages: v.languages })
  expect(hex(encodeUnsignedStatement(statement))).toBe(v.unsigned)
  expect(hex(await sha256(unhex(v.unsigned)))).toBe(v.hash)
  expect(hex(encodeSigned(decodeSigned(unhex(v.signed), 'malformed')))).toBe(v.signed)
})

test.each(vectors.rosters)('roster $version too, and its certificates', async v => {
  const roster = decodeUnsignedRoster(unhex(v.unsigned))
  expect(roster.version).toBe(v.version)
  expect(hex(encodeUnsignedRoster(roster))).toBe(v.unsigned)
  expect(hex(decodeSigned(unhex(v.signed), 'malformed').unsigned)).toBe(v.unsigned)
  expect(roster.signers.map(c => hex(encodeCertificate(c))).sort()).toEqual(vectors.signers.map(s => s.certificate).sort())
  const hashes = await Promise.all(roster.signers.map(async c => hex(await sha256(encodeUnsignedCertificate(c)))))
  expect([...hashes].sort()).toEqual(vectors.signers.map(s => s.hash).sort())
})

test.each(vectors.revocations)('revocation too', v => {
  const revocation = decodeRevocation(unhex(v.bytes))
  expect(hex(revocation.statement)).toBe(v.statement)
  expect(hex(encodeRevocation(revocation))).toBe(v.bytes)
})

const proofOf = (p: ProofVector): { statement: Bytes; roster: Bytes; revocations: Bytes[] } =>
  ({ statement: unhex(p.statement), roster: unhex(p.roster), revocations: p.revocations.map(unhex) })

describe('the published cases', () => {
  test.each(vectors.checks)('$name: $code', async c => {
    const trust = new Trust(unhex(vectors.root.publicKey), clock(c.now))
    for (const earlier of c.before) await trust.check(proofOf(earlier))
    trust.atLeast(c.atLeast)
    const outcome = await trust.check(proofOf(c.proof)).then(() => null, (e: { code?: string }) => e.code)
    expect(outcome).toBe(c.code)
  })
})
