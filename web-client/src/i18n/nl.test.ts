import { describe, expect, test } from 'vitest'
import more from './more/nl.json'
import first from './nl.json'

const nl = { ...first, ...more }

/** V47, V58: what can be checked of B1 by a machine. The rest is for readers: experts by experience review each text. */
const PASSIVE = /\b(word|wordt|worden|werd|werden|geworden)\b/i
const FORBIDDEN: Record<string, RegExp> = {
  'the word for somebody harmed by a crime': /slachtoffer/i,
  'a question that asks for a reason': /\bwaarom\b/i,
  'an exclamation mark': /!/,
  'a countdown': /\bnog \S+ (seconden|tellen)\b|\bseconden\b/i,
  'blame': /\b(je moet|had je|je had|eigen schuld|jouw schuld)\b/i,
  'a promise that nothing stays (V13)': /\b(geen sporen?|spoorloos|volledig anoniem|100 ?%)\b/i,
  'advice to wipe everything (V14)': /\bwis (alles|je hele)\b/i,
  'a word above B1': /\b(echter|teneinde|derhalve|indien|aangezien|encryptie|versleuteld|authenticatie|server|data|privacy|anoniem|ervaringsdeskundige|verifiëren|cache)\b/i,
}

const texts = Object.entries(nl as Record<string, string | Record<string, string>>)
  .flatMap(([key, entry]) => (typeof entry === 'string' ? [entry] : Object.values(entry)).map(text => ({ key, text })))
const sentences = (text: string): string[] => text.split(/(?<=[.?:])\s+/).filter(Boolean)
const words = (sentence: string): number => sentence.split(/\s+/).filter(word => /[\p{L}\d{]/u.test(word)).length

const all = texts.flatMap(({ key, text }) => sentences(text).map(sentence => ({ key, sentence, length: words(sentence) })))

/** What the rules find wrong with a text; used on a bad one too, so that they are seen to bite. */
function faults(text: string): string[] {
  const found = Object.entries(FORBIDDEN).filter(([, pattern]) => pattern.test(text)).map(([what]) => what)
  if (PASSIVE.test(text)) found.push('passive')
  if (sentences(text).some(sentence => words(sentence) > 18)) found.push('longer than 18 words')
  return found
}

describe('V47 and V58: the Dutch words', () => {
  test.each(texts)('$key', ({ text }) => expect(faults(text)).toEqual([]))

  test('are at most 12 words a sentence on average, counting sentences of more than two words', () => {
    const counted = all.filter(({ length }) => length > 2)
    const average = counted.reduce((sum, { length }) => sum + length, 0) / counted.length
    expect(counted.length).toBeGreaterThan(80)
    expect(average).toBeLessThanOrEqual(12)
  })
})

describe('the rules themselves', () => {
  test.each([
    ['Je bericht wordt verstuurd.', 'passive'],
    ['Waarom ging je mee?', 'a question that asks for a reason'],
    ['Ben je slachtoffer?', 'the word for somebody harmed by a crime'],
    ['Stop nu!', 'an exclamation mark'],
    ['Nog 30 seconden.', 'a countdown'],
    ['Er zijn geen sporen.', 'a promise that nothing stays (V13)'],
    ['Wis alles uit je geschiedenis.', 'advice to wipe everything (V14)'],
    [Array.from({ length: 19 }, () => 'woord').join(' ') + '.', 'longer than 18 words'],
  ])('find fault with: %s', (text, fault) => expect(faults(text)).toContain(fault))
})
