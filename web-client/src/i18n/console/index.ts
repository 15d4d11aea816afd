import { translator, type Translate, type Words } from '..'
import type en from './en.json'
import nl from './nl.json'

/** The words of the coordinator's page, apart from the desk's: neither loads the other's. `en.json` is the list. */
export type ConsoleKey = keyof typeof en
export type ConsoleTranslate = Translate<ConsoleKey>

export const consoleDutch: ConsoleTranslate = translator<ConsoleKey>('nl', nl as Words<ConsoleKey>)

/** English, or Dutch where it cannot be had. */
export async function loadConsoleWords(tag: 'nl' | 'en'): Promise<{ tag: 'nl' | 'en'; t: ConsoleTranslate }> {
  if (tag === 'nl') return { tag, t: consoleDutch }
  try {
    const english = (await import('./en.json')).default
    return { tag, t: translator<ConsoleKey>('en', english as Words<ConsoleKey>, nl as Words<ConsoleKey>) }
  } catch {
    return { tag: 'nl', t: consoleDutch }
  }
}
