import { random, type Bytes } from '../../src/crypto/bytes'
import { encodePayload, newSignatureKey, prepareJoin, startGroup, type Payload, type Session } from '../../src/crypto/session'
import { Trust, type Proof, type Statement } from '../../src/crypto/statement'
import { DAY, Organisation } from './organisation'

const now = () => Math.floor(Date.now() / 1000)

/** An organisation whose papers hold today: the library compares key packages with the real clock. */
export async function organisationOfToday(): Promise<Organisation> {
  const organisation = await Organisation.create()
  for (const [i, { name }] of [...organisation.signers].entries())
    organisation.signers[i] = await organisation.certify(name, undefined, now() + 365 * DAY)
  return organisation
}

export interface Staff { statement: Statement; key: Awaited<ReturnType<typeof newSignatureKey>>; proof: Proof }

export async function hire(organisation: Organisation, part: Partial<Statement> = {}, roster = {}): Promise<Staff> {
  const key = await newSignatureKey()
  const dates = { notBefore: now() - DAY, notAfter: now() + 30 * DAY }
  const statement = await organisation.statement({ signatureKey: key.publicKey, ...dates, ...part })
  const proof = await organisation.proof(statement, { issuedAt: now() - 60, validUntil: now() + DAY, ...roster })
  return { statement, key, proof }
}

export const joiningOf = (staff: Staff, seconds?: number) =>
  prepareJoin({ signatureKey: staff.key, statementId: staff.statement.id }, seconds)

export interface Talk { organisation: Organisation; trust: Trust; visitor: Session; expert: Session; staff: Staff }

export async function startVisitor(organisation: Organisation): Promise<{ trust: Trust; visitor: Session }> {
  const trust = new Trust(organisation.root.publicKey)
  return { trust, visitor: await startGroup(trust) }
}

/** A visitor and an expert in one group, one epoch on. */
export async function startTalk(organisation?: Organisation): Promise<Talk> {
  const of = organisation ?? await organisationOfToday()
  const { trust, visitor } = await startVisitor(of)
  const staff = await hire(of)
  const joining = await joiningOf(staff)
  const staged = await visitor.stageAdd(joining.keyPackage, staff.proof)
  const expert = await joining.join(staged.envelope)
  await staged.confirm()
  return { organisation: of, trust, visitor, expert, staff }
}

export function payload(text = 'hoi', part: Partial<Payload> = {}): Bytes {
  const body = new TextEncoder().encode(text)
  return encodePayload({ id: random(16), counter: 1, seen: [], kind: 'text', part: { i: 0, n: 1 }, body, ...part })
}
