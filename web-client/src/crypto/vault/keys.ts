import { EMPTY, concat, equal, hex, utf8, zero, type Bytes, type Bytes32, type Bytes65 } from '../bytes'
import { Reader, sized16, sized32, u16, u64, u8 } from '../reader'
import { saveKey, type KeyPair } from '../suite/keys'

/** The keys of a statement, and the statement; `signed` once two signed it. */
export interface Papers {
  readonly signatureKey: { readonly signKey: Bytes; readonly publicKey: Bytes65 }
  readonly box: KeyPair
  readonly unsigned: Bytes
  readonly signed?: Bytes
}
/** A coordinator's key for signing statements and rosters; `certificate` once the root certified it. */
export interface SignerKey { readonly key: KeyPair; readonly name: string; readonly certificate?: Bytes }

/** The newest roster that its person's pages believed: a server cannot go back behind it. `until`: unix seconds. */
export interface SeenRoster { readonly version: number; readonly hash: Bytes32; readonly until: number }

/** A statement that a signer revoked, kept until it has ended by itself: a server that hides the record gets it into no roster that its person signs. `until`: unix seconds. */
export interface SeenRevoked { readonly hash: Bytes32; readonly until: number }

/**
 * Every private key that outlives a page, and what they were last used beside (docs/formats.md §10): the body of the item `keys`. `former`: the coordinator's papers before these, which
 * two had signed. Until the newer ones are signed visitors are given those, and they open what was sealed to them.
 */
export interface Keys { readonly expert?: Papers; readonly coordinator?: Papers; readonly former?: Papers; readonly signer?: SignerKey; readonly seen?: SeenRoster; readonly revoked?: readonly SeenRevoked[] }
export type PapersRole = 'expert' | 'coordinator' | 'former'

const NAME = 'naast/keys/v1\0'
const ROLES: readonly PapersRole[] = ['expert', 'coordinator', 'former']
const SAVED = 97

const pair = (r: Reader): KeyPair => ({ publicKey: r.bytesOf(65), scalar: r.bytesOf(SAVED - 65) })
const optional = (bytes: Bytes): Bytes | undefined => (bytes.length > 0 ? bytes : undefined)

const encodePapers = (role: PapersRole, { signatureKey, box, unsigned, signed = EMPTY }: Papers): Bytes => concat(
  u8(ROLES.indexOf(role) + 1), signatureKey.publicKey, sized16(signatureKey.signKey), saveKey(box), sized16(unsigned), sized32(signed),
)

function readPapers(r: Reader): Papers {
  const signatureKey = { publicKey: r.bytesOf(65), signKey: r.sized16() }
  const [box, unsigned, signed] = [pair(r), r.sized16(), optional(r.sized32())]
  return { signatureKey, box, unsigned, ...(signed && { signed }) }
}

const encodeSigner = ({ key, name, certificate = EMPTY }: SignerKey): Bytes => concat(u8(1), saveKey(key), sized16(utf8(name)), sized16(certificate))

function readSigner(r: Reader): SignerKey {
  const [key, name, certificate] = [pair(r), r.text(r.sized16()), optional(r.sized16())]
  return { key, name, ...(certificate && { certificate }) }
}

const encodeSeen = ({ version, hash, until }: SeenRoster): Bytes => concat(u8(1), u64(version), hash, u64(until))

/** More than an organisation has staff; those that end last are kept. */
const MOST_REVOKED = 500
const encodeRevoked = (all: readonly SeenRevoked[]): Bytes => concat(u8(2), u16(all.length), ...all.flatMap(({ hash, until }) => [hash, u64(until)]))

/** Each once, ascending by its hash; what ended before `now` is forgotten. */
export function withRevoked(before: readonly SeenRevoked[] = [], more: readonly SeenRevoked[], now: number): SeenRevoked[] {
  const all = new Map([...more, ...before].filter(one => one.until > now).map(one => [hex(one.hash), { hash: one.hash.slice(), until: one.until }]))
  const kept = [...all.values()].sort((a, b) => b.until - a.until).slice(0, MOST_REVOKED)
  return kept.sort((a, b) => (hex(a.hash) < hex(b.hash) ? -1 : 1))
}

const rises = (all: readonly SeenRevoked[]): boolean => all.every(({ hash }, i) => i === 0 || hex(all[i - 1]?.hash ?? EMPTY) < hex(hash))

/** What a console remembers, each part by its mark; nothing where nothing was seen yet. */
function readMemory(r: Reader): Pick<Keys, 'seen' | 'revoked'> {
  const mark = (): number | undefined => (r.left > 0 ? r.u8() : undefined)
  const first = mark()
  const seen = first === 1 ? { version: r.u64(), hash: r.bytesOf(32), until: r.u64() } : undefined
  const next = seen ? mark() : first
  if (next === undefined) return { ...(seen && { seen }) }
  const count = r.u16()
  r.check(next === 2 && count > 0 && count <= MOST_REVOKED)
  const revoked = r.list(count, () => ({ hash: r.bytesOf(32), until: r.u64() }))
  r.check(rises(revoked))
  return { ...(seen && { seen }), revoked }
}

/** With some of them anew. */
export function withKeys(keys: Keys, some: Keys): Keys {
  const { coordinator: before } = keys
  const stays = before?.signed && some.coordinator && !equal(before.unsigned, some.coordinator.unsigned)
  return { ...keys, ...some, ...(stays && { former: before }) }
}

/** The bytes hold secrets: seal them, and overwrite them after. */
export function encodeKeys(keys: Keys): Bytes {
  const papers = ROLES.flatMap(role => { const found = keys[role]; return found ? [encodePapers(role, found)] : [] })
  const signer = keys.signer ? encodeSigner(keys.signer) : u8(0)
  const all = concat(utf8(NAME), u8(papers.length), ...papers, signer, keys.seen ? encodeSeen(keys.seen) : EMPTY, keys.revoked?.length ? encodeRevoked(keys.revoked) : EMPTY)
  zero(...papers, signer)
  return all
}

/** Throws `malformed`. */
export function decodeKeys(bytes: Uint8Array): Keys {
  const r = new Reader(bytes)
  r.name(NAME)
  const found = r.list(r.u8(), () => {
    const role = ROLES[r.u8() - 1]
    r.check(role !== undefined)
    return [role, readPapers(r)] as const
  })
  r.check(found.every(([role], i) => i === 0 || ROLES.indexOf(role as PapersRole) > ROLES.indexOf(found[i - 1]?.[0] as PapersRole)))
  const has = r.u8()
  r.check(has <= 1)
  const signer = has === 1 ? readSigner(r) : undefined
  const memory = readMemory(r)
  r.end()
  return { ...Object.fromEntries(found), ...(signer && { signer }), ...memory }
}

/** Overwrites every private half. */
export function zeroKeys({ expert, coordinator, former, signer }: Keys): void {
  for (const papers of [expert, coordinator, former]) if (papers) zero(papers.signatureKey.signKey, papers.box.scalar)
  if (signer) zero(signer.key.scalar)
}

const copyOfPair = ({ publicKey, scalar }: KeyPair): KeyPair => ({ publicKey: publicKey.slice(), scalar: scalar.slice() })
const copyOfPapers = ({ signatureKey: { publicKey, signKey }, box, unsigned, signed }: Papers): Papers => ({
  signatureKey: { publicKey: publicKey.slice(), signKey: signKey.slice() }, box: copyOfPair(box), unsigned: unsigned.slice(), ...(signed && { signed: signed.slice() }),
})
const copyOfSigner = ({ key, name, certificate }: SignerKey): SignerKey => ({ key: copyOfPair(key), name, ...(certificate && { certificate: certificate.slice() }) })

/** With arrays of its own. */
export const copyOfKeys = ({ expert, coordinator, former, signer, seen, revoked }: Keys): Keys => ({
  ...(revoked && { revoked: revoked.map(one => ({ ...one, hash: one.hash.slice() })) }),
  ...(seen && { seen: { ...seen, hash: seen.hash.slice() } }),
  ...(expert && { expert: copyOfPapers(expert) }), ...(coordinator && { coordinator: copyOfPapers(coordinator) }),
  ...(former && { former: copyOfPapers(former) }), ...(signer && { signer: copyOfSigner(signer) }),
})
