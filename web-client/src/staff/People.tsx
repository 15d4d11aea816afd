import { languageName, type DeskTranslate } from '../i18n/desk'
import type { Invitation, Invited, Person } from './api'
import { rolesIn } from './Gate'
import type { PeopleState } from './people'

export interface PeopleActs {
  invite(invited: Invited): void
  haveIt(): void
  asks(id: string): void
  unask(): void
  suspend(id: string): void
  withdraw(id: string): void
  back(): void
}
export interface PeopleProps { state: PeopleState; act: PeopleActs; t: DeskTranslate; me: string; page: string; languages: readonly { tag: string; name: string }[] }

const ROLES = ['expert', 'coordinator', 'administrator'] as const

/** Reads the form; undefined while a part of it is missing. */
function invitedIn(form: FormData): Invited | undefined {
  const alias = String(form.get('alias') ?? '').trim()
  const roles = form.getAll('role').map(String)
  const languages = form.getAll('language').map(String)
  return alias === '' || roles.length === 0 || (roles.includes('expert') && languages.length === 0) ? undefined : { alias, roles, languages }
}

function Invite({ state, act, t, languages }: PeopleProps) {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const invited = invitedIn(new FormData(form))
    if (!invited) return
    act.invite(invited)
    form.reset()
  }
  return (
    <form class="stack" onSubmit={submit}>
      <h2>{t('desk.invite')}</h2>
      <label class="field">{t('desk.invite.alias')}<input type="text" name="alias" data-part="invite-alias" required maxLength={40} autocomplete="off" spellcheck={false} /></label>
      <fieldset><legend>{t('desk.invite.roles')}</legend>
        {ROLES.map(role => <label key={role}><input type="checkbox" name="role" value={role} defaultChecked={role === 'expert'} data-part={`invite-${role}`} />{t(`desk.role.${role}`)}</label>)}</fieldset>
      <fieldset><legend>{t('desk.invite.languages')}</legend>
        {languages.map(({ tag, name }) => <label key={tag}><input type="checkbox" name="language" value={tag} defaultChecked={tag === 'nl'} /><span lang={tag}>{name}</span></label>)}</fieldset>
      <p class="quiet">{t('desk.invite.needs')}</p>
      <button type="submit" class="first" data-part="invite" disabled={state.busy}>{t('desk.invite.make')}</button>
    </form>
  )
}

function Made({ state, act, t, page }: PeopleProps) {
  const { made } = state
  if (!made) return null
  return (
    <section class="care stack" aria-label={t('desk.made', { alias: made.alias })}>
      <h2>{t('desk.made', { alias: made.alias })}</h2>
      <p>{t('desk.made.once', { when: when(made.expiresAt, page) })}</p>
      <p class="link" data-part="invitation-link">{made.link}</p>
      <button type="button" class="second" onClick={act.haveIt}>{t('desk.made.have')}</button>
    </section>
  )
}

const when = (at: number, page: string): string => new Intl.DateTimeFormat(page, { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }).format(at)

function Suspend({ person, state, act, t }: PeopleProps & { person: Person }) {
  if (state.suspending !== person.id) return <button type="button" class="plain" data-part="suspend" onClick={() => act.asks(person.id)}>{t('desk.suspend')}</button>
  return (
    <div class="ends" role="group" aria-label={t('desk.suspend.ask', { alias: person.alias })}>
      <p role="status">{t('desk.suspend.ask', { alias: person.alias })}</p>
      <button type="button" class="plain" onClick={act.unask}>{t('desk.not')}</button>
      <button type="button" class="second" data-part="suspend" onClick={() => act.suspend(person.id)}>{t('desk.suspend.yes')}</button>
    </div>
  )
}

const what = ({ t, page }: PeopleProps, { roles, languages }: Invited): string =>
  [rolesIn(t, roles), languages.map(tag => languageName(tag, page)).join(', ')].filter(Boolean).join(' · ')

function PersonRow(props: PeopleProps & { person: Person }) {
  const { person, me, t } = props
  return (
    <li class="row" data-part="person">
      <div><b dir="auto">{person.alias}</b><p class="quiet">{what(props, person)}</p></div>
      {person.state === 'suspended' ? <span class="quiet">{t('desk.suspended')}</span> : person.id === me ? <span class="quiet">{t('desk.you')}</span> : <Suspend {...props} />}
    </li>
  )
}

function InvitationRow(props: PeopleProps & { invitation: Invitation }) {
  const { invitation, act, t, page } = props
  return (
    <li class="row" data-part="invitation">
      <div><b dir="auto">{invitation.alias}</b><p class="quiet">{what(props, invitation)}</p><p class="quiet">{t('desk.invitation.until', { when: when(invitation.expiresAt, page) })}</p></div>
      <button type="button" class="plain" data-part="withdraw" onClick={() => act.withdraw(invitation.id)}>{t('desk.withdraw')}</button>
    </li>
  )
}

/** Who works here, who is invited; for administrators. */
export function People(props: PeopleProps) {
  const { state, act, t } = props
  return (
    <main class="people stack">
      <button type="button" class="plain" data-part="back" onClick={act.back}>{t('desk.people.back')}</button>
      <h1 tabIndex={-1}>{t('desk.people')}</h1>
      <p role="status">{state.problem && t(`desk.gate.${state.problem}`)}</p>
      <Made {...props} />
      <ul class="rows">{state.people.map(person => <PersonRow key={person.id} {...props} person={person} />)}</ul>
      <h2>{t('desk.invitations')}</h2>
      {state.invitations.length === 0 && <p class="quiet">{t('desk.invitations.none')}</p>}
      <ul class="rows">{state.invitations.map(invitation => <InvitationRow key={invitation.id} {...props} invitation={invitation} />)}</ul>
      <Invite {...props} />
    </main>
  )
}
