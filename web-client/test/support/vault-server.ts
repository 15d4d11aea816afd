import { StaffError } from '../../src/staff/api'
import type { Lines, Put, PutKeyring, StoredItem, VaultRoutes } from '../../src/staff/vault-api'

interface Row { version: number; write: string; body: StoredItem['body']; lines: { number: number; body: StoredItem['body'] }[] }
/** What becomes of one question: it never arrives, or its answer does not. */
export type Fault = { readonly code: string; readonly done?: boolean }

/** A server's part of one person's vault, as protocol §11 promises it: one conditional write on the version, the same write again the same answer. */
export class VaultServer implements VaultRoutes {
  readonly rows = new Map<string, Row>()
  readonly asked: string[] = []
  /** What is good for one keyring each. */
  readonly proofs = new Set<string>()
  /** For the next questions, one each. */
  readonly faults: Fault[] = []

  private async answer<T>(what: string, work: () => T): Promise<T> {
    this.asked.push(what)
    const fault = this.faults.shift()
    if (fault && !fault.done) throw new StaffError(fault.code)
    const found = work()
    if (fault) throw new StaffError(fault.code)
    return found
  }

  items(): Promise<readonly StoredItem[]> {
    return this.answer('items', () => [...this.rows].map(([item, { version, body }]) => ({ item, version, body: body.slice() })))
  }

  put({ item, seen, write, body, lines }: Put): Promise<number> {
    return this.answer(`put ${item}`, () => {
      const row = this.rows.get(item)
      if (row?.write === write) return row.version
      if ((row?.version ?? 0) !== seen) throw new StaffError('not-now')
      const before = row?.lines ?? []
      this.rows.set(item, { version: seen + 1, write, body: body.slice(), lines: [...before, ...lines.map((line, i) => ({ number: before.length + i + 1, body: line.body.slice() }))] })
      return seen + 1
    })
  }

  keyring({ proof, ...rest }: PutKeyring): Promise<number> {
    if (!this.proofs.delete(proof)) return this.answer('put keyring', () => { throw new StaffError('not-allowed') })
    return this.put({ item: 'keyring', lines: [], ...rest })
  }

  lines(item: string, after: number): Promise<Lines> {
    return this.answer(`lines ${item} ${after}`, () => {
      const left = (this.rows.get(item)?.lines ?? []).filter(one => one.number > after)
      return { lines: left.slice(0, 60), more: left.length > 60 }
    })
  }

  drop(item: string): Promise<void> { return this.answer(`drop ${item}`, () => { this.rows.delete(item) }) }

  /** As it is now, to lie with later. */
  copy(): Map<string, Row> { return new Map([...this.rows].map(([item, row]) => [item, { ...row, body: row.body.slice(), lines: row.lines.map(line => ({ ...line, body: line.body.slice() })) }])) }
  becomes(rows: Map<string, Row>): void {
    this.rows.clear()
    for (const [item, row] of rows) this.rows.set(item, row)
  }
}

/** Enough of a word list for tests: what it does not know it does not read. */
export const WORDS = ['appel', 'boom', 'citroen', 'dadel', 'eik', 'fiets', 'gras', 'hek', 'iep', 'jas'] as const
export const fakeWords = {
  read: (text: string): string[] | undefined => {
    const found = text.toLowerCase().split(/[\s,]+/).filter(Boolean).map(word => WORDS.find(one => one === word || (word.length >= 4 && one.startsWith(word.slice(0, 4)))))
    return found.every(word => word !== undefined) ? found as string[] : undefined
  },
  random: (count: number): string[] => WORDS.slice(0, count),
}
