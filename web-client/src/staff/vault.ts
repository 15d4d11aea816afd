import { fromBase64Url, toBase64Url, zero, type Bytes } from '../crypto/bytes'
import { CryptoError } from '../crypto/errors'
import {
  copyOfKeys, decodeKeyring, decodeKeys, encodeKeyring, encodeKeys, openKeyring, SecretKey, Witness, withKeys, withoutPasskey, withPasskey, withRevoked, wrapForPasskey, wrapForWords, zeroKeys,
  type Keyring, type Keys, type Opener, type Papers, type PapersRole, type SeenRevoked, type SeenRoster, type SignerKey,
} from '../crypto/vault'
import { StaffError } from './api'
import type { StoredItem, VaultRoutes } from './vault-api'
import { Shelf, VaultError, type ShelfPorts } from './vault-shelf'

export { VaultError } from './vault-shelf'

type Draft = { readonly key: SecretKey; readonly words: Promise<Keyring['words']>; readonly write: string; body?: Bytes }
type PasskeyOpener = Extract<Opener, { prf: Bytes }>
/** One conversation as a desk kept it. The arrays are the reader's: overwrite them after use. */
export interface KeptTalk<Id extends string = string> { readonly claim: Id; readonly state: Bytes; readonly lines: readonly Bytes[] }

const KEYRING = 'keyring'
const KEYS = 'keys'
const isClaim = (item: string): boolean => /^[\w-]{22}$/.test(item)
/** Whoever reads anew and is still too late this often is not one of two browsers of one person. */
const TRIES = 8

/**
 * One person's vault, for as long as a page lives: closed and opened again with each lock. The key, and what is in `keys`, are here and nowhere else,
 * and `close` overwrites them. It is also the desk's port `DeskVault` (`conversation/desk-vault.ts`).
 */
export class StaffVault {
  private keyring: Keyring | undefined
  private keyringVersion = 0
  private shelf: Shelf | undefined
  private keys: Keys = {}
  /** All that was read or saved since it was opened, to be overwritten together. */
  private held: Keys[] = []
  private draft: Draft | undefined
  private readonly witness = new Witness()
  private changing: Promise<unknown> = Promise.resolve()
  /** Grows with each `close`: an opening under way then opens nothing. */
  private turn = 0

  constructor(private readonly routes: VaultRoutes, private readonly person: string, private readonly ports: ShelfPorts) {}

  get isOpen(): boolean { return this.shelf !== undefined }

  /** Whose answer the keyring knows, base64url: known since the first `open`. */
  get passkeys(): readonly string[] { return [...new Set(this.keyring?.passkeys.map(one => toBase64Url(one.credential)))] }

  /**
   * Reads the vault and tries each opener in turn; none: only looks. `none`: nothing was ever made. Rejects with a StaffError, or with `broken` or a
   * CryptoError when what the server has is no vault of hers.
   */
  async open(...openers: readonly Opener[]): Promise<'open' | 'closed' | 'none'> {
    const { turn } = this
    const items = await this.routes.items()
    if (!this.read(items)) return 'none'
    for (const by of openers) {
      const key = await openKeyring(this.keyring as Keyring, this.person, by).catch(() => undefined)
      if (!key) continue
      if (turn !== this.turn) return key.destroy(), 'closed'
      await this.begin(key, items)
      return this.isOpen ? 'open' : 'closed'
    }
    return 'closed'
  }

  private read(items: readonly StoredItem[]): boolean {
    const found = items.find(one => one.item === KEYRING)
    if (!found && items.length > 0) throw new VaultError('broken')
    if (!found) return false
    this.keyring = decodeKeyring(found.body)
    this.keyringVersion = found.version
    return true
  }

  private async begin(key: SecretKey, items: readonly StoredItem[]): Promise<void> {
    const shelf = this.shelf = new Shelf(this.routes, key, this.person, this.witness, this.ports)
    try {
      await this.readKeys(shelf, items)
    } catch (error) {
      if (this.shelf === shelf) this.close()
      throw error
    }
  }

  private async readKeys(shelf: Shelf, items: readonly StoredItem[]): Promise<void> {
    const stored = items.find(one => one.item === KEYS)
    if (!stored) this.witness.missing(KEYS)
    const body = stored && (await shelf.open(stored)).body
    const keys = body ? decodeKeys(body) : {}
    if (body) zero(body)
    if (this.shelf === shelf) this.hold(keys)
    else zeroKeys(keys)
  }

  private hold(keys: Keys): void {
    this.keys = keys
    this.held.push(keys)
  }

  /** A fresh vault for somebody who has none: nobody knows of it before `keep`. */
  prepare(words: string): void {
    this.draft?.key.destroy()
    const key = SecretKey.make()
    const wrap = wrapForWords(key, this.person, words)
    wrap.catch(() => {})
    this.draft = { key, words: wrap, write: this.ports.id() }
  }

  /** The server has it and it is open. False: another browser of hers made one meanwhile. Can be asked again when the server was out of reach. */
  async keep(by?: PasskeyOpener): Promise<boolean> {
    const { draft } = this
    if (!draft) throw new VaultError('closed')
    const passkeys = by ? [await wrapForPasskey(draft.key, this.person, by.credential, by.prf)] : []
    draft.body ??= encodeKeyring({ words: await draft.words, passkeys })
    const version = await this.routes.put({ item: KEYRING, seen: 0, write: draft.write, body: draft.body, lines: [] }).catch(notNow)
    if (this.draft !== draft) throw new VaultError('closed')
    this.draft = undefined
    if (version === undefined) return draft.key.destroy(), false
    this.keyring = decodeKeyring(draft.body)
    this.keyringVersion = version
    await this.begin(draft.key, [])
    return true
  }

  /** Locks it: every secret in it is overwritten and let go. What is under way rejects with `closed`. */
  close(): void {
    this.turn++
    this.shelf?.close()
    this.shelf = undefined
    for (const keys of this.held) zeroKeys(keys)
    this.held = []
    this.keys = {}
    this.draft?.key.destroy()
    this.draft = undefined
  }

  private opened(): Shelf {
    if (!this.shelf) throw new VaultError('closed')
    return this.shelf
  }

  /** From now on this passkey opens it, too. `proof`: that it is she who wants it (`prove.ts`). */
  addPasskey({ credential, prf }: PasskeyOpener, proof: string): Promise<void> {
    return this.changeKeyring(proof, async keyring => withPasskey(keyring, await this.opened().wrapFor(key => wrapForPasskey(key, this.person, credential, prf))))
  }

  removePasskey(credential: string, proof: string): Promise<void> { return this.changeKeyring(proof, async keyring => withoutPasskey(keyring, fromBase64Url(credential))) }

  /** From now on these words open it, and none before them. The vault's key stays: who kept an older keyring and reads the old paper can still open it. */
  changeWords(words: string, proof: string): Promise<void> {
    return this.changeKeyring(proof, async keyring => ({ ...keyring, words: await this.opened().wrapFor(key => wrapForWords(key, this.person, words)) }))
  }

  /** Whether she is who may open it: nothing is opened by that. */
  async isOpenedBy(by: Opener): Promise<boolean> {
    const key = this.keyring && await openKeyring(this.keyring, this.person, by).catch(() => undefined)
    key?.destroy()
    return key !== undefined
  }

  /** Read anew before: another browser may have changed it since, and a proof is good for one write. */
  private changeKeyring(proof: string, change: (keyring: Keyring) => Promise<Keyring>): Promise<void> {
    return this.oneAfterTheOther(async () => {
      this.opened()
      if (!this.read(await this.routes.items()) || !this.keyring) throw new VaultError('broken')
      const next = await change(this.keyring)
      const version = await this.routes.keyring({ seen: this.keyringVersion, write: this.ports.id(), body: encodeKeyring(next), proof }).catch(notNow)
      if (version === undefined) throw new VaultError('lost')
      this.keyring = next
      this.keyringVersion = version
    })
  }

  /** Copies: whoever asked overwrites them. */
  papers(role: PapersRole = 'expert'): Papers | undefined { return copyOfKeys(this.keys)[role] }
  signer(): SignerKey | undefined { return copyOfKeys(this.keys).signer }
  seenRoster(): SeenRoster | undefined { return copyOfKeys(this.keys).seen }
  /** Keeps copies: the arrays stay the caller's. */
  savePapers(papers: Papers, role: PapersRole = 'expert'): Promise<void> { return this.saveKeys({ [role]: papers }) }
  saveSigner(signer: SignerKey): Promise<void> { return this.saveKeys({ signer }) }
  /** Of two pages that write at once the newer one stays. */
  saveSeenRoster(seen: SeenRoster): Promise<void> {
    const copy = { ...seen, hash: seen.hash.slice() }
    return this.changeKeys(keys => ({ ...keys, seen: keys.seen && keys.seen.version > seen.version ? keys.seen : copy }))
  }

  seenRevoked(): readonly SeenRevoked[] { return copyOfKeys(this.keys).revoked ?? [] }
  /** What another page remembered meanwhile stays. */
  saveSeenRevoked(more: readonly SeenRevoked[], now: number): Promise<void> { return this.changeKeys(keys => ({ ...keys, revoked: withRevoked(keys.revoked, more, now) })) }

  private async saveKeys(some: Keys): Promise<void> {
    const copies = copyOfKeys(some)
    try {
      await this.changeKeys(keys => withKeys(keys, copies))
    } catch (error) {
      zeroKeys(copies)
      throw error
    }
  }

  /** A desk and a console may write at the same time: what the other wrote stays. */
  private changeKeys(change: (keys: Keys) => Keys): Promise<void> {
    return this.oneAfterTheOther(async () => {
      const shelf = this.opened()
      for (let tries = 0; tries < TRIES; tries++) {
        const next = change(this.keys)
        const body = encodeKeys(next)
        const lost = await shelf.write(KEYS, body, []).then(() => false, error => (error instanceof VaultError && error.code === 'lost' ? true : Promise.reject(error))).finally(() => zero(body))
        if (!lost) return this.shelf === shelf ? this.hold(next) : zeroKeys(next)
        await this.readKeys(shelf, await shelf.items())
      }
      throw new VaultError('lost')
    })
  }

  private oneAfterTheOther(work: () => Promise<void>): Promise<void> {
    const turn = this.changing.then(work, work)
    this.changing = turn.catch(() => {})
    return turn
  }

  /** Read anew at each call. What does not open, or is older than what was seen, is left out: nobody may go on from it. */
  async talks<Id extends string>(): Promise<readonly KeptTalk<Id>[]> {
    const shelf = this.opened()
    const items = (await shelf.items()).filter(one => isClaim(one.item))
    const found = await Promise.all(items.map(one => this.talk<Id>(shelf, one)))
    return found.filter(one => one !== undefined)
  }

  private async talk<Id extends string>(shelf: Shelf, stored: StoredItem): Promise<KeptTalk<Id> | undefined> {
    try {
      const item = await shelf.open(stored)
      return { claim: stored.item as Id, state: item.body, lines: await shelf.lines(stored.item, item) }
    } catch (error) {
      if (error instanceof CryptoError) return undefined
      throw error
    }
  }

  async save(claim: string, state: Bytes, lines: readonly Bytes[]): Promise<void> { await this.opened().write(claim, state, lines) }
  async drop(claim: string): Promise<void> { await this.opened().drop(claim) }
}

/** Another write was faster. */
function notNow(error: unknown): undefined {
  if (error instanceof StaffError && error.code === 'not-now') return undefined
  throw error
}
