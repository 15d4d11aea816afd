import { generateKeyPackageWithKey, type KeyPackage, type PrivateKeyPackage } from './mls'
import { equal, own, type Bytes, type Bytes16, type Bytes65 } from '../bytes'
import { demand } from '../errors'
import type { Statement } from '../statement'
import { capabilities } from './config'
import { STAFF, VISITOR, identity } from './members'
import { SUITE, suite } from './provider'

/** The signature key of a leaf. A desk's stands in her statement; a visitor's is fresh and known to nobody. */
export interface Identity { signatureKey: { publicKey: Bytes65; signKey: Bytes }; statementId?: Bytes16 }

const HOUR = 3_600
const DAY = 86_400
/** How long a key package may hold in all, of which one hour for slow clocks (docs/formats.md §6). */
const LONGEST_SECONDS = 26 * HOUR

/** A fresh signature key. */
export async function newSignatureKey(): Promise<Identity['signatureKey']> {
  const { publicKey, signKey } = await suite.signature.keygen()
  return { publicKey: own(publicKey), signKey: own(signKey) }
}

interface Made { publicPackage: KeyPackage; privatePackage: PrivateKeyPackage }

function generate(name: Bytes, key: Identity['signatureKey'], from: number, until: number): Promise<Made> {
  // The session wipes its copy of the signing key when it ends; the desk's own serves her other conversation.
  const copy = { publicKey: key.publicKey.slice(), signKey: key.signKey.slice() }
  const lifetime = { notBefore: BigInt(from), notAfter: BigInt(until) }
  return generateKeyPackageWithKey({ credentialType: 'basic', identity: name }, capabilities, lifetime, [], copy, suite)
}

/** For one claim of one member of staff. */
export function staffPackage(statementId: Bytes16, key: Identity['signatureKey'], nowSeconds: number): Promise<Made> {
  return generate(identity(STAFF, statementId), key, nowSeconds - HOUR, nowSeconds - HOUR + LONGEST_SECONDS)
}

/** For the maker of a group. Whole days: her leaf says nothing about her clock. */
export function visitorPackage(name: Bytes16, key: Identity['signatureKey'], nowSeconds: number): Promise<Made> {
  const today = nowSeconds - nowSeconds % DAY
  return generate(identity(VISITOR, name), key, today - DAY, today + 90 * DAY)
}

/** Whether this package is the statement's holder's, for this suite and this hour; throws `refused-member` or `refused-suite`. */
export function checkKeyPackage({ cipherSuite, leafNode, extensions }: KeyPackage, statement: Statement, nowSeconds: number): void {
  demand(cipherSuite === SUITE && leafNode.capabilities.ciphersuites.includes(SUITE), 'refused-suite')
  demand(statement.role === 'expert' || statement.role === 'coordinator', 'refused-member')
  const { credential } = leafNode
  demand(credential.credentialType === 'basic' && equal(credential.identity, identity(STAFF, statement.id)), 'refused-member')
  demand(equal(leafNode.signaturePublicKey, statement.signatureKey), 'refused-member')
  demand(extensions.length === 0 && leafNode.extensions.length === 0, 'refused-member')
  demand(leafNode.leafNodeSource === 'key_package', 'refused-member')
  const [from, until] = [Number(leafNode.lifetime.notBefore), Number(leafNode.lifetime.notAfter)]
  demand(from <= nowSeconds && nowSeconds < until && until - from <= LONGEST_SECONDS, 'refused-member')
}

