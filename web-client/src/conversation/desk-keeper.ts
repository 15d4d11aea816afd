import { zero, type Bytes } from '../crypto/bytes'
import type { Surroundings } from '../surroundings'
import type { Id } from '../wire/read'
import { byId, encodeLine, encodeState, newLines } from './desk-copy'
import type { Conversation, DeskEvent } from './desk-model'
import { VaultError, type DeskVault, type KeptTalk } from './desk-vault'
import { backOff } from './limits'
import type { Lines } from './lines'

/** As many lines as a vault takes at once, with room to spare. */
const LINES_AT_ONCE = 50

/**
 * Writes the desk's conversations into its vault: one write after the other, each until it is known to be there. It knows which lines are
 * there already, so that none goes twice. It tells the desk when another one wrote, and when the vault takes no more.
 */
export class Keeper {
  private readonly told = new Map<Id, Lines>()
  private last: Promise<unknown> = Promise.resolve()
  private over = false
  private full = false

  constructor(readonly vault: DeskVault, private readonly timers: Surroundings['timers'], private readonly tell: (event: DeskEvent) => void) {}

  /** This is what the vault has of it. */
  knows(claim: Id, lines: Lines): void {
    this.told.set(claim, lines)
  }

  /**
   * Writes what was just read once more: from then on an older desk, which has not heard yet that it is one, writes in vain and wipes. False when
   * it was faster: read again.
   */
  async take({ claim, state }: KeptTalk): Promise<boolean> {
    try {
      await this.insist(() => this.vault.save(claim, state, []), false)
      return true
    } catch (error) {
      if (!(error instanceof VaultError) || error.code !== 'lost') throw error
      return false
    }
  }

  /** Resolves when the vault has it; `session` is overwritten then. Rejects when the desk is over before that. */
  save(conversation: Conversation, session?: Bytes): Promise<void> {
    return this.after(async () => {
      try {
        await this.write(conversation, session)
      } finally {
        if (session) zero(session)
      }
    })
  }

  /** It is over: its keys leave the vault, its words stay until they are forgotten. One that was never kept stays unknown. */
  async end(conversation: Conversation): Promise<void> {
    if (this.told.has(conversation.claim)) await this.save(conversation).catch(() => undefined)
  }

  async drop(claim: Id): Promise<void> {
    if (!this.told.has(claim)) return
    await this.after(() => this.insist(() => this.vault.drop(claim))).catch(() => undefined)
    this.told.delete(claim)
  }

  /** Nothing more is written. */
  stop(): void {
    this.says(false)
    this.over = true
    this.told.clear()
  }

  /** When all that was asked for is written. */
  idle(): Promise<unknown> {
    return this.last
  }

  private after(work: () => Promise<void>): Promise<void> {
    const result = this.last.then(work)
    this.last = result.catch(() => undefined)
    return result
  }

  private async write(conversation: Conversation, session: Bytes | undefined): Promise<void> {
    const { claim, lines } = conversation
    const fresh = newLines(this.told.get(claim) ?? [], lines)
    do {
      const some = fresh.splice(0, LINES_AT_ONCE)
      const late = new Set(fresh.map(({ line }) => line.id))
      const there = lines.filter(line => !late.has(line.id))
      await this.put(claim, encodeState(conversation, session, byId(there)), some.map(encodeLine))
      if (!this.over) this.told.set(claim, there)
    } while (fresh.length > 0)
  }

  private async put(claim: Id, state: Bytes, lines: readonly Bytes[]): Promise<void> {
    await this.insist(() => this.vault.save(claim, state, lines))
    zero(state, ...lines)
  }

  private says(full: boolean): void {
    if (this.full === full) return
    this.full = full
    this.tell({ kind: 'vault', full })
  }

  private async insist(work: () => Promise<void>, over = true): Promise<void> {
    for (let tries = 0; ; tries++) {
      if (this.over) throw new VaultError('unreachable')
      const error = await work().then(() => undefined, (thrown: unknown) => thrown ?? new VaultError('unreachable'))
      if (error === undefined) return this.says(false)
      const code = error instanceof VaultError ? error.code : 'unreachable'
      if (code === 'lost') {
        if (!this.over && over) this.tell({ kind: 'over', why: 'lease-lost' })
        throw error
      }
      if (code === 'full' && !this.over) this.says(true)
      await new Promise<void>(done => void this.timers.set(done, backOff(tries)))
    }
  }
}
