import type { ScreenProps, StateOf } from '../view'
import { Danger, Numbers } from './Numbers'
import { Room } from './Room'
import { Stays } from './Stays'

type Props = ScreenProps<StateOf<'ended'>>
type WithLines = ScreenProps<Extract<StateOf<'ended'>, { lines: unknown }>>

/** Why it is over, and whether the last of hers arrived. */
function Over({ state: { why, lost }, t }: Props) {
  return (
    <>
      {why === 'gone' && <p>{t('ended.gone.more')}</p>}
      {lost && <p class="care">{t(`ended.lost.${lost}`)}</p>}
    </>
  )
}

/** It is over, why, and what became of the words. */
export function Ended(props: Props) {
  const { state, view, act, t } = props
  return (
    <main class="page" key="ended">
      <h1 tabIndex={-1}>{t(`ended.${state.why}`)}</h1>
      <Over {...props} />
      <p>{t('ended.wiped')} {t('ended.server')}</p>
      <button type="button" class="second wide" data-part="start" onClick={act.start}>{t('ended.again')}</button>
      <Danger t={t} />
      <div><Stays t={t} engine={view.engine} /></div>
      <Numbers t={t} />
    </main>
  )
}

/** Somebody else ended it: what was said stays readable until she wipes it, begins again or goes. */
export function ended(props: WithLines) {
  const { state, act, t } = props
  const title = t(`ended.${state.why}`)
  const foot = (
    <div class="ask">
      <button type="button" class="second" data-part="wipe" onClick={act.leave}>{t('ended.wipe')}</button>
      <button type="button" class="second" data-part="start" onClick={act.start}>{t('ended.again')}</button>
    </div>
  )
  return <Room {...props} title={title} foot={foot} head={<><b>{title}</b><Over {...props} /><p class="quiet">{t('ended.read')}</p></>} />
}
