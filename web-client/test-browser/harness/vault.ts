import { concat, fromBase64Url, toBase64Url, utf8, type Bytes } from '../../src/crypto/bytes'
import { sized8, u32, u8 } from '../../src/crypto/reader'
import { decodeKeyring, type Papers } from '../../src/crypto/vault'
import { keyOfWords } from '../../src/crypto/vault/secrets'
import { StaffVault } from '../../src/staff/vault'
import type { StoredItem, VaultRoutes } from '../../src/staff/vault-api'
import { sessionCookie } from './administrator'
import type { Expert } from './people'
import type { Server } from './server'

/** Whose answers open her vault, as the server keeps it: the credentials, base64url. And what else lies there. */
export async function keyringOf(who: Expert, server: Server): Promise<{ opens: string[]; items: string[] }> {
  const { items } = await kept(who, server)
  const { passkeys } = decodeKeyring(items.find(({ item }) => item === 'keyring')?.body ?? new Uint8Array())
  return { opens: [...new Set(passkeys.map(({ credential }) => toBase64Url(credential)))], items: items.map(({ item }) => item) }
}

interface Told { items: { item: string; version: number; body: string }[] }

/** What the server keeps for her, asked for with her own cookie, past every proxy. */
async function kept({ page, url }: Expert, { ports }: Server): Promise<{ person: string; items: StoredItem[] }> {
  const { value } = await sessionCookie(page, url)
  const ask = async (path: string): Promise<unknown> => (await fetch(`http://localhost:${ports.staff}/api/${path}`, { headers: { Cookie: `__Host-naast=${value}` } })).json()
  const [{ id }, { items }] = [await ask('session') as { id: string }, await ask('vault') as Told]
  return { person: id, items: items.map(({ item, version, body }) => ({ item, version, body: fromBase64Url(body) })) }
}

/** The vault's key itself, which our own code hands to nobody (docs/formats.md §10). */
async function vaultKey(keyring: Bytes, person: string, phrase: string): Promise<Bytes> {
  const { words: { salt, iterations, sealed } } = decodeKeyring(keyring)
  const wrapping = await keyOfWords(phrase, salt, iterations)
  return wrapping.open(sealed, concat(utf8('naast/keyring/v1\0'), sized8(utf8(person)), u8(1), salt, u32(iterations)))
}

const scalars = (role: string, papers: Papers | undefined): Record<string, Uint8Array> =>
  papers ? { [`${role}, statement`]: papers.signatureKey.signKey.slice(-32), [`${role}, box`]: papers.box.scalar } : {}

/** Every private key in her vault and the vault's own, by name: opened with what she has on paper, as she could herself. */
export async function secretsOf(name: string, who: Expert, server: Server): Promise<Record<string, Uint8Array>> {
  const { person, items } = await kept(who, server)
  const no = (): never => { throw new Error('only read') }
  const routes: VaultRoutes = { items: async () => items, put: no, keyring: no, lines: no, drop: no }
  const vault = new StaffVault(routes, person, { id: no, pause: no })
  if (await vault.open({ words: who.words }) !== 'open') throw new Error(`the vault of ${name} does not open by her words`)
  const keyring = items.find(({ item }) => item === 'keyring')?.body ?? no()
  const found = { ...scalars('expert', vault.papers('expert')), ...scalars('coordinator', vault.papers('coordinator')), ...scalars('former', vault.papers('former')), 'the vault': await vaultKey(keyring, person, who.words) }
  const signer = vault.signer()
  vault.close()
  return Object.fromEntries(Object.entries({ ...found, ...signer && { 'roster signer': signer.key.scalar } }).map(([what, bytes]) => [`${name}: ${what}`, bytes]))
}
