import { translator, type Translate, type Words } from '..'
import type en from './en.json'
import nl from './nl.json'

/** The words of the staff's pages, apart from the visitor's: her page never loads them. `en.json` is the list. */
export type DeskKey = keyof typeof en
export type DeskTranslate = Translate<DeskKey>
export type DeskLanguage = 'nl' | 'en'

export const deskDutch: DeskTranslate = translator<DeskKey>('nl', nl as Words<DeskKey>)

/** English, or Dutch where it cannot be had. */
export async function loadDeskWords(tag: DeskLanguage): Promise<{ tag: DeskLanguage; t: DeskTranslate }> {
  if (tag === 'nl') return { tag, t: deskDutch }
  try {
    const english = (await import('./en.json')).default
    return { tag, t: translator<DeskKey>('en', english as Words<DeskKey>, nl as Words<DeskKey>) }
  } catch {
    return { tag: 'nl', t: deskDutch }
  }
}

/** The name of a language in the language of the page; its tag where the browser has none. */
export const languageName = (tag: string, inLanguage: string): string =>
  new Intl.DisplayNames([inLanguage], { type: 'language' }).of(tag) ?? tag
