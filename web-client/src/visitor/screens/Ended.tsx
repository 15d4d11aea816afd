import type { ScreenProps, StateOf } from '../view'
import { Danger, Numbers } from './Numbers'
import { Stays } from './Stays'

/** It is over, why, and what became of the words. */
export function Ended({ state, view, act, t }: ScreenProps<StateOf<'ended'>>) {
  return (
    <main class="page" key="ended">
      <h1 tabIndex={-1}>{t(`ended.${state.why}`)}</h1>
      {state.why === 'gone' && <p>{t('ended.gone.more')}</p>}
      <p>{t('ended.wiped')} {t('ended.server')}</p>
      <button type="button" class="second wide" data-part="start" onClick={act.start}>{t('ended.again')}</button>
      <Danger t={t} />
      <div><Stays t={t} engine={view.engine} /></div>
      <Numbers t={t} />
    </main>
  )
}
