import type { DeskTalk } from '../../conversation'
import type { Guide, Phase, SafetyStep } from '../guide'
import type { DeskProps } from '../view'
import { live, mayWrite } from '../view'
import { nameOf } from './Side'

type Props = DeskProps & { talk: DeskTalk; guide: Guide }

function Say({ talk, phase, act, view, t }: Props & { phase: Phase }) {
  const theirs = view.guides?.[talk.language]?.phases.find(one => one.id === phase.id)
  const lines = theirs?.say ?? phase.say
  return (
    <>
      <h3>{t('desk.say')}</h3>
      <div class="stack">
        {lines.map(text => theirs && live(talk) && mayWrite(talk)
          ? <button key={text} type="button" class="second say" lang={talk.language} onClick={() => act.say(talk.id, text)}>{text}</button>
          : <p key={text} class="quiet">{text}</p>)}
      </div>
    </>
  )
}

/** What to do, what not, what one could say. Nothing here leaves the page. */
function Phases(props: Props) {
  const { talk, guide, view, act, t } = props
  const phase = guide.phases.find(one => one.id === view.phases[talk.id]) ?? guide.phases[0]
  return (
    <section class="stack" aria-label={t('desk.bum', { who: nameOf(props, talk) })}>
      <h2>{t('desk.bum', { who: nameOf(props, talk) })}</h2>
      <div class="tabs">
        {guide.phases.map(one => <button key={one.id} type="button" data-part="phase" aria-pressed={one === phase} onClick={() => act.phase(talk.id, one.id)}>{one.name}</button>)}
      </div>
      {phase && <>
        <p>{phase.aim}</p>
        <Say {...props} phase={phase} />
        <h3>{t('desk.do')}</h3>
        <ul class="tips">{phase.do.map(text => <li key={text}>{text}</li>)}</ul>
        <h3>{t('desk.dont')}</h3>
        <ul class="tips">{phase.dont.map(text => <li key={text}>{text}</li>)}</ul>
      </>}
    </section>
  )
}

/** The visitor's own client has shown or asked it: then it is done without a tick. */
const known = ({ safety }: DeskTalk, step: SafetyStep): boolean =>
  (step.phrase === 'limits' && safety.limitsShown) || (step.phrase === 'safety-question' && safety.answer !== undefined)

function Safety({ talk, guide, view, act, t }: Props) {
  const ticked = view.ticked[talk.id] ?? []
  const can = talk.state === 'talking' && mayWrite(talk)
  return (
    <section class="stack" aria-label={t('desk.safe')}>
      <h2>{t('desk.safe')}</h2>
      {talk.safety.answer && <p>{t('desk.notice.answered', { answer: t(`desk.answer.${talk.safety.answer}`) })}</p>}
      {guide.safety.map(step => (
        <label key={step.id}><input type="checkbox" checked={known(talk, step) || ticked.includes(step.id)} onChange={event => act.tick(talk.id, step.id, event.currentTarget.checked)} />{step.text}</label>
      ))}
      <button type="button" class="second say" data-part="phrase-limits" disabled={!can} onClick={() => act.phrase(talk.id, 'limits')}>{t('desk.phrase.limits')}</button>
      <button type="button" class="second say" data-part="phrase-safety" disabled={!can} onClick={() => act.phrase(talk.id, 'safety-question')}>{t('desk.phrase.safety-question')}</button>
    </section>
  )
}

/** BUM and safety, beside the conversation in front. */
export function Help(props: DeskProps) {
  const { state, view, act, t } = props
  const talk = state.talks.find(one => one.id === view.focus)
  const guide = view.guides?.[view.language] ?? view.guides?.['nl']
  return (
    <section class="side end" aria-label={t('desk.help')}>
      <button type="button" class="plain fold" onClick={() => act.panel(false)}>{t('desk.fold')}</button>
      {!talk && <p class="quiet">{t('desk.help.none')}</p>}
      {talk && !guide && <p class="quiet">{t('desk.help.missing')}</p>}
      {talk && guide && <><Phases {...props} talk={talk} guide={guide} /><Safety {...props} talk={talk} guide={guide} /></>}
    </section>
  )
}
