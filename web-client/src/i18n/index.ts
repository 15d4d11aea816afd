import type en from './en.json'
import type more from './more/en.json'
import nl from './nl.json'

/** Every key a screen may ask for: `en.json` is the list, so a misspelt key does not compile. Those of `more` are there once the rest of the page is (visitor/more.tsx). */
export type Key = keyof typeof en | keyof typeof more
/** One form, or one form for each plural category of the language (CLDR; `other` is always there). */
export type Entry = string | { [category in Intl.LDMLPluralRule]?: string }
export type Words<K extends string = Key> = { [key in K]?: Entry }
export type Values = Record<string, string | number>
/** Words of a key in the visitor's language; `count` chooses the plural form. Never answers a key. */
export type Translate<K extends string = Key> = (key: K, values?: Values) => string

export interface Language { tag: string; name: string; dir: 'ltr' | 'rtl' }

/** By name in its own script (V46), in the order in which they are offered. */
export const LANGUAGES: readonly Language[] = [
  { tag: 'nl', name: 'Nederlands', dir: 'ltr' },
  { tag: 'en', name: 'English', dir: 'ltr' },
  { tag: 'ar', name: 'العربية', dir: 'rtl' },
]

// Dutch travels with the page: it is what most people read, and the last resort when the network fails. The others are
// one file each, fetched when chosen: `ar.words` is `ar.json` in the order of the Dutch keys (scripts/words.ts).
const FILES: Record<string, () => Promise<{ default: readonly unknown[] }>> = {
  en: () => import('./en.words'),
  ar: () => import('./ar.words'),
}

/** The language with this tag; Dutch for a tag we do not have. */
export function language(tag: string): Language {
  return LANGUAGES.find(one => one.tag === tag) ?? (LANGUAGES[0] as Language)
}

/** The offered languages with those the browser asks for first (V46: that guess is used for the order only). */
export function inOrder(wished: readonly string[]): Language[] {
  const rank = (one: Language): number => {
    const at = wished.findIndex(wish => wish.toLowerCase().split('-')[0] === one.tag)
    return at < 0 ? wished.length : at
  }
  return [...LANGUAGES].sort((a, b) => rank(a) - rank(b))
}

function form(entry: Entry | undefined, count: number, rules: Intl.PluralRules): string | undefined {
  return typeof entry === 'object' ? entry[rules.select(count)] ?? entry.other : entry
}

/**
 * Looks words up in the first of `files` that has them. Numbers are written with Latin digits in every language, as
 * phone numbers are; inserted names are isolated (U+2068…U+2069), so that a Latin name cannot turn an Arabic sentence round.
 */
export function translator<K extends string = Key>(tag: string, ...files: Words<K>[]): Translate<K> {
  const rules = new Intl.PluralRules(tag)
  const number = new Intl.NumberFormat(`${tag}-u-nu-latn`)
  const shown = (value: string | number): string =>
    typeof value === 'number' ? number.format(value) : `\u2068${value}\u2069`
  return (key, values = {}) => {
    const count = Number(values['count'] ?? 0)
    for (const file of files) {
      const words = form(file[key], count, rules)
      if (words !== undefined) return words.replace(/\{(\w+)\}/g, (_, name: string) => shown(values[name] ?? ''))
    }
    return ''
  }
}

/** What the page speaks before anything was fetched. */
export const dutch: Translate = translator('nl', nl as Words)

/** The values of a `.words` file, in the order of the keys of `nl`, each under its key. */
export const byKeys = (nl: object, values: readonly unknown[]): Words => Object.fromEntries(Object.keys(nl).map((key, at) => [key, values[at] ?? undefined])) as Words

async function fileOf(tag: string): Promise<Words | undefined> {
  try {
    const values = (await FILES[tag]?.())?.default
    return values && byKeys(nl, values)
  } catch {
    return undefined
  }
}

/**
 * The words of a language. A file that cannot be had is replaced by English, and that by Dutch (V50); `tag` in the
 * answer says which one it became.
 */
export async function loadWords(tag: string): Promise<{ tag: string; t: Translate }> {
  if (tag === 'nl') return { tag, t: dutch }
  const own = await fileOf(tag)
  if (own) return { tag, t: translator(tag, own, nl as Words) }
  const english = tag === 'en' ? undefined : await fileOf('en')
  return english ? { tag: 'en', t: translator('en', english, nl as Words) } : { tag: 'nl', t: dutch }
}
