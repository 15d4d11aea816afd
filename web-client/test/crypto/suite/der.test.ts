import { describe, expect, test } from 'vitest'
import { concat, hex, random, type Bytes } from '../../../src/crypto/bytes'
import { fromDer, toDer } from '../../../src/crypto/suite/der'
import { unhex } from '../../support/wire'

const pad = (text: string) => unhex(text.padStart(64, '0'))

test('r and s of every length come back', () => {
  const values = ['01', '7f', '80', 'ff', '0100', '7fff', '8000', '00'.repeat(5) + 'aa'.repeat(20), '7f'.repeat(32), 'ff'.repeat(32)].map(pad)
  for (const r of values) for (const s of values) expect(fromDer(toDer(concat(r, s)))).toEqual(concat(r, s))
  for (let i = 0; i < 200; i++) {
    const raw = random(64)
    expect(fromDer(toDer(raw))).toEqual(raw)
  }
})

test('known bytes', () => {
  expect(hex(toDer(concat(pad('01'), pad('80'))))).toBe('30070201010202' + '0080')
})

// Each case was seen accepted with its condition taken out of der.ts.
describe('refused', () => {
  const long = '00' + 'ff'.repeat(32)
  test.each<[string, string]>([
    ['nothing', ''],
    ['no sequence', '310602010102' + '0101'],
    ['a sequence that is too long', '3007020101020101'],
    ['a sequence that is too short', '3005020101020101'],
    ['bytes after it', '300602010102010100'],
    ['bytes after s inside it', '300702010102010100'],
    ['no integer for r', '3006030101020101'],
    ['no integer for s', '3006020101030101'],
    ['an empty r', '30050200020101'],
    ['an empty s', '30050201010200'],
    ['a negative r', '3006020180020101'],
    ['a negative s', '3006020101020180'],
    ['a needless zero before r', '300702020001020101'],
    ['a needless zero before s', '300702010102020001'],
    ['an r of 33 bytes that is positive', '302602' + '21' + '01' + '00'.repeat(32) + '020101'],
    ['an r of 34 bytes', '302702' + '22' + '00' + 'ff'.repeat(33) + '020101'],
    ['a long form of the length', '308106020101020101'],
    ['an indefinite length', '30800201010201010000'],
    ['r longer than what is there', '3006022001020101'],
    ['s shorter than it says', '3006020101020201'],
    ['r shorter than it says', '3003020201'],
    ['both cut off', '3046' + '0221' + long + '0221' + long.slice(0, -2)],
    ['73 bytes', '3047' + '0221' + long + '0222' + '00' + long],
  ])('%s', (_, der) => expect(fromDer(unhex(der) as Bytes)).toBeUndefined())
})
