import type { Bytes } from '../crypto/bytes'
import type { Proof, Role, Statement, Trust } from '../crypto/statement'
import type { Surroundings } from '../surroundings'
import type { Id } from '../wire/read'
import { agree } from './agree'
import type { StaffPort } from './desk-papers'

/** Whom a desk believes of the other staff, by the compiled root and the newest roster it was shown. */
export class Beliefs {
  /** Absent until two signed this desk's own keys. */
  trust: Trust | undefined
  unsigned: Bytes | undefined
  /** Who was believed last, by the claim it is about. */
  readonly of = new Map<Id, Statement>()

  constructor(private readonly ports: Pick<Surroundings, 'timers'> & { readonly staff: StaffPort }) {}

  /** What our hello says of the roster. */
  get named(): Bytes | undefined {
    return this.trust?.named
  }

  /** Before anybody is followed into the group, or met there. */
  async check(claim: Id, proof: Proof, as: Role): Promise<Statement | undefined> {
    const statement = await this.trust?.check(proof).catch(() => undefined)
    // By another role she would be heard, or be handed to, who may only look along.
    if (statement?.role !== as) return undefined
    this.of.set(claim, statement)
    return statement
  }

  async agrees(named: Bytes): Promise<boolean> {
    return this.trust !== undefined && agree(this.trust, named, this.ports.timers, () => this.reread())
  }

  /** What the server says of our own statement, with the newest roster. */
  private async reread(): Promise<void> {
    const answer = this.unsigned && await this.ports.staff.registerStatement(this.unsigned)
    if (answer?.state === 'signed') await this.trust?.check({ statement: answer.statement, roster: answer.roster, revocations: [] })
  }
}
