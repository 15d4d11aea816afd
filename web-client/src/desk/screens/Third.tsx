import type { ComponentChildren } from 'preact'
import type { DeskTalk } from '../../conversation'
import { languageName } from '../../i18n/desk'
import { freeSlot, live, talksHerself, type DeskProps } from '../view'

type Props = DeskProps & { talk: DeskTalk }

/** Whom she asks in: a colleague who takes over, with or without a while together, or a coordinator who looks along. The visitor is asked first, every time (D24). */
export function Whom({ talk, act, t }: Props) {
  return (
    <div class="ends" role="group" aria-label={t('desk.third.ask')}>
      <p role="status">{t('desk.third.ask')}</p>
      <button type="button" class="plain" onClick={act.unask}>{t('desk.not')}</button>
      <button type="button" class="second" data-part="call-transfer" onClick={() => act.call(talk.id, 'transfer', true)}>{t('desk.third.warm')}</button>
      <button type="button" class="second" data-part="call-transfer-cold" onClick={() => act.call(talk.id, 'transfer', false)}>{t('desk.third.cold')}</button>
      <button type="button" class="second" data-part="call-look" onClick={() => act.call(talk.id, 'look', true)}>{t('desk.third.look')}</button>
    </div>
  )
}

/** What is so with the third person, in words, and what can be done about it. */
function Strip({ says, children }: { says: string; children: ComponentChildren }) {
  return <div class="third"><p role="status">{says}</p>{children}</div>
}

/** For the lead: whom she asked, how far it is, and the ways on. */
function Asked({ talk, guest, act, t }: Props & { guest: NonNullable<DeskTalk['guest']> }) {
  const alias = guest.alias ?? t('desk.colleague')
  const says = guest.state === 'called' || guest.state === 'in' ? t(`desk.third.${guest.state}.${guest.for}`, { alias }) : t(`desk.third.${guest.state}`, { alias })
  return (
    <Strip says={says}>
      <button type="button" class="plain" data-part="uncall" onClick={() => act.uncall(talk.id)}>{guest.state === 'in' ? t('desk.third.without', { alias }) : t('desk.third.back')}</button>
      {guest.state === 'in' && guest.for === 'transfer' && <button type="button" class="second" data-part="hand-over" onClick={() => act.ask(talk.id, 'hand-over')}>{t('desk.hand-over')}</button>}
    </Strip>
  )
}

/** For the guest: why she is here, and that the visitor sees it (D16). */
function Here({ talk, act, t }: Props) {
  const alias = talk.lead ?? t('desk.colleague')
  return (
    <Strip says={t(talk.state === 'joining' ? 'desk.guest.asked' : `desk.guest.${talk.for ?? 'look'}`, { alias })}>
      <button type="button" class="plain" data-part="uncall" onClick={() => act.uncall(talk.id)}>{t('desk.guest.leave')}</button>
    </Strip>
  )
}

/** Who else is in this conversation, or is asked in; nothing where nobody is. */
export function Third(props: Props) {
  const { talk, view } = props
  const hands = view.asking?.talk === talk.id && view.asking.what === 'hand-over'
  if (!live(talk) || hands) return null
  if (talk.part === 'guest') return <Here {...props} />
  return talk.guest ? <Asked {...props} guest={talk.guest} /> : null
}

/** Who asks for her: for what, in which language; never what about. The list is empty of text when nobody does, and then an expert's desk says nothing of it. */
export function Calls({ me, state, view, act, t }: DeskProps) {
  const full = freeSlot(state, view.two) === undefined
  const none = state.calls.length === 0
  if (none && talksHerself(me)) return <ul class="rows" data-part="calls" />
  return (
    <section class="stack" aria-label={t('desk.calls')}>
      <h2>{t('desk.calls')}</h2>
      {none && <p class="quiet">{t('desk.calls.none')}</p>}
      <ul class="rows" data-part="calls">
        {state.calls.map(({ call, for: purpose, language }) => (
          <li key={call} class="row" data-part="call">
            <span>{t(`desk.call.${purpose}`)} · {languageName(language, view.language)}</span>
            <button type="button" class="second" data-part="answer" disabled={full || state.link !== 'on'} onClick={() => act.answer(call)}>{t(`desk.answer.${purpose}`)}</button>
          </li>
        ))}
      </ul>
    </section>
  )
}
