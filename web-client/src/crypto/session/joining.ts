import { createGroup, emptyPskIndex, joinGroup, type ClientState, type KeyPackage, type PrivateKeyPackage } from './mls'
import { equal, own, random, zero, type Bytes, type Bytes65 } from '../bytes'
import { demand } from '../errors'
import type { Statement, Trust } from '../statement'
import { decodeAddEnvelope } from './addEnvelope'
import { config } from './config'
import { guard } from './guard'
import { newSignatureKey, staffPackage, visitorPackage, type Identity } from './keyPackage'
import { Members } from './members'
import { readWelcome, writeKeyPackage } from './message'
import { SUITE, suite } from './provider'
import { decodePrivate } from './receive'
import { Session } from './session'

/** The visitor's client makes the group itself, alone (crypto.md "A conversation" 1): fresh keys, a random name, a random id. */
export async function startGroup(trust: Trust): Promise<Session> {
  const key = await newSignatureKey()
  const name = random(16)
  const { publicPackage, privatePackage } = await visitorPackage(name, key, Math.floor(trust.now() / 1000))
  const members = new Members(key.publicKey, key.publicKey)
  const state = await createGroup(random(16), publicPackage, privatePackage, [], suite, config(members))
  // Only the leaf of her package is used: nobody adds her.
  zero(privatePackage.initPrivateKey, key.signKey)
  return Session.begin(state, members, trust)
}

/** A key package for one claim; `identity.statementId` is needed (`misuse`). `nowSeconds` is unix time. */
export async function prepareJoin(identity: Identity, nowSeconds = Math.floor(Date.now() / 1000)): Promise<Joining> {
  const { signatureKey, statementId } = identity
  demand(statementId?.length === 16, 'misuse')
  const { publicPackage, privatePackage } = await staffPackage(statementId, signatureKey, nowSeconds)
  return new Joining(publicPackage, privatePackage)
}

/** A desk that asked for a conversation and is not in it yet. All it can do is join, once, or forget. */
export class Joining {
  readonly keyPackage: Bytes
  private used = false

  constructor(private readonly publicPackage: KeyPackage, private readonly privatePackage: PrivateKeyPackage) {
    this.keyPackage = writeKeyPackage(publicPackage)
  }

  /**
   * Joins by the visitor's add envelope; `others` are the believed statements of staff who sit there already, `visitorKey` is hers if this
   * desk has met her: another is refused. One try: the init key is gone after it, whatever came of it. Throws `malformed`, `unreadable`, `refused-member`, `refused-suite`, `misuse`.
   */
  async join(addEnvelope: Bytes, others: Statement[] = [], visitorKey?: Bytes65): Promise<Session> {
    demand(!this.used, 'misuse')
    this.used = true
    const members = new Members(own(this.publicPackage.leafNode.signaturePublicKey), visitorKey)
    others.forEach(statement => members.vouch(statement))
    try {
      return Session.begin(await this.enter(addEnvelope, members), members)
    } catch (error) {
      zero(this.privatePackage.hpkePrivateKey, this.privatePackage.signaturePrivateKey)
      throw error
    } finally {
      zero(this.privatePackage.initPrivateKey)
    }
  }

  forget(): void {
    if (this.used) return
    this.used = true
    zero(this.privatePackage.initPrivateKey, this.privatePackage.hpkePrivateKey, this.privatePackage.signaturePrivateKey)
  }

  private async enter(addEnvelope: Bytes, members: Members): Promise<ClientState> {
    const { commit, welcome } = decodeAddEnvelope(addEnvelope)
    const { groupId, epoch } = await decodePrivate(commit)
    const invitation = await readWelcome(welcome)
    demand(invitation.cipherSuite === SUITE, 'refused-suite')
    // A group with extensions is refused in there: our leaf says that it supports none.
    const state = await guard('unreadable', () => joinGroup(
      invitation, this.publicPackage, this.privatePackage, emptyPskIndex, suite, undefined, undefined, config(members)))
    const { groupContext, ratchetTree } = state
    demand(equal(groupContext.groupId, groupId) && groupContext.epoch === epoch + 1n && groupId.length === 16, 'malformed')
    members.of(ratchetTree)
    return state
  }
}
