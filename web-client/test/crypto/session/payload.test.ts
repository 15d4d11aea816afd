import { describe, expect, test } from 'vitest'
import { random, utf8 } from '../../../src/crypto/bytes'
import { decodePayload, encodePayload, join, LONGEST_BODY, split, type Payload } from '../../../src/crypto/session'

const base: Payload = { id: random(16), counter: 7, seen: [{ leaf: 1, counter: 9 }], kind: 'text', part: { i: 0, n: 1 }, body: utf8('hoi') }
const header = 1 + 16 + 4 + 1 + 2 + 1 + 6 + 2

describe('a payload', () => {
  test.each<[string, Partial<Payload>]>([
    ['of a text', {}],
    ['of an acknowledgement', { kind: 'ack', body: utf8('') }],
    ['in parts', { part: { i: 254, n: 255 } }],
    ['that saw nobody', { seen: [] }],
    ['that saw sixteen', { seen: Array.from({ length: 16 }, (_, i) => ({ leaf: i * 3, counter: 2 ** 32 - 1 - i })) }],
    ['with the highest counter', { counter: 2 ** 32 - 1 }],
    ['with the longest body', { body: random(LONGEST_BODY) }],
    ['with the longest body that sixteen saw', { body: random(LONGEST_BODY), seen: Array.from({ length: 16 }, (_, i) => ({ leaf: i, counter: 1 })) }],
  ])('%s reads back', (_, part) => {
    const payload = { ...base, ...part }
    expect(decodePayload(encodePayload(payload))).toEqual(payload)
  })

  test.each([[256, 256 - header], [1024, 257 - header], [1024, 1024 - header], [4096, 1025 - header]])('has %i bytes for a body of %i', (size, body) =>
    expect(encodePayload({ ...base, body: random(body) })).toHaveLength(size))

  test.each<[string, Partial<Payload>]>([
    ['an id of 15 bytes', { id: random(15) }],
    ['counter 0', { counter: 0 }],
    ['a counter beyond 32 bits', { counter: 2 ** 32 }],
    ['part 1 of 1', { part: { i: 1, n: 1 } }],
    ['256 parts', { part: { i: 0, n: 256 } }],
    ['seen out of order', { seen: [{ leaf: 2, counter: 1 }, { leaf: 1, counter: 1 }] }],
    ['seen twice', { seen: [{ leaf: 1, counter: 1 }, { leaf: 1, counter: 1 }] }],
    ['17 seen', { seen: Array.from({ length: 17 }, (_, i) => ({ leaf: i, counter: 1 })) }],
    ['a body one too long', { body: random(LONGEST_BODY + 1) }],
    ['no kind of ours', { kind: 'other' }],
  ])('is not made with %s', (_, part) => expect(() => encodePayload({ ...base, ...part })).toThrow(expect.objectContaining({ code: 'misuse' })))

  test('of a kind from tomorrow is told as other', () => {
    const bytes = encodePayload(base)
    bytes[21] = 200
    expect(decodePayload(bytes)).toEqual({ ...base, kind: 'other' })
  })

  const at = (index: number, value: number) => {
    const bytes = encodePayload(base)
    bytes[index < 0 ? bytes.length + index : index] = value
    return bytes
  }
  test.each<[string, () => Uint8Array]>([
    ['another version', () => at(0, 2)],
    ['kind 0', () => at(21, 0)],
    ['no parts', () => at(23, 0)],
    ['counter 0', () => at(20, 0)],
    ['more seen than there is', () => at(24, 255)],
    ['a body longer than it', () => at(31, 255)],
    ['something in the padding', () => at(-1, 1)],
    ['something right after the body', () => at(36, 1)],
    ['another size', () => encodePayload(base).slice(0, 255)],
    ['no bytes', () => new Uint8Array(0)],
  ])('with %s is malformed', (_, make) => expect(() => decodePayload(make())).toThrow(expect.objectContaining({ code: 'malformed' })))
})

describe('a text', () => {
  const texts = ['', 'hoi', 'é'.repeat(LONGEST_BODY), '😀'.repeat(2000), 'ب'.repeat(4000), 'a'.repeat(LONGEST_BODY), 'a'.repeat(LONGEST_BODY - 1) + '€€']
  test.each(texts.map(text => [`${[...text].length} × ${[...text][0] ?? 'nothing'}`, text]))('%s is cut and put together', (_, text) => {
    const parts = split(text)
    expect(join(parts)).toBe(text)
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(LONGEST_BODY)
      expect(() => new TextDecoder('utf-8', { fatal: true }).decode(part)).not.toThrow()
    }
  })

  test('keeps a byte order mark', () => expect(join(split('\uFEFFhoi'))).toBe('\uFEFFhoi'))
  test('that is not UTF-8 is malformed', () => expect(() => join([Uint8Array.of(0xff)])).toThrow(expect.objectContaining({ code: 'malformed' })))
})
