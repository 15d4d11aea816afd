import type { Line, Notice as NoticeOf } from '../../conversation'
import type { DeskKey, DeskTranslate } from '../../i18n/desk'
import { Message } from '../../ui/Transcript/Message'
import { Notice } from '../../ui/Notice/Notice'

interface Props { t: DeskTranslate; page: string; language: string; who: string; retry?: ((line: string) => void) | undefined }

const words = (t: DeskTranslate, notice: NoticeOf): string => {
  if (notice.key === 'safety-question' && notice.answer) return t('desk.notice.answered', { answer: t(`desk.answer.${notice.answer}`) })
  return t(`desk.notice.${notice.key}` as DeskKey, 'alias' in notice ? { alias: notice.alias } : {})
}

/** State in words (V34, D26), once for a run of own lines that share it. */
const stateOf = (t: DeskTranslate, line: Line, next: Line | undefined): string | undefined =>
  line.state && line.state !== 'held' && (line.state === 'failed' || next?.state !== line.state) ? t(`desk.state.${line.state}`) : undefined

/** How one line is drawn, for `Transcript`. An own phrase is told in the desk's words: the visitor reads it in hers. */
export const lineRow = ({ t, page, language, who, retry }: Props) => (line: Line, index: number, all: readonly Line[]) => {
  if (line.from === 'notice') return line.notice ? <Notice key={line.id} mark={t('desk.automatic')} text={words(t, line.notice)} lang={page} /> : null
  const own = line.from === 'me'
  const text = line.notice ? t('desk.phrase.line', { text: words(t, line.notice) }) : line.text ?? ''
  return (
    <Message key={line.id} from={own ? 'me' : 'visitor'} who={own ? t('desk.me') : who} text={text} lang={line.notice ? page : language} state={line.state}
      words={stateOf(t, line, all[index + 1])} retry={line.state === 'failed' && retry ? { words: t('desk.retry'), onClick: () => retry(line.id) } : undefined} />
  )
}
