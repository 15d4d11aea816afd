import type { ScreenProps, StateOf } from '../view'
import { Danger, Numbers } from './Numbers'

/** Failed closed: what happened, that it is not her fault, and who can be called. Nothing is sent from here. */
export function Refused({ state, act, t }: ScreenProps<StateOf<'refused'>>) {
  return (
    <main class="page" key="refused" data-part="refused">
      <h1 tabIndex={-1}>{t(state.why === 'unavailable' || state.why === 'outdated' ? `refused.${state.why}.title` : 'refused.title')}</h1>
      <p>{t(`refused.${state.why}`)}</p>
      {state.why === 'outdated' && <button type="button" class="second wide" data-part="reload" onClick={act.reload}>{t('refused.again')}</button>}
      <Danger t={t} />
      <Numbers t={t} />
    </main>
  )
}
