import { toBase64Url, type Bytes } from '../crypto/bytes'
import { bytes, each, fields, text, whole } from './answer'
import type { StaffApi } from './api'

/** One thing in the vault as the server keeps it. `version`: of its row, not of what is sealed in it. */
export interface StoredItem { readonly item: string; readonly version: number; readonly body: Bytes }
/** A conditional write: good only while the item has the version `seen` (0: while there is none). `write` makes it repeatable. */
export interface Put {
  readonly item: string
  readonly seen: number
  readonly write: string
  readonly body: Bytes
  readonly lines: readonly { readonly line: string; readonly body: Bytes }[]
}
/** Another keyring in the place of the one she has: for that her session is too little (`prove.ts`). */
export interface PutKeyring extends Pick<Put, 'seen' | 'write' | 'body'> { readonly proof: string }
export interface Lines { readonly lines: readonly { readonly number: number; readonly body: Bytes }[]; readonly more: boolean }

/** What a vault asks of the server; rejects with a `StaffError` and nothing else. */
export interface VaultRoutes {
  items(): Promise<readonly StoredItem[]>
  /** The version it has now; `not-now` when another write was faster. */
  put(put: Put): Promise<number>
  /** The same; `not-allowed` for a proof that is none, was used, or came too late. */
  keyring(put: PutKeyring): Promise<number>
  lines(item: string, after: number): Promise<Lines>
  drop(item: string): Promise<void>
}

/** The routes of protocol §11 about one's own vault. */
export class VaultApi implements VaultRoutes {
  constructor(private readonly api: StaffApi) {}

  async items(): Promise<readonly StoredItem[]> {
    const { items } = await this.api.ask('vault')
    return each(items, fields).map(({ item, version, body }) => ({ item: text(item), version: whole(version), body: bytes(body) }))
  }

  async put({ body, lines, ...rest }: Put): Promise<number> {
    const answer = await this.api.ask('vault/put', { ...rest, body: toBase64Url(body), lines: lines.map(one => ({ line: one.line, body: toBase64Url(one.body) })) })
    return whole(answer['version'])
  }

  async keyring({ body, ...rest }: PutKeyring): Promise<number> { return whole((await this.api.ask('vault/keyring', { ...rest, body: toBase64Url(body) }))['version']) }

  async lines(item: string, after: number): Promise<Lines> {
    const answer = await this.api.ask('vault/lines', { item, after })
    return { lines: each(answer['lines'], fields).map(one => ({ number: whole(one['number']), body: bytes(one['body']) })), more: answer['more'] === true }
  }

  async drop(item: string): Promise<void> { await this.api.ask('vault/drop', { item }) }
}
