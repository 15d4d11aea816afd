import type { ScreenProps, StateOf } from '../view'
import { Danger, Numbers } from './Numbers'

/** Failed closed: what happened, that it is not her fault, and who can be called. Nothing is sent from here. */
export function Refused({ state, t }: ScreenProps<StateOf<'refused'>>) {
  return (
    <main class="page" key="refused" data-part="refused">
      <h1 tabIndex={-1}>{t(state.why === 'unavailable' ? 'refused.unavailable.title' : 'refused.title')}</h1>
      <p>{t(`refused.${state.why}`)}</p>
      <Danger t={t} />
      <Numbers t={t} />
    </main>
  )
}
