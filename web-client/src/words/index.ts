import { random, type Bytes, type Bytes32 } from '../crypto/bytes'
import { demand } from '../crypto/errors'

/** A list of 2,048 words (config/words): what is too long to compare or to keep as bytes, said in words of 11 bits each (docs/formats.md §11). */
export interface Words {
  /** The first 11 bits of each of `count` words. Throws `misuse` when there are fewer bits. */
  encode(bits: Bytes, count: number): string[]
  /** What somebody typed or said: capitals, blanks, commas, accents and numbers between the words make no difference, and of each word its first four letters are enough. Undefined when one is no word of the list, and for no word at all. */
  read(text: string): string[] | undefined
  /** Drawn by chance, each with the same probability. */
  random(count: number): string[]
  /** A word's number, by its first four letters. */
  index(word: string): number | undefined
}

export type WordLanguage = 'nl' | 'en'

const BITS = 11
const LETTERS = 4
const FILES: Record<WordLanguage, () => Promise<{ default: string }>> = { nl: () => import('./nl.list'), en: () => import('./en.list') }

/** The number in the `count`th eleven bits. */
function eleven(bits: Bytes, count: number): number {
  let value = 0
  for (let at = count * BITS; at < (count + 1) * BITS; at++) value = value * 2 + (((bits[at >> 3] as number) >> (7 - (at & 7))) & 1)
  return value
}

/** Its letters only, small and without their accents. */
const letters = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

function wordsOf(list: readonly string[]): Words {
  const numbers = new Map(list.map((word, at) => [word.slice(0, LETTERS), at]))
  const at = (number: number): string => list[number] as string
  const index = (word: string): number | undefined => numbers.get(letters(word).slice(0, LETTERS))
  const encode = (bits: Bytes, count: number): string[] => {
    demand(bits.length * 8 >= count * BITS, 'misuse')
    return Array.from({ length: count }, (_, word) => at(eleven(bits, word)))
  }
  return {
    index,
    encode,
    read(text) {
      const found = letters(text).split(/[^a-z]+/).filter(Boolean).map(index)
      return found.length > 0 && found.every(number => number !== undefined) ? found.map(number => at(number as number)) : undefined
    },
    random: count => encode(random(Math.ceil(count * BITS / 8)), count),
  }
}

const loaded = new Map<WordLanguage, Promise<Words>>()

/** The words of a language, fetched once. Rejects where the file cannot be had; the next call tries again. */
export function loadWords(language: WordLanguage): Promise<Words> {
  const words = loaded.get(language) ?? FILES[language]().then(file => wordsOf(file.default.split(' ')))
  loaded.set(language, words)
  words.catch(() => loaded.delete(language))
  return words
}

/** The six words of a hash, 66 bits, that two people compare by voice. */
export async function sixWords(language: WordLanguage, hash: Bytes32): Promise<string[]> {
  return (await loadWords(language)).encode(hash, 6)
}
