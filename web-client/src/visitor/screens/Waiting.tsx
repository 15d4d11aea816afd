import type { ScreenProps, StateOf } from '../view'
import { rangeWords } from './Availability'
import { Room } from './Room'

function place({ state, t }: ScreenProps<StateOf<'waiting'>>): string {
  if (state.position === undefined) return t('waiting.in-line')
  return state.position <= 1 ? t('waiting.first') : t('waiting.before', { count: state.position - 1 })
}

/** Her place and how long it takes, in words; she may write already (V27). Nothing here moves but the words (V28). */
export function waiting(props: ScreenProps<StateOf<'waiting'>>) {
  const { state, t } = props
  const head = (
    <div class="line">
      {state.position !== undefined && <b class="place" aria-hidden="true">{state.position}</b>}
      <p data-part="position"><b>{place(props)}</b> <span class="quiet">{rangeWords(t, state.range, 'waiting')} {t('waiting.stay')}</span></p>
      {state.again && <p class="care wide">{t(`waiting.${state.again}`)}</p>}
      <p class="quiet wide">{t('waiting.write')}</p>
    </div>
  )
  return <Room {...props} title={t('waiting.in-line')} stop={t('line.leave')} head={head} />
}
