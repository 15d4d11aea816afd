import type { Translate } from '../../i18n'
import type { Acts, ScreenProps, StateOf, View } from '../view'
import { isOpen, NowThere } from './Availability'
import { Danger, Numbers } from './Numbers'
import { How, Stays } from './Stays'

const FACTS = ['fact.private', 'fact.gone', 'fact.you'] as const
const LEAVING = ['leaving.what', 'leaving.talk', 'leaving.history'] as const

/** By name in its own script, one tap each (V46). */
function Languages({ view, act, t }: { view: View; act: Acts; t: Translate }) {
  return (
    <nav class="languages" aria-label={t('languages')}>
      {view.languages.map(({ tag, name }) => (
        <button key={tag} type="button" class="plain" data-part="language" lang={tag} value={tag}
          aria-pressed={tag === view.language} onClick={() => act.language(tag)}>{name}</button>
      ))}
    </nav>
  )
}

/** Before the script runs there is only its place, so that nothing jumps and nothing is tapped in vain. */
function Start({ state, view, act, t }: ScreenProps<StateOf<'start'>>) {
  if (view.page === 'old') return <p class="care">{t('old')}</p>
  if (view.page === 'static') {
    return <><button type="button" class="first wide" disabled>{t('landing.start')}</button><p class="quiet loading">{t('landing.loading')}</p></>
  }
  const open = isOpen(view.availability, view.language)
  const words = state.problem ? 'retry' : open ? 'landing.start' : 'landing.line'
  return (
    <>
      {state.problem && <p class="care" role="alert">{t(`problem.${state.problem}`)}</p>}
      <button type="button" class="first wide" data-part="start" onClick={act.start}>{t(words)}</button>
      {!open && view.availability.kind !== 'asking' && <p class="quiet">{t('landing.call')}</p>}
    </>
  )
}

/** What this is, who answers, whether somebody is there, how to leave; then the rest for those who want to know. */
export function Landing(props: ScreenProps<StateOf<'start'>>) {
  const { view, t } = props
  return (
    <main class="page" key="landing">
      <Languages {...props} />
      <div class="begin">
        <h1 tabIndex={-1}>{t('landing.title')}</h1>
        <p>{t('landing.what')}</p>
        <p>{t('landing.human')}</p>
      </div>
      {view.insideApp && <p class="care">{t('inapp')}</p>}
      <div class="begin"><NowThere t={t} now={view.availability} language={view.language} /><Start {...props} /></div>
      <ul class="leaving">{LEAVING.map(key => <li key={key}>{t(key)}</li>)}</ul>
      <Danger t={t} />
      <ul class="facts">{FACTS.map(key => <li key={key}><h2>{t(key)}</h2><p class="quiet">{t(`${key}.more`)}</p></li>)}</ul>
      <div><How t={t} /><Stays t={t} engine={view.engine} /></div>
      <Numbers t={t} />
      <p class="small">{t('hours')}</p>
    </main>
  )
}

