import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import arFirst from './ar.json'
import enFirst from './en.json'
import { inOrder, LANGUAGES, language, loadWords, translator, type Entry, type Key, type Translate, type Words } from './index'
import { moreWords } from './more'
import arMore from './more/ar.json'
import enMore from './more/en.json'
import nlMore from './more/nl.json'
import nlFirst from './nl.json'

/** What travels with the page, and with the rest of it. */
const [nl, en, ar] = [{ ...nlFirst, ...nlMore }, { ...enFirst, ...enMore }, { ...arFirst, ...arMore }]

const FILES = { nl, en, ar } as unknown as Record<string, Record<Key, Entry>>
const forms = (entry: Entry): string[] => (typeof entry === 'string' ? [entry] : Object.values(entry))
const slots = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(found => found[1] as string))].sort()

afterEach(() => vi.doUnmock('./ar.words'))

describe.each(LANGUAGES.map(({ tag }) => tag))('%s', tag => {
  const words = FILES[tag] as Record<Key, Entry>

  test('has every key of the key list, and no other', () => expect(Object.keys(words)).toEqual(Object.keys(en)))

  test('V50 has a form for each plural category of the language', () => {
    const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions()
    for (const [key, entry] of Object.entries(words)) {
      if (typeof entry === 'object') expect(Object.keys(entry).sort(), key).toEqual([...pluralCategories].sort())
    }
  })

  test('fills the same places as the key list does', () => {
    for (const key of Object.keys(en) as Key[]) {
      const wanted = new Set(forms(en[key] as Entry).flatMap(slots))
      for (const form of forms(words[key])) for (const slot of slots(form)) expect(wanted, key).toContain(slot)
      expect(slots(forms(words[key]).at(-1) as string), key).toEqual([...wanted].sort())
    }
  })

  test('V58 has no exclamation mark', () => {
    for (const form of Object.values(words).flatMap(forms)) expect(form).not.toContain('!')
  })
})

describe('looking up', () => {
  test('V50 chooses the plural form and writes numbers in the language\'s way, with Latin digits', () => {
    expect(translator('nl', nl as Words)('unread', { count: 1 })).toBe('1 nieuw bericht')
    expect(translator('nl', nl as Words)('unread', { count: 1200 })).toBe('1.200 nieuwe berichten')
    expect(translator('ar', ar as Words)('unread', { count: 2 })).toBe('رسالتان جديدتان')
    expect(translator('ar', ar as Words)('unread', { count: 11 })).toContain('11')
  })

  test('isolates an inserted name from the direction of the sentence', () => {
    expect(translator('ar', ar as Words)('joining.alias', { alias: 'Sam' })).toContain('\u2068Sam\u2069')
  })

  // seen failing: `return key` in place of the empty text
  test('V50 takes a missing word from the next file, and never answers a key', () => {
    const broken: Words = { exit: 'x' }
    expect(translator('ar', broken, en as Words)('stop')).toBe('Stop')
    expect(translator('ar', broken)('stop')).toBe('')
  })

  // seen failing: with the values in another order than the keys
  test('a fetched file has each word under its own key', async () => {
    const first = (await loadWords('ar')).t
    const t: Translate = (key, values) => first(key, values) || moreWords('ar')(key, values)
    expect((Object.keys(en) as Key[]).filter(key => !/count|\{/.test(JSON.stringify(ar[key])) && typeof ar[key] === 'string' && t(key) !== ar[key])).toEqual([])
    expect(t('exit')).toBe(ar.exit)
  })

  test('V50 a language file that cannot be had becomes English', async () => {
    vi.doMock('./ar.words', () => { throw new Error('no network') })
    vi.resetModules()
    const fresh = await import('./index')
    const words = await fresh.loadWords('ar')
    expect(words.tag).toBe('en')
    expect(words.t('exit')).toBe('Leave now')
  })


  test('no word stands in both files of a language', () => {
    for (const key of Object.keys(nlMore)) expect(Object.keys(nlFirst)).not.toContain(key)
  })

  test('an unknown language is Dutch', async () => {
    expect((await loadWords('xx')).t('exit')).toBe('Leave now')
    expect(language('xx').tag).toBe('nl')
  })
})

test('every language that is offered has its row in docs/languages.md, which says who has read the words', () => {
  const rows = readFileSync(join(import.meta.dirname, '../../../docs/languages.md'), 'utf8').split('\n').filter(line => line.startsWith('| '))
  for (const { tag } of LANGUAGES) expect(rows.find(row => row.includes(`(\`${tag}\`)`)), tag).toMatch(/reviewed by a native speaker/)
})

describe('V46 the choice', () => {
  test('is by name in its own script', () => expect(LANGUAGES.map(({ name }) => name)).toEqual(['Nederlands', 'English', 'العربية']))
  test('follows the browser in its order only', () => {
    expect(inOrder(['ar-SY', 'nl']).map(({ tag }) => tag)).toEqual(['ar', 'nl', 'en'])
    expect(inOrder(['pl']).map(({ tag }) => tag)).toEqual(['nl', 'en', 'ar'])
  })
})
