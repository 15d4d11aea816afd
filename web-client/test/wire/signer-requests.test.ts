import { describe, expect, test } from 'vitest'
import { hex } from '../../src/crypto/bytes'
import { isSignerName, makeSignerRequest, readSignerRequest, signerName, signerRequestHash } from '../../src/crypto/statement'
import { sixWords } from '../../src/words'
import { flipped, newKey } from '../support/organisation'
import { readVectors, unhex } from '../support/wire'

interface Vectors {
  requests: { name: string; publicKey: string; scalar: string; request: string; hash: string; nl: string; en: string }[]
  refused: { why: string; request: string }[]
}
const vectors = readVectors('signer-requests.json') as Vectors

describe.each(vectors.requests)('the request of $name', v => {
  test('is read, with its hash and its words', async () => {
    const request = await readSignerRequest(unhex(v.request))
    expect([request.name, hex(request.key)]).toEqual([v.name, v.publicKey])
    const hash = await signerRequestHash(request)
    expect([hex(hash), (await sixWords('nl', hash)).join(' '), (await sixWords('en', hash)).join(' ')]).toEqual([v.hash, v.nl, v.en])
  })

  test('is made anew to the same bytes but for its signature', async () => {
    const made = await makeSignerRequest(unhex(v.publicKey + v.scalar), unhex(v.publicKey), v.name)
    expect(hex(await signerRequestHash(await readSignerRequest(made)))).toBe(v.hash)
  })
})

test.each(vectors.refused)('refused: $why', async v => expect(readSignerRequest(unhex(v.request))).rejects.toMatchObject({ code: 'malformed' }))

// seen failing: without the verification in readSignerRequest
test('one bit turned over anywhere is refused', async () => {
  const good = unhex((vectors.requests[0] as { request: string }).request)
  const read = await Promise.all(Array.from(good, (_, at) => readSignerRequest(flipped(good, at)).then(() => at, () => -1)))
  expect(read.filter(at => at >= 0)).toEqual([])
})

test('a name as somebody types it becomes one that may be asked for, or none', async () => {
  expect(signerName('  Zoe\u0308  de\tVries ')).toBe('Zoë de Vries')
  expect(signerName(' ')).toBeUndefined()
  expect(signerName('a'.repeat(101))).toBeUndefined()
  expect(isSignerName('a'.repeat(100))).toBe(true)
  const key = await newKey()
  await expect(makeSignerRequest(key.privateKey, key.publicKey, 'Anna ')).rejects.toMatchObject({ code: 'misuse' })
})
