import { byKeys, translator, type Translate, type Words } from '..'
import ar from './ar.words'
import en from './en.words'
import nl from './nl.json'

const FILES: Record<string, readonly unknown[]> = { ar, en }
const made: Record<string, Translate> = {}

/** The words that only a talk needs, in her language; Dutch for a word or a language that we do not have. */
export const moreWords = (tag: string): Translate =>
  made[tag] ??= translator(tag, ...(FILES[tag] ? [byKeys(nl, FILES[tag])] : []), nl as Words)
