import { equal, hex, sha256, toBase64Url, type Bytes, type Bytes16, type Bytes32, type Bytes65 } from '../crypto/bytes'
import { decodeUnsignedStatement, Trust } from '../crypto/statement'
import { StaffError } from '../staff/api'
import { coordinatorStatement, RENEW_SECONDS, type Who } from './acts'
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
  readonly me: Who
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
function serves({ unsigned }: MyStatement, { me, clock }: SigningPorts): boolean {
  const { alias, organisation, languages, notAfter } = decodeUnsignedStatement(unsigned)
  return alias === me.alias && organisation === me.organisation && languages.join() === [...me.languages].sort().join() && seconds({ clock }) < notAfter - RENEW_SECONDS
}

/** The same checks as a visitor's client makes: two signatures, the roster, the root of this page. */
const believed = async ({ root, clock }: SigningPorts, { unsigned }: MyStatement, answer: Proposed): Promise<Bytes | undefined> => {
  if (answer.state !== 'signed' || !answer.roster) return undefined
  const statement = await new Trust(root, clock).check({ statement: answer.statement, roster: answer.roster, revocations: [] }).catch(() => undefined)
  return statement && equal(statement.id, decodeUnsignedStatement(unsigned).id) ? answer.statement : undefined
}

/** A signer refused it, or the server does not take it any more: it is made anew, with fresh keys. What it says of those is told, and stops nothing else. */
const turnedDown = (error: unknown): Proposed => {
  if (error instanceof StaffError && ['malformed', 'not-allowed'].includes(error.code)) return { state: 'refused' }
  throw error
}

/** My statement, made where there is none that serves; asked again where it stands until two have signed it. */
async function myStatement(ports: SigningPorts): Promise<Reading['statement']> {
  const { keys, api, me, id } = ports
  const fresh = () => keys.makeStatement(coordinatorStatement(me, id(), seconds(ports)))
  const kept = keys.statement()
  let mine = kept && serves(kept, ports) ? kept : await fresh()
  if (mine.signed) return { hash: await sha256(mine.unsigned), state: 'signed' }
  let answer = await api.propose(mine.unsigned).catch(turnedDown)
  if (answer.state === 'refused' && mine === kept) answer = await api.propose((mine = await fresh()).unsigned).catch(turnedDown)
  const signed = await believed(ports, mine, answer)
  if (signed) await keys.keepStatement(signed)
  return { hash: await sha256(mine.unsigned), state: signed ? 'signed' : answer.state === 'refused' ? 'refused' : 'proposed' }
}

/** The ledger; where it does not know my certificate yet, that is brought first. */
async function ledgerOf(ports: SigningPorts): Promise<{ found: Found; me: Standing }> {
  const { api, keys, root } = ports
  const look = async () => {
    const found = await readLedger(await api.signing(), { root, now: seconds(ports), seen: keys.seen() })
    return { found, me: found.kind === 'ledger' ? standing(keys.signer(), found.ledger, seconds(ports)) : { kind: 'none' as const } }
  }
  const first = await look()
  const brought = first.me.kind === 'unknown' && first.me.mine.certificate
  if (!brought) return first
  await api.certificate(brought)
  return look()
}

async function draftOf(ledger: Ledger, me: Standing, now: number): Promise<Reading['draft']> {
  const { draft } = ledger
  if (!draft) return undefined
  return { plan: await checkDraft(draft, ledger, now), mine: me.kind === 'signer' && draft.by.some(one => equal(one.hash, me.signer.hash)), fresh: isFresh(draft, ledger, now) }
}

async function remember(keys: SignerKeys, { roster }: Ledger): Promise<void> {
  const seen = keys.seen()
  if (roster && seen?.version !== roster.roster.version) await keys.saw({ version: roster.roster.version, hash: roster.hash })
}

/** Reads everything anew. Rejects with a `StaffError`, or with what the vault rejects with. */
export class Reader {
  /** Made once for a key: its signature is another each time, and its text is copied by hand. */
  private request: { readonly key: string; readonly made: NonNullable<Reading['request']> } | undefined

  constructor(private readonly ports: SigningPorts) {}

  async read(): Promise<Reading> {
    const { ports } = this
    const statement = await myStatement(ports)
    const { found, me } = await ledgerOf(ports)
    const request = me.kind === 'signer' ? undefined : await this.requested()
    if (found.kind === 'lie') return { found, me, statement, ...(request && { request }) }
    const { ledger } = found
    await remember(ports.keys, ledger)
    const [draft, next] = [await draftOf(ledger, me, seconds(ports)), compose(ledger, seconds(ports))]
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
