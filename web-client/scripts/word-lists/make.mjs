// npm run words: makes config/words/nl.txt and en.txt anew from their sources (config/words/README.md). The same sources and blocked words always give the same lists.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { blocker, COUNT, pick } from './pick.mjs'
import { dutchHearing, dutchSound, englishHearing } from './sound.mjs'
import { byFrequency, fetchSources, pronunciations, stems } from './sources.mjs'

const here = import.meta.dirname
const sources = resolve(here, '../../target/words')
const text = name => readFileSync(join(here, name), 'utf8')
/** Words beyond these are too rare. */
const DEPTH = { nl: 60_000, en: 40_000 }

/** By rank, after a word's kind made it count as rarer; 0 is out. */
const best = (words, weight) => words.map((word, rank) => ({ word, rank: rank * weight(word), out: weight(word) === 0 }))
  .filter(one => !one.out).sort((a, b) => a.rank - b.rank).map(one => one.word)

/** Of words that are spoken the same, none is good: whoever hears it does not know which. Asked of everything that is common, not only of what is offered. */
function homophones(common, sounds) {
  const spoken = new Map()
  for (const word of common) for (const sound of new Set(sounds(word))) spoken.set(sound, (spoken.get(sound) ?? new Set()).add(word))
  return word => sounds(word).some(sound => [...(spoken.get(sound) ?? [])].some(other => other !== word))
}

const plain = word => /^[a-z]+$/.test(word)
const fits = word => word.length >= 4 && word.length <= 8

/** Nouns that can be made small first (OpenTaal's flags Y.), then verbs and adjectives, then other nouns. */
function dutchWeight(flags) {
  if (flags.some(flag => /^Y/.test(flag))) return 1
  if (flags.some(flag => /^(Vi|Aa)$/.test(flag))) return 2.5
  return flags.some(flag => /^Z/.test(flag)) ? 6 : 0
}

function dutch() {
  const known = stems(sources, 'nl'), english = stems(sources, 'en')
  const shared = new Set(text('shared.nl.txt').replace(/^#.*/gm, '').split(/\s+/))
  const sounds = word => [dutchSound(word)]
  const unclear = homophones(byFrequency(sources, 'small_nl').filter(word => plain(word) && known.has(word)), sounds)
  const words = byFrequency(sources, 'large_nl').slice(0, DEPTH.nl)
    .filter(word => plain(word) && fits(word) && known.has(word) && !unclear(word) && (!english.has(word) || shared.has(word)))
  return pick(best(words, word => dutchWeight(known.get(word).match(/../g) ?? [])).filter(not(blocker(text('blocked.nl.txt')))), word => [dutchHearing(word)])
}

/** Nouns first (SCOWL's flag M), then what is bent like a verb or an adjective. */
const englishWeight = flags => (flags.includes('M') ? 1 : /[DGTRY]/.test(flags) ? 2 : 0)

async function english() {
  const known = stems(sources, 'en'), spoken = await pronunciations(sources)
  const sounds = word => spoken.get(word) ?? []
  const unclear = homophones(byFrequency(sources, 'small_en').filter(word => plain(word) && known.has(word)), sounds)
  const words = byFrequency(sources, 'large_en').slice(0, DEPTH.en)
    .filter(word => plain(word) && fits(word) && known.has(word) && spoken.has(word) && !unclear(word))
  return pick(best(words, word => englishWeight(known.get(word))).filter(not(blocker(text('blocked.en.txt')))), word => sounds(word).map(englishHearing))
}

const not = test => word => !test(word)

fetchSources(sources)
for (const [language, words] of [['nl', dutch()], ['en', await english()]]) {
  if (words.length !== COUNT) throw new Error(`${language}: ${words.length} words are left, of ${COUNT} needed`)
  writeFileSync(resolve(here, `../../../config/words/${language}.txt`), words.join('\n') + '\n')
}
