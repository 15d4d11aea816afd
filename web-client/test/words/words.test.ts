import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hex, sha256, utf8 } from '../../src/crypto/bytes'
import { loadWords, sixWords, type WordLanguage } from '../../src/words'
import { readVectors, unhex } from '../support/wire'

interface Vectors {
  lists: {
    language: WordLanguage; first: string; last: string; sha256: string
    encode: { bits: string; count: number; words: string }[]; read: { text: string; words: string | null }[]
  }[]
}
const { lists } = readVectors('words.json') as Vectors

const checkout = join(import.meta.dirname, '../../..')
const scripts = join(checkout, 'web-client/scripts/word-lists')
const { blocker } = await import(join(scripts, 'pick.mjs')) as { blocker: (text: string) => (word: string) => boolean }
const { dutchHearing, dutchSound } = await import(join(scripts, 'sound.mjs')) as Record<'dutchHearing' | 'dutchSound', (word: string) => string>
const file = (language: string): string => readFileSync(join(checkout, 'config/words', `${language}.txt`), 'utf8')
const blocked = (language: string): ((word: string) => boolean) => blocker(readFileSync(join(scripts, `blocked.${language}.txt`), 'utf8'))

/** What is wrong with a list; empty when nothing is. */
function faults(words: string[], isBlocked: (word: string) => boolean): string[] {
  const twice = (values: string[]): string[] => values.filter((value, at) => values.indexOf(value) !== at)
  return [
    ...(words.length === 2048 ? [] : [`${words.length} words`]), ...words.filter(word => !/^[a-z]{4,8}$/.test(word)), ...twice(words.map(word => word.slice(0, 4))),
    ...words.filter(isBlocked), ...words.filter((word, at) => at > 0 && word <= (words[at - 1] as string)),
  ]
}

describe.each(['nl', 'en'])('the list %s', language => {
  const words = file(language).trimEnd().split('\n')
  test('2,048 words in order, four to eight letters, no two alike in the first four, none that is blocked', () => expect(faults(words, blocked(language))).toEqual([]))
})

test('no two Dutch words are spoken alike, nor heard alike on a bad line', () => {
  const words = file('nl').trimEnd().split('\n')
  for (const how of [dutchSound, dutchHearing]) expect(new Set(words.map(how)).size).toBe(2048)
  expect(dutchSound('hard')).toBe(dutchSound('hart'))
  expect(dutchSound('mei')).toBe(dutchSound('mij'))
  expect(dutchHearing('bak')).toBe(dutchHearing('pak'))
  expect(dutchHearing('mannen')).toBe(dutchHearing('manen'))
  expect(dutchHearing('wolk')).not.toBe(dutchHearing('volt'))
})

test('these rules can fail', () => {
  const words = file('nl').trimEnd().split('\n')
  const with_ = (word: string, at: number) => [...words.slice(0, at), word, ...words.slice(at + 1)]
  expect(faults(words.slice(1), () => false)).toEqual(['2047 words'])
  expect(faults(with_('zzz', 2047), () => false)).toEqual(['zzz'])
  expect(faults(with_(`${(words[1] as string).slice(0, 4)}a`, 0), () => false)).toContain((words[1] as string).slice(0, 4))
  expect(faults(with_('moord', 2047), blocked('nl'))).toContain('moord')
  expect(faults([...words].reverse(), () => false).length).toBe(2047)
  for (const [language, word] of [['nl', 'neuken'], ['nl', 'politie'], ['nl', 'pooier'], ['en', 'police'], ['en', 'killer'], ['en', 'helpless']] as const) expect([word, blocked(language)(word)]).toEqual([word, true])
})

describe.each(lists)('the published cases, $language', ({ language, first, last, sha256: sum, encode, read }) => {
  test('the list is the one that was published: a word at another place would open nobody\'s vault', () => {
    expect(createHash('sha256').update(file(language)).digest('hex')).toBe(sum)
    expect([file(language).split('\n')[0], file(language).split('\n')[2047]]).toEqual([first, last])
  })

  test.each(encode)('$count words of $bits', async ({ bits, count, words }) => expect((await loadWords(language)).encode(unhex(bits), count).join(' ')).toBe(words))
  test.each(read)('read: “$text”', async ({ text, words }) => expect((await loadWords(language)).read(text)?.join(' ') ?? null).toBe(words))
})

test('six words are 66 bits of a hash: turning over one of them changes a word, the 67th nothing', async () => {
  const hash = await sha256(utf8('one'))
  const words = await sixWords('nl', hash)
  expect(words).toHaveLength(6)
  for (let bit = 0; bit < 67; bit++) {
    const other = hash.slice()
    other[bit >> 3] = (other[bit >> 3] as number) ^ (0x80 >> (bit & 7))
    const same = (await sixWords('nl', other)).filter((word, at) => word === words[at]).length
    expect([bit, hex(other).length, same]).toEqual([bit, 64, bit < 66 ? 5 : 6])
  }
})

test('fewer bits than words need are refused', async () => {
  const words = await loadWords('en')
  expect(() => words.encode(new Uint8Array(8), 6)).toThrow('misuse')
  expect(words.encode(new Uint8Array(9), 6)).toHaveLength(6)
})

test('seven words drawn by chance read back to themselves, and are others each time', async () => {
  const words = await loadWords('nl')
  const drawn = Array.from({ length: 50 }, () => words.random(7))
  for (const seven of drawn) expect(words.read(seven.join(' '))).toEqual(seven)
  expect(new Set(drawn.flat()).size).toBeGreaterThan(200)
  expect(words.index('aambeeld')).toBe(0)
  expect(words.index('qqqq')).toBeUndefined()
})
