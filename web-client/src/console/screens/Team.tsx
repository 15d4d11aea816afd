import { languageName } from '../../i18n/desk'
import { rolesIn } from '../../staff/Gate'
import type { ConsolePerson } from '../api'
import { revocable } from '../signing'
import { ledgerOf, when, type ConsoleProps } from '../view'
import { Ask } from './Ask'
import { Revoke } from './Revoke'

function Made({ team: { made }, view, act, t }: ConsoleProps) {
  if (!made) return null
  return (
    <section class="care stack" aria-label={t('console.made', { alias: made.alias })}>
      <h2>{t('console.made', { alias: made.alias })}</h2>
      <p>{t('console.made.once', { when: when(Math.floor(made.expiresAt / 1000), view.language) })}</p>
      <p class="link" data-part="reset-link">{made.link}</p>
      <button type="button" class="second" onClick={act.haveIt}>{t('console.made.have')}</button>
    </section>
  )
}

/** Where a person's statements stand, in words. */
function stands({ signing, t }: ConsoleProps, person: string): string | undefined {
  const ledger = ledgerOf(signing)
  const all = ledger?.statements.filter(one => one.person === person) ?? []
  if (!ledger || all.length === 0) return undefined
  if (all.every(one => ledger.revoked.has(one.key))) return t('console.people.revoked')
  return t(all.some(one => ledger.roster?.listed.has(one.key) && !ledger.revoked.has(one.key)) ? 'console.people.valid' : 'console.people.waits')
}

function Reset({ person, team, act, t }: ConsoleProps & { person: ConsolePerson }) {
  if (team.asked.includes(person.id) && person.reset === 'asked') return <p class="quiet">{t('console.reset.mine')}</p>
  return (
    <>
      {person.reset === 'asked' && <p class="care" data-part="reset-asked">{t('console.reset.asked', { alias: person.alias })}</p>}
      <Ask part="reset" asking={team.resetting === person.id} name={t('console.reset')} question={t('console.reset.ask', { alias: person.alias })} yes={t('console.reset.yes')} no={t('console.not')}
        disabled={team.busy} onAsk={() => act.resetAsks(person.id)} onNo={act.resetUnask} onYes={() => act.reset(person.id)} />
    </>
  )
}

function Row(props: ConsoleProps & { person: ConsolePerson }) {
  const { person, me, signing, view, t, staff } = props
  const ledger = ledgerOf(signing)
  const what = [rolesIn(staff, person.roles), person.languages.map(tag => languageName(tag, view.language)).join(', '), stands(props, person.id)].filter(Boolean).join(' · ')
  return (
    <li class="row" data-part="person">
      <div><b dir="auto">{person.alias}</b><p class="quiet">{what}</p></div>
      {person.id === me.id && <span class="quiet">{t('console.people.you')}</span>}
      {person.state === 'suspended' && <span class="quiet">{t('console.people.suspended')}</span>}
      {person.state === 'active' && person.id !== me.id && (
        <div class="choices">
          {ledger && !ledger.trial && revocable(ledger, person.id).length > 0 && <Revoke {...props} person={person.id} alias={person.alias} />}
          <Reset {...props} />
        </div>
      )}
    </li>
  )
}

/** Who works here: whose statement is believed, revoking it, and beginning anew for who lost everything. */
export function Team(props: ConsoleProps) {
  return (
    <>
      <Made {...props} />
      <ul class="rows">{props.team.people.map(person => <Row key={person.id} {...props} person={person} />)}</ul>
    </>
  )
}
