import { describe, expect, test } from 'vitest'
import { random, utf8, type Bytes } from '../../../src/crypto/bytes'
import {
  chained, decodeKeys, encodeKeys, copyOfKeys, NO_LINES, openItem, openLines, sealItem, sealLine, SecretKey, Witness, zeroKeys, type Item, type Keys, type Place,
} from '../../../src/crypto/vault'
import { generateKey, saveKey } from '../../../src/crypto/suite/keys'
import { flipped } from '../../support/organisation'

const key = SecretKey.make()
const place: Place = { person: 'noor', item: 'keys' }
const item = (body: Bytes, more: Partial<Item> = {}): Item => ({ counter: 7, body, lines: 0, chain: NO_LINES, ...more })
const code = (work: Promise<unknown>): Promise<string> => work.then(() => 'opened', (error: { code: string }) => error.code)

describe('an item', () => {
  test('opens to what was sealed', async () => {
    const chain = random(32)
    expect(await openItem(key, place, await sealItem(key, place, item(utf8('hoi'), { lines: 3, chain })))).toEqual(item(utf8('hoi'), { lines: 3, chain }))
  })

  // seen failing: without item, then without person, in aadOf()
  test.each([['another item', { person: 'noor', item: 'notes' }], ['another person', { person: 'sam', item: 'keys' }], ['a blurred border', { person: 'noork', item: 'eys' }]])('swapped to %s it does not open', async (_, other) => {
    expect(await code(openItem(key, other, await sealItem(key, place, item(utf8('hoi')))))).toBe('unreadable')
  })

  test('under another key it does not open', async () => {
    expect(await code(openItem(SecretKey.make(), place, await sealItem(key, place, item(utf8('hoi')))))).toBe('unreadable')
  })

  // seen failing: with 0 in the place of the counter in aadOf()
  test('one flipped bit anywhere, its number too', async () => {
    const sealed = await sealItem(key, place, item(utf8('hoi')))
    for (let at = 0; at < sealed.length; at++) expect(await code(openItem(key, place, flipped(sealed, at))), `byte ${at}`).toMatch(/^(unreadable|malformed)$/)
  })

  test.each([[0, 256], [256, 256], [257, 1_024], [4_096, 4_096], [4_097, 8_192], [126_976, 126_976]])('%i bytes lie there as %i', async (length, size) => {
    expect((await sealItem(key, place, item(new Uint8Array(length)))).length).toBe(1 + 8 + 12 + 44 + size + 16)
  })

  test('more than fits is misuse', async () => {
    expect(await code(sealItem(key, place, item(new Uint8Array(126_977))))).toBe('misuse')
    expect(await code(sealLine(key, place, 1, new Uint8Array(24_449)))).toBe('misuse')
  })
})

describe('history lines', () => {
  const said = ['een', 'twee', 'drie'].map(utf8)
  async function kept(): Promise<{ lines: Bytes[]; of: Item }> {
    const lines = await Promise.all(said.map((line, i) => sealLine(key, place, i + 1, line)))
    let chain = NO_LINES
    for (const line of lines) chain = await chained(chain, line)
    return { lines, of: item(utf8('state'), { lines: lines.length, chain }) }
  }

  test('open in order; what was written since is left out', async () => {
    const { lines, of } = await kept()
    expect(await openLines(key, place, of, lines)).toEqual(said)
    expect(await openLines(key, place, of, [...lines, await sealLine(key, place, 4, utf8('later'))])).toEqual(said)
  })

  // seen failing: without the comparison of the chain
  test('one that is missing, doubled, in another place, changed, written by another desk, or of another item', async () => {
    const { lines, of } = await kept()
    const [one, two, three] = lines as [Bytes, Bytes, Bytes]
    const another = await sealLine(key, place, 3, utf8('what another desk wrote'))
    for (const wrong of [[one, two], [one, three, two], [one, two, two], [one, two, flipped(three)], [one, two, another], []]) expect(await code(openLines(key, place, of, wrong))).toBe('unreadable')
    expect(await code(openLines(key, { ...place, item: 'other' }, of, lines))).toBe('unreadable')
  })

  test('lie there in five sizes', async () => {
    const sizes = await Promise.all([0, 256, 257, 1_025, 12_000, 24_448].map(async length => (await sealLine(key, place, 1, random(length))).length - 41))
    expect(sizes).toEqual([256, 256, 1_024, 4_096, 12_288, 24_448])
  })
})

describe('what was seen', () => {
  // seen failing: `stale` never thrown
  test('a rolled-back counter is refused, and so is another item under the same', async () => {
    const witness = new Witness()
    const [older, newer, other] = await Promise.all([1, 2, 2].map(counter => sealItem(key, place, item(utf8('hoi'), { counter })))) as [Bytes, Bytes, Bytes]
    await witness.note('keys', 1, older)
    await witness.note('keys', 2, newer)
    await witness.note('keys', 2, newer)
    expect(await code(witness.note('keys', 1, older))).toBe('stale')
    expect(await code(witness.note('keys', 2, other))).toBe('stale')
    witness.forget('keys')
    expect(await code(witness.note('keys', 1, older))).toBe('opened')
  })
})

describe('the keys', () => {
  const papers = async (signed?: Bytes) => {
    const [sign, box] = [await generateKey('ECDSA'), await generateKey('ECDH')]
    return { signatureKey: { signKey: saveKey(sign), publicKey: sign.publicKey }, box, unsigned: random(300), ...(signed && { signed }) }
  }
  const all = async (): Promise<Keys> => ({ expert: await papers(), coordinator: await papers(random(500)), former: await papers(random(500)), signer: { key: await generateKey('ECDSA'), name: 'Noor de Wit', certificate: random(190) } })

  test('are read as they were written: none, some, all', async () => {
    const keys = await all()
    for (const some of [{}, { expert: keys.expert }, { coordinator: keys.coordinator }, { former: keys.former }, { signer: { key: keys.signer?.key, name: 'Bé' } }, keys] as Keys[]) expect(decodeKeys(encodeKeys(some))).toEqual(some)
  })

  test('a version it does not know, what is cut off, two of one role: malformed', async () => {
    const bytes = encodeKeys({ expert: await papers() })
    const twice = new Uint8Array([...bytes.slice(0, 14), 2, ...bytes.slice(15, -1), ...bytes.slice(15, -1), 0])
    for (const wrong of [flipped(bytes, 12), bytes.slice(0, -1), new Uint8Array([...bytes, 0]), twice]) expect(() => decodeKeys(wrong)).toThrow('malformed')
  })

  // seen failing: the signer left out of zeroKeys()
  test('every private half is overwritten, of a copy only the copy\'s', async () => {
    const keys = await all()
    const before = JSON.stringify(keys)
    const copy = copyOfKeys(keys)
    zeroKeys(copy)
    expect(JSON.stringify(keys)).toBe(before)
    zeroKeys(keys)
    const privates = [keys.expert?.signatureKey.signKey, keys.expert?.box.scalar, keys.coordinator?.signatureKey.signKey, keys.coordinator?.box.scalar, keys.former?.signatureKey.signKey, keys.former?.box.scalar, keys.signer?.key.scalar]
    expect(privates.every(half => half?.every(byte => byte === 0))).toBe(true)
  })
})
