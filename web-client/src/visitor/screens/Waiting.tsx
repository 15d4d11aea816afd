import type { ScreenProps, StateOf } from '../view'
import { rangeWords } from './Availability'
import { Room } from './Room'

/** Her place and how long it takes, in words; she may write already (V27). Nothing here moves but the words (V28). */
export function waiting(props: ScreenProps<StateOf<'waiting'>>) {
  const { state: { position, range, again }, t } = props
  const why = again && t(`waiting.${again}`)
  const head = (
    <>
      <div data-part="position">
        <b>{position === undefined ? t('waiting.in-line') : t('waiting.place', { position })}</b>
        <p class="quiet">{position === 1 && t('waiting.first')} {rangeWords(t, range, 'waiting')} {t('waiting.stay')}</p>
      </div>
      {why && <p class="care">{why}</p>}
      <p class="quiet">{t('waiting.write')}</p>
    </>
  )
  return <Room {...props} title={t('waiting.in-line')} stop={t('line.leave')} head={head} />
}
