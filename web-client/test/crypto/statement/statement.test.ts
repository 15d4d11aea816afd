import { describe, expect, test } from 'vitest'
import { random } from '../../../src/crypto/bytes'
import { decodeUnsignedStatement, encodeUnsignedStatement, type Statement } from '../../../src/crypto/statement'
import { Organisation } from '../../support/organisation'

const org = await Organisation.create()
const base = await org.statement()
const misuse = (part: Partial<Statement>) =>
  expect(() => encodeUnsignedStatement({ ...base, ...part })).toThrow(expect.objectContaining({ code: 'misuse' }))

describe('a statement at its limits reads back as it was', () => {
  test.each<[string, Partial<Statement>]>([
    ['an organisation of 200 bytes', { organisation: 'é'.repeat(100) }],
    ['an alias of 64 bytes', { alias: '😀'.repeat(16) }],
    ['32 languages', { languages: Array.from({ length: 32 }, (_, i) => `x-${String(i).padStart(2, '0')}`) }],
    ['no languages', { languages: [] }],
    ['a mailbox without an alias', { role: 'mailbox', alias: '' }],
    ['90 days', { notBefore: 0, notAfter: 7_776_000 }],
  ])('%s', (_, part) => {
    const statement = { ...base, ...part }
    expect(decodeUnsignedStatement(encodeUnsignedStatement(statement))).toEqual(statement)
  })
})

describe('one above them is not made', () => {
  test.each<[string, Partial<Statement>]>([
    ['an organisation of 201 bytes', { organisation: 'é'.repeat(100) + 'a' }],
    ['an alias of 65 bytes', { alias: 'a'.repeat(65) }],
    ['an empty alias', { alias: '' }],
    ['a mailbox with an alias', { role: 'mailbox' }],
    ['languages out of order', { languages: ['nl', 'en'] }],
    ['a language twice', { languages: ['nl', 'nl'] }],
    ['a language in capitals', { languages: ['NL'] }],
    ['90 days and a second', { notBefore: 0, notAfter: 7_776_001 }],
    ['an end before its beginning', { notAfter: base.notBefore }],
    ['a kem key', { kem: random(1184) }],
    ['an id of 15 bytes', { id: random(15) }],
    ['a signature key that is not on the curve', { signatureKey: Uint8Array.from([4, ...random(64)]) }],
    ['an HPKE key that is not on the curve', { hpkeKey: Uint8Array.from([4, ...random(64)]) }],
  ])('%s', (_, part) => misuse(part))
})

test('a statement that ends early or late is refused', () => {
  const bytes = encodeUnsignedStatement(base)
  for (const wrong of [bytes.slice(0, -1), new Uint8Array([...bytes, 0]), bytes.slice(1)])
    expect(() => decodeUnsignedStatement(wrong)).toThrow(expect.objectContaining({ code: 'refused-statement' }))
})

test('text that is not UTF-8 is refused', () => {
  const bytes = encodeUnsignedStatement({ ...base, organisation: 'Naast' })
  bytes[19 + 16 + 1 + 2] = 0xff
  expect(() => decodeUnsignedStatement(bytes)).toThrow(expect.objectContaining({ code: 'refused-statement' }))
})
