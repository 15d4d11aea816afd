import { expect } from 'vitest'
import { refhash } from 'ts-mls/crypto/hash.js'
import { decryptWithLabel, encryptWithLabel } from 'ts-mls/crypto/hpke.js'
import { deriveSecret, deriveTreeSecret, expandWithLabel } from 'ts-mls/crypto/kdf.js'
import { signWithLabel, verifyWithLabel } from 'ts-mls/crypto/signature.js'
import { encodeGroupContext } from 'ts-mls/groupContext.js'
import { initializeEpoch, mlsExporter } from 'ts-mls/keySchedule.js'
import { computePskSecret, type PreSharedKeyID } from 'ts-mls/presharedkey.js'
import { createSecretTree, deriveKey, deriveNonce, ratchetUntil, type GenerationSecret } from 'ts-mls/secretTree.js'
import { expandSenderDataKey, expandSenderDataNonce } from 'ts-mls/sender.js'
import { hex } from '../../src/crypto/bytes'
import { SUITE, suite } from '../../src/crypto/session/provider'
import { unhex } from '../support/wire'
import type { Hex } from './vectors'

const { kdf, hpke } = suite

export interface Basics {
  ref_hash: { label: string; value: Hex; out: Hex }
  expand_with_label: { secret: Hex; label: string; context: Hex; length: number; out: Hex }
  derive_secret: { secret: Hex; label: string; out: Hex }
  derive_tree_secret: { secret: Hex; label: string; generation: number; length: number; out: Hex }
  sign_with_label: { priv: Hex; pub: Hex; content: Hex; label: string; signature: Hex }
  encrypt_with_label: { priv: Hex; pub: Hex; label: string; context: Hex; plaintext: Hex; kem_output: Hex; ciphertext: Hex }
}

export async function basics(v: Basics): Promise<void> {
  const { ref_hash: r, expand_with_label: e, derive_secret: d, derive_tree_secret: t } = v
  expect(hex(await refhash(r.label, unhex(r.value), suite.hash))).toBe(r.out)
  expect(hex(await expandWithLabel(unhex(e.secret), e.label, unhex(e.context), e.length, kdf))).toBe(e.out)
  expect(hex(await deriveSecret(unhex(d.secret), d.label, kdf))).toBe(d.out)
  expect(hex(await deriveTreeSecret(unhex(t.secret), t.label, t.generation, t.length, kdf))).toBe(t.out)
  await signing(v.sign_with_label)
  await encrypting(v.encrypt_with_label)
}

async function signing(v: Basics['sign_with_label']): Promise<void> {
  const check = (signature: Uint8Array) => verifyWithLabel(unhex(v.pub), v.label, unhex(v.content), signature, suite.signature)
  expect(await check(unhex(v.signature))).toBe(true)
  expect(await check(await signWithLabel(unhex(v.priv), v.label, unhex(v.content), suite.signature))).toBe(true)
}

async function encrypting(v: Basics['encrypt_with_label']): Promise<void> {
  const [key, point] = [await hpke.importPrivateKey(unhex(v.priv)), await hpke.importPublicKey(unhex(v.pub))]
  const plain = async (enc: Uint8Array, ct: Uint8Array) => hex(await decryptWithLabel(key, v.label, unhex(v.context), enc, ct, hpke))
  expect(await plain(unhex(v.kem_output), unhex(v.ciphertext))).toBe(v.plaintext)
  const { enc, ct } = await encryptWithLabel(point, v.label, unhex(v.context), unhex(v.plaintext), hpke)
  expect(await plain(enc, ct)).toBe(v.plaintext)
}

interface Epoch {
  tree_hash: Hex; commit_secret: Hex; psk_secret: Hex; confirmed_transcript_hash: Hex; group_context: Hex
  joiner_secret: Hex; welcome_secret: Hex; init_secret: Hex; sender_data_secret: Hex; encryption_secret: Hex; exporter_secret: Hex
  epoch_authenticator: Hex; external_secret: Hex; confirmation_key: Hex; membership_key: Hex; resumption_psk: Hex; external_pub: Hex
  exporter: { label: string; context: Hex; length: number; secret: Hex }
}
export interface KeySchedule { group_id: Hex; initial_init_secret: Hex; epochs: Epoch[] }

export async function keySchedule(v: KeySchedule): Promise<void> {
  let initSecret: Uint8Array = unhex(v.initial_init_secret)
  for (const [i, e] of v.epochs.entries()) {
    const context = {
      version: 'mls10' as const, cipherSuite: SUITE as typeof SUITE, groupId: unhex(v.group_id), epoch: BigInt(i), extensions: [],
      treeHash: unhex(e.tree_hash), confirmedTranscriptHash: unhex(e.confirmed_transcript_hash),
    }
    expect(hex(encodeGroupContext(context))).toBe(e.group_context)
    const made = await initializeEpoch(initSecret, unhex(e.commit_secret), context, unhex(e.psk_secret), kdf)
    const { keySchedule: keys } = made
    expect({
      joiner_secret: hex(made.joinerSecret), welcome_secret: hex(made.welcomeSecret), encryption_secret: hex(made.encryptionSecret),
      init_secret: hex(keys.initSecret), sender_data_secret: hex(keys.senderDataSecret), exporter_secret: hex(keys.exporterSecret),
      epoch_authenticator: hex(keys.epochAuthenticator), external_secret: hex(keys.externalSecret), confirmation_key: hex(keys.confirmationKey),
      membership_key: hex(keys.membershipKey), resumption_psk: hex(keys.resumptionPsk),
    }).toEqual(expect.objectContaining(Object.fromEntries(Object.entries(e).filter(([name]) => /secret$|_key$|_psk$|authenticator$/.test(name)
      && !['commit_secret', 'psk_secret'].includes(name)))))
    const external = await hpke.deriveKeyPair(keys.externalSecret)
    expect(hex(await hpke.exportPublicKey(external.publicKey))).toBe(e.external_pub)
    const { label, context: exported, length, secret } = e.exporter
    expect(hex(await mlsExporter(keys.exporterSecret, label, unhex(exported), length, suite))).toBe(secret)
    initSecret = keys.initSecret
  }
}

export interface PskSecret { psks: { psk_id: Hex; psk: Hex; psk_nonce: Hex }[]; psk_secret: Hex }

export async function pskSecret(v: PskSecret): Promise<void> {
  const psks = v.psks.map(({ psk_id, psk_nonce, psk }): [PreSharedKeyID, Uint8Array] =>
    [{ psktype: 'external', pskId: unhex(psk_id), pskNonce: unhex(psk_nonce) }, unhex(psk)])
  expect(hex(await computePskSecret(psks, suite))).toBe(v.psk_secret)
}

interface Generation { generation: number; application_key: Hex; application_nonce: Hex; handshake_key: Hex; handshake_nonce: Hex }
export interface SecretTreeVector {
  encryption_secret: Hex; leaves: Generation[][]
  sender_data: { sender_data_secret: Hex; ciphertext: Hex; key: Hex; nonce: Hex }
}

export async function secretTree(v: SecretTreeVector): Promise<void> {
  const { sender_data_secret: secret, ciphertext, key, nonce } = v.sender_data
  expect(hex(await expandSenderDataKey(suite, unhex(secret), unhex(ciphertext)))).toBe(key)
  expect(hex(await expandSenderDataNonce(suite, unhex(secret), unhex(ciphertext)))).toBe(nonce)
  const tree = await createSecretTree(v.leaves.length, unhex(v.encryption_secret), kdf)
  for (const [leaf, generations] of v.leaves.entries()) {
    const node = tree[2 * leaf] as (typeof tree)[number]
    for (const g of generations) {
      expect(await keyAndNonce(node.application, g.generation)).toEqual([g.application_key, g.application_nonce])
      expect(await keyAndNonce(node.handshake, g.generation)).toEqual([g.handshake_key, g.handshake_nonce])
    }
  }
}

async function keyAndNonce(from: GenerationSecret, generation: number): Promise<[Hex, Hex]> {
  const limits = { retainKeysForGenerations: 0, retainKeysForEpochs: 1, maximumForwardRatchetSteps: 2 ** 31 }
  const [{ secret }] = await ratchetUntil(from, generation, limits, kdf)
  return [hex(await deriveKey(secret, generation, suite)), hex(await deriveNonce(secret, generation, suite))]
}
