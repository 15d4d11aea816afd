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
 * Writes the desk's conversations into its vault: of each one write after the other, until it is known to be there. It knows which lines are
 * there already, so that none goes twice. It tells the desk when another one wrote, and when the vault takes no more.
 */
export class Keeper {
  private readonly told = new Map<Id, Lines>()
  /** What was asked for last, of each conversation: one that the vault takes no more of holds up no other. */
  private readonly last = new Map<Id, Promise<unknown>>()
  private over = false
  private readonly full = new Set<Id>()

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
      await this.insist(claim, () => this.vault.save(claim, state, []), false)
      return true
    } catch (error) {
      if (!(error instanceof VaultError) || error.code !== 'lost') throw error
      return false
    }
  }

  /** Resolves when the vault has it; `session` is overwritten then. Rejects when the desk is over before that. */
  save(conversation: Conversation, session?: Bytes): Promise<void> {
    return this.after(conversation.claim, async () => {
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
    await this.after(claim, () => this.insist(claim, () => this.vault.drop(claim))).catch(() => undefined)
    this.told.delete(claim)
    this.last.delete(claim)
  }

  /** Nothing more is written. */
  stop(): void {
    this.full.forEach(claim => this.says(claim, false))
    this.over = true
    this.told.clear()
  }

  /** When all that was asked for is written. */
  idle(): Promise<unknown> {
    return Promise.all(this.last.values())
  }

  private after(claim: Id, work: () => Promise<void>): Promise<void> {
    const result = (this.last.get(claim) ?? Promise.resolve()).then(work)
    this.last.set(claim, result.catch(() => undefined))
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
    await this.insist(claim, () => this.vault.save(claim, state, lines))
    zero(state, ...lines)
  }

  private says(claim: Id, full: boolean): void {
    const before = this.full.size > 0
    if (full) this.full.add(claim)
    else this.full.delete(claim)
    if (before !== this.full.size > 0) this.tell({ kind: 'vault', full })
  }

  private async insist(claim: Id, work: () => Promise<void>, over = true): Promise<void> {
    for (let tries = 0; ; tries++) {
      if (this.over) throw new VaultError('unreachable')
      const error = await work().then(() => undefined, (thrown: unknown) => thrown ?? new VaultError('unreachable'))
      if (error === undefined) return this.says(claim, false)
      const code = error instanceof VaultError ? error.code : 'unreachable'
      if (code === 'lost') {
        if (!this.over && over) this.tell({ kind: 'over', why: 'lease-lost' })
        throw error
      }
      if (code === 'full' && !this.over) this.says(claim, true)
      await new Promise<void>(done => void this.timers.set(done, backOff(tries)))
    }
  }
}
