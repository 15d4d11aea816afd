import type { DeskTranslate } from '../i18n/desk'
import type { PasskeysState } from './passkeys'

export interface PasskeysActs {
  add(): void
  asks(id: string): void
  unask(): void
  remove(id: string): void
  back(): void
}
interface Props { state: PasskeysState; act: PasskeysActs; t: DeskTranslate; page: string }
type Card = PasskeysState['cards'][number]

// Days since 1970; 0 for one that is older than these cards.
const DAY_MS = 86_400_000
const dayOf = (made: number, page: string): string => new Intl.DateTimeFormat(page, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(made * DAY_MS)

function Remove({ card, state, act, t }: Props & { card: Card }) {
  if (state.cards.length < 2) return <p class="quiet">{t('desk.passkey.last')}</p>
  if (state.removing !== card.id) return <button type="button" class="plain" data-part="passkey-remove" disabled={state.busy} onClick={() => act.asks(card.id)}>{t('desk.passkey.remove')}</button>
  return (
    <div class="ends" role="group" aria-label={t('desk.passkey.remove.ask')}>
      <p role="status">{t('desk.passkey.remove.ask')}</p>
      <button type="button" class="plain" onClick={act.unask}>{t('desk.not')}</button>
      <button type="button" class="second" data-part="passkey-remove" onClick={() => act.remove(card.id)}>{t('desk.passkey.remove.yes')}</button>
    </div>
  )
}

function CardRow(props: Props & { card: Card }) {
  const { card, t, page } = props
  return (
    <li class="row" data-part="passkey">
      <div>
        <b>{card.made > 0 ? t('desk.passkey', { day: dayOf(card.made, page) }) : t('desk.passkey.older')}</b>
        <p class="quiet">{t(card.synced ? 'desk.passkey.synced' : 'desk.passkey.single')} · {t(card.opens ? 'desk.passkey.opens' : 'desk.passkey.closed')}</p>
      </div>
      <Remove {...props} />
    </li>
  )
}

/** Her passkeys as cards (D2). */
export function Passkeys(props: Props) {
  const { state, act, t } = props
  return (
    <main class="people stack">
      <button type="button" class="plain" data-part="back" onClick={act.back}>{t('desk.people.back')}</button>
      <h1 tabIndex={-1}>{t('desk.passkeys')}</h1>
      <p>{t('desk.passkeys.how')}</p>
      <p role="status">{state.problem && t(`desk.gate.${state.problem}`)}</p>
      <ul class="rows">{state.cards.map(card => <CardRow key={card.id} {...props} card={card} />)}</ul>
      <button type="button" class="first" data-part="passkey-add" disabled={state.busy} onClick={act.add}>{t('desk.passkey.add')}</button>
    </main>
  )
}
