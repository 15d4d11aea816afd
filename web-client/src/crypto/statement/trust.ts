import { concat, equal, hex, sha256, type Bytes, type Bytes32, type Bytes65 } from '../bytes'
import { demand, type ErrorCode } from '../errors'
import { u64 } from '../reader'
import { verify } from '../suite/ecdsa'
import { certified } from './certificate'
import { decodeRevocation, encodeUnsignedRevocation, type Revocation } from './revocation'
import { ascending, decodeUnsignedRoster, type Roster } from './roster'
import { decodeSigned, signedByTwo, type Signer } from './signed'
import { decodeUnsignedStatement, type Statement } from './statement'

/** Statement, roster and revocations as the server hands them on: bytes from somebody who may lie. */
export interface Proof { statement: Bytes; roster: Bytes; revocations: Bytes[] }

/** What a phone's clock may be behind; the ends of validity get no such grace. */
export const SLOW_CLOCK_SECONDS = 3_600

interface Accepted { version: number; hash: Bytes32; signers: Signer[]; statements: Set<string> }

/**
 * Whom a conversation's client believes, and why: only what leads back to the root compiled into the page. One per
 * conversation: it remembers the newest roster and all revocations seen, so a server cannot go back. Every refusal is a
 * CryptoError, and what was accepted before stays as it was.
 */
export class Trust {
  private latest: Accepted | undefined
  private leastVersion = 0
  private readonly revoked = new Set<string>()
  /** The hash of each roster that was accepted, by its version. */
  private readonly accepted = new Map<number, Bytes32>()

  /** `now` answers milliseconds since 1970, as Date.now does. */
  constructor(private readonly root: Bytes65, readonly now: () => number = Date.now) {}

  /** The statement, if all of docs/formats.md §5 holds; else throws `refused-roster` or `refused-statement`. */
  async check(proof: Proof): Promise<Statement> {
    const signers = await this.takeRoster(proof.roster)
    const signed = decodeSigned(proof.statement, 'refused-statement')
    const statement = decodeUnsignedStatement(signed.unsigned)
    const hash = await sha256(signed.unsigned)
    await this.readRevocations(proof.revocations, hash, signers)
    demand(await signedByTwo(signed, signers), 'refused-statement')
    // Also refuses what is not in the roster just taken in.
    demand(!this.isRevoked(hash), 'refused-statement')
    this.checkDates(statement.notBefore, statement.notAfter, 'refused-statement')
    return statement
  }

  get rosterVersion(): number {
    return this.latest?.version ?? 0
  }

  /** What a `hello` says of the newest roster seen: its version and its hash; zeros before the first (docs/formats.md §7). */
  get named(): Bytes {
    return concat(u64(this.rosterVersion), this.latest?.hash ?? new Uint8Array(32))
  }

  /** Whether this, named by somebody else, is another roster than the one that was accepted here under its version, be that an older one by now. */
  denies(version: number, named: Bytes): boolean {
    const known = this.accepted.get(version)
    return known !== undefined && !equal(concat(u64(version), known), named)
  }

  /** From now on rosters older than this are refused: a member has seen it. */
  atLeast(rosterVersion: number): void {
    this.leastVersion = Math.max(this.leastVersion, rosterVersion)
  }

  /** Revoked by a record, or left out of the newest roster seen. */
  isRevoked(statement: Bytes32): boolean {
    const key = hex(statement)
    return this.revoked.has(key) || (this.latest !== undefined && !this.latest.statements.has(key))
  }

  /** Takes in one record; throws `refused-statement` unless a signer of the newest roster signed it. */
  async addRevocation(bytes: Bytes): Promise<void> {
    const revocation = decodeRevocation(bytes)
    demand(await this.good(revocation, this.latest?.signers ?? []), 'refused-statement')
    this.revoked.add(hex(revocation.statement))
  }

  private async takeRoster(bytes: Bytes): Promise<Signer[]> {
    const signed = decodeSigned(bytes, 'refused-roster')
    const roster = decodeUnsignedRoster(signed.unsigned)
    const signers = await this.signersOf(roster)
    demand(await signedByTwo(signed, signers), 'refused-roster')
    this.checkDates(roster.issuedAt, roster.validUntil, 'refused-roster')
    const hash = await sha256(signed.unsigned)
    this.checkVersion(roster.version, hash)
    this.accepted.set(roster.version, hash)
    this.latest = { version: roster.version, hash, signers, statements: new Set(roster.statements.map(hex)) }
    return signers
  }

  /** Those whose certificates the root signed and whose time has not run out. */
  private async signersOf(roster: Roster): Promise<Signer[]> {
    const all = await Promise.all(roster.signers.map(certificate => certified(this.root, certificate)))
    demand(ascending(all.map(signer => signer.hash)), 'refused-roster')
    return all.filter(signer => this.seconds() < signer.notAfter)
  }

  private checkVersion(version: number, hash: Bytes32): void {
    const { latest } = this
    demand(version >= this.leastVersion && version >= this.rosterVersion, 'refused-roster')
    demand(latest?.version !== version || equal(latest.hash, hash), 'refused-roster')
  }

  private checkDates(from: number, until: number, code: ErrorCode): void {
    demand(from <= this.seconds() + SLOW_CLOCK_SECONDS && this.seconds() < until, code)
  }

  /** One for this statement must be good (and then refuses it); a stranger's word about another is passed over. */
  private async readRevocations(all: Bytes[], hash: Bytes32, signers: Signer[]): Promise<void> {
    for (const revocation of all.map(decodeRevocation)) {
      const good = await this.good(revocation, signers)
      demand(good || !equal(revocation.statement, hash), 'refused-statement')
      if (good) this.revoked.add(hex(revocation.statement))
    }
  }

  private async good(revocation: Revocation, signers: Signer[]): Promise<boolean> {
    const signer = signers.find(known => equal(known.hash, revocation.signer))
    return signer !== undefined && verify(signer.key, encodeUnsignedRevocation(revocation), revocation.signature)
  }

  private seconds(): number {
    return Math.floor(this.now() / 1000)
  }
}
