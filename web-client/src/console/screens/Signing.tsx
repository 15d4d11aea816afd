import { useRef } from 'preact/hooks'
import { languageName } from '../../i18n/desk'
import { PRIVATE } from '../../ui/Composer/Composer'
import type { Proposal } from '../ledger'
import type { WhyNot } from '../may'
import { ends } from '../roster'
import { revocable } from '../signing'
import { day, isMine, ledgerOf, proposals, when, type ConsoleProps } from '../view'
import { Ask } from './Ask'
import { Revoke } from './Revoke'
import { RosterCard, rosterIsDue } from './Roster'

/** Figures first: what waits for me, what waits for somebody else, until when the list holds. */
function Facts(props: ConsoleProps) {
  const { signing, view, t } = props
  const all = proposals(props)
  const ledger = ledgerOf(signing)
  const end = ledger && ends(ledger, view.now)
  return (
    <dl class="facts">
      <div><dt>{t('console.fact.mine')}</dt><dd data-part="to-sign">{all.filter(one => one.why === undefined).length}</dd></div>
      <div><dt>{t('console.fact.others')}</dt><dd>{all.filter(one => one.why === 'signed').length}</dd></div>
      {end && 'at' in end && <div><dt>{t('console.fact.ends')}</dt><dd>{day(end.at, view.language)}</dd></div>}
    </dl>
  )
}

/** Where the six words are typed. They stay in the field until they were right or it is left. */
function Words(props: ConsoleProps & { proposal: Proposal; strong: boolean }) {
  const { proposal, signing, act, t, strong } = props
  const field = useRef<HTMLInputElement>(null)
  const { alias } = proposal.statement
  const wrong = signing?.wrong === proposal.key
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    act.sign(proposal.key, field.current?.value ?? '')
  }
  return (
    <form class="stack" onSubmit={submit}>
      <label class="field">{t('console.words', { alias })}
        <input ref={field} type="text" data-part="six-words" {...PRIVATE} autoCapitalize="none" aria-invalid={wrong} aria-describedby={wrong ? `wrong-${proposal.key}` : undefined} required />
      </label>
      {wrong && <p class="care" role="alert" id={`wrong-${proposal.key}`} data-part="words-wrong">{t('console.words.wrong')}</p>}
      <button type="submit" class={strong ? 'first' : 'second'} data-part="sign" disabled={signing?.busy}>{t('console.sign')}</button>
    </form>
  )
}

function Own({ proposal, signing, act, t, strong }: ConsoleProps & { proposal: Proposal; strong: boolean }) {
  return (
    <>
      <p class="quiet">{t('console.own')}</p>
      <button type="button" class={strong ? 'first' : 'second'} data-part="sign" disabled={signing?.busy} onClick={() => act.sign(proposal.key)}>{t('console.sign.own')}</button>
    </>
  )
}

function Card(props: ConsoleProps & { proposal: Proposal; why: WhyNot | undefined; strong: boolean }) {
  const { proposal, why, signing, view, act, t, staff } = props
  const { statement: { alias, role, languages, notAfter, organisation }, key } = proposal
  const who = [role === 'expert' || role === 'coordinator' ? staff(`desk.role.${role}`) : role, organisation, languages.map(tag => languageName(tag, view.language)).join(', ')].filter(Boolean).join(' · ')
  return (
    <li class="card stack" data-part="proposal" data-state={why ?? 'may'}>
      <div><h3 dir="auto">{alias}</h3><p class="quiet">{who}</p><p class="quiet">{t('console.until', { when: when(notAfter, view.language) })}</p></div>
      <p>{why ? t(`console.why.${why}`, { organisation }) : t(proposal.by.length > 0 ? 'console.signed.one' : 'console.signed.none')}</p>
      {why === undefined && (isMine(props, proposal) ? <Own {...props} /> : <Words {...props} />)}
      {!isMine(props, proposal) && (
        <Ask part="refuse" asking={signing?.asking?.what === 'refuse' && signing.asking.of === key} name={t('console.refuse')} question={t('console.refuse.ask', { alias })} yes={t('console.refuse.yes')} no={t('console.not')}
          disabled={signing?.busy ?? false} onAsk={() => act.ask({ what: 'refuse', of: key })} onNo={act.unask} onYes={() => act.refuse(key)} />
      )}
    </li>
  )
}

/** Whom somebody stopped without a signer's word: phones believe them until the next list. */
function Stopped(props: ConsoleProps) {
  const { signing, t } = props
  const ledger = ledgerOf(signing)
  const people = [...new Set((ledger?.withdrawn ?? []).map(one => one.person))].filter(person => ledger && revocable(ledger, person).length > 0)
  if (!ledger || people.length === 0) return null
  return (
    <section class="stack" aria-label={t('console.stopped')}>
      <h2>{t('console.stopped')}</h2>
      <p class="quiet">{t('console.stopped.how')}</p>
      <ul class="rows">{people.map(person => {
        const alias = ledger.withdrawn.find(one => one.person === person)?.statement.alias ?? ''
        return <li key={person} class="row"><b dir="auto">{alias}</b><Revoke {...props} person={person} alias={alias} /></li>
      })}</ul>
    </section>
  )
}

/** What has to be signed: the list, what is late, and each statement. */
export function Signing(props: ConsoleProps) {
  const { t } = props
  const all = proposals(props)
  const first = rosterIsDue(props) ? undefined : all.find(one => one.why === undefined)?.proposal.key
  return (
    <>
      <Facts {...props} />
      <RosterCard {...props} />
      <Stopped {...props} />
      <section class="stack" aria-label={t('console.proposals')}>
        <h2>{t('console.proposals')}</h2>
        <p class="quiet">{t(all.length === 0 ? 'console.proposals.none' : 'console.proposals.how')}</p>
        <ul class="cards">{all.map(one => <Card key={one.proposal.key} {...props} {...one} strong={one.proposal.key === first} />)}</ul>
      </section>
    </>
  )
}
