import type { DeskTranslate } from '../i18n/desk'
import { PRIVATE } from '../ui/Composer/Composer'
import type { StaffState } from './door'

export interface LockedActs {
  /** With what was typed; nothing: by passkey. */
  unlock(typed?: string): void
  signOut(): void
}
interface Props { state: Extract<StaffState, { kind: 'locked' }>; act: LockedActs; t: DeskTranslate }

const Field = ({ t }: Pick<Props, 't'>) => (
  <label class="field">{t('desk.unlock.field')}<input type="text" data-part="passphrase" required autocapitalize="none" {...PRIVATE} /></label>
)

/** Signed in, nothing to be read: by passkey, or by the seven words. Where no passkey opens the vault the words are asked for at once. */
export function Locked({ state, act, t }: Props) {
  const { passkey, busy, problem } = state
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    act.unlock((event.currentTarget as HTMLFormElement).querySelector('input')?.value ?? '')
  }
  return (
    <>
      <h1 tabIndex={-1}>{t('desk.locked')}</h1>
      <p>{t(passkey ? 'desk.locked.passkey' : 'desk.locked.words')}</p>
      {passkey && <button type="button" class="first" data-part="unlock" disabled={busy} onClick={() => act.unlock()}>{t('desk.unlock')}</button>}
      <p class="problem" role="status">{problem && t(`desk.gate.${problem}`)}</p>
      {passkey ? (
        <details open={problem === 'passkey' || problem === 'words'}>
          <summary data-part="unlock-by-words">{t('desk.unlock.words')}</summary>
          <form class="stack" onSubmit={submit}><Field t={t} /><button type="submit" class="second" data-part="unlock-words" disabled={busy}>{t('desk.unlock.with-words')}</button></form>
        </details>
      ) : <form class="stack" onSubmit={submit}><Field t={t} /><button type="submit" class="first" data-part="unlock" disabled={busy}>{t('desk.unlock')}</button></form>}
      <button type="button" class="plain" data-part="sign-out" onClick={act.signOut}>{t('desk.sign-out')}</button>
    </>
  )
}
