import { useRef } from 'preact/hooks'
import { PRIVATE } from '../../ui/Composer/Composer'
import { ends, hasTooMany, type Left, type Leaving, type Plan } from '../roster'
import type { KnownStatement } from '../ledger'
import { ledgerOf, when, type ConsoleProps } from '../view'

const roleOf = ({ staff }: ConsoleProps, { statement: { role } }: KnownStatement): string => (role === 'expert' || role === 'coordinator' ? staff(`desk.role.${role}`) : role)

function Leaves(props: ConsoleProps & { leaves: readonly Leaving[] }) {
  const { leaves, t } = props
  const out = (one: Leaving & { readonly statement: KnownStatement }, why: Left): string =>
    t('console.roster.out', { alias: one.statement.statement.alias, role: roleOf(props, one.statement), why: t(`console.left.${why}`) })
  const shown = leaves.filter((one): one is Leaving & { readonly statement: KnownStatement } => one.statement !== undefined)
  const hidden = (why: Left): number => leaves.filter(one => one.statement === undefined && one.why === why).length
  return (
    <>
      {shown.map(one => <li key={one.key}>{out(one, one.why)}</li>)}
      {hidden('revoked') > 0 && <li>{t('console.roster.out.revoked', { count: hidden('revoked') })}</li>}
      {hidden('gone') > 0 && <li>{t('console.roster.out.gone', { count: hidden('gone') })}</li>}
    </>
  )
}

/** What a roster changes, in words, before it is signed. */
function Changes(props: ConsoleProps & { plan: Plan }) {
  const { plan, t } = props
  if (plan.brings.length + plan.leaves.length + plan.joins.length + plan.drops.length === 0) return <p class="quiet">{t('console.roster.same')}</p>
  return (
    <ul class="changes" data-part="roster-changes">
      {plan.brings.map(one => <li key={one.key}>{t('console.roster.in', { alias: one.statement.alias, role: roleOf(props, one) })}</li>)}
      <Leaves {...props} leaves={plan.leaves} />
      {plan.joins.length > 0 && <li>{t('console.roster.joins', { count: plan.joins.length })}</li>}
      {plan.drops.length > 0 && <li>{t('console.roster.drops', { count: plan.drops.length })}</li>}
    </ul>
  )
}

/** Asked once more only where the server does not show all that the newest list has. */
function Sign(props: ConsoleProps & { which: 'draft' | 'next'; strong: boolean }) {
  const { signing, act, t, which, strong } = props
  const name = t(which === 'draft' ? 'console.roster.sign' : 'console.roster.make')
  const part = which === 'draft' ? 'roster-sign' : 'roster-make'
  const sure = signing?.asking?.what === 'roster' && signing.asking.of === which
  const cannot = signing?.reading?.me.kind !== 'signer'
  if (!sure) {
    return <button type="button" class={strong && !cannot ? 'first' : 'second'} data-part={part} disabled={cannot || signing?.busy} onClick={() => act.signRoster(which)}>{name}</button>
  }
  return (
    <div class="ends" role="group" aria-label={t('console.roster.sure')}>
      <p role="status">{t('console.roster.sure')}</p>
      <button type="button" class="plain" onClick={act.unask}>{t('console.not')}</button>
      <button type="button" class="second" data-part={part} onClick={() => act.signRoster(which, true)}>{t('console.roster.sure.yes')}</button>
    </div>
  )
}

/** Somebody's draft: signed by me already, to be signed, or not right. */
function Drafted(props: ConsoleProps) {
  const { signing, t } = props
  const draft = signing?.reading?.draft
  if (!draft) return null
  if (typeof draft.plan === 'string') return <p class="care" data-part="roster-fault" data-state={draft.plan}>{t('console.fault')} {t(`console.fault.${draft.plan}`)}</p>
  return (
    <>
      <p>{t(draft.mine ? 'console.roster.mine' : 'console.roster.draft')}</p>
      <Changes {...props} plan={draft.plan} />
      {!draft.mine && <Sign {...props} which="draft" strong />}
      {!draft.fresh && <p class="quiet">{t('console.roster.old')}</p>}
    </>
  )
}

/** Whether making a new one is what should be done now. */
function due({ signing, view }: ConsoleProps): boolean {
  const [ledger, next, draft] = [ledgerOf(signing), signing?.reading?.next, signing?.reading?.draft]
  if (!ledger || !next || (draft && typeof draft.plan === 'object')) return false
  return ends(ledger, view.now).kind !== 'fine' || next.brings.length + next.leaves.length + next.joins.length + next.drops.length > 0
}

function Next(props: ConsoleProps) {
  const { signing, t } = props
  const [next, draft] = [signing?.reading?.next, signing?.reading?.draft]
  const good = draft !== undefined && typeof draft.plan === 'object'
  const ledger = ledgerOf(signing)
  if (!next) return <p class="care" data-part="roster-two">{t(ledger && hasTooMany(ledger, signing?.out ?? []) ? 'console.roster.many' : 'console.roster.two')}</p>
  if (good && draft.fresh) return null
  return (
    <>
      {!good && <Changes {...props} plan={next} />}
      <Sign {...props} which="next" strong={due(props)} />
    </>
  )
}

/** The list of who works here: until when it holds, what a new one changes, and one press to sign it. */
export function RosterCard(props: ConsoleProps) {
  const { signing, view, t } = props
  const ledger = ledgerOf(signing)
  if (!ledger) return null
  const end = ends(ledger, view.now)
  const care = end.kind === 'fine' ? '' : 'care'
  return (
    <section class="card stack" aria-label={t('console.roster')} data-part="roster">
      <h2>{t('console.roster')}</h2>
      <p class={care} data-part="roster-ends" data-state={end.kind}>{t(`console.ends.${end.kind}`, { when: 'at' in end ? when(end.at, view.language) : '' })}</p>
      <p class="quiet">{t('console.roster.what')} {ledger.roster && t('console.roster.listed', { count: ledger.roster.listed.size })}</p>
      <Drafted {...props} />
      <Next {...props} />
      {signing?.reading?.me.kind === 'signer' ? <LeaveOut {...props} /> : <p class="quiet">{t('console.roster.no-signer')}</p>}
    </section>
  )
}

/** Whoever leaves, or whose key is lost, is left out by the others, the same day. */
function LeaveOut({ signing, act, t }: ConsoleProps) {
  const field = useRef<HTMLInputElement>(null)
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    act.leaveOut(field.current?.value ?? '')
  }
  const count = signing?.out.length ?? 0
  return (
    <details>
      <summary>{t('console.out')}</summary>
      <form class="stack" onSubmit={submit}>
        <p class="quiet">{t('console.out.how')}</p>
        <label class="field">{t('console.key.name')}<input ref={field} type="text" data-part="leave-out-name" {...PRIVATE} maxLength={50} required /></label>
        {signing?.nobody !== undefined && <p class="care" role="alert" data-part="leave-out-nobody">{t('console.out.nobody', { name: signing.nobody })}</p>}
        <button type="submit" class="second" data-part="leave-out" disabled={signing?.busy}>{t('console.out.do')}</button>
        {count > 0 && <p role="status">{t('console.out.count', { count })}</p>}
        {count > 0 && <button type="button" class="plain" data-part="keep-all" disabled={signing?.busy} onClick={act.keepAll}>{t('console.out.undo')}</button>}
      </form>
    </details>
  )
}

/** Whether the roster has the one strong button of the screen. */
export const rosterIsDue = (props: ConsoleProps): boolean => {
  const draft = props.signing?.reading?.draft
  return due(props) || (draft !== undefined && typeof draft.plan === 'object' && !draft.mine)
}
