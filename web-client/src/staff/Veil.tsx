import type { DeskTranslate } from '../i18n/desk'

interface Props { t: DeskTranslate; /** Lines of visitors since it fell. */ unread: number; lift: () => void }

/** In the place of the words, while the conversation goes on: one tap or key brings them back. Nothing of them is in the document. */
export function Veil({ t, unread, lift }: Props) {
  return (
    <main class="gate veil">
      <h1 tabIndex={-1}>{t('desk.veil')}</h1>
      <p>{t('desk.veil.how')}</p>
      <p role="status">{unread > 0 && t('desk.unread', { count: unread })}</p>
      <button type="button" class="first" data-part="veil" onClick={lift}>{t('desk.veil.lift')}</button>
    </main>
  )
}
