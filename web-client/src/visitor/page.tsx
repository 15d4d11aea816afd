import { h, hydrate, render } from 'preact'
import { dutch, inOrder, language, loadWords, type Translate } from '../i18n'
import { leave, wipe } from '../ui/ExitNow/leave'
import { followViewport } from '../ui/viewport'
import { enough, NO_PRESSES, press } from '../ui/ExitNow/shift'
import { App } from './App'
import { askAvailability } from './availability'
import { engineOf, insideApp } from './browser'
import type { VisitorState, VisitorTalk } from './door'
import { ASK_AGAIN_MS, REST_AGAIN_MS, weather } from './settings'
import { FIRST, withMore, type Acts, type More, type View } from './view'

const START: VisitorState = { kind: 'start' }
const HEADING = 'main h1'

/** What the page needs of its window; a parameter, so that tests bring their own. */
export interface Place { window: Window & typeof globalThis; root: HTMLElement }

/** Nothing can be said, or nothing of a conversation stands on the screen: what she was writing goes too, unless nothing ever left and she only has no network. */
const over = (state: VisitorState): boolean => state.kind === 'ended' || !('lines' in state) && !(state.kind === 'start' && state.problem === 'no-network')

/**
 * Keeps the one document in step with the conversation. Everything it knows lives in this object's fields, nothing in any
 * storage (V4), and `gone` says that the words were wiped: from then on nothing is ever drawn again (V1, V18).
 */
export class Page {
  private view: View
  private t: Translate = dutch
  private state: VisitorState = START
  private draft = ''
  private presses = NO_PRESSES
  private gone = false
  private talk: VisitorTalk | undefined
  /** The language she chose last: hers from the tap on, also while its words are still on their way. */
  private chosen = FIRST.language
  /** The rest of the page is on its way, or was asked for in vain a moment ago. */
  private asked = false

  constructor(private readonly place: Place) {
    const { navigator } = place.window
    this.view = {
      ...FIRST, languages: inOrder(navigator.languages ?? []), engine: engineOf(navigator.userAgent),
      insideApp: insideApp(navigator.userAgent),
    }
  }

  /** Takes the static document over and connects it to a conversation; without one (a browser that cannot) it only tells and leads away. */
  open(talk: VisitorTalk | undefined): void {
    this.talk = talk
    this.view = { ...this.view, page: talk ? 'ready' : 'old' }
    this.listen()
    hydrate(h(App, this.props(FIRST)), this.place.root)
    this.draw()
    talk?.subscribe(state => this.follow(state))
    void this.ask()
  }

  private props(view: View) {
    return { state: this.state, view, act: this.acts, t: withMore(this.t, view) }
  }

  private draw(change: Partial<View> = {}): void {
    if (this.gone) return
    this.view = { ...this.view, ...change }
    render(h(App, this.props({ ...this.view, draft: this.draft })), this.place.root)
  }

  /** A new screen puts the reader at its heading, unless she is writing: the field stays where it is. */
  private follow(state: VisitorState): void {
    const moved = state.kind !== this.state.kind
    this.state = state
    if (over(state)) this.draft = ''
    if (!('lines' in state)) this.dropAside()
    this.draw(state.kind === 'talking' ? {} : { ratherNot: false, asksAnother: false })
    if (state.kind === 'joining' || state.kind === 'talking') void this.complete()
    const { document } = this.place.window
    if (moved && !this.gone && document.activeElement?.tagName !== 'TEXTAREA') document.querySelector<HTMLElement>(HEADING)?.focus()
  }

  /** Fetches the rest of the page, once. What it brings is there as soon as it is; without it nobody else is let in. */
  private async complete(): Promise<void> {
    if (this.asked) return
    this.asked = true
    try {
      const more: More = await import('./more')
      this.draw({ more })
    } catch {
      this.place.window.setTimeout(() => { this.asked = false }, REST_AGAIN_MS)
    }
  }

  private async ask(): Promise<void> {
    const { window } = this.place
    if (this.gone) return
    if (this.state.kind === 'start' && !window.document.hidden) this.draw({ availability: await askAvailability(window.fetch.bind(window)) })
    window.setTimeout(() => void this.ask(), ASK_AGAIN_MS)
  }

  private listen(): void {
    const { window } = this.place
    window.document.addEventListener('visibilitychange', () => { if (window.document.hidden) this.cover() })
    window.addEventListener('pagehide', () => this.forget())
    window.addEventListener('pageshow', event => { if (event.persisted) this.forget() })
    followViewport(window, () => window.document.getElementById('exit'))
    for (const type of ['keydown', 'keyup'] as const) window.addEventListener(type, event => this.key(event))
  }

  /** V2: hidden is the last thing a phone surely tells. What was said is out of the document before anything else happens. */
  private cover(): void {
    if (this.state.kind === 'start' || this.view.covered) return
    this.draw({ covered: true })
    this.talk?.visible(false)
  }

  /** V1: nothing on the page, nothing in memory. Also what comes out of the back/forward cache is emptied. */
  private forget(): void {
    if (!this.gone) render(null, this.place.root)
    this.gone = true
    wipe(this.place.window.document)
    this.empty()
  }

  private empty(): void {
    this.state = START
    this.draft = ''
    this.dropAside()
    const talk = this.talk
    this.talk = undefined
    talk?.exit()
  }

  private openAside(): void {
    const { talk, view: { more, aside } } = this
    if (!more || !talk) return
    this.view = { ...this.view, aside: aside ?? new more.NotRight(talk, () => this.draw()) }
    this.view.aside?.toggle()
  }

  /** Of this conversation only: its secret goes with it. */
  private dropAside(): void {
    this.view.aside?.forget()
    this.view = { ...this.view, aside: undefined }
  }

  private exit(event?: Event): void {
    event?.preventDefault()
    this.gone = true
    leave(this.place.window, weather(this.view.language), () => this.empty())
  }

  private key(event: KeyboardEvent): void {
    const { window } = this.place
    this.presses = press(this.presses, event, window.performance.now())
    if (enough(this.presses)) this.exit()
    else if (this.presses.count !== this.view.shifts) this.draw({ shifts: this.presses.count })
  }

  /** One tap, same document, same address (V10, V46). */
  private async speak(tag: string): Promise<void> {
    this.chosen = tag
    const words = await loadWords(tag)
    if (this.gone || this.chosen !== tag) return
    this.chosen = words.tag
    this.t = words.t
    const root = this.place.window.document.documentElement
    root.lang = words.tag
    root.dir = language(words.tag).dir
    this.draw({ language: words.tag })
  }

  private compose(text: string): boolean {
    const taken = this.talk?.compose(text) === true
    if (taken) this.draft = ''
    return taken
  }

  private readonly acts: Acts = {
    exit: event => this.exit(event),
    // First the time: what has gone while she was away is not drawn once more.
    uncover: () => { this.talk?.visible(true); this.draw({ covered: false }) },
    language: tag => void this.speak(tag),
    start: () => { this.dropAside(); this.talk?.start(this.chosen) },
    compose: text => this.compose(text),
    text: text => { this.draft = text; this.talk?.typing(text !== '') },
    retry: id => this.talk?.retry(id),
    answer: answer => this.talk?.answerSafety(answer),
    ratherNot: () => this.draw({ ratherNot: true }),
    share: yes => this.talk?.share(yes),
    admit: yes => this.talk?.admit(yes),
    shareGuest: yes => this.talk?.shareGuest(yes),
    sendAway: () => this.talk?.sendAway(),
    asksAnother: asksAnother => this.draw({ asksAnother }),
    another: () => { this.draw({ asksAnother: false }); this.talk?.another() },
    showTyping: yes => { this.talk?.typingSignal(yes); this.draw({ typingShown: yes }) },
    leave: () => this.talk?.leave(),
    aside: () => this.openAside(),
    reload: () => this.place.window.location.reload(),
  }
}
