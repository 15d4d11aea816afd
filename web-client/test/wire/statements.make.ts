import { test } from 'vitest'
import { sha256, utf8 } from '../../src/crypto/bytes'
import { decodeSigned, encodeCertificate, encodeSigned, encodeUnsignedCertificate, encodeUnsignedStatement, Trust, type Proof, type Statement } from '../../src/crypto/statement'
import { clock, DAY, flipped, newKey, NOW, Organisation, type TestKey, type TestSigner } from '../support/organisation'
import { writeVectors } from '../support/wire'

// Makes statements.json anew: `npm run vectors`. Signatures are random, so every run gives another file with the same meaning.

interface Case { name: string; now?: number; before?: Proof[]; atLeast?: number; proof: Proof; code?: string }

const bare = ({ publicKey, privateKey }: TestKey) => ({ publicKey, scalar: privateKey.slice(65) })

async function signerVector(s: TestSigner) {
  return {
    name: s.name, ...bare(s), notAfter: s.certificate.notAfter, nameHash: await sha256(utf8(s.name)),
    unsigned: encodeUnsignedCertificate(s.certificate), certificate: encodeCertificate(s.certificate), hash: s.hash,
  }
}

async function statementVector(org: Organisation, s: Statement) {
  const unsigned = encodeUnsignedStatement(s)
  return { ...s, unsigned, hash: await sha256(unsigned), signed: await org.signStatement(s) }
}

async function rosterVector(org: Organisation, statements: Statement[], version: number) {
  const unsigned = await org.unsignedRoster(statements, { version })
  return { version, issuedAt: NOW - 60, validUntil: NOW + 7 * DAY - 60, unsigned, signed: await org.signed(unsigned) }
}

async function revocationVector(org: Organisation, statement: Statement) {
  const hash = await sha256(encodeUnsignedStatement(statement))
  return { id: statement.id, statement: hash, time: NOW, signer: org.signers[0]?.hash, bytes: await org.revocation(statement) }
}

async function cases(org: Organisation, all: [Statement, Statement]): Promise<Case[]> {
  const [noor, mo] = all
  const [anna, bea] = org.signers as [TestSigner, TestSigner]
  const proof: Proof = { statement: await org.signStatement(noor), roster: await org.roster(all), revocations: [] }
  const rogue = await Organisation.create(['Anna', 'Bea'])
  const again = await org.certify('Anna', undefined, NOW + 400 * DAY)
  const twice = await org.unsignedRoster(all, {}, [...org.signers, again])
  const expired = await org.statement({ notAfter: NOW })
  const swapped = { ...noor, signatureKey: (await newKey()).publicKey }
  const { signatures } = decodeSigned(proof.statement, 'malformed')
  return [
    { name: 'two signatures each', proof },
    { name: 'at the last second', now: NOW + 7 * DAY - 61, proof },
    { name: 'on a clock that is an hour slow', now: NOW - 60 - 3600, proof },
    { name: 'somebody else was revoked', proof: { ...proof, revocations: [await org.revocation(mo)] } },
    { name: 'wrong signature', code: 'refused-statement', proof: { ...proof, statement: flipped(proof.statement) } },
    { name: 'one signature only', code: 'refused-statement', proof: { ...proof, statement: await org.signStatement(noor, [anna]) } },
    { name: 'twice the same signer', code: 'refused-statement', proof: { ...proof, statement: await org.signStatement(noor, [bea, bea]) } },
    { name: 'expired statement', code: 'refused-statement', proof: await org.proof(expired) },
    { name: 'swapped key', code: 'refused-statement',
      proof: { ...proof, statement: encodeSigned({ unsigned: encodeUnsignedStatement(swapped), signatures }), roster: await org.roster([swapped]) } },
    { name: 'not in the roster', code: 'refused-statement', proof: { ...proof, roster: await org.roster([mo]) } },
    { name: 'revoked', code: 'refused-statement', proof: { ...proof, revocations: [await org.revocation(noor)] } },
    { name: 'wrong signature of the roster', code: 'refused-roster', proof: { ...proof, roster: flipped(proof.roster) } },
    { name: 'roster with one signature', code: 'refused-roster', proof: { ...proof, roster: await org.roster(all, {}, [anna]) } },
    { name: 'one person under a renewed certificate', code: 'refused-roster', proof: { ...proof, roster: await org.signed(twice, [anna, again]) } },
    { name: 'expired roster', code: 'refused-roster', now: NOW + 7 * DAY - 60, proof },
    { name: 'another root', code: 'refused-roster', proof: await rogue.proof(noor) },
    { name: 'roster older than one seen', code: 'refused-roster', before: [await org.proof(noor, { version: 2 })], proof },
    { name: 'roster older than one named', code: 'refused-roster', atLeast: 2, proof },
  ]
}

test('statements.json', async () => {
  const org = await Organisation.create(['Anna', 'Bea', 'Zoë'])
  const noor = await org.statement({ alias: 'Noor', languages: ['ar', 'en', 'nl'] })
  const mo = await org.statement({ alias: 'محمد', role: 'coordinator', organisation: 'Stichting Voorbeeld – één' })
  const mailbox = await org.statement({ alias: '', role: 'mailbox', languages: [] })
  const checks = await cases(org, [noor, mo])
  for (const c of checks) await confirm(org, c)
  writeVectors('statements.json', {
    about: 'docs/formats.md 1-5. Bytes in hexadecimal. Keys are for tests only. Signatures: any other good one does as well.',
    now: NOW, root: bare(org.root), signers: await Promise.all(org.signers.map(signerVector)),
    statements: await Promise.all([noor, mo, mailbox].map(s => statementVector(org, s))),
    rosters: [await rosterVector(org, [noor, mo, mailbox], 1), await rosterVector(org, [], 2)],
    revocations: [await revocationVector(org, noor)],
    checks: checks.map(c => ({ name: c.name, now: c.now ?? NOW, code: c.code ?? null, before: c.before ?? [], atLeast: c.atLeast ?? 0, proof: c.proof })),
  })
})

/** No vector is written that does not do what it says. */
async function confirm(org: Organisation, c: Case): Promise<void> {
  const trust = new Trust(org.root.publicKey, clock(c.now))
  for (const earlier of c.before ?? []) await trust.check(earlier)
  trust.atLeast(c.atLeast ?? 0)
  const outcome = await trust.check(c.proof).then(() => undefined, (e: { code?: string }) => e.code)
  if (outcome !== c.code) throw new Error(`${c.name}: ${outcome}`)
}
