import type { Key, Translate } from '../../i18n'
import { Message } from '../../ui/Transcript/Message'
import { Notice } from '../../ui/Notice/Notice'
import type { Line, Notice as NoticeOf, SafetyAnswer, VisitorState } from '../door'
import type { ScreenProps } from '../view'

const ANSWERS: readonly SafetyAnswer[] = ['no', 'maybe', 'yes']

/** The desk's own notices; a visitor never has them, and would not be shown them. */
const NOT_HERS: ReadonlySet<NoticeOf['key']> = new Set(['left-quickly', 'page-hidden', 'page-visible'])

const noticeKey = (notice: NoticeOf): Key => `notice.${notice.key}${notice.key === 'guest-in' ? `.${notice.for}` : ''}` as Key

const noticeWords = (t: Translate, notice: NoticeOf): string =>
  NOT_HERS.has(notice.key) ? '' : t(noticeKey(notice), 'alias' in notice ? { alias: notice.alias } : {})

/** The safety question with its tap answers; going on without an answer is an answer too (V45, V59). */
function SafetyTaps({ act, t }: ScreenProps) {
  return (
    <div class="taps">
      {ANSWERS.map(answer => <button key={answer} type="button" class="second" data-part={`safety-${answer}`} onClick={() => act.answer(answer)}>{t(`safety.${answer}`)}</button>)}
      <button type="button" class="plain" onClick={act.ratherNot}>{t('safety.rather-not')}</button>
    </div>
  )
}

function Answered({ answer, t }: { answer: SafetyAnswer; t: Translate }) {
  return <p><b>{t('safety.answer', { answer: t(`safety.${answer}`) })}</b> {t(`safety.advice.${answer}`)}</p>
}

function noticeRow(props: ScreenProps, line: Line, notice: NoticeOf, isLast: boolean) {
  const { state, view, t } = props
  const text = noticeWords(t, notice)
  if (!text) return null
  const asked = notice.key === 'safety-question'
  const open = asked && isLast && state.kind === 'talking' && state.askSafety && !view.ratherNot
  return (
    <Notice key={line.id} mark={t('automatic')} text={text} lang={view.language} asks={open}>
      {asked && notice.answer && <Answered answer={notice.answer} t={t} />}
      {open && <SafetyTaps {...props} />}
    </Notice>
  )
}

/** She can send it by hand. */
const stuck = ({ state }: Line): boolean => state === 'failed' || state === 'held'

/** State in words (V34), once for a run of lines that share it. Nothing is on its way before somebody is there (V27). */
function stateWords(t: Translate, line: Line, next: Line | undefined, kind: VisitorState['kind']): string | undefined {
  if (!line.state || (!stuck(line) && next?.state === line.state)) return undefined
  return t(line.state === 'held' || (line.state === 'sending' && kind !== 'talking') ? 'state.waiting' : `state.${line.state}`)
}

/** What was written to somebody else goes to whoever is there only by a tap that names her. */
function retry({ state, act, t }: ScreenProps, line: Line): { words: string; onClick: () => void } | undefined {
  const onClick = (): void => act.retry(line.id)
  if (line.state === 'held') return state.kind === 'talking' ? { words: t('held.send', { alias: state.alias }), onClick } : undefined
  return line.state === 'failed' && state.kind !== 'ended' ? { words: t('retry'), onClick } : undefined
}

/** How one line of a conversation is drawn, for `Transcript`. */
export function lineRow(props: ScreenProps) {
  const { state, view, t } = props
  return (line: Line, index: number, shown: readonly Line[]) => {
    if (line.notice) {
      const later = shown.slice(index + 1).some(other => other.notice?.key === line.notice?.key)
      return noticeRow(props, line, line.notice, !later)
    }
    if (line.text === undefined || line.from === 'notice' || line.from === 'colleague') return null
    const from = line.from
    return (
      <Message key={line.id} from={from} who={from === 'me' ? t('me') : line.alias ?? ''} text={line.text} lang={view.language}
        state={line.state} words={stateWords(t, line, shown[index + 1], state.kind)}
        retry={retry(props, line)} />
    )
  }
}
