import { LANGUAGES, type Translate } from '../../i18n'
import type { Availability } from '../availability'

interface Props { t: Translate; now: Availability; language: string }

type Range = readonly [number, number] | null | undefined

/** An honest range (V26): measured minutes, or that they are not known. The same words whether one is about to wait or waits. */
export function rangeWords(t: Translate, range: Range, place: 'now' | 'waiting'): string {
  if (!range) return t(`${place}.unknown`)
  const [low, high] = range
  return low < 2 || low === high ? t(`${place}.within`, { count: Math.max(high, 1) }) : t(`${place}.range`, { low, high })
}

const names = (tags: readonly string[]): string =>
  LANGUAGES.filter(({ tag }) => tags.includes(tag)).map(({ name }) => name).join(', ')

function words(t: Translate, now: Availability, language: string): [string, string] {
  if (now.kind === 'asking') return [t('now.asking'), '']
  if (now.kind === 'silent') return [t('now.silent'), '']
  if (now.open && now.languages.includes(language)) return [t('now.open'), rangeWords(t, now.range, 'now')]
  const others = now.open ? names(now.languages) : ''
  return others ? [t('now.language'), t('now.others', { languages: others })] : [t('now.closed'), t('now.closed.may')]
}

/** True when somebody who speaks the visitor's language is there. */
export const isOpen = (now: Availability, language: string): boolean =>
  now.kind === 'known' && now.open && now.languages.includes(language)

/** Is somebody there, and how long does it take? In words; the dot only repeats them. */
export function NowThere({ t, now, language }: Props) {
  const [first, more] = words(t, now, language)
  return (
    <p class="now" data-part="availability" role="status">
      <span class={isOpen(now, language) ? 'dot' : 'dot no'} aria-hidden="true" />
      <span>{first} <span class="quiet">{more}</span></span>
    </p>
  )
}
