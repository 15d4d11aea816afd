import { useRef } from 'preact/hooks'
import type { Report } from '../../crypto/report'
import { languageName } from '../../i18n/desk'
import { PRIVATE } from '../../ui/Composer/Composer'
import type { MyReport } from '../reports'
import { day, type ConsoleProps } from '../view'

/** What she ticked: text only, each line its own direction (V40). */
function Lines({ content: { lines, speakers, language }, t }: ConsoleProps & { content: Report }) {
  return (
    <ul class="said" data-part="report-lines">{lines.map(({ from, text }, at) => (
      <li key={at}><span class="small" dir="auto">{from === 0 ? t('console.report.visitor') : speakers[from - 1]}: </span><bdi dir="auto" lang={language} translate={false}>{text}</bdi></li>
    ))}</ul>
  )
}

function Answer({ report, reports, act, t }: ConsoleProps & { report: MyReport }) {
  const field = useRef<HTMLTextAreaElement>(null)
  const problem = reports?.of === report.id ? reports.problem : undefined
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    act.answerReport(report.id, field.current?.value ?? '')
  }
  return (
    <form class="stack" onSubmit={submit}>
      <label class="field">{t('console.report.answer')}
        <textarea ref={field} rows={4} dir="auto" data-part="report-answer" {...PRIVATE} aria-describedby={`how-${report.id}`} required />
      </label>
      <p class="quiet" id={`how-${report.id}`}>{t('console.report.how')}</p>
      {problem && <p class="care" role="alert">{t(problem === 'long' ? 'console.report.long' : `console.problem.${problem}`)}</p>}
      <button type="submit" class="second" data-part="report-send" disabled={reports?.busy}>{t('console.report.send')}</button>
    </form>
  )
}

function Card(props: ConsoleProps & { report: MyReport }) {
  const { report: { content, answered, until }, view, t } = props
  const state = !content ? 'closed' : answered ? 'answered' : 'open'
  const about = content ? [...new Set(content.lines.filter(line => line.from > 0).map(line => content.speakers[line.from - 1]))].join(', ') : ''
  return (
    <li class="card stack" data-part="report" data-state={state}>
      <div><h2 dir="auto">{about ? t('console.report.about', { alias: about }) : t('console.report')}</h2>
        <p class="quiet">{[content && languageName(content.language, view.language), t('console.report.until', { when: day(until, view.language) })].filter(Boolean).join(' · ')}</p></div>
      {content ? <Lines {...props} content={content} /> : <p>{t('console.report.closed')}</p>}
      {state === 'answered' && <p class="quiet">{t('console.report.answered')}</p>}
      {state === 'open' && <Answer {...props} />}
    </li>
  )
}

/** What visitors told that does not feel right: what waits for an answer stands first. */
export function Reports(props: ConsoleProps) {
  const { reports: { reports } = {}, t } = props
  if (!reports) return <p class="quiet" role="status">{t('console.asking')}</p>
  const sorted = [...reports.filter(one => !one.answered), ...reports.filter(one => one.answered)]
  return (
    <>
      <p class="quiet">{t(reports.length === 0 ? 'console.reports.none' : 'console.reports.how')}</p>
      <ul class="cards">{sorted.map(report => <Card key={report.id} {...props} report={report} />)}</ul>
    </>
  )
}
