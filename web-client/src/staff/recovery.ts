import type { Bytes } from '../crypto/bytes'
import type { DeskLanguage } from '../i18n/desk'

/** What is used of a list of words (`words/`). */
export interface WordList {
  /** Forgiving: case, blanks and commas do not matter, and the first four letters of a word are enough. Undefined: a word is not in the list. */
  read(text: string): string[] | undefined
  random(count: number): string[]
}
export type WordLists = (language: DeskLanguage) => Promise<WordList>

export const RECOVERY_WORDS = 7

/** The form that opens the vault. */
export const phrase = (words: readonly string[]): string => words.join(' ')

/** What she may have meant, the page's language first: somebody who chose another language since is still let in. */
export async function readings(lists: WordLists, language: DeskLanguage, text: string): Promise<string[]> {
  const languages: readonly DeskLanguage[] = language === 'nl' ? ['nl', 'en'] : ['en', 'nl']
  const read = await Promise.all(languages.map(async tag => (await lists(tag)).read(text)))
  return [...new Set(read.filter(words => words?.length === RECOVERY_WORDS).map(words => phrase(words as string[])))]
}

/** Two different places out of the seven, in order. */
export function twoPlaces(random: (length: number) => Bytes): readonly [number, number] {
  const draw = (below: number): number => {
    for (;;) {
      const [byte = 0] = random(1)
      if (byte < 256 - 256 % below) return byte % below
    }
  }
  const first = draw(RECOVERY_WORDS)
  const second = draw(RECOVERY_WORDS - 1)
  const other = second < first ? second : second + 1
  return first < other ? [first, other] : [other, first]
}

/** Whether what was typed is that word, read as forgivingly as it will be when it matters. */
export function isWord(list: WordList, typed: string, word: string | undefined): boolean {
  const read = list.read(typed)
  return read?.length === 1 && read[0] === word
}

/** Whether both words that were asked back are right. A list that does not come takes them letter by letter. */
export async function areTwo(lists: WordLists, language: DeskLanguage, words: readonly string[], places: readonly [number, number], typed: readonly [string, string] | undefined): Promise<boolean> {
  const list = await lists(language).catch((): WordList => ({ read: text => [text], random: () => [] }))
  return places.every((place, i) => isWord(list, typed?.[i] ?? '', words[place]))
}
