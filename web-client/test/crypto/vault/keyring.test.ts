import { beforeAll, describe, expect, test } from 'vitest'
import { random, utf8, type Bytes } from '../../../src/crypto/bytes'
import {
  decodeKeyring, encodeKeyring, LEAST_ITERATIONS, openKeyring, SecretKey, withoutPasskey, withPasskey, wrapForPasskey, wrapForWords, type Keyring, type Opener,
} from '../../../src/crypto/vault'
import { flipped } from '../../support/organisation'

const NOOR = 'noor'
const WORDS = 'boom kaas lamp fiets regen stoel water'
const NOTHING: Bytes = new Uint8Array(0)
const credential = random(20)
const prf = random(32)
let key: SecretKey
let keyring: Keyring

beforeAll(async () => {
  key = SecretKey.make()
  keyring = { words: await wrapForWords(key, NOOR, WORDS), passkeys: [await wrapForPasskey(key, NOOR, credential, prf)] }
})

/** What becomes of an opening: what it opens is what the vault's own key sealed. */
async function opens(ring: Keyring, person: string, by: Opener): Promise<string> {
  try {
    const found = await openKeyring(ring, person, by)
    return new TextDecoder().decode(await found.open(await key.seal(utf8('open'), NOTHING), NOTHING))
  } catch (error) {
    return (error as { code: string }).code
  }
}
const read = (bytes: Bytes): string => { try { decodeKeyring(bytes); return 'read' } catch (error) { return (error as { code: string }).code } }

describe('the keyring', () => {
  test('opens by the words and by the passkey, to the same key, after it lay somewhere as bytes', async () => {
    const kept = decodeKeyring(encodeKeyring(keyring))
    expect(await opens(kept, NOOR, { words: WORDS })).toBe('open')
    expect(await opens(kept, NOOR, { credential, prf })).toBe('open')
  })

  test('wrong words, another passkey, another answer of the same passkey: unreadable', async () => {
    expect(await opens(keyring, NOOR, { words: WORDS.replace('boom', 'bloem') })).toBe('unreadable')
    expect(await opens(keyring, NOOR, { credential: random(20), prf })).toBe('unreadable')
    expect(await opens(keyring, NOOR, { credential, prf: random(32) })).toBe('unreadable')
  })

  // seen failing: without the person in place()
  test('another person\'s keyring does not open, by the same words or passkey', async () => {
    expect(await opens(keyring, 'sam', { words: WORDS })).toBe('unreadable')
    expect(await opens(keyring, 'sam', { credential, prf })).toBe('unreadable')
  })

  // seen failing: without the check of iterations in decodeKeyring()
  test.each([[LEAST_ITERATIONS, 'read'], [LEAST_ITERATIONS - 1, 'malformed'], [1, 'malformed'], [10_000_000, 'read'], [10_000_001, 'malformed']])('lowered iterations: %i is %s', (iterations, said) => {
    expect(read(encodeKeyring({ ...keyring, words: { ...keyring.words, iterations } }))).toBe(said)
  })

  test('iterations that were raised do not open: they are what the words were used with', async () => {
    expect(await opens({ ...keyring, words: { ...keyring.words, iterations: LEAST_ITERATIONS + 1 } }, NOOR, { words: WORDS })).toBe('unreadable')
  })

  test('one flipped bit in what is sealed for the words, or in their salt', async () => {
    const { words } = keyring
    for (const changed of [{ sealed: flipped(words.sealed) }, { sealed: flipped(words.sealed, 0) }, { salt: flipped(words.salt) }])
      expect(await opens({ ...keyring, words: { ...words, ...changed } }, NOOR, { words: WORDS })).toBe('unreadable')
  })

  // seen failing: with the wrap's own head left out of its place
  test('one flipped bit anywhere in what is sealed for a passkey', async () => {
    const bytes = encodeKeyring(keyring)
    const from = bytes.length - (2 + 20 + 32 + 60)
    for (let at = from; at < bytes.length; at++) {
      const changed = flipped(bytes, at)
      expect(read(changed) === 'malformed' || await opens(decodeKeyring(changed), NOOR, { credential, prf }), `byte ${at}`).not.toBe('open')
    }
  })

  test('a wrap under another passkey\'s name does not open by that one', async () => {
    const [wrap] = keyring.passkeys
    const other = random(20)
    expect(await opens({ ...keyring, passkeys: [{ ...wrap as NonNullable<typeof wrap>, credential: other }] }, NOOR, { credential: other, prf })).toBe('unreadable')
  })

  test('a version it does not know, what is cut off and what hangs on is malformed', () => {
    const bytes = encodeKeyring(keyring)
    expect(read(flipped(bytes, 15))).toBe('malformed')
    expect(read(bytes.slice(0, -1))).toBe('malformed')
    expect(read(new Uint8Array([...bytes, 0]))).toBe('malformed')
  })

  test('two answers of one passkey are kept, the newest two; a removed passkey opens nothing more', async () => {
    const answers = [random(32), random(32)]
    let ring = keyring
    for (const answer of answers) ring = withPasskey(ring, await wrapForPasskey(key, NOOR, credential, answer))
    expect(ring.passkeys.length).toBe(2)
    expect(await opens(ring, NOOR, { credential, prf })).toBe('unreadable')
    for (const answer of answers) expect(await opens(ring, NOOR, { credential, prf: answer })).toBe('open')
    expect(await opens(withoutPasskey(ring, credential), NOOR, { credential, prf: answers[1] as Bytes })).toBe('unreadable')
  })
})

describe('a secret key', () => {
  // seen failing: zero() left out of destroy()
  test('is overwritten when it is destroyed, and does nothing more', async () => {
    const bytes = random(32)
    const mine = SecretKey.owning(bytes)
    mine.destroy()
    expect(bytes).toEqual(new Uint8Array(32))
    await expect((async () => mine.seal(NOTHING, NOTHING))()).rejects.toMatchObject({ code: 'misuse' })
  })

  test('is in nothing that prints it', () => {
    const bytes = new Uint8Array(32).fill(171)
    const mine = SecretKey.owning(bytes)
    expect(JSON.stringify(mine)).toBe('{}')
    expect(String(mine)).not.toContain('171')
  })
})
