import { test } from 'vitest'
import { concat, random, utf8, type Bytes } from '../../src/crypto/bytes'
import { chained, encodeKeyring, encodeKeys, NO_LINES, openItem, openKeyring, openLines, sealItem, sealLine, SecretKey, wrapForPasskey, wrapForWords } from '../../src/crypto/vault'
import { u8 } from '../../src/crypto/reader'
import { generateKey, saveKey } from '../../src/crypto/suite/keys'
import { writeVectors } from '../support/wire'

// Makes vault.json anew: `npm run vectors`. Salts and nonces are random, so every run gives another file with the same meaning.
const person = 'mYq8Zs0vK1b2n3c4d5e6fw'
const words = 'boom kaas lamp fiets regen stoel water'
const claim = 'AAECAwQFBgcICQoLDA0ODw'

async function lineVectors(key: SecretKey) {
  const place = { person, item: claim }
  const bodies = ['één', 'twee'].map(utf8)
  const lines = await Promise.all(bodies.map((body, i) => sealLine(key, place, i + 1, body)))
  let chain = NO_LINES
  for (const line of lines) chain = await chained(chain, line)
  const item = { counter: 258, body: utf8('state'), lines: lines.length, chain }
  const sealed = await sealItem(key, place, item)
  if ((await openLines(key, place, await openItem(key, place, sealed), lines)).length !== 2) throw new Error('lines that do not open')
  return { item: claim, ...item, sealed, lineBodies: bodies, sealedLines: lines }
}

async function keysVector(key: SecretKey) {
  const [sign, box, signer] = [await generateKey('ECDSA'), await generateKey('ECDH'), await generateKey('ECDSA')]
  const body = encodeKeys({ expert: { signatureKey: { signKey: saveKey(sign), publicKey: sign.publicKey }, box, unsigned: random(40) }, signer: { key: signer, name: 'Bé' }, seen: { version: 258, hash: random(32), until: 1_800_000_000 } })
  return { item: 'keys', counter: 1, body, lines: 0, chain: NO_LINES, sealed: await sealItem(key, { person, item: 'keys' }, { counter: 1, body, lines: 0, chain: NO_LINES }), lineBodies: [], sealedLines: [] }
}

test('vault.json', async () => {
  const secret: Bytes = random(32)
  const key = SecretKey.owning(secret)
  const [credential, prf] = [concat(u8(1), random(19)), random(32)]
  const keyring = { words: await wrapForWords(key, person, words), passkeys: [await wrapForPasskey(key, person, credential, prf)] }
  for (const by of [{ words }, { credential, prf }]) await openKeyring(keyring, person, by)
  writeVectors('vault.json', {
    about: 'docs/formats.md 10. Bytes in hexadecimal. Keys are for tests only.',
    person, words, iterations: keyring.words.iterations, credential, prf, key: secret, keyring: encodeKeyring(keyring),
    items: [await keysVector(key), await lineVectors(key)],
  })
})
