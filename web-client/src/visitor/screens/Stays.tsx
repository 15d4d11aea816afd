import type { Key, Translate } from '../../i18n'
import type { Engine } from '../browser'

interface Props { t: Translate; engine: Engine }

const facts = (engine: Engine): Key[] => [
  'stays.words', `stays.${engine}`, ...(engine === 'other' ? [] : ['stays.tested' as const]), 'stays.keyboard', 'stays.data',
]
const ADVICE: Key[] = ['stays.device', 'stays.private', 'stays.family', 'stays.only']

/** What this browser keeps (V13): what was measured, and that it is not known where it was not. Never "no trace". */
export function Stays({ t, engine }: Props) {
  return (
    <details>
      <summary>{t('stays')}</summary>
      <ul>{facts(engine).map(key => <li key={key}>{t(key)}</li>)}</ul>
      <h3>{t('stays.do')}</h3>
      <ul>{ADVICE.map(key => <li key={key}>{t(key)}</li>)}</ul>
    </details>
  )
}

const HOW: Key[] = ['how.who', 'how.lock', 'how.server', 'how.gone', 'how.rest', 'how.screen']

/** How it works, and when what disappears. */
export function How({ t }: { t: Translate }) {
  return <details><summary>{t('how')}</summary><ul>{HOW.map(key => <li key={key}>{t(key)}</li>)}</ul></details>
}
