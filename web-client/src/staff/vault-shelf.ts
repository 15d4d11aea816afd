import type { Bytes, Bytes32 } from '../crypto/bytes'
import { chained, NO_LINES, openItem, openLines, sealItem, sealLine, type Item, type SecretKey, type Witness } from '../crypto/vault'
import { StaffError } from './api'
import type { StoredItem, VaultRoutes } from './vault-api'

/**
 * Why a vault could not do it. `lost`: something else wrote this item meanwhile · `closed`: it was locked · `broken`: what the server has is no vault.
 * Looked at by `code`, so that whoever catches it need not know this file.
 */
export class VaultError extends Error {
  constructor(readonly code: 'lost' | 'closed' | 'broken') { super(code) }
}

export interface ShelfPorts {
  readonly pause: (ms: number) => Promise<unknown>
  /** 16 random bytes, base64url. */
  readonly id: () => string
}

interface Known { readonly version: number; readonly counter: number; readonly lines: number; readonly chain: Bytes32 }
const NEW: Known = { version: 0, counter: 0, lines: 0, chain: NO_LINES }

const LINES_A_PUT = 100
const PASSING = ['unreachable', 'busy', 'too-fast']
const SHORTEST_MS = 500
const LONGEST_MS = 8_000

/** The items of an open vault: sealed here, kept there. What passes is asked again until it is answered or the vault is closed. */
export class Shelf {
  private readonly known = new Map<string, Known>()
  private readonly lost = new Set<string>()
  private readonly turns = new Map<string, Promise<unknown>>()
  private closed = false

  constructor(private readonly routes: VaultRoutes, private readonly key: SecretKey, private readonly person: string, private readonly witness: Witness, private readonly ports: ShelfPorts) {}

  close(): void {
    this.closed = true
    this.key.destroy()
  }

  /** For the keyring: the key stays here. */
  wrapFor<T>(wrap: (key: SecretKey) => Promise<T>): Promise<T> { return this.whileOpen(wrap(this.key)) }

  items(): Promise<readonly StoredItem[]> { return this.patiently(() => this.routes.items()) }

  /** What is in an item, of which the next `write` is the successor. Throws a CryptoError: `stale` for an older one than was seen. */
  async open({ item, version, body }: StoredItem): Promise<Item> {
    const found = await this.whileOpen(openItem(this.key, this.place(item), body))
    await this.witness.note(item, found.counter, body)
    this.known.set(item, { version, counter: found.counter, lines: found.lines, chain: found.chain })
    this.lost.delete(item)
    return found
  }

  async lines(name: string, item: Item): Promise<Bytes[]> {
    const found: Bytes[] = []
    for (let [after, more] = [0, item.lines > 0]; more && found.length < item.lines;) {
      const page = await this.patiently(() => this.routes.lines(name, after))
      found.push(...page.lines.map(one => one.body))
      more = page.more && page.lines.length > 0
      after = page.lines[page.lines.length - 1]?.number ?? after
    }
    return this.whileOpen(openLines(this.key, this.place(name), item, found))
  }

  /** Resolves when the server has it. Rejects with `lost` when something else wrote the item since it was opened here, from then on at once. */
  write(item: string, body: Bytes, lines: readonly Bytes[]): Promise<void> {
    return this.inTurn(item, async () => {
      for (let at = 0; at === 0 || at < lines.length; at += LINES_A_PUT) await this.writeSome(item, body, lines.slice(at, at + LINES_A_PUT))
    })
  }

  drop(item: string): Promise<void> {
    return this.inTurn(item, async () => {
      await this.patiently(() => this.routes.drop(item))
      this.known.delete(item)
      this.witness.forget(item)
    })
  }

  private async writeSome(item: string, body: Bytes, lines: readonly Bytes[]): Promise<void> {
    if (this.lost.has(item)) throw new VaultError('lost')
    const before = this.known.get(item) ?? NEW
    let { chain } = before
    const kept: { line: string; body: Bytes }[] = []
    for (const [i, line] of lines.entries()) {
      const sealed = await this.whileOpen(sealLine(this.key, this.place(item), before.lines + i + 1, line))
      chain = await chained(chain, sealed)
      kept.push({ line: this.ports.id(), body: sealed })
    }
    const next = { counter: before.counter + 1, lines: before.lines + lines.length, chain }
    const sealed = await this.whileOpen(sealItem(this.key, this.place(item), { ...next, body }))
    const version = await this.put({ item, seen: before.version, write: this.ports.id(), body: sealed, lines: kept })
    await this.witness.note(item, next.counter, sealed)
    this.known.set(item, { ...next, version })
  }

  private async put(put: Parameters<VaultRoutes['put']>[0]): Promise<number> {
    try {
      return await this.patiently(() => this.routes.put(put))
    } catch (error) {
      if (!(error instanceof StaffError) || error.code !== 'not-now') throw error
      this.lost.add(put.item)
      throw new VaultError('lost')
    }
  }

  private place(item: string) { return { person: this.person, item } }

  /** A key that went in the middle of it is a lock, not a fault. */
  private async whileOpen<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      throw this.closed ? new VaultError('closed') : error
    }
  }

  /** The same question again, while the answer is one that passes. */
  private async patiently<T>(ask: () => Promise<T>): Promise<T> {
    for (let ms = SHORTEST_MS; ; ms = Math.min(2 * ms, LONGEST_MS)) {
      if (this.closed) throw new VaultError('closed')
      try {
        return await ask()
      } catch (error) {
        if (!(error instanceof StaffError) || !PASSING.includes(error.code)) throw error
      }
      await this.ports.pause(ms)
    }
  }

  /** One after the other for each item: what is written follows from what was written before. */
  private inTurn(item: string, work: () => Promise<void>): Promise<void> {
    const turn = (this.turns.get(item) ?? Promise.resolve()).then(work, work)
    this.turns.set(item, turn)
    return turn
  }
}
