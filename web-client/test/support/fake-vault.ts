import { random, toBase64Url, type Bytes } from '../../src/crypto/bytes'
import { replay } from '../../src/conversation/desk-copy'
import { VaultError, type DeskVault, type KeptTalk, type Papers } from '../../src/conversation/desk-vault'
import type { Id } from '../../src/wire/read'

interface Item { version: number; write: string; state: Bytes; lines: { bytes: Bytes; version: number }[] }
interface Put { claim: Id; seen: number; write: string; state: Bytes; lines: readonly Bytes[] }

const copy = (item: Item): Item => ({ ...item, state: item.state.slice(), lines: item.lines.map(line => ({ ...line, bytes: line.bytes.slice() })) })

/** What the server keeps of one person, in the clear: one conditional write an item, the same write again has the same answer. */
export class VaultServer {
  readonly person = toBase64Url(random(16))
  items = new Map<Id, Item>()
  papers: Papers | undefined
  /** Every state that was ever put, for tests of what must not be in one. */
  readonly puts: Put[] = []

  put({ claim, seen, write, state, lines }: Put): number | 'not-now' {
    const item = this.items.get(claim)
    if (item?.write === write) return item.version
    if ((item?.version ?? 0) !== seen) return 'not-now'
    const version = seen + 1
    this.puts.push({ claim, seen, write, state: state.slice(), lines: lines.map(line => line.slice()) })
    this.items.set(claim, { version, write, state: state.slice(), lines: [...item?.lines ?? [], ...lines.map(bytes => ({ bytes: bytes.slice(), version }))] })
    return version
  }

  /** What is said in the lines that lie here. */
  texts(): string[] {
    return [...this.items.values()].flatMap(item => replay(item.lines.map(line => line.bytes))).flatMap(line => line.text ?? [])
  }

  /** As it is now, to go back to. */
  snapshot(): Map<Id, Item> {
    return new Map([...this.items].map(([claim, item]) => [claim, copy(item)]))
  }
}

/** Where something of a vault may go wrong: before the server heard of it, and after that but before the answer. */
export type Gate = <T>(what: string, work: () => Promise<T>) => Promise<T>

/** One desk's way to it. */
export class FakeVault implements DeskVault {
  /** The page is gone: whatever it asked is never answered. */
  dead = false
  /** How many of the next writes are lost on the way there, and how many answers on the way back. */
  losses = { there: 0, back: 0 }
  gate: Gate = (_, work) => work()
  private readonly seen = new Map<Id, number>()
  private readonly unanswered = new Map<Id, Put>()

  constructor(private readonly server: VaultServer) {}

  papers(): Papers | undefined {
    const { papers } = this.server
    return papers && { ...papers, signatureKey: { ...papers.signatureKey, signKey: papers.signatureKey.signKey.slice() }, box: { ...papers.box, scalar: papers.box.scalar.slice() } }
  }

  savePapers(papers: Papers): Promise<void> {
    return this.pass('papers', async () => {
      this.server.papers = { ...papers, signatureKey: { ...papers.signatureKey, signKey: papers.signatureKey.signKey.slice() }, box: { ...papers.box, scalar: papers.box.scalar.slice() } }
    })
  }

  talks(): Promise<readonly KeptTalk[]> {
    return this.pass('talks', async () => [...this.server.items].map(([claim, item]) => {
      this.seen.set(claim, item.version)
      const { state, lines } = copy(item)
      return { claim, state, lines: lines.filter(line => line.version <= item.version).map(line => line.bytes) }
    }))
  }

  save(claim: Id, state: Bytes, lines: readonly Bytes[]): Promise<void> {
    return this.pass('save', async () => {
      const before = this.unanswered.get(claim)
      if (before) this.put(before)
      this.put({ claim, seen: this.seen.get(claim) ?? 0, write: toBase64Url(random(16)), state: state.slice(), lines: lines.map(line => line.slice()) })
    })
  }

  drop(claim: Id): Promise<void> {
    return this.pass('drop', async () => {
      this.server.items.delete(claim)
      this.seen.delete(claim)
    })
  }

  private put(put: Put): void {
    this.unanswered.set(put.claim, put)
    if (this.losses.there > 0 && this.losses.there-- > 0) throw new VaultError('unreachable')
    const answer = this.server.put(put)
    if (answer !== 'not-now' && this.losses.back > 0 && this.losses.back-- > 0) throw new VaultError('unreachable')
    this.unanswered.delete(put.claim)
    if (answer === 'not-now') throw new VaultError('lost')
    this.seen.set(put.claim, answer)
  }

  private async pass<T>(what: string, work: () => Promise<T>): Promise<T> {
    const never = new Promise<T>(() => {})
    if (this.dead) return never
    const result = await this.gate(what, work)
    return this.dead ? never : result
  }
}
