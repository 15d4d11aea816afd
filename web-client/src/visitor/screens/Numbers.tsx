import type { Translate } from '../../i18n'
import { NUMBERS } from '../settings'

interface Props { t: Translate }

/** Who else can be called, and what calling leaves behind (V29), with where the facts come from. */
export function Numbers({ t }: Props) {
  return (
    <section>
      <h2>{t('numbers')}</h2>
      <p class="quiet">{t('numbers.trace')}</p>
      <ul class="numbers">
        {NUMBERS.map(({ name, call, notes }) => (
          <li key={call}>
            <span>{name}</span> <a href={`tel:${call.replace(/\D/g, '')}`} dir="ltr">{call}</a>
            <small>{notes.map(note => t(`numbers.${note}`)).join(' · ')}</small>
          </li>
        ))}
      </ul>
      <p class="small">{t('numbers.source')}</p>
    </section>
  )
}

/** 112 with the note that the call can be seen afterwards (V60). */
export function Danger({ t }: Props) {
  return <p class="care"><a href="tel:112">{t('danger')}</a> <small>{t('danger.trace')}</small></p>
}
