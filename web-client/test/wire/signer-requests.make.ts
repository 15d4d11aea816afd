import { test } from 'vitest'
import { concat, utf8 } from '../../src/crypto/bytes'
import { makeSignerRequest, readSignerRequest, signerRequestHash } from '../../src/crypto/statement'
import { sized16 } from '../../src/crypto/reader'
import { sign } from '../../src/crypto/suite/ecdsa'
import { sixWords } from '../../src/words'
import { flipped, newKey, type TestKey } from '../support/organisation'
import { writeVectors } from '../support/wire'

// Makes signer-requests.json anew: `npm run vectors`. Signatures are random, so every run gives another file with the same meaning.

/** Signed as it should be, whatever the name. */
async function anyName(key: TestKey, name: Uint8Array, form = 'naast/signer-request/v1\0') {
  const unsigned = concat(utf8(form), key.publicKey, sized16(name))
  return concat(unsigned, sized16(await sign(key.privateKey, unsigned)))
}

async function requestVector(name: string) {
  const key = await newKey()
  const request = await makeSignerRequest(key.privateKey, key.publicKey, name)
  const hash = await signerRequestHash(await readSignerRequest(request))
  const [nl, en] = await Promise.all([sixWords('nl', hash), sixWords('en', hash)])
  return { name, publicKey: key.publicKey, scalar: key.privateKey.slice(65), request, hash, nl: nl.join(' '), en: en.join(' ') }
}

async function refused() {
  const key = await newKey()
  const other = await newKey()
  const good = await anyName(key, utf8('Anna'))
  const named = (why: string, name: string) => anyName(key, utf8(name)).then(request => ({ why, request }))
  return Promise.all([
    named('no name', ''), named('a name of 101 bytes', 'a'.repeat(101)), named('a name not in NFC', 'Zoe\u0308'), named('a blank before the name', ' Anna'), named('a blank behind the name', 'Anna '),
    named('two blanks', 'Anna  B'), named('a control character', 'An\u001bna'), named('a hard blank', 'Anna\u00a0B'), named('a blank without width', 'An\u200bna'), named('another direction of writing', 'An\u202ena'),
    named('a byte order mark', '\ufeffAnna'), anyName(key, Uint8Array.of(0x41, 0xff)).then(request => ({ why: 'no UTF-8', request })),
    anyName(key, utf8('Anna'), 'naast/signer/v1\0').then(request => ({ why: 'the name of another form', request })),
    anyName({ ...key, publicKey: other.publicKey }, utf8('Anna')).then(request => ({ why: 'signed by another key', request })),
    { why: 'the last bit turned over', request: flipped(good) }, { why: 'a byte too many', request: concat(good, Uint8Array.of(0)) }, { why: 'a byte too few', request: good.slice(0, -1) }, { why: 'nothing', request: new Uint8Array(0) },
  ])
}

test('signer-requests.json', async () => {
  const vectors = { about: 'docs/formats.md 2. Bytes in hexadecimal. Keys are for tests only. nl and en: the six words.', requests: await Promise.all(['Anna', 'Zoë de Vries', 'محمد', 'a'.repeat(100)].map(requestVector)), refused: await refused() }
  for (const { why, request } of vectors.refused) {
    if (await readSignerRequest(request).then(() => true, () => false)) throw new Error(`not refused: ${why}`)
  }
  writeVectors('signer-requests.json', vectors)
})
