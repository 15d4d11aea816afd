import type { AuthenticationService, ClientState, Credential } from './mls'
import { concat, equal, hex, type Bytes, type Bytes16, type Bytes65 } from '../bytes'
import { demand } from '../errors'
import type { Statement } from '../statement'

/** Who somebody says she is, in the 17 bytes of a basic credential (docs/formats.md §6). */
export const VISITOR = 1
export const STAFF = 2
export const identity = (kind: typeof VISITOR | typeof STAFF, id: Bytes16): Bytes => concat(Uint8Array.of(kind), id)

export interface Member { leaf: number; statement?: Statement }

/** The kind of a credential and whose it is; undefined for anything that is not one of ours. */
function whose(credential: Credential): { kind: number; id: Uint8Array } | undefined {
  if (credential.credentialType !== 'basic' || credential.identity.length !== 17) return undefined
  return { kind: credential.identity[0] as number, id: credential.identity.subarray(1) }
}

/**
 * Whom one session accepts in its group: itself, one visitor, and staff whose statement was believed beforehand. ts-mls asks it
 * about every leaf of a group on join, on every add and on every update.
 */
export class Members implements AuthenticationService {
  private readonly staff = new Map<string, Statement>()

  /** `visitorKey` is unknown to a desk until it joins: then the first one it meets, and no other ever after. */
  constructor(readonly ownKey: Bytes65, private visitorKey?: Bytes65) {}

  vouch(statement: Statement): void {
    this.staff.set(hex(statement.id), statement)
  }

  /** Vouches for as long as the work takes, and for good when it succeeds. */
  async trying<T>(statement: Statement, work: () => Promise<T>): Promise<T> {
    const known = this.staff.has(hex(statement.id))
    this.vouch(statement)
    try {
      return await work()
    } catch (error) {
      if (!known) this.staff.delete(hex(statement.id))
      throw error
    }
  }

  /** The hook of ts-mls (RFC 9420 §5.3.1): answers false and never throws, which refuses the leaf. */
  async validateCredential(credential: Credential, key: Uint8Array): Promise<boolean> {
    const claim = whose(credential)
    if (!claim) return false
    if (claim.kind === VISITOR) return equal((this.visitorKey ??= new Uint8Array(key)), key)
    return claim.kind === STAFF && (equal(key, this.ownKey) || this.isStaff(claim.id, key))
  }

  private isStaff(id: Uint8Array, key: Uint8Array): boolean {
    const statement = this.staff.get(hex(id))
    return statement !== undefined && equal(statement.signatureKey, key)
  }

  /** The occupied leaves; throws `refused-member` unless the visitor, and only she, sits on leaf 0. */
  of(tree: ClientState['ratchetTree']): Member[] {
    const members: Member[] = []
    for (const [node, entry] of tree.entries()) {
      if (entry?.nodeType !== 'leaf') continue
      const leaf = node / 2
      const claim = whose(entry.leaf.credential)
      demand(claim !== undefined && (claim.kind === VISITOR) === (leaf === 0), 'refused-member')
      const statement = this.staff.get(hex(claim.id))
      members.push(statement ? { leaf, statement } : { leaf })
    }
    return members
  }

  /** For the sealed store. */
  export(): { visitorKey: Bytes65 | undefined; staff: Statement[] } {
    return { visitorKey: this.visitorKey, staff: [...this.staff.values()] }
  }
}
