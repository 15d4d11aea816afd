import type { Translate } from '../../i18n'

/** What stands there after the page was hidden (V2): nothing of a conversation. A tap brings it back. */
export function Neutral({ t, onTap }: { t: Translate; onTap: () => void }) {
  return (
    <main class="page" key="neutral">
      <h1 tabIndex={-1}>{t('neutral.title')}</h1>
      <p>{t('neutral.text')}</p>
      <button type="button" class="second wide" data-part="uncover" onClick={onTap}>{t('neutral.on')}</button>
    </main>
  )
}
