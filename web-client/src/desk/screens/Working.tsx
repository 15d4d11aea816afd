import { needsPasskey, shown, talksHerself, waitsForSigners, type DeskProps, type View } from '../view'
import { Dialogs } from './Dialogs'
import { Help } from './Help'
import { Room } from './Room'
import { Side } from './Side'

/** Two coordinators compare these words with her by voice. The place for them stands as long as they wait. */
function Signers({ view, t }: DeskProps) {
  return (
    <>
      <p>{t('desk.signers')}</p>
      <p class="six" data-part="statement-words" translate={false}>{(view.six ?? []).join(' ')}</p>
      <p class="quiet">{t('desk.signers.how')}</p>
    </>
  )
}

/** What the whole desk has to be told: trial keys, no connection, keys that nobody signed yet. */
function Banner(props: DeskProps) {
  const { me, state, view, act, t } = props
  const signers = !view.failed && waitsForSigners(props)
  return (
    <header class="banners">
      <h1 class="sr" tabIndex={-1}>{t('desk.title', { alias: me.alias })}</h1>
      {me.trial && <p class="care" data-part="trial">{t('desk.trial')}</p>}
      {needsPasskey(me) && <p class="care" data-part="second-passkey">{t('desk.passkeys.needed')} <button type="button" class="plain" onClick={act.passkeys}>{t('desk.passkey.add')}</button></p>}
      <div role="alert">{view.failed && <p class="care" data-part="failed" data-state={view.failed}>{t(view.failed === 'refused' ? 'desk.refused' : 'desk.failed')}</p>}{state.full && <p class="care" data-part="vault-full">{t('desk.vault-full')}</p>}{state.link === 'lost' && <p class="care" data-part="link-lost">{t('desk.lost')}</p>}</div>
      <div role="status" class={signers ? 'signers' : undefined}>{signers ? <Signers {...props} /> : state.link === 'connecting' && !view.failed && <p class="quiet">{t('desk.connecting')}</p>}</div>
    </header>
  )
}

/** What stands on a small screen: who waits, the conversation in front, or what helps with it. */
const at = ({ focus, panel }: View): string => (focus === undefined ? 'desk' : panel ? 'desk at-talk with-panel' : 'desk at-talk')

/** The desk: who waits and what I do · conversations · BUM and safety. */
export function Working(props: DeskProps) {
  const { me, state, view, t } = props
  const rooms = shown(state.talks, view.focus)
  return (
    <div class="working">
      <Banner {...props} />
      <main class={at(view)}>
        <Side {...props} />
        <div class={rooms.length > 1 ? 'rooms two' : 'rooms'}>
          {rooms.length === 0 && !waitsForSigners(props) && <p class="quiet empty">{t(!talksHerself(me) ? 'desk.empty.coordinator' : state.available ? 'desk.empty' : 'desk.empty.unavailable')}</p>}
          {rooms.map(talk => <Room key={talk.id} {...props} talk={talk} />)}
        </div>
        <Help {...props} />
      </main>
      <Dialogs {...props} />
    </div>
  )
}
