import { concat, hex, random, sha256, utf8, type Bytes } from '../../src/crypto/bytes'
import {
  encodeCertificate, encodeRevocation, encodeSigned, encodeUnsignedCertificate, encodeUnsignedRevocation, encodeUnsignedRoster,
  encodeUnsignedStatement, type Certificate, type Proof, type Roster, type Statement,
} from '../../src/crypto/statement'
import { sign } from '../../src/crypto/suite/ecdsa'
import { generateKey, saveKey } from '../../src/crypto/suite/keys'

/** A day in the life of the tests: 2026-09-21T13:46:40Z in unix seconds. */
export const NOW = 1_790_000_000
export const clock = (seconds = NOW) => () => seconds * 1000
export const DAY = 86_400

export interface TestKey { publicKey: Bytes; privateKey: Bytes }
export interface TestSigner extends TestKey { name: string; certificate: Certificate; hash: Bytes }

export async function newKey(): Promise<TestKey> {
  const key = await generateKey('ECDSA')
  return { publicKey: key.publicKey, privateKey: saveKey(key) }
}

const byHex = (a: Uint8Array, b: Uint8Array) => (hex(a) < hex(b) ? -1 : 1)

/** A root, roster signers and what they sign: the real forms, with every part open to being made wrong. */
export class Organisation {
  private constructor(readonly root: TestKey, readonly signers: TestSigner[]) {}

  /** One that was made elsewhere. */
  static of(root: TestKey, signers: TestSigner[]): Organisation { return new Organisation(root, signers) }

  static async create(names = ['Anna', 'Bea']): Promise<Organisation> {
    const organisation = new Organisation(await newKey(), [])
    for (const name of names) organisation.signers.push(await organisation.certify(name))
    return organisation
  }

  async certify(name: string, key?: TestKey, notAfter = NOW + 365 * DAY): Promise<TestSigner> {
    const own = key ?? await newKey()
    const unsigned = { key: own.publicKey, notAfter, nameHash: await sha256(utf8(name)) }
    const signature = await sign(this.root.privateKey, encodeUnsignedCertificate(unsigned))
    return { ...own, name, certificate: { ...unsigned, signature }, hash: await sha256(encodeUnsignedCertificate(unsigned)) }
  }

  async statement(part: Partial<Statement> = {}): Promise<Statement> {
    return {
      id: random(16), role: 'expert', organisation: 'Naast', alias: 'Noor', languages: ['en', 'nl'],
      signatureKey: (await newKey()).publicKey, hpkeKey: (await newKey()).publicKey, kem: new Uint8Array(0),
      notBefore: NOW - DAY, notAfter: NOW + 30 * DAY, ...part,
    }
  }

  async signed(unsigned: Bytes, by = this.signers.slice(0, 2)): Promise<Bytes> {
    const signatures = await Promise.all(by.map(async s => ({ signer: s.hash, signature: await sign(s.privateKey, unsigned) })))
    return encodeSigned({ unsigned, signatures })
  }

  signStatement(statement: Statement, by?: TestSigner[]): Promise<Bytes> {
    return this.signed(encodeUnsignedStatement(statement), by)
  }

  async unsignedRoster(statements: Statement[], part: Partial<Roster> = {}, signers = this.signers): Promise<Bytes> {
    const hashes = await Promise.all(statements.map(s => sha256(encodeUnsignedStatement(s))))
    return encodeUnsignedRoster({
      version: 1, issuedAt: NOW - 60, validUntil: NOW + 7 * DAY - 60,
      signers: [...signers].sort((a, b) => byHex(a.hash, b.hash)).map(s => s.certificate),
      statements: hashes.sort(byHex), ...part,
    })
  }

  async roster(statements: Statement[], part?: Partial<Roster>, by?: TestSigner[]): Promise<Bytes> {
    return this.signed(await this.unsignedRoster(statements, part), by)
  }

  async revocation(statement: Statement, by = this.signers[0] as TestSigner, time = NOW): Promise<Bytes> {
    const unsigned = { id: statement.id, statement: await sha256(encodeUnsignedStatement(statement)), time }
    return encodeRevocation({ ...unsigned, signer: by.hash, signature: await sign(by.privateKey, encodeUnsignedRevocation(unsigned)) })
  }

  async proof(statement: Statement, roster: Partial<Roster> = {}): Promise<Proof> {
    return { statement: await this.signStatement(statement), roster: await this.roster([statement], roster), revocations: [] }
  }
}

/** The same bytes with one bit turned over, `at` counted from the end when negative. */
export function flipped(bytes: Bytes, at = -1): Bytes {
  const copy = concat(bytes)
  const i = at < 0 ? copy.length + at : at
  copy[i] = (copy[i] as number) ^ 1
  return copy
}

export { encodeCertificate }
