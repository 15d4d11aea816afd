import { useLayoutEffect, useRef } from 'preact/hooks'
import { late } from '../conversation/late'
import { Reporting, goesIn, type ReportState } from '../conversation/report'
import type { Translate } from '../i18n'
import { browserSurroundings } from '../surroundings'
import type { Line, VisitorState, VisitorTalk } from './door'
import { Danger, Numbers } from './screens/Numbers'
import type { Aside, ScreenProps } from './view'

/** "This does not feel right": she ticks lines, sees who will read them and who will not know, and gets an answer here. Part of the late piece of the page (ADR 0027, 0028). */

/** As much as she can look through; the newest. */
const MOST_LINES = 200

/** What the screen is drawn from. */
export interface AsideModel {
  readonly report: ReportState
  readonly ticked: ReadonlySet<string>
  /** She chooses lines; else what became of them stands there. */
  readonly chooses: boolean
}

export interface AsideActs {
  tick(id: string): void
  send(): void
  again(): void
  /** One more report. */
  anew(): void
  back(): void
}

type Props = ScreenProps & { readonly model: AsideModel; readonly on: AsideActs }

const linesOf = (state: VisitorState): readonly Line[] => ('lines' in state ? state.lines : [])
const said = (state: VisitorState): readonly Line[] => linesOf(state).filter(line => line.text !== undefined && line.from !== 'notice').slice(-MOST_LINES)
const chosen = (state: VisitorState, ticked: ReadonlySet<string>): readonly Line[] => said(state).filter(line => ticked.has(line.id))

/** Everybody whose words she has read here, and who is there now: none of them reads what she reports, in whatever other role. */
const others = (state: VisitorState): readonly string[] =>
  [...linesOf(state).map(line => line.alias), ...('alias' in state ? [state.alias] : []), ...(state.kind === 'talking' ? [state.guest?.alias] : [])].filter(alias => alias !== undefined)

/** One line with its box; text only, as in the conversation (V40). */
function Tickable({ line, model, on, view, t }: Props & { line: Line }) {
  const mine = line.from === 'me'
  return (
    <li>
      <label>
        <input type="checkbox" data-part="not-right-line" checked={model.ticked.has(line.id)} onChange={() => on.tick(line.id)} />
        <span class={mine ? 'mine' : 'theirs'}><span class="small" dir="auto">{mine ? t('me') : line.alias}<span class="sr">: </span></span><span class="msg" translate={false}><bdi dir="auto" lang={view.language}>{line.text}</bdi></span></span>
      </label>
    </li>
  )
}

/** Who reads it, as was checked; and that nobody else is told (V61). */
function Readers({ model: { report: { readers = [] } }, state, t }: Props) {
  const [one = '', two] = readers
  if (!one) return null
  return (
    <>
      <p>{two ? t('aside.two', { one, two }) : t('aside.one', { one })} {'alias' in state && state.alias !== undefined && <b>{t('aside.untold', { alias: state.alias })}</b>}</p>
      <p class="quiet">{t('aside.kept')}</p>
    </>
  )
}

/** What keeps it from going, in words, and what she can do. */
function Problem({ model: { report: { problem, busy } }, on, t }: Props) {
  if (busy) return <p class="quiet">{t('aside.busy')}</p>
  return problem ? <div class="care"><p>{t(`aside.${problem}`)}</p>{(problem === 'line' || problem === 'nobody') && <button type="button" class="plain" onClick={on.again}>{t('retry')}</button>}</div> : null
}

function Choose(props: Props) {
  const { model: { report, ticked }, on, state, view, t } = props
  const [lines, mine] = [said(state), chosen(state, ticked)]
  const fits = mine.length === 0 || goesIn(mine, view.language)
  return (
    <>
      <Readers {...props} />
      <p id="aside-how">{t(lines.length > 0 ? 'aside.how' : 'aside.empty')}</p>
      <ul class="facts" aria-labelledby="aside-how">{lines.map(line => <Tickable key={line.id} {...props} line={line} />)}</ul>
      <div role="status"><Problem {...props} />{!fits && <p class="care">{t('aside.much')}</p>}</div>
      {report.problem === 'nobody' && <Numbers t={t} />}
      <button type="button" class="first wide" data-part="not-right-send" disabled={report.busy || mine.length === 0 || !fits || !report.readers?.length} onClick={on.send}>{t('aside.send')}</button>
    </>
  )
}

/** It arrived: what comes now, what was answered, and the choice of another person. */
function Arrived({ model: { report }, on, state, act, t }: Props) {
  const another = (): void => { on.back(); act.asksAnother(true) }
  return (
    <>
      <p role="status"><b>{t('aside.sent')}</b> {t('aside.wait')}</p>
      <ul class="facts" aria-live="polite">{report.answers.map(({ id, alias, text }) => (
        <li key={id} class="theirs" data-part="not-right-answer"><span class="small">{t('aside.from', { alias })}</span><span class="msg" translate={false}><bdi dir="auto">{text}</bdi></span></li>
      ))}</ul>
      {state.kind === 'talking' && late.part && <button type="button" class="second wide" data-part="another" onClick={another}>{t('another')}</button>}
      <button type="button" class="plain" onClick={on.anew}>{t('aside.anew')}</button>
    </>
  )
}

/** A screen of its own in the place of the conversation; the bar with the exit stays above it. */
export function AsideScreen(props: Props) {
  const { model, on, t } = props
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => heading.current?.focus(), [model.chooses])
  return (
    <main class="page" key="aside">
      <h1 tabIndex={-1} ref={heading}>{t('aside')}</h1>
      {model.chooses ? <Choose {...props} /> : <Arrived {...props} />}
      <button type="button" class="second wide" onClick={on.back}>{t('aside.back')}</button>
      <Danger t={t} />
    </main>
  )
}

/** The way in, among the tools above the lines; it says so when there is an answer, and nothing moves or sounds for it (V28). */
export function Link({ state, view: { aside }, act, t }: { state: VisitorState; view: ScreenProps['view']; act: ScreenProps['act']; t: Translate }) {
  const own = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => { if (aside?.back) own.current?.focus() }, [])
  if (state.kind !== 'talking' && !aside && !linesOf(state).some(line => line.from === 'expert')) return null
  return <button type="button" class="plain" data-part="not-right" ref={own} onClick={act.aside}>{t(aside?.news ? 'aside.news' : 'aside')}</button>
}

/** What she does there, for as long as this conversation lasts. */
export class NotRight implements Aside {
  shown = false
  /** She came from there: the reader is put where she was. */
  back = false
  private ticked = new Set<string>()
  private chooses = true
  private seen = 0
  private readonly reporting: Reporting

  constructor(private readonly talk: VisitorTalk, private readonly redraw: () => void) {
    this.reporting = new Reporting({ ...browserSurroundings(), door: talk.reportDoor(), others: () => others(talk.state), changed: () => this.changed() })
  }

  get news(): boolean { return this.reporting.state.answers.length > this.seen }

  toggle(): void {
    this.shown = !this.shown
    this.back = !this.shown
    if (this.news) this.chooses = false
    this.changed()
    this.reporting.show(this.shown)
  }

  private changed(): void {
    const { answers } = this.reporting.state
    if (this.shown && !this.chooses) this.seen = answers.length
    this.redraw()
  }

  private async send(language: string): Promise<void> {
    const before = this.reporting.state.sent
    await this.reporting.send(chosen(this.talk.state, this.ticked), language)
    if (this.reporting.state.sent === before) return
    this.ticked = new Set()
    this.chooses = false
    this.changed()
  }

  private tick(id: string): void {
    if (!this.ticked.delete(id)) this.ticked.add(id)
    this.redraw()
  }

  draw(props: ScreenProps) {
    const on: AsideActs = {
      tick: id => this.tick(id), send: () => void this.send(props.view.language), again: () => void this.reporting.look(), back: () => this.toggle(),
      anew: () => { this.chooses = true; this.redraw(); void this.reporting.look() },
    }
    return <AsideScreen {...props} model={{ report: this.reporting.state, ticked: this.ticked, chooses: this.chooses }} on={on} />
  }

  forget(): void {
    this.shown = false
    this.ticked = new Set()
    this.reporting.forget()
  }
}
