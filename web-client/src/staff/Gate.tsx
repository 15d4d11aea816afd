import type { DeskTranslate } from '../i18n/desk'
import type { StaffState } from './door'
import { Locked, type LockedActs } from './Locked'
import { Recovery, type RecoveryActs } from './Recovery'

export interface GateActs extends RecoveryActs, LockedActs { register(): void; signIn(): void; standBy(): void; again(): void; language(): void }
interface Props<S> { state: S; act: GateActs; t: DeskTranslate }
type Of<K extends StaffState['kind']> = Extract<StaffState, { kind: K }>

/** Roles in words; one that this page does not know is left out. */
export const rolesIn = (t: DeskTranslate, roles: readonly string[]): string =>
  (['expert', 'coordinator', 'administrator'] as const).filter(role => roles.includes(role)).map(role => t(`desk.role.${role}`)).join(', ')

function Invited({ state, act, t }: Props<Of<'invited'>>) {
  const { invited } = state
  return (
    <>
      <h1 tabIndex={-1}>{invited ? t('desk.invited', { alias: invited.alias }) : t('desk.invited.unknown')}</h1>
      {invited && <p>{t('desk.invited.as', { roles: rolesIn(t, invited.roles) })}</p>}
      {invited && <p class="quiet">{t('desk.invited.how')}</p>}
      {invited && <button type="button" class="first" data-part="register" disabled={state.busy} onClick={act.register}>{t('desk.register')}</button>}
      <p class="problem" role="status">{state.problem && t(`desk.gate.${state.problem}`)}</p>
    </>
  )
}

/** Nothing has to be filled in: the field is only where a browser shows the passkeys it knows (D1). */
function Out({ state, act, t }: Props<Of<'out'>>) {
  return (
    <>
      <h1 tabIndex={-1}>{t('desk.out')}</h1>
      <p>{t(state.why ? `desk.out.${state.why}` : 'desk.out.how')}</p>
      {state.untold && <p class="care" role="alert" data-part="untold">{t('desk.untold')}</p>}
      <button type="button" class="first" data-part="sign-in" disabled={state.busy} onClick={act.signIn}>{t('desk.sign-in')}</button>
      <p class="problem" role="status">{state.problem && t(`desk.gate.${state.problem}`)}</p>
      {state.suggests && (
        <label class="suggest">
          <span class="quiet">{t('desk.sign-in.choose')}</span>
          <input type="text" autocomplete="username webauthn" spellcheck={false} onFocus={act.standBy} />
        </label>
      )}
    </>
  )
}

/** Everything before the desk. */
export function Gate({ state, act, t }: Props<Exclude<StaffState, { kind: 'in' }>>) {
  return (
    <main class="gate">
      {state.kind === 'asking' && <><h1 tabIndex={-1}>{t('desk.out')}</h1><p class="quiet" role="status">{t('desk.asking')}</p></>}
      {state.kind === 'unreachable' && <><h1 tabIndex={-1}>{t('desk.unreachable')}</h1><p>{t('desk.gate.unreachable')}</p><button type="button" class="first" onClick={act.again}>{t('desk.again')}</button></>}
      {state.kind === 'invited' && <Invited state={state} act={act} t={t} />}
      {state.kind === 'out' && <Out state={state} act={act} t={t} />}
      {state.kind === 'words' && <Recovery state={state} act={act} t={t} />}
      {state.kind === 'locked' && <Locked state={state} act={act} t={t} />}
      <button type="button" class="plain" onClick={act.language}>{t('desk.other-language')}</button>
    </main>
  )
}
