import type { Bytes, Bytes16, Bytes65 } from '../crypto/bytes'
import { encodeRevocation, encodeUnsignedRevocation, unsignedAbout, type About, type Signature } from '../crypto/statement'
import type { Heard } from './heard'
import type { KnownSigner, KnownStatement, Proposal } from './ledger'
import type { SignerKeys } from './ports'
import type { Plan } from './roster'

/** All that is ever signed with a signer's key goes through here: a statement, a roster, a revocation. (A request is signed in the vault.) */
async function by(keys: SignerKeys, { hash: signer }: KnownSigner, form: Bytes): Promise<Signature> {
  return { signer, signature: await keys.sign(form) }
}

/** Throws for words that were heard of another proposal: our own mistake. */
export async function signProposal(keys: SignerKeys, me: KnownSigner, proposal: Proposal, heard: Heard): Promise<Signature> {
  if (heard.key !== proposal.key) throw new Error('these words were of another statement')
  return by(keys, me, proposal.unsigned)
}

export const signPlan = (keys: SignerKeys, me: KnownSigner, plan: Plan): Promise<Signature> => by(keys, me, plan.unsigned)

/** One step: from the moment a member's client has this, it believes the statement no more. */
export async function revocationOf(keys: SignerKeys, me: KnownSigner, { statement: { id }, hash }: KnownStatement, now: number): Promise<Bytes> {
  const form = { id, statement: hash, time: now }
  const { signer, signature } = await by(keys, me, encodeUnsignedRevocation(form))
  return encodeRevocation({ ...form, signer, signature })
}

export const coordinatorStatement = (who: About, id: Bytes16, now: number) => (made: { readonly signatureKey: Bytes65; readonly hpkeKey: Bytes65 }): Bytes => unsignedAbout(who, 'coordinator', id, made, now)
