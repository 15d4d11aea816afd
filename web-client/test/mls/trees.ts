import { expect } from 'vitest'
import { applyUpdatePathSecret } from 'ts-mls/createCommit.js'
import { deriveSecret } from 'ts-mls/crypto/kdf.js'
import type { GroupContext } from 'ts-mls/groupContext.js'
import { verifyLeafNodeSignature, verifyLeafNodeSignatureKeyPackage } from 'ts-mls/leafNode.js'
import { verifyParentHashes } from 'ts-mls/parentHash.js'
import { pathToRoot } from 'ts-mls/pathSecrets.js'
import { mergePrivateKeyPaths, toPrivateKeyPath, type PrivateKeyPath } from 'ts-mls/privateKeyPath.js'
import { decodeRatchetTree, getHpkePublicKey, resolution, type RatchetTree } from 'ts-mls/ratchetTree.js'
import { treeHash, treeHashRoot } from 'ts-mls/treeHash.js'
import { leafWidth, root, toLeafIndex, toNodeIndex } from 'ts-mls/treemath.js'
import { applyUpdatePath, createUpdatePath, decodeUpdatePath, type UpdatePath } from 'ts-mls/updatePath.js'
import { hex } from '../../src/crypto/bytes'
import { SUITE, suite } from '../../src/crypto/session/provider'
import { unhex } from '../support/wire'
import { decoded, type Hex } from './vectors'

export interface TreeValidation { tree: Hex; group_id: Hex; tree_hashes: Hex[]; resolutions: number[][] }

export async function treeValidation(v: TreeValidation): Promise<void> {
  const tree = decoded(decodeRatchetTree, v.tree)
  for (const [i, expected] of v.tree_hashes.entries()) expect(hex(await treeHash(tree, toNodeIndex(i), suite.hash))).toBe(expected)
  for (const [i, expected] of v.resolutions.entries()) expect(resolution(tree, toNodeIndex(i))).toEqual(expected)
  expect(await verifyParentHashes(tree, suite.hash)).toBe(true)
  for (const [i, node] of tree.entries()) {
    if (node?.nodeType !== 'leaf') continue
    const { leaf } = node
    expect(await (leaf.leafNodeSource === 'key_package'
      ? verifyLeafNodeSignatureKeyPackage(leaf, suite.signature)
      : verifyLeafNodeSignature(leaf, unhex(v.group_id), toLeafIndex(i / 2), suite.signature))).toBe(true)
  }
}

interface Leaf { index: number; encryption_priv: Hex; signature_priv: Hex; path_secrets: { node: number; path_secret: Hex }[] }
interface Update { sender: number; update_path: Hex; path_secrets: (Hex | null)[]; commit_secret: Hex; tree_hash_after: Hex }
export interface TreeKem {
  group_id: Hex; epoch: number; confirmed_transcript_hash: Hex; ratchet_tree: Hex; leaves_private: Leaf[]; update_paths: Update[]
}

const contextOf = (v: TreeKem, hash: Uint8Array): GroupContext => ({
  version: 'mls10', cipherSuite: SUITE, groupId: unhex(v.group_id), epoch: BigInt(v.epoch), extensions: [],
  treeHash: hash, confirmedTranscriptHash: unhex(v.confirmed_transcript_hash),
})

/** The private keys that a leaf holds, checked against the public ones in the tree. */
async function privatePath(tree: RatchetTree, leaf: Leaf): Promise<PrivateKeyPath> {
  const secrets = Object.fromEntries(leaf.path_secrets.map(p => [p.node, unhex(p.path_secret)]))
  const own = { leafIndex: leaf.index, privateKeys: { [2 * leaf.index]: unhex(leaf.encryption_priv) } }
  const path = mergePrivateKeyPaths(await toPrivateKeyPath(secrets, leaf.index, suite), own)
  for (const [node, key] of Object.entries(path.privateKeys)) {
    const { publicKey } = await suite.hpke.importPrivateKey(key) as unknown as { publicKey: Uint8Array }
    expect(hex(publicKey)).toBe(hex(getHpkePublicKey(tree[Number(node)] as NonNullable<RatchetTree[number]>)))
  }
  return path
}

async function commitSecretOf(tree: RatchetTree, node: number, secret: Uint8Array): Promise<Hex> {
  const secrets = await pathToRoot(tree, toNodeIndex(node), secret, suite.kdf)
  return hex(await deriveSecret(secrets[root(leafWidth(tree.length))] as Uint8Array, 'path', suite.kdf))
}

const received = (after: RatchetTree, path: PrivateKeyPath, sender: number, context: GroupContext, update: UpdatePath) =>
  applyUpdatePathSecret(after, path, toLeafIndex(sender), context, update, [], suite)

export async function treeKem(v: TreeKem): Promise<void> {
  const tree = decoded(decodeRatchetTree, v.ratchet_tree)
  const paths = new Map<number, PrivateKeyPath>()
  for (const leaf of v.leaves_private) paths.set(leaf.index, await privatePath(tree, leaf))
  for (const update of v.update_paths) {
    const path = decoded(decodeUpdatePath, update.update_path)
    const after = await applyUpdatePath(tree, toLeafIndex(update.sender), path, suite.hash)
    const hash = await treeHashRoot(after, suite.hash)
    expect(hex(hash)).toBe(update.tree_hash_after)
    for (const [leaf, expected] of update.path_secrets.entries()) {
      const own = paths.get(leaf)
      if (expected === null || !own) continue
      const { nodeIndex, pathSecret } = await received(after, own, update.sender, contextOf(v, hash), path)
      expect(hex(pathSecret)).toBe(expected)
      expect(await commitSecretOf(after, nodeIndex, pathSecret)).toBe(update.commit_secret)
    }
    await ours(v, tree, update, paths)
  }
}

/** An update path that we make is understood by every other leaf. */
async function ours(v: TreeKem, tree: RatchetTree, { sender }: Update, paths: Map<number, PrivateKeyPath>): Promise<void> {
  const key = v.leaves_private.find(leaf => leaf.index === sender)
  if (!key) throw new Error('no sender')
  const context = contextOf(v, await treeHashRoot(tree, suite.hash))
  const [after, path, secrets] = await createUpdatePath(tree, toLeafIndex(sender), context, unhex(key.signature_priv), suite)
  const last = secrets[secrets.length - 1]
  if (!last) throw new Error('no path')
  const expected = await commitSecretOf(after, last.nodeIndex, last.secret)
  // The library encrypts for the context of the epoch that comes.
  const next = { ...context, treeHash: await treeHashRoot(after, suite.hash), epoch: context.epoch + 1n }
  for (const [leaf, own] of paths) {
    if (leaf === sender) continue
    const { nodeIndex, pathSecret } = await received(await applyUpdatePath(tree, toLeafIndex(sender), path, suite.hash), own, sender, next, path)
    expect(await commitSecretOf(after, nodeIndex, pathSecret)).toBe(expected)
  }
}
