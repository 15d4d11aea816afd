import { test } from 'vitest'
import { random, sha256, utf8, type Bytes } from '../../src/crypto/bytes'
import { loadWords, type WordLanguage, type Words } from '../../src/words'
import { writeVectors } from '../support/wire'

// Makes words.json anew: `npm run vectors`.

const joined = (words: string[]): string => words.join(' ')

async function encodings(words: Words): Promise<{ bits: Bytes; count: number; words: string }[]> {
  const made = await sha256(utf8('naast'))
  const cases: [Bytes, number][] = [[new Uint8Array(9), 6], [new Uint8Array(10).fill(255), 7], [made, 6], [made, 7], [made, 23], [random(32), 6], [Uint8Array.of(0, 32), 1]]
  return cases.map(([bits, count]) => ({ bits, count, words: joined(words.encode(bits, count)) }))
}

function readings(words: Words): { text: string; words: string | null }[] {
  const [a, b, c] = words.encode(Uint8Array.of(0x12, 0x34, 0x56, 0x78, 0x9a), 3) as [string, string, string]
  const all = joined([a, b, c])
  return [
    { text: all, words: all }, { text: ` ${a.toUpperCase()},${b};\n\t3. ${c} `, words: all }, { text: joined([a, b, c].map(word => word.slice(0, 4))), words: all },
    { text: `${a.slice(0, 4)}xyz ${b}`, words: joined([a, b]) }, { text: `${a[0]}\u0301${a.slice(1)}`, words: a }, { text: a.slice(0, 3), words: null },
    { text: `${a} qqqq`, words: null }, { text: '', words: null }, { text: ' , 7 ', words: null }, { text: `${a}${b}`, words: a },
  ]
}

const languages: WordLanguage[] = ['nl', 'en']

test('words.json', async () => {
  const lists = await Promise.all(languages.map(async language => {
    const words = await loadWords(language)
    const all = Array.from({ length: 2048 }, (_, at) => words.encode(Uint8Array.of(at >> 3, (at & 7) << 5), 1)[0] as string)
    return { language, first: all[0], last: all[2047], sha256: await sha256(utf8(all.join('\n') + '\n')), encode: await encodings(words), read: readings(words) }
  }))
  writeVectors('words.json', { about: 'docs/formats.md 11. Bits in hexadecimal. sha256 is that of the list\'s file.', lists })
})
