import { createApplicationMessage, type ClientState } from './mls'
import { equal, sha256, type Bytes, type Bytes16, type Bytes32, type Bytes65 } from '../bytes'
import { demand } from '../errors'
import type { Proof, Statement, Trust } from '../statement'
import { addOf, commitOf, type Pending } from './commit'
import { MESSAGE_SIZES, paddedFor } from './config'
import { guard } from './guard'
import { checkKeyPackage } from './keyPackage'
import type { Member, Members } from './members'
import { readKeyPackage, writePrivateMessage } from './message'
import { Mutex } from './mutex'
import type { Change } from './policy'
import { suite } from './provider'
import { receive, type Received } from './receive'
import { Signals, type Signal } from './signal'
import { decodeStored, encodeStored, type Stored } from './store'
import { wipe } from './wipe'

/** What an envelope from the log turned out to be. */
export type Opened =
  | { kind: 'message'; leaf: number; payload: Bytes }
  /** Applied: we are in the next epoch. */
  | { kind: 'commit'; leaf: number; change: Change; members: Member[] }
  /** Our own commit came back: it is in force. */
  | { kind: 'own-commit' }
  /** A message of our own came back: what it said is not read again. */
  | { kind: 'own' }
  /** We were removed: nothing more can be sealed or opened. */
  | { kind: 'removed' }

/**
 * A commit of ours that is made and not in force. Export the session *before* sending it (crypto.md 11). One at a time;
 * somebody else's commit for the same epoch drops it.
 */
export interface Staged {
  readonly envelope: Bytes
  /** SHA-256(envelope): what a restored client looks for in the log. */
  readonly hash: Bytes32
  /** The server stored it. Rejects with `stale` after it was dropped; may be called again. */
  confirm(): Promise<void>
  /** The server refused it: we go on in the epoch we are in. */
  drop(): Promise<void>
}

/** So many of our own commits are known again when they come back from the log. */
const REMEMBERED_COMMITS = 16

/**
 * One member's half of one group. Everything runs in the order asked, one thing at a time. Every method rejects with a CryptoError;
 * a rejected one has changed nothing.
 */
export class Session {
  private readonly mutex = new Mutex()
  private signals: Signals | undefined
  private ended = false
  /** After a restore: keys of this state may have been used by the one it was copied from. */
  private mustCommit: boolean
  /** The commit made after the restore that ends this, once it is in force. */
  private healing: Pending | undefined

  private constructor(private stored: Stored, private readonly trust: Trust | undefined, restored: boolean) {
    this.mustCommit = restored
  }

  /** A session that begins here and now. */
  static begin(state: ClientState, members: Members, trust?: Trust): Session {
    return new Session({ state, members, ownCommits: [], staged: undefined }, trust, false)
  }

  /** What `exportState` gave. Nothing can be sealed before an own commit made after this (crypto.md 11). Throws `malformed`. */
  static async importState(bytes: Bytes, trust?: Trust): Promise<Session> {
    return new Session(await decodeStored(bytes), trust, true)
  }

  get groupId(): Bytes16 {
    return new Uint8Array(this.stored.state.groupContext.groupId)
  }

  epoch(): number {
    return Number(this.stored.state.groupContext.epoch)
  }

  ownLeaf(): number {
    return this.stored.state.privatePath.leafIndex
  }

  /** Signature key of leaf 0. It never changes: a visitor's client makes one group (docs/formats.md §6). */
  visitorKey(): Bytes65 | undefined {
    return this.stored.members.export().visitorKey
  }

  members(): Member[] {
    return this.stored.members.of(this.stored.state.ratchetTree)
  }

  /** The commit that waits for the server's answer: found again after a restore. */
  staged(): Staged | undefined {
    return this.stored.staged && this.handle(this.stored.staged)
  }

  /** Believes that this statement's holder may be in the group: a desk's word for members whom only the visitor adds. */
  vouch(statement: Statement): void {
    this.stored.members.vouch(statement)
  }

  /** An encoded payload as one MLS message of 462, 1,230 or 4,302 bytes. Export before sending. Not while a commit is staged (`misuse`). */
  seal(payload: Bytes): Promise<Bytes> {
    return this.run(async () => {
      const { state, staged } = this.stored
      const size = MESSAGE_SIZES.get(payload.length)
      demand(size !== undefined && !staged && !this.mustCommit, 'misuse')
      const made = await guard('misuse', () => createApplicationMessage(paddedFor(state, payload.length), payload, suite))
      this.become({ ...made.newState, clientConfig: state.clientConfig }, made.consumed)
      const envelope = writePrivateMessage(made.privateMessage)
      demand(envelope.length === size, 'misuse')
      return envelope
    })
  }

  /** The next envelope of the log. Throws `malformed`, `stale`, `unreadable`, `refused-member`. */
  open(envelope: Bytes): Promise<Opened> {
    return this.run(async () => {
      const hash = await sha256(envelope)
      if (this.stored.staged && equal(this.stored.staged.hash, hash)) this.enforce(this.stored.staged)
      if (this.stored.ownCommits.some(known => equal(known, hash))) return { kind: 'own-commit' }
      return this.take(await receive(this.stored.state, envelope))
    })
  }

  /** The visitor takes in whoever's proof holds and whose key package is hers. Nothing is made otherwise. */
  stageAdd(keyPackage: Bytes, proof: Proof): Promise<Staged> {
    return this.stage(async state => {
      const { trust } = this
      demand(this.ownLeaf() === 0 && trust !== undefined, 'misuse')
      const statement = await trust.check(proof)
      const decoded = await readKeyPackage(keyPackage)
      checkKeyPackage(decoded, statement, Math.floor(trust.now() / 1000))
      // The library asks the members about the new leaf, so she is vouched for first, and no longer if nothing comes of it.
      return this.stored.members.trying(statement, () => addOf(state, decoded))
    })
  }

  /** The visitor removes a member. */
  stageRemove(leaf: number): Promise<Staged> {
    return this.stage(state => {
      demand(this.ownLeaf() === 0 && leaf !== 0 && this.members().some(member => member.leaf === leaf), 'misuse')
      return commitOf(state, leaf)
    })
  }

  /** Renews our own keys: what was stolen of them before heals. */
  stageUpdate(): Promise<Staged> {
    return this.stage(state => commitOf(state))
  }

  /** At most 31 bytes, apart from the ratchet. */
  sealSignal(body: Bytes): Promise<Bytes> {
    return this.run(async () => (await this.currentSignals()).seal(body, false))
  }

  /** Sealed beforehand for a hurried end; once it is sent, no other signal of ours is heard in this epoch. */
  sealLastSignal(body: Bytes): Promise<Bytes> {
    return this.run(async () => (await this.currentSignals()).seal(body, true))
  }

  /** Undefined = old, of another epoch, or forged. */
  openSignal(bytes: Bytes): Promise<Signal | undefined> {
    return this.run(async () => (await this.currentSignals()).open(bytes))
  }

  /** Everything, with a staged commit, for the sealed store. */
  exportState(): Promise<Bytes> {
    return this.run(async () => encodeStored(this.stored))
  }

  /** Overwrites what can be overwritten, at once; every later call rejects with `misuse`. */
  destroy(): void {
    this.ended = true
    this.signals?.forget()
    if (this.stored.staged) wipe(this.stored.staged.next)
    wipe(this.stored.state)
  }

  private run<T>(work: () => Promise<T>): Promise<T> {
    return this.mutex.run(async () => {
      demand(!this.ended, 'misuse')
      return work()
    })
  }

  private stage(make: (state: ClientState) => Promise<Pending>): Promise<Staged> {
    return this.run(async () => {
      demand(!this.stored.staged, 'misuse')
      const pending = await make(this.stored.state)
      this.stored = { ...this.stored, staged: pending }
      this.healing = pending
      return this.handle(pending)
    })
  }

  private handle(pending: Pending): Staged {
    return {
      envelope: pending.envelope,
      hash: pending.hash,
      confirm: () => this.run(async () => this.confirm(pending)),
      drop: () => this.run(async () => this.drop(pending)),
    }
  }

  private confirm(pending: Pending): void {
    if (this.stored.ownCommits.some(known => equal(known, pending.hash))) return
    demand(this.stored.staged === pending, 'stale')
    this.enforce(pending)
  }

  private enforce(pending: Pending): void {
    const { next, consumed, hash } = pending
    if (pending === this.healing) this.mustCommit = false
    const ownCommits = [...this.stored.ownCommits, hash].slice(-REMEMBERED_COMMITS)
    this.stored = { ...this.stored, ownCommits, staged: undefined }
    this.become(next, consumed)
  }

  /** The handshake generation is used again by the next commit, parted by the reuse guard: SECURITY.md, non-promises. */
  private drop(pending: Pending): void {
    if (this.stored.staged !== pending) return
    this.stored = { ...this.stored, staged: undefined }
    wipe(pending.next, this.stored.state)
  }

  private take(received: Received): Opened {
    const { leaf, consumed } = received
    if (received.kind === 'message') {
      this.become(received.next, consumed)
      return { kind: 'message', leaf, payload: received.payload }
    }
    if (received.kind === 'own') return { kind: 'own' }
    if (received.kind === 'removed') {
      this.destroy()
      return { kind: 'removed' }
    }
    const members = this.stored.members.of(received.next.ratchetTree)
    const { staged } = this.stored
    this.become({ ...received.next, historicalReceiverData: new Map() }, consumed)
    if (staged) this.drop(staged)
    return { kind: 'commit', leaf, change: received.change, members }
  }

  /** The next state; what only the last one knew is overwritten. */
  private become(next: ClientState, consumed: Uint8Array[]): void {
    const { state, staged } = this.stored
    this.stored = { ...this.stored, state: next }
    consumed.forEach(secret => secret.fill(0))
    wipe(state, next, ...(staged ? [staged.next] : []))
    // `destroy` may have come while this was being made.
    if (this.ended) this.destroy()
  }

  private async currentSignals(): Promise<Signals> {
    if (this.signals?.epoch !== this.epoch()) {
      this.signals?.forget()
      this.signals = await Signals.of(this.stored.state)
    }
    return this.signals as Signals
  }
}

