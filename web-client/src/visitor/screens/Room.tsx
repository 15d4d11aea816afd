import type { ComponentChildren } from 'preact'
import { Composer } from '../../ui/Composer/Composer'
import { Transcript } from '../../ui/Transcript/Transcript'
import type { Line, VisitorState } from '../door'
import type { ScreenProps } from '../view'
import { lineRow } from './lines'
import { Danger } from './Numbers'

type WithLines = Extract<VisitorState, { lines: readonly Line[] }>

interface Props extends ScreenProps<WithLines> {
  title: string
  /** Words of the button that stops: out of the line, or out of the conversation; absent where it has ended. */
  stop?: string
  head?: ComponentChildren
  /** Who else is there, above the lines. */
  third?: ComponentChildren
  /** What else can be done, folded away with 112. */
  menu?: ComponentChildren
  /** What is said below the last line: typing, no connection. */
  below?: string | undefined
  /** What is asked of her, after the last line. */
  ask?: ComponentChildren
  /** In the place of the composer, where nothing can be said any more. */
  foot?: ComponentChildren
}

/** 112 with its note (V60), the typing signal (V32) and the way to stop (V59): always one tap away. */
function Tools({ view, act, t, stop, state, menu }: Props) {
  return (
    <div class="tools">
      <details key={state.kind}>
        <summary>{t('more')}</summary>
        <div class="panel">
          <Danger t={t} />
          {stop && <label><input type="checkbox" checked={view.typingShown} onChange={event => act.showTyping(event.currentTarget.checked)} />{t('more.typing')}</label>}
          {menu}
        </div>
      </details>
      <div>
        {view.more && <view.more.Link {...{ state, view, act, t }} />}
        {stop && <button type="button" class="plain" data-part="leave" onClick={act.leave}>{stop}</button>}
      </div>
    </div>
  )
}

/** Unsent lines while the network is gone are said to be unsent (V70). */
function network({ state, stop, t }: Props): string | undefined {
  if (state.online) return undefined
  return t(stop && state.lines.some(line => line.state === 'sending') ? 'offline.unsent' : 'offline')
}

/**
 * The one room for waiting, joining, talking and reading on. It is the same component in all of them, so that what is being written and
 * where the cursor stands survive the moment an expert comes.
 */
export function Room(props: Props) {
  const { state, view, act, t, title, head, third, below, ask, foot } = props
  return (
    <main class="room" key="room">
      <h1 class="sr" tabIndex={-1}>{title}</h1>
      <Transcript heading={title} lines={state.lines} row={lineRow(props)} mark={t('unread.line')} earlier={t('earlier')}
        unread={count => t('unread', { count })} bottom={ask}
        top={<div class="top"><Tools {...props} />{third}<div class="head" role="status">{head}</div></div>} />
      <p class="below" role="status">{network(props) ?? below}</p>
      {foot ?? <Composer label={t('composer.label')} hint={t('composer.hint')} send={t('composer.send')} draft={view.draft}
        onSend={act.compose} onText={act.text} />}
    </main>
  )
}
