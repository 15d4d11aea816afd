import type { ScreenProps, StateOf } from '../view'
import { Room } from './Room'

type Props = ScreenProps<StateOf<'talking'>>

/** The conversation. Who it is with stands in the bar. */
export function talking(props: Props) {
  const { state, view: { more }, t } = props
  return (
    <Room {...props} title={t('talking.title', { alias: state.alias })} stop={t('stop')}
      below={state.typing ? t('talking.typing', { alias: state.alias }) : undefined}
      third={more?.third(props)} menu={more?.menu(props)}
      ask={more?.ask(props)} />
  )
}
