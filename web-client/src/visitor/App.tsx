import { ExitNow } from '../ui/ExitNow/ExitNow'
import { Ended, ended } from './screens/Ended'
import { joining } from './screens/Joining'
import { Landing } from './screens/Landing'
import { Neutral } from './screens/Neutral'
import { Refused } from './screens/Refused'
import { talking } from './screens/Talking'
import { waiting } from './screens/Waiting'
import { weather } from './settings'
import type { ScreenProps } from './view'

const PRESENCE = { here: 'talking.here', lost: 'talking.lost', away: 'talking.away' } as const

/** Who she talks with, in words (never a dot alone); elsewhere a word that says nothing. */
function Who({ state, view, t }: ScreenProps) {
  if (state.kind !== 'talking' || view.covered) return <span class="quiet">{t('bar')}</span>
  return <span class="who" role="status"><b dir="auto">{state.alias}</b> <span class="quiet">{t(PRESENCE[state.expert])}</span>{state.guest?.state === 'in' && <> + <b dir="auto">{state.guest.alias}</b></>}</span>
}

function Screen(props: ScreenProps) {
  const { state, view, act, t } = props
  if (view.covered) return <Neutral t={t} onTap={act.uncover} />
  if (view.aside?.shown) return <>{view.aside.draw(props)}</>
  switch (state.kind) {
    case 'start': return <Landing {...props} state={state} />
    case 'waiting': return waiting({ ...props, state })
    case 'joining': return joining({ ...props, state })
    case 'talking': return talking({ ...props, state })
    case 'ended': return 'lines' in state ? ended({ ...props, state }) : <Ended {...props} state={state} />
    case 'refused': return <Refused {...props} state={state} />
  }
}

/** The whole page, of what is known. The bar is the same element on every screen: the exit never moves and is never remade. */
export function App(props: ScreenProps) {
  const { view, act, t } = props
  return (
    <>
      <header class="bar">
        <ExitNow to={weather(view.language)} words={t('exit')} onExit={act.exit} shifts={view.shifts} />
        <Who {...props} />
        <span class="sr" role="status">{view.shifts > 0 && t('shift', { count: 3 - view.shifts })}</span>
      </header>
      <Screen {...props} />
    </>
  )
}
