import { equal, fromHex, hex, sha256, toBase64Url, type Bytes, type Bytes16, type Bytes32, type Bytes65 } from '../crypto/bytes'
import { decodeUnsignedStatement, isAbout, RENEW_SECONDS, Trust, type About } from '../crypto/statement'
import { StaffError } from '../staff/api'
import { coordinatorStatement } from './acts'
import type { ConsoleApi, Proposed } from './api'
import { readLedger, type Found, type Ledger } from './ledger'
import { standing, type Standing } from './may'
import type { MyStatement, SignerKeys, SpokenWords } from './ports'
import { checkDraft, compose, isFresh, type Fault, type Plan } from './roster'

export interface SigningPorts {
  readonly api: ConsoleApi
  readonly keys: SignerKeys
  readonly words: SpokenWords
  readonly root: Bytes65
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly id: () => Bytes16
  readonly me: About
}

/** One look at everything: what the server said that is true, and where this coordinator stands in it. */
export interface Reading {
  readonly found: Found
  readonly me: Standing
  /** Somebody's draft, and what it is here; whether I signed it, and whether it says what would be said now. */
  readonly draft?: { readonly plan: Plan | Fault; readonly mine: boolean; readonly fresh: boolean }
  /** The roster that would be made now. */
  readonly next?: Plan
  /** My statement as a coordinator: its six words come from `hash`. */
  readonly statement: { readonly hash: Bytes32; readonly state: 'proposed' | 'signed' | 'refused' }
  /** For the ceremony, as long as there is no certificate that counts. */
  readonly request?: { readonly text: string; readonly hash: Bytes32 }
}

export const seconds = ({ clock }: Pick<SigningPorts, 'clock'>): number => Math.floor(clock() / 1000)

/** Whether a statement in the vault still says who this is, and will for a while. */
const serves = ({ unsigned }: MyStatement, { me, clock }: SigningPorts): boolean =>
  isAbout(unsigned, me) && seconds({ clock }) < decodeUnsignedStatement(unsigned).notAfter - RENEW_SECONDS

/** The same checks as a visitor's client makes: two signatures, the roster, the root of this page. */
const believed = async ({ root, clock }: SigningPorts, { unsigned }: MyStatement, answer: Proposed): Promise<Bytes | undefined> => {
  if (answer.state !== 'signed') return undefined
  const statement = await new Trust(root, clock).check({ statement: answer.statement, roster: answer.roster, revocations: [] }).catch(() => undefined)
  return statement && equal(statement.id, decodeUnsignedStatement(unsigned).id) ? answer.statement : undefined
}

/** The server does not take it: that is told, and stops nothing else. */
const turnedDown = (error: unknown): false => {
  if (error instanceof StaffError && ['malformed', 'not-allowed', 'limit'].includes(error.code)) return false
  throw error
}
const proposed = async (api: ConsoleApi, unsigned: Bytes): Promise<Proposed> => await api.propose(unsigned).catch(turnedDown) || { state: 'refused' }

/** My statement, made where there is none that serves, or where a signer refused or revoked it; asked again each time where it stands. */
async function myStatement(ports: SigningPorts): Promise<Reading['statement']> {
  const { keys, api, me, id } = ports
  const fresh = () => keys.makeStatement(coordinatorStatement(me, id(), seconds(ports)))
  const kept = keys.statement()
  let mine = kept && serves(kept, ports) ? kept : await fresh()
  let answer = await proposed(api, mine.unsigned)
  if (answer.state === 'refused' && mine === kept) answer = await proposed(api, (mine = await fresh()).unsigned)
  const signed = await believed(ports, mine, answer)
  if (signed && !mine.signed) await keys.keepStatement(signed)
  return { hash: await sha256(mine.unsigned), state: signed ? 'signed' : answer.state === 'refused' ? 'refused' : 'proposed' }
}

/** The ledger; where it does not know my certificate yet, that is brought first. */
async function ledgerOf(ports: SigningPorts): Promise<{ found: Found; me: Standing }> {
  const { api, keys, root } = ports
  const look = async () => {
    const found = await readLedger(await api.signing(), { root, now: seconds(ports), seen: keys.seen(), revoked: new Set(keys.seenRevoked().map(one => hex(one.hash))) })
    return { found, me: found.kind === 'ledger' ? standing(keys.signer(), found.ledger, seconds(ports)) : { kind: 'none' as const } }
  }
  const first = await look()
  const brought = first.me.kind === 'unknown' && first.me.mine.certificate
  if (!brought) return first
  // One that the server does not take stays unknown, and the page says so.
  const taken = await api.certificate(brought).then(() => true, turnedDown)
  return taken ? look() : first
}

async function draftOf(ledger: Ledger, me: Standing, now: number, out: ReadonlySet<string>): Promise<Reading['draft']> {
  const { draft } = ledger
  if (!draft) return undefined
  return { plan: await checkDraft(draft, ledger, now), mine: me.kind === 'signer' && draft.by.some(one => equal(one.hash, me.signer.hash)), fresh: isFresh(draft, ledger, now, out) }
}

/** Longer than any statement lives. */
const REVOKED_SECONDS = 91 * 86_400

/** From now on these are in no roster that is signed here, whatever a server hides. */
export async function rememberRevoked(keys: SignerKeys, statements: Iterable<string>, now: number): Promise<void> {
  const known = new Set(keys.seenRevoked().map(one => hex(one.hash)))
  const fresh = [...statements].filter(key => !known.has(key)).map(key => ({ hash: fromHex(key), until: now + REVOKED_SECONDS }))
  if (fresh.length > 0) await keys.sawRevoked(fresh, now)
}

async function remember(keys: SignerKeys, { roster, revoked }: Ledger, now: number): Promise<void> {
  await rememberRevoked(keys, revoked, now)
  const seen = keys.seen()
  const { version, validUntil: until } = roster?.roster ?? { version: 0, validUntil: 0 }
  if (roster && seen?.version !== version) await keys.saw({ version, hash: roster.hash, until })
}

/** Looks at everything, and does what follows from it without anybody's press: my statement is made and proposed, my certificate brought, what was seen remembered. */
export class Rounds {
  /** Made once for a key: its signature is another each time, and its text is copied by hand. */
  private request: { readonly key: string; readonly made: NonNullable<Reading['request']> } | undefined

  constructor(private readonly ports: SigningPorts) {}

  /** `out`: hashes, in hexadecimal, of the signers whom the next roster is to leave out. Rejects with a `StaffError`, or with what the vault rejects with. */
  async go(out: ReadonlySet<string>): Promise<Reading> {
    const { ports } = this
    const statement = await myStatement(ports)
    const { found, me } = await ledgerOf(ports)
    const request = me.kind === 'signer' ? undefined : await this.requested()
    if (found.kind === 'lie') return { found, me, statement, ...(request && { request }) }
    const { ledger } = found
    await remember(ports.keys, ledger, seconds(ports))
    const [draft, next] = [await draftOf(ledger, me, seconds(ports), out), compose(ledger, seconds(ports), out)]
    return { found, me, statement, ...(draft && { draft }), ...(next && { next }), ...(request && { request }) }
  }

  private async requested(): Promise<Reading['request']> {
    const { keys } = this.ports
    const key = keys.signer() && hex(keys.signer()?.key ?? new Uint8Array(0))
    if (key === undefined) return undefined
    if (this.request?.key !== key) {
      const made = await keys.request()
      this.request = made && { key, made: { text: toBase64Url(made.request), hash: made.hash } }
    }
    return this.request?.made
  }
}
