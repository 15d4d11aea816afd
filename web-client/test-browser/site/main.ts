import '../../src/poly'
import '../../src/visitor/look'
import type { Line } from '../../src/conversation/line'
import type { VisitorState, VisitorTalk } from '../../src/visitor/door'
import { Page } from '../../src/visitor/page'

/**
 * The visitor's page as built, with somebody at the other end who answers each line with "echo: …": what a page leaves behind
 * depends on the page alone, so these stories need no server. Stories with a server and a desk are told elsewhere.
 */
class Echo implements VisitorTalk {
  state: VisitorState = { kind: 'start' }
  private readonly listeners = new Set<(state: VisitorState) => void>()
  private lines: Line[] = []

  subscribe(listener: (state: VisitorState) => void) { this.listeners.add(listener); return () => { this.listeners.delete(listener) } }
  start(): void { this.talk() }
  compose(text: string): boolean {
    this.add({ from: 'me', text, state: 'received' })
    this.add({ from: 'expert', alias: 'Sam', text: `echo: ${text}` })
    this.talk()
    return true
  }
  retry(): void {}
  typing(): void {}
  typingSignal(): void {}
  visible(): void {}
  answerSafety(): void {}
  share(): void {}
  shareGuest(): void {}
  admit(): void {}
  sendAway(): void {}
  another(): void {}
  reportDoor(): never { throw new Error('nobody to report to') }
  leave(): void { this.become({ kind: 'ended', why: 'left' }) }

  /** Tells the story how long the way here took since the tap, and what was still on the page. */
  exit(): void {
    const text = document.documentElement.textContent
    console.info(`exit ${JSON.stringify({ ms: performance.now() - tapped, text })}`)
  }

  private add(line: Omit<Line, 'id' | 'at'>): void { this.lines = [...this.lines, { id: String(this.lines.length), at: Date.now(), ...line }] }
  private talk(): void {
    this.become({ kind: 'talking', alias: 'Sam', expert: 'here', typing: false, lines: this.lines, online: true, askShare: false, askShareGuest: false, askSafety: false })
  }
  private become(state: VisitorState): void {
    this.state = state
    for (const listener of this.listeners) listener(state)
  }
}

let tapped = 0
addEventListener('click', () => { tapped = performance.now() }, true)
const root = document.getElementById('page')
if (root) new Page({ window, root }).open(new Echo())
