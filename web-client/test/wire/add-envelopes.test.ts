import { describe, expect, test } from 'vitest'
import { hex } from '../../src/crypto/bytes'
import { decodeAddEnvelope, encodeAddEnvelope } from '../../src/crypto/session/addEnvelope'
import { readKeyPackage, readWelcome } from '../../src/crypto/session/message'
import { decodePrivate } from '../../src/crypto/session/receive'
import { SUITE } from '../../src/crypto/session/provider'
import { readVectors, unhex } from '../support/wire'

interface Vectors {
  groupId: string; keyPackage: string
  add: { epoch: number; bytes: string; commit: string; welcome: string }
  messages: { size: number; epoch: number; bytes: string }[]
  commit: { epoch: number; bytes: string }
  malformed: { name: string; bytes: string }[]
}
const vectors = readVectors('add-envelopes.json') as Vectors

test('the published add envelope comes apart and together', async () => {
  const { commit, welcome } = decodeAddEnvelope(unhex(vectors.add.bytes))
  expect([hex(commit), hex(welcome)]).toEqual([vectors.add.commit, vectors.add.welcome])
  expect(hex(encodeAddEnvelope({ commit, welcome }))).toBe(vectors.add.bytes)
  expect(await decodePrivate(commit)).toMatchObject({ groupId: unhex(vectors.groupId), epoch: 0n, contentType: 'commit' })
  expect(await readWelcome(welcome)).toMatchObject({ cipherSuite: SUITE })
})

test('so do the key package, the messages and the update', async () => {
  expect(await readKeyPackage(unhex(vectors.keyPackage))).toMatchObject({ cipherSuite: SUITE })
  for (const { bytes, epoch, size } of vectors.messages) {
    expect(bytes).toHaveLength(2 * size)
    expect(await decodePrivate(unhex(bytes))).toMatchObject({ epoch: BigInt(epoch), contentType: 'application' })
  }
  expect(vectors.messages.map(m => m.size)).toEqual([462, 1230, 4302])
  expect(await decodePrivate(unhex(vectors.commit.bytes))).toMatchObject({ epoch: 1n, contentType: 'commit' })
})

/** What a member makes of it before any key is used. */
async function parse(bytes: ReturnType<typeof unhex>): Promise<void> {
  const { commit, welcome } = decodeAddEnvelope(bytes)
  const { contentType } = await decodePrivate(commit)
  const { cipherSuite } = await readWelcome(welcome)
  if (contentType !== 'commit' || cipherSuite !== SUITE) throw new Error()
}

describe('malformed', () => {
  test('none of it is the good one', () => parse(unhex(vectors.add.bytes)))
  test.each(vectors.malformed)('$name', ({ bytes }) => expect(parse(unhex(bytes))).rejects.toBeDefined())
})
