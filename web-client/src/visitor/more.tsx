import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { late } from '../conversation/late'
import type { ScreenProps, StateOf } from './view'

/**
 * The rest of the page: the screens and words that only a talk needs, of a third person, another one, and a report. It comes in one piece when somebody comes to
 * her, and to everybody, so that neither its way over the line nor what the browser keeps of it tells that she used it; and
 * it weighs nothing before she can write (V54, ADR 0028).
 */
export { moreWords as words } from '../i18n/more'
export { Link, NotRight } from './aside'

type Props = ScreenProps<StateOf<'talking'>>
type Guest = NonNullable<Props['state']['guest']>

/** A question, with what to know before the answer; both answers are equally large (V61). */
function Card({ card, title, more, children }: { card?: string; title: string; more: string; children: ComponentChildren }) {
  return <div class="ask" role="group" aria-label={title} data-part={card}><p><b>{title}</b></p><p class="quiet">{more}</p>{children}</div>
}

/** May she join, or look along? Who, for what; "not now" is always fine, and can still be said later (V59). */
function Asked({ guest, state, act, t }: Props & { guest: Guest }) {
  const names = { guest: guest.alias, alias: state.alias }
  return (
    <Card card="guest-asked" title={t(`guest.ask.${guest.for}`, names)} more={t(`guest.ask.${guest.for}.more`, names)}>
      <button type="button" class="second" data-part="guest-yes" onClick={() => act.admit(true)}>{t('guest.yes')}</button>
      <button type="button" class="second" data-part="guest-no" onClick={() => act.admit(false)}>{t('guest.no')}</button>
    </Card>
  )
}

/** Another expert came: her earlier lines are shown to nobody without her yes. */
function Share({ state: { alias }, act, t }: Props) {
  return (
    <Card title={t('share.ask', { alias })} more={t('share.own')}>
      <button type="button" class="second" data-part="share-yes" onClick={() => act.share(true)}>{t('share.yes')}</button>
      <button type="button" class="second" data-part="share-no" onClick={() => act.share(false)}>{t('share.no')}</button>
    </Card>
  )
}

/** May the guest read what she wrote before? Her own lines only, never what was said to her. */
function ShareGuest({ guest, act, t }: Props & { guest: Guest }) {
  return (
    <Card card="share-guest" title={t('share.ask', { alias: guest.alias })} more={t('share.own')}>
      <button type="button" class="second" data-part="share-guest-yes" onClick={() => act.shareGuest(true)}>{t('share.yes')}</button>
      <button type="button" class="second" data-part="share-guest-no" onClick={() => act.shareGuest(false)}>{t('share.no')}</button>
    </Card>
  )
}

const SUMMARY = '.tools summary'

/** Another person, please: asked once more, without a reason. She tapped for it, so the question comes into view, and the focus to it and back. */
function Another({ state, act, t }: Props) {
  const yes = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    yes.current?.focus()
    return () => document.querySelector<HTMLElement>(SUMMARY)?.focus()
  }, [])
  return (
    <Card title={t('another.ask')} more={t('another.more', { alias: state.alias })}>
      <button ref={yes} type="button" class="second" data-part="another-yes" onClick={act.another}>{t('another.yes')}</button>
      <button type="button" class="second" data-part="another-no" onClick={() => act.asksAnother(false)}>{t('another.no')}</button>
    </Card>
  )
}

/** What is asked of her now, one thing at a time: what she began herself comes first. */
export function ask(props: Props): ComponentChildren {
  const { state: { guest, askShare, askShareGuest }, view } = props
  if (view.asksAnother) return <Another {...props} />
  if (guest?.state === 'asked') return <Asked {...props} guest={guest} />
  if (askShare) return <Share {...props} />
  return guest && askShareGuest && <ShareGuest {...props} guest={guest} />
}

/** Who else is there stands above the lines for as long as it is so (D16), with the way to go on without her. */
export function third({ state: { guest }, act, t }: Props): ComponentChildren {
  if (!guest || guest.state === 'asked') return undefined
  const { alias, link } = guest
  return (
    <div class="tools">
      <p role="status" data-part="guest">{t(guest.state === 'joining' ? 'guest.joining' : `guest.${guest.for}`, { alias })}
        {link !== 'here' && <span class="quiet"> · {t(`talking.${link}`)}</span>}</p>
      <button type="button" class="plain" data-part="guest-away" onClick={act.sendAway}>{t('guest.away', { alias })}</button>
    </div>
  )
}

/** In the menu, once the rules for it are there too (ADR 0028): a tap that does nothing would leave her with whom she asked away from. Tapped, it folds the menu away: what it asks stands below the lines. */
export function menu({ act, t }: Props): ComponentChildren {
  if (!late.part) return undefined
  const open = (event: Event): void => {
    (event.currentTarget as HTMLElement).closest('details')?.removeAttribute('open')
    act.asksAnother(true)
  }
  return <button type="button" class="second" data-part="another" onClick={open}>{t('another')}</button>
}
