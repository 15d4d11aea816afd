import type { Translate } from '../../src/i18n'

const MARKED: Record<string, string> = { a: 'ǻ', e: 'ệ', i: 'ḯ', o: 'ǫ́', u: 'ṳ' }

/** A language half as long again, with marks at both ends, in letters that need room above and below: for tests of the layout. */
export const longer = <K extends string>(t: Translate<K>): Translate<K> => (key, values) => {
  const words = t(key, values)
  return words && `⟦${words.replace(/[aeiou]/g, letter => MARKED[letter] ?? letter)}${' ~~~~'.repeat(Math.ceil(words.length / 10))}⟧`
}
