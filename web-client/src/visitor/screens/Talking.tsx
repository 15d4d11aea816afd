import type { ScreenProps, StateOf } from '../view'
import { Room } from './Room'

type Props = ScreenProps<StateOf<'talking'>>

/** Another expert joined: her earlier lines are shown to nobody without her yes. Both answers are equally large. */
function Share({ state, act, t }: Props) {
  return (
    <div class="ask" role="group" aria-label={t('share.ask', { alias: state.alias })}>
      <p><b>{t('share.ask', { alias: state.alias })}</b></p>
      <button type="button" class="second" data-part="share-yes" onClick={() => act.share(true)}>{t('share.yes')}</button>
      <button type="button" class="second" data-part="share-no" onClick={() => act.share(false)}>{t('share.no')}</button>
    </div>
  )
}

/** The conversation. Who it is with stands in the bar. */
export function talking(props: Props) {
  const { state, view: { more }, t } = props
  return (
    <Room {...props} title={t('talking.title', { alias: state.alias })} stop={t('stop')}
      below={state.typing ? t('talking.typing', { alias: state.alias }) : undefined}
      third={more?.third(props)} menu={more?.menu(props)}
      ask={more?.ask(props) || state.askShare && <Share {...props} />} />
  )
}
