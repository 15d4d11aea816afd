import type { DeskTalk } from '../../conversation'
import { languageName } from '../../i18n/desk'
import { freeSlot, live, talksHerself, type DeskProps } from '../view'
import { Calls } from './Third'

export const nameOf = ({ view, t }: Pick<DeskProps, 'view' | 't'>, talk: Pick<DeskTalk, 'id'>): string => {
  const name = view.names[talk.id]
  return name ? `${t(`desk.colour.${name.colour}`)} ${t(`desk.animal.${name.animal}`)}` : ''
}
export const colourOf = ({ view }: Pick<DeskProps, 'view'>, talk: Pick<DeskTalk, 'id'>): string => `who-${view.names[talk.id]?.colour ?? 'blue'}`

/** Who waits: language, how many, how long; never what about. Empty of text when nobody waits. */
function Waiting({ state, view, t }: DeskProps) {
  return (
    <ul class="rows" data-part="waiting">
      {state.waiting.filter(row => row.count > 0).map(row => (
        <li key={row.language} class="row">
          <span>{languageName(row.language, view.language)}: {t('desk.waiting.count', { count: row.count })}</span>
          <span class="quiet">{row.longest < 1 ? t('desk.minutes.now') : t('desk.minutes', { count: row.longest })}</span>
        </li>
      ))}
    </ul>
  )
}

function Line(props: DeskProps) {
  const { state, view, act, t } = props
  const waits = state.waiting.some(row => row.count > 0)
  const slot = freeSlot(state, view.two)
  const on = state.link === 'on'
  // Pressed in the first moments, it is told as soon as there is a line to tell it on.
  const begins = state.link === 'connecting' && !view.failed
  return (
    <section class="stack" aria-label={t('desk.waiting.title')}>
      <button type="button" role="switch" data-part="available" class={state.available ? 'second' : 'first'} aria-checked={state.available} disabled={!on && !begins}
        onClick={() => act.available(!state.available)}>
        <span class={state.available ? 'dot' : 'dot no'} aria-hidden="true" /><span>{t('desk.available')}<span aria-hidden="true">: {t(state.available ? 'desk.yes' : 'desk.no')}</span></span>
      </button>
      <h2>{t('desk.waiting.title')}</h2>
      {!waits && <p class="quiet">{t('desk.waiting.nobody')}</p>}
      <Waiting {...props} />
      <button type="button" data-part="claim-next" class={waits && state.available ? 'first' : 'second'} disabled={!on || slot === undefined} onClick={act.claim}>{t('desk.claim')}</button>
      <p class="quiet" role="status">{state.problem ? t(`desk.problem.${state.problem}`) : slot === undefined && state.claiming.length === 0 && t('desk.full')}</p>
    </section>
  )
}

function Mine(props: DeskProps) {
  const { me, state, view, act, t } = props
  return (
    <section class="stack" aria-label={t('desk.mine')}>
      <h2>{t('desk.mine')}</h2>
      {state.talks.length === 0 && <p class="quiet">{t('desk.mine.none')}</p>}
      <ul class="rows">
        {state.talks.map(talk => (
          <li key={talk.id}>
            <button type="button" class={`row pick ${colourOf(props, talk)}`} aria-current={talk.id === view.focus} onClick={() => act.focus(talk.id)}>
              <span>{nameOf(props, talk)}</span><span class="quiet">{live(talk) ? t(`desk.visitor.${talk.visitor}`) : t('desk.ended')}</span>
            </button>
          </li>
        ))}
      </ul>
      {state.slots > 1 && talksHerself(me) && <label><input type="checkbox" data-part="two" checked={view.two} onChange={event => act.two(event.currentTarget.checked)} />{t('desk.two')}</label>}
    </section>
  )
}

/** What is seldom needed. */
function More({ view, act, t }: DeskProps) {
  const other = view.language === 'nl' ? 'en' : 'nl'
  return (
    <details>
      <summary>{t('desk.more')}</summary>
      <label><input type="checkbox" checked={view.quiet.notify} onChange={event => act.notify(event.currentTarget.checked)} />{t('desk.notify')}</label>
      <label><input type="checkbox" checked={view.quiet.sound} onChange={event => act.sound(event.currentTarget.checked)} />{t('desk.sound')}</label>
      <button type="button" class="plain" lang={other} onClick={() => act.language(other)}>{other === 'en' ? 'English' : 'Nederlands'}</button>
      <button type="button" class="plain" onClick={() => act.dialog('keys')}>{t('desk.keys')}</button>
      <button type="button" class="plain" data-part="passkeys" onClick={act.passkeys}>{t('desk.passkeys')}</button>
      <button type="button" class="plain" data-part="sign-out" onClick={act.signOut}>{t('desk.sign-out')}</button>
    </details>
  )
}

/** In a window of its own: the desk, with its conversations, stays where it is. */
const Console = ({ t, strong }: Pick<DeskProps, 't'> & { strong?: boolean }) =>
  <a class={strong ? 'button first' : 'button second'} href="/console" target="_blank" rel="noopener" data-part="console">{t('desk.console')}</a>

/** Always on the screen: the way out, with what it ends, said before. */
function Foot({ me, state, act, t }: DeskProps) {
  const open = state.talks.filter(live).length
  return (
    <div class="foot">
      <div class="both">
        {me.roles.includes('administrator') && <button type="button" class="second" data-part="people" onClick={act.people}>{t('desk.people')}</button>}
        {me.roles.includes('coordinator') && talksHerself(me) && <Console t={t} />}
        <button type="button" class="second" onClick={() => act.dialog('menu')}>{t('desk.menu')} <kbd>Ctrl K</kbd></button>
      </div>
      <button type="button" class="second" data-part="lock" aria-describedby="lock-says" onClick={act.lock}>{t('desk.lock')}</button>
      <p id="lock-says" class="quiet">{open > 0 ? t('desk.lock.open', { count: open }) : t('desk.lock.none')}</p>
    </div>
  )
}

/** Who waits, and what I do. */
export function Side(props: DeskProps) {
  return (
    <section class="side" aria-label={props.t('desk.side')}>
      <div class="above">
        <p class="title" aria-hidden="true">{props.t('desk.title', { alias: props.me.alias })}</p>
        {!talksHerself(props.me) && <Console {...props} strong />}
        {talksHerself(props.me) && <Line {...props} />}
        <Calls {...props} />
        <Mine {...props} />
        <More {...props} />
      </div>
      <Foot {...props} />
    </section>
  )
}
