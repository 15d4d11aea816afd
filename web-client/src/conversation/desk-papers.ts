import { equal, random, sha256, zero, type Bytes, type Bytes32 } from '../crypto/bytes'
import { CryptoError } from '../crypto/errors'
import { newSignatureKey, type Identity } from '../crypto/session'
import { decodeUnsignedStatement, isAbout, RENEW_SECONDS, Trust, unsignedAbout } from '../crypto/statement'
import { generateKey, type KeyPair } from '../crypto/suite/keys'
import type { Surroundings } from '../surroundings'
import type { DeskVault, Papers } from './desk-vault'
import { PROPOSED_AGAIN_MS } from './limits'

/** What became of a statement: signed by two, waiting for that, or not to be signed any more. */
export type Registered = { readonly state: 'signed'; readonly statement: Bytes; readonly roster: Bytes } | { readonly state: 'proposed' | 'refused' }

/** Keys were refused, and so were new ones: somebody has to talk about it. */
export class StatementRefused extends Error {
  readonly code = 'refused'
}

/** What the desk needs of the staff side. */
export interface StaffPort {
  /** Who sits here, as her statement will say. */
  readonly me: { readonly alias: string; readonly organisation: string; readonly languages: readonly string[]; /** Who looks along is a coordinator; an expert where nothing is said. */ readonly role?: 'expert' | 'coordinator' }
  /** Has the statement signed (`POST /api/statement`); the same bytes again: where it stands now. Rejects when it is not taken. */
  registerStatement(unsigned: Bytes): Promise<Registered>
}

/** What a desk signs and joins with. */
export interface Opened { readonly identity: Required<Identity>; readonly box: KeyPair }

export const opened = ({ signatureKey, box, unsigned }: Papers): Opened =>
  ({ identity: { signatureKey, statementId: decodeUnsignedStatement(unsigned).id }, box })

export const forgetPapers = ({ identity, box }: Opened): void => zero(identity.signatureKey.signKey, box.scalar)
const forget = ({ signatureKey, box }: Papers): void => zero(signatureKey.signKey, box.scalar)

async function newPapers(me: StaffPort['me'], seconds: number): Promise<Papers> {
  const [signatureKey, box] = [await newSignatureKey(), await generateKey('ECDH')]
  return { signatureKey, box, unsigned: unsignedAbout(me, me.role ?? 'expert', random(16), { signatureKey: signatureKey.publicKey, hpkeKey: box.publicKey }, seconds) }
}

const left = (papers: Papers, seconds: number): number => decodeUnsignedStatement(papers.unsigned).notAfter - seconds

interface Ports extends Pick<Surroundings, 'clock' | 'timers'> { readonly staff: StaffPort; readonly trustRoot: Bytes; readonly vault: DeskVault }

const isMine = (unsigned: Bytes, me: StaffPort['me']): boolean => isAbout(unsigned, me) && decodeUnsignedStatement(unsigned).role === (me.role ?? 'expert')

/** From the vault; new ones are in it before anybody is asked to sign them, so that no signed key can get lost. */
export async function findPapers({ clock, staff: { me }, vault }: Ports): Promise<Papers> {
  const [seconds, found] = [Math.floor(clock() / 1000), vault.papers()]
  if (found && isMine(found.unsigned, me) && left(found, seconds) > 0)
    if (left(found, seconds) >= RENEW_SECONDS || (await vault.talks()).length > 0) return found
  if (found) forget(found)
  return keptNew(me, seconds, vault)
}

async function keptNew(me: StaffPort['me'], seconds: number, vault: DeskVault): Promise<Papers> {
  const papers = await newPapers(me, seconds)
  await vault.savePapers(papers)
  return papers
}

/** In place of refused ones: what another desk put into the vault meanwhile, or new ones. */
async function renewed({ clock, staff: { me } }: Ports, refused: Papers, vault: DeskVault): Promise<Papers> {
  const found = vault.papers()
  if (found && !equal(found.unsigned, refused.unsigned)) return found
  if (found) forget(found)
  return keptNew(me, Math.floor(clock() / 1000), vault)
}

/** What an opening asks of its desk. */
export interface Opening {
  /** Whether the desk is not over. */
  wanted(): boolean
  /** Undefined while the desk is locked. */
  vault(): DeskVault | undefined
  /** It goes on with these keys. */
  hold(papers: Papers): void
  /** They wait for signatures; without a hash: no more. */
  proposed(hash?: Bytes32): void
}

/**
 * Has them signed, and believed by the same checks as a visitor's client makes; asks again while they wait. Refused ones are replaced, once. Gives
 * whom it believes by them; undefined when the desk was over before they were signed: it takes no lease any more.
 */
export async function register(ports: Ports, first: Papers, opening: Opening): Promise<Trust | undefined> {
  let papers = first
  for (let answer = await ports.staff.registerStatement(papers.unsigned); opening.wanted();) {
    if (answer.state === 'signed') {
      opening.proposed()
      return believed(ports, papers, answer)
    }
    if (answer.state === 'refused' && papers !== first) throw new StatementRefused()
    const vault = answer.state === 'refused' ? opening.vault() : undefined
    if (vault) opening.hold(papers = await renewed(ports, papers, vault))
    else {
      if (answer.state === 'proposed') opening.proposed(await sha256(papers.unsigned))
      await new Promise<void>(done => void ports.timers.set(done, PROPOSED_AGAIN_MS))
    }
    // Not heard is as good as "not yet".
    if (opening.wanted()) answer = await ports.staff.registerStatement(papers.unsigned).catch(() => ({ state: 'proposed' as const }))
  }
  return undefined
}

async function believed({ trustRoot, clock, vault }: Ports, papers: Papers, { statement, roster }: Extract<Registered, { state: 'signed' }>): Promise<Trust> {
  const trust = new Trust(trustRoot, clock)
  const { id } = await trust.check({ statement, roster, revocations: [] })
  if (!equal(id, decodeUnsignedStatement(papers.unsigned).id)) throw new CryptoError('refused-statement')
  // Only so that it need not be asked for: nothing depends on it. A desk that was locked meanwhile has no keys to keep.
  if (!papers.signed && papers.signatureKey.signKey.some(byte => byte !== 0)) await vault.savePapers({ ...papers, signed: statement }).catch(() => undefined)
  return trust
}
