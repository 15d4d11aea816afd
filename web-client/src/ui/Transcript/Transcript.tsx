import { Component, createRef, type ComponentChild } from 'preact'
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

const lastId = (lines: readonly { id: string }[]): string | undefined => lines[lines.length - 1]?.id
const lastOwn = (lines: readonly { id: string; from: string }[]): string | undefined =>
  [...lines].reverse().find(line => line.from === 'me')?.id

/**
 * The lines said, in order. A new line is shown where the reader is only when she is at the end; otherwise the view stays
 * and a button tells how many came (V39). Own lines always lead to the end. `role="log"` is polite and tells additions (V38).
 * A class, as is the composer: Preact's hooks weigh 1 kB that a visitor would wait for (V54).
 */
export class Transcript<L extends { id: string; from: string }> extends Component<Props<L>, { seen: string | undefined }> {
  private readonly box = createRef<HTMLDivElement>()
  private readonly log = createRef<HTMLDivElement>()
  private followed = true
  private own = lastOwn(this.props.lines)
  private watch: ResizeObserver | undefined
  // The last line she has had before her; what stands after it is new.
  override state = { seen: lastId(this.props.lines) }

  override componentDidMount(): void {
    const box = this.box.current
    this.follow()
    // V7: a browser's translation would send the words away.
    write(this.log.current, { translate: 'no' })
    if (!window.ResizeObserver || !box) return
    // The keyboard opening or the composer growing takes height away at the end: stay there.
    this.watch = new ResizeObserver(() => { if (this.followed) box.scrollTop = box.scrollHeight })
    this.watch.observe(box)
  }

  override componentDidUpdate({ lines, bottom }: Props<L>): void {
    if (lines !== this.props.lines || !bottom !== !this.props.bottom) this.follow()
  }

  override componentWillUnmount(): void { this.watch?.disconnect() }

  private follow(): void {
    const mine = lastOwn(this.props.lines)
    if (this.followed || mine !== this.own) this.toEnd()
    this.own = mine
  }

  private readonly toEnd = (): void => {
    const box = this.box.current
    if (box) box.scrollTop = box.scrollHeight
    this.followed = true
    this.saw()
  }

  private readonly onScroll = (): void => {
    const box = this.box.current
    if (box) this.followed = atEnd(box)
    if (box && this.followed) this.saw()
  }

  private saw(): void {
    const seen = lastId(this.props.lines)
    if (seen !== this.state.seen) this.setState({ seen })
  }

  override render({ heading, lines, row, unread, mark, earlier, top, bottom }: Props<L>) {
    const shown = lines.slice(-SHOWN)
    const index = shown.findIndex(line => line.id === this.state.seen)
    const fresh = index < 0 ? 0 : shown.length - 1 - index
    return (
      <div class="transcript">
        <div class="scroll" ref={this.box} onScroll={this.onScroll} tabIndex={0} role="group" aria-label={heading}>
          {top}
          <div class="log" ref={this.log} role="log" aria-live="polite" aria-relevant="additions" aria-label={heading}>
            <h2 class="sr">{heading}</h2>
            <ol>
              {lines.length > SHOWN && <li class="cut">{earlier}</li>}
              {shown.map((line, i) => [i === index + 1 && fresh > 0 && <li key={`${line.id} new`} class="cut" aria-live="off">{mark}</li>, row(line, i, shown)])}
            </ol>
          </div>
          {bottom}
        </div>
        {fresh > 0 && <button type="button" class="second unread" onClick={this.toEnd}>{unread(fresh)}</button>}
      </div>
    )
  }
}
