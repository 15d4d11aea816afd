import type { DeskTalk } from '../../conversation'
import { Transcript } from '../../ui/Transcript/Transcript'
import { languageName } from '../../i18n/desk'
import { blocked, live, mayWrite, minutes, type DeskProps } from '../view'
import { Composer } from './Composer'
import { lineRow } from './lines'
import { colourOf, nameOf } from './Side'
import { Third, Whom } from './Third'

type Props = DeskProps & { talk: DeskTalk }

/**
 * Closing is one press of a button that says so, apart from the others; the words stay on the screen. Giving over, without a reason (D14), asks
 * once more in the same place, and so do handing over and closing by a shortcut, which is easily pressed in mid-sentence. All of it is the lead's.
 */
function Ends(props: Props) {
  const { talk, view, act, t } = props
  const what = view.asking?.talk === talk.id ? view.asking.what : undefined
  if (!live(talk) || talk.part === 'guest') return null
  if (what === 'third') return <Whom {...props} />
  if (what === undefined) {
    return (
      <div class="ends">
        {talk.state === 'talking' && !talk.guest && <button type="button" class="plain" data-part="third" onClick={() => act.ask(talk.id, 'third')}>{t('desk.third')}</button>}
        <button type="button" class="plain" data-part="release" onClick={() => act.ask(talk.id, 'release')}>{t('desk.release')}</button>
        <button type="button" class="second" data-part="close" onClick={() => act.close(talk.id)}>{t('desk.close')}</button>
      </div>
    )
  }
  const yes = { close: act.close, release: act.release, 'hand-over': act.handOver }
  return (
    <div class="ends" role="group" aria-label={t(`desk.${what}.ask`)}>
      <p role="status">{t(`desk.${what}.ask`)}</p>
      <button type="button" class="plain" onClick={act.unask}>{t('desk.not')}</button>
      <button type="button" class="second" data-part={what} onClick={() => yes[what](talk.id)}>{t(`desk.${what}.yes`)}</button>
    </div>
  )
}

function Head(props: Props) {
  const { talk, view, act, t } = props
  const how = live(talk) ? t(talk.state === 'joining' ? 'desk.joining' : `desk.visitor.${talk.visitor}`) : t('desk.ended')
  return (
    <header>
      <button type="button" class="plain back" onClick={() => act.focus(undefined)}>{t('desk.back')}</button>
      <div class="whom">
        <h2>{nameOf(props, talk)}</h2>
        <p class="quiet">{languageName(talk.language, view.language)} · <span role="status">{how}</span> · {t('desk.minutes', { count: minutes(talk.since, view.now) })}</p>
      </div>
      <button type="button" class="plain fold" aria-label={t('desk.help')} aria-expanded={view.panel} onClick={() => { act.focus(talk.id); act.panel(!view.panel) }}>BUM</button>
      <Ends {...props} />
      <Third {...props} />
    </header>
  )
}

const overBy = ({ visitor, why }: DeskTalk) =>
  why ?? (visitor === 'left' || visitor === 'left-quickly' || visitor === 'gone' ? visitor : 'closed')

/** D11: for a minute nothing is sent; what to do instead. */
function Blocked({ talk, view, t }: Props) {
  const guide = view.guides?.[view.language] ?? view.guides?.['nl']
  return (
    <div class="care" role="status">
      <p><b>{t('desk.blocked', { count: Math.ceil(((talk.blockedUntil ?? 0) - view.now) / 1000) })}</b></p>
      <ul>{guide?.leftQuickly.map(text => <li key={text}>{text}</li>)}</ul>
    </div>
  )
}

/** It is over; the words stay until they are put away. Not where "close" was: pressed twice, that must not take them. */
function Over({ talk, act, t }: Props) {
  return (
    <div class="over">
      <p role="status">{t(`desk.over.${overBy(talk)}`)}</p>
      <button type="button" class="second" data-part="dismiss" onClick={() => act.forget(talk.id)}>{t('desk.forget')}</button>
    </div>
  )
}

/** What stands between the last line and the composer: who types, what is the matter, what to do now. */
function Below(props: Props) {
  const { talk, state, view, t } = props
  const waits = blocked(talk, view.now)
  if (!live(talk)) return <div>{waits && <Blocked {...props} />}<Over {...props} /></div>
  if (waits) return <Blocked {...props} />
  return <p class="below" role="status">{state.link !== 'on' ? t('desk.unsent') : talk.typing ? t('desk.typing', { who: nameOf(props, talk) }) : ''}</p>
}

/** One conversation: colour, animal and language stand above it and in the place where one writes (D7). */
export function Room(props: Props) {
  const { talk, view, act, t, draft } = props
  const who = nameOf(props, talk)
  const to = `${who} · ${languageName(talk.language, view.language)}`
  const row = lineRow({ t, page: view.language, language: talk.language, who, retry: live(talk) ? line => act.retry(talk.id, line) : undefined })
  return (
    <section class={`room ${colourOf(props, talk)}${talk.id === view.focus ? ' front' : ''}`} data-part="conversation" data-talk={talk.id} aria-label={who}>
      <Head {...props} />
      <Transcript heading={t('desk.log', { who })} lines={talk.lines} row={row} mark={t('desk.unread.line')} earlier={t('desk.earlier')} unread={count => t('desk.unread', { count })} />
      <Below {...props} />
      {live(talk) && !mayWrite(talk) && <p class="over quiet">{t('desk.guest.read')}</p>}
      {live(talk) && mayWrite(talk) && <Composer talk={talk.id} to={to} send={t('desk.send')} label={t('desk.composer', { who: to })} draft={draft(talk.id)}
        waits={blocked(talk, view.now)} hasty={view.hasty === talk.id ? t('desk.hasty', { who }) : undefined} act={act} />}
    </section>
  )
}
