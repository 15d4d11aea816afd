import type { ConsoleTranslate } from '../../i18n/console'

/** Somebody who works here and is no coordinator. */
export function NotHere({ t, lock, signOut }: { t: ConsoleTranslate; lock: () => void; signOut: () => void }) {
  return (
    <main class="gate">
      <h1 tabIndex={-1}>{t('console.not-coordinator')}</h1>
      <a href="/desk">{t('console.to-desk')}</a>
      <button type="button" class="second" data-part="lock" onClick={lock}>{t('console.lock')}</button>
      <button type="button" class="plain" data-part="sign-out" onClick={signOut}>{t('console.sign-out')}</button>
    </main>
  )
}
