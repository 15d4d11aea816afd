import type { ComponentChild } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { write } from '../attributes'
import './transcript.css'

/**
 * At most this many lines stand in the document; the page says that older ones were there. Far more than a conversation of
 * hours has: only a flood is cut, which would take an old phone's memory. What is off the screen is not laid out (transcript.css).
 */
export const SHOWN = 1000

interface Props<L extends { id: string; from: string }> {
  heading: string
  lines: readonly L[]
  row: (line: L, index: number, shown: readonly L[]) => ComponentChild
  /** Words of the button that tells of `count` new lines, of the mark before the first of them, and of the cut at the top. */
  unread: (count: number) => string
  mark: string
  earlier: string
  /** What stands above the lines and below them, and moves with them where there is little room. */
  top?: ComponentChild
  bottom?: ComponentChild
}

/** How near to the end (px) still counts as being there: a line of text, so that a rounded scroll position does not matter. */
const NEAR = 40
export const atEnd = (box: Pick<HTMLElement, 'scrollHeight' | 'scrollTop' | 'clientHeight'>): boolean =>
  box.scrollHeight - box.scrollTop - box.clientHeight <= NEAR

const lastOwn = (lines: readonly { id: string; from: string }[]): string | undefined =>
  [...lines].reverse().find(line => line.from === 'me')?.id

/**
 * The lines said, in order. A new line is shown where the reader is only when she is at the end; otherwise the view stays
 * and a button tells how many came (V39). Own lines always lead to the end. `role="log"` is polite and tells additions (V38).
 */
export function Transcript<L extends { id: string; from: string }>({ heading, lines, row, unread, mark, earlier, top, bottom }: Props<L>) {
  const box = useRef<HTMLDivElement>(null)
  const log = useRef<HTMLDivElement>(null)
  const followed = useRef(true)
  const own = useRef(lastOwn(lines))
  // The last line she has had before her; what stands after it is new.
  const [seen, setSeen] = useState(lines[lines.length - 1]?.id)
  const shown = lines.slice(-SHOWN)
  const last = lines[lines.length - 1]?.id
  const toEnd = (): void => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight
    followed.current = true
    setSeen(last)
  }
  useLayoutEffect(() => {
    const mine = lastOwn(lines)
    if (followed.current || mine !== own.current) toEnd()
    own.current = mine
  }, [lines, !bottom])
  useLayoutEffect(() => {
    // V7: a browser's translation would send the words away.
    write(log.current, { translate: 'no' })
    // The keyboard opening or the composer growing takes height away at the end: stay there.
    const resized = (): void => { if (followed.current && box.current) box.current.scrollTop = box.current.scrollHeight }
    const watch = window.ResizeObserver && box.current ? new ResizeObserver(resized) : undefined
    if (watch && box.current) watch.observe(box.current)
    return () => watch?.disconnect()
  }, [])
  const onScroll = (): void => {
    if (!box.current) return
    followed.current = atEnd(box.current)
    if (followed.current && seen !== last) setSeen(last)
  }
  const index = shown.findIndex(line => line.id === seen)
  const fresh = index < 0 ? 0 : shown.length - 1 - index
  return (
    <div class="transcript">
      <div class="scroll" ref={box} onScroll={onScroll} tabIndex={0} role="group" aria-label={heading}>
        {top}
        <div class="log" ref={log} role="log" aria-live="polite" aria-relevant="additions" aria-label={heading}>
          <h2 class="sr">{heading}</h2>
          <ol>
            {lines.length > SHOWN && <li class="cut">{earlier}</li>}
            {shown.map((line, i) => [i === index + 1 && fresh > 0 && <li key={`${line.id} new`} class="cut" aria-live="off">{mark}</li>, row(line, i, shown)])}
          </ol>
        </div>
        {bottom}
      </div>
      {fresh > 0 && <button type="button" class="second unread" onClick={toEnd}>{unread(fresh)}</button>}
    </div>
  )
}
