import { describe, expect, test } from 'vitest'
import type { Entry } from '..'
import { consoleDutch, loadConsoleWords, type ConsoleKey } from '.'
import en from './en.json'
import nl from './nl.json'

const FILES = { nl, en } as unknown as Record<string, Record<ConsoleKey, Entry>>
const forms = (entry: Entry): string[] => (typeof entry === 'string' ? [entry] : Object.values(entry))
const slots = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(found => found[1] as string))].sort()
const sentences = (text: string): string[] => text.split(/(?<=[.?:])\s+/).filter(Boolean)
const length = (sentence: string): number => sentence.split(/\s+/).filter(word => /[\p{L}\d{]/u.test(word)).length

describe.each(['nl', 'en'])('%s', tag => {
  const words = FILES[tag] as Record<ConsoleKey, Entry>
  test('has every key of the key list, and no other', () => expect(Object.keys(words)).toEqual(Object.keys(en)))
  test('V50 has a form for each plural category, and fills the same places', () => {
    const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions()
    for (const [key, entry] of Object.entries(words)) {
      if (typeof entry === 'object') expect(Object.keys(entry).sort(), key).toEqual([...pluralCategories].sort())
      expect([...new Set(forms(entry).flatMap(slots))].sort(), key).toEqual([...new Set(forms(en[key as ConsoleKey] as Entry).flatMap(slots))].sort())
    }
  })
  test('V58 has no exclamation mark', () => { for (const form of Object.values(words).flatMap(forms)) expect(form).not.toContain('!') })
})

test('V47: short sentences in Dutch, and no passive', () => {
  for (const [key, entry] of Object.entries(FILES['nl'] as Record<ConsoleKey, Entry>)) for (const form of forms(entry)) {
    expect(form, key).not.toMatch(/\b(word|wordt|worden|werd|werden|geworden)\b/i)
    for (const sentence of sentences(form)) expect(length(sentence), `${key}: ${sentence}`).toBeLessThanOrEqual(18)
  }
})

test('each language is fetched whole', async () => {
  expect((await loadConsoleWords('en')).t('console.sign')).toBe('Sign')
  expect(consoleDutch('console.roster.listed', { count: 2 })).toBe('Er staan 2 verklaringen op.')
})
