import type { ScreenProps, StateOf } from '../view'
import { Room } from './Room'

/** Somebody took her; her own client checks who it is before a word leaves. */
export function joining(props: ScreenProps<StateOf<'joining'>>) {
  const { state, t } = props
  const title = state.alias ? t('joining.alias', { alias: state.alias }) : t('joining.title')
  const head = <><b>{title}</b><p class="quiet">{t('joining.check')}</p></>
  return <Room {...props} title={title} stop={t('line.leave')} head={head} />
}
