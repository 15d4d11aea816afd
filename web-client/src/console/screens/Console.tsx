import { ledgerOf, type ConsoleProps, type Part } from '../view'
import { Key } from './Key'
import { Reports } from './Reports'
import { Signing } from './Signing'
import { Team } from './Team'

const PARTS: readonly Part[] = ['signing', 'reports', 'people', 'key']

function Duty({ team, act, t }: ConsoleProps) {
  const { available } = team
  return (
    <button type="button" role="switch" class="second" data-part="duty" aria-checked={available} disabled={team.busy} onClick={() => act.duty(!available)}>
      <span class={available ? 'dot' : 'dot no'} aria-hidden="true" /><span>{t('console.duty')}<span aria-hidden="true">: {t(available ? 'console.duty.yes' : 'console.duty.no')}</span></span>
    </button>
  )
}

/** How many reports wait for me stands beside the word. */
const waits = ({ reports }: ConsoleProps): number => reports?.reports?.filter(one => one.content && !one.answered).length ?? 0

function Top(props: ConsoleProps) {
  const { me, view, act, t, staff } = props
  const other = view.language === 'nl' ? 'en' : 'nl'
  return (
    <header class="top">
      <nav aria-label={t('console.nav')}>
        {PARTS.map(part => <button key={part} type="button" class="tab" data-part={`show-${part}`} aria-current={view.showing === part ? 'page' : undefined} onClick={() => act.show(part)}>{t(`console.nav.${part}`)}{part === 'reports' && waits(props) > 0 && ` (${waits(props)})`}</button>)}
      </nav>
      <div class="mine">
        <span class="quiet" dir="auto">{me.alias}</span>
        <Duty {...props} />
        <button type="button" class="second" data-part="lock" onClick={act.lock}>{t('console.lock')}</button>
        <details>
          <summary>{staff('desk.more')}</summary>
          <a href="/desk">{t('console.to-desk')}</a>
          <button type="button" class="plain" lang={other} onClick={act.language}>{staff('desk.other-language')}</button>
          <button type="button" class="plain" data-part="sign-out" onClick={act.signOut}>{t('console.sign-out')}</button>
        </details>
      </div>
    </header>
  )
}

/** What everybody here has to be told: trial keys, a lie, what did not go. */
function Banners({ me, signing, team, reports, t }: ConsoleProps) {
  const found = signing?.reading?.found
  const other = reports?.of === undefined && reports?.problem !== 'long' ? reports?.problem : undefined
  const problem = signing?.problem ?? team.problem ?? other
  const untrue = ledgerOf(signing)?.untrue ?? 0
  return (
    <div class="told">
      {me.trial && <p class="care" data-part="trial">{t('console.trial')}</p>}
      <div role="alert">
        {found?.kind === 'lie' && <p class="care" data-part="lie" data-state={found.lie}><b>{t('console.lie')}</b> {t(`console.lie.${found.lie}`)} {t('console.lie.how')}</p>}
        {untrue > 0 && <p class="care" data-part="untrue">{t('console.untrue', { count: untrue })}</p>}
      </div>
      <div role="status">{problem && <p class="care" data-part="problem" data-state={problem}>{t(`console.problem.${problem}`)}</p>}</div>
    </div>
  )
}

function Body(props: ConsoleProps) {
  const { me, signing, view, t } = props
  if (view.showing === 'people') return <Team {...props} />
  if (view.showing === 'reports') return <Reports {...props} />
  if (me.trial) return null
  if (!signing?.reading) return <p class="quiet" role="status">{t('console.asking')}</p>
  if (signing.reading.found.kind === 'lie') return null
  return view.showing === 'key' ? <Key {...props} /> : <Signing {...props} />
}

/** The coordinator's page: signing · reports · people · my key. */
export function Console(props: ConsoleProps) {
  const { me, team, view, t } = props
  return (
    <>
      <Top {...props} />
      <main class="console stack">
        <h1 tabIndex={-1}><span class="sr">{t('console.title', { alias: me.alias })}: </span>{t(`console.nav.${view.showing}`)}</h1>
        <Banners {...props} />
        {team.onDuty !== undefined && <p class="quiet" data-part="on-duty" data-state={team.onDuty ? 'yes' : 'no'}>{t(team.onDuty ? 'console.duty.somebody' : 'console.duty.nobody')}</p>}
        <Body {...props} />
      </main>
    </>
  )
}
