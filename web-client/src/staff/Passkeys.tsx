import type { DeskTranslate } from '../i18n/desk'
import type { NewWordsState } from './new-words'
import type { PasskeysState } from './passkeys'
import { Recovery, type RecoveryActs } from './Recovery'

export interface PasskeysActs extends RecoveryActs {
  newWordsAsks(): void
  newWords(): void
  keepOld(): void
  add(): void
  asks(id: string): void
  unask(): void
  remove(id: string): void
  back(): void
}
interface Props { state: PasskeysState; words: NewWordsState; act: PasskeysActs; t: DeskTranslate; page: string }
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

/** For whom the paper is lost, or was seen. */
function NewWords({ state, words, act, t }: Props & { words: Extract<NewWordsState, { kind: 'card' }> }) {
  const able = state.cards.some(card => card.opens)
  if (state.cards.length === 0) return null
  return (
    <section class="stack" aria-label={t('desk.words')}>
      <h2>{t('desk.words')}</h2>
      <p>{t(able ? 'desk.words.new.how' : 'desk.words.new.unable')}</p>
      <p role="status">{words.changed && <span data-part="words-changed">{t('desk.words.new.changed')}</span>}{words.problem && t(`desk.gate.${words.problem}`)}</p>
      {able && !words.sure && <button type="button" class="second" data-part="words-new" disabled={words.busy} onClick={act.newWordsAsks}>{t('desk.words.new')}</button>}
      {able && words.sure && (
        <div class="ends" role="group" aria-label={t('desk.words.new.ask')}>
          <p role="status">{t('desk.words.new.ask')}</p>
          <button type="button" class="plain" onClick={act.keepOld}>{t('desk.not')}</button>
          <button type="button" class="second" data-part="words-new" disabled={words.busy} onClick={act.newWords}>{t('desk.words.new.yes')}</button>
        </div>
      )}
    </section>
  )
}

/** The new ones, and the way back while the old ones are still hers. */
function Shown({ words, act, t }: Props & { words: Extract<NewWordsState, { kind: 'words' }> }) {
  return (
    <main class="gate">
      <Recovery state={words} act={act} t={t} />
      <button type="button" class="plain" data-part="words-keep" disabled={words.busy} onClick={act.keepOld}>{t('desk.words.new.keep')}</button>
    </main>
  )
}

/** Her passkeys as cards (D2), and new words for her vault. */
export function Passkeys(props: Props) {
  const { state, words, act, t } = props
  if (words.kind === 'words') return <Shown {...props} words={words} />
  return (
    <main class="people stack">
      <button type="button" class="plain" data-part="back" onClick={act.back}>{t('desk.people.back')}</button>
      <h1 tabIndex={-1}>{t('desk.passkeys')}</h1>
      <p>{t('desk.passkeys.how')}</p>
      <p role="status">{state.problem && t(`desk.gate.${state.problem}`)}</p>
      <ul class="rows">{state.cards.map(card => <CardRow key={card.id} {...props} card={card} />)}</ul>
      <button type="button" class="first" data-part="passkey-add" disabled={state.busy} onClick={act.add}>{t('desk.passkey.add')}</button>
      <NewWords {...props} words={words} />
    </main>
  )
}
