import type { DeskTranslate } from '../../i18n/desk'
import type { Me } from '../../staff/api'
import { hasDesk } from '../view'

interface Props { me: Me; t: DeskTranslate; people: () => void; passkeys: () => void; lock: () => void; signOut: () => void }

/** Somebody who works here but does not talk with visitors. */
export function NoDesk({ me, t, people, passkeys, lock, signOut }: Props) {
  return (
    <main class="gate">
      <h1 tabIndex={-1}>{t('desk.title', { alias: me.alias })}</h1>
      {me.trial && <p class="care" data-part="trial">{t('desk.trial')}</p>}
      <p>{t(hasDesk(me) ? 'desk.no-talk' : 'desk.no-desk')}</p>
      {me.roles.includes('administrator') && <button type="button" class="first" data-part="people" onClick={people}>{t('desk.people')}</button>}
      {me.roles.includes('coordinator') && <a class={me.roles.includes('administrator') ? 'button second' : 'button first'} href="/console" data-part="console">{t('desk.console')}</a>}
      <button type="button" class="second" data-part="passkeys" onClick={passkeys}>{t('desk.passkeys')}</button>
      <button type="button" class="second" data-part="lock" onClick={lock}>{t('desk.lock')}</button>
      <button type="button" class="plain" data-part="sign-out" onClick={signOut}>{t('desk.sign-out')}</button>
    </main>
  )
}
