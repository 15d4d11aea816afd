import type { Desk, DeskState } from '../conversation'
import type { DeskVault } from '../conversation/desk-vault'
import { equal, type Bytes32 } from '../crypto/bytes'
import type { DeskLanguage } from '../i18n/desk'
import { homeFor, homeless } from './focus'
import { asksAgain, writesIn, type Writing } from './guard'
import type { Guides } from './guide'
import { shortcutOf, type Shortcut } from './keys'
import { notify, stirred, stirrings, tone, works } from './quiet'
import { blocked, freeSlot, live, type Acts, type View } from './view'
import { beside, firstView, follow, NO_DESK, without } from './view-state'

/** What a workplace asks of the page around it. */
export interface Outside {
  readonly window: Window & typeof globalThis
  draw(): void
  people(): void
  passkeys(): void
  lock(): void
  signOut(): void
  language(tag: DeskLanguage): void
  /** The six words that she reads out. */
  readonly six: (language: DeskLanguage, hash: Bytes32) => Promise<readonly string[]>
  /** The fixed words of a notification (D21). */
  readonly stir: () => string
}

const same = (a: Bytes32 | undefined, b: Bytes32 | undefined): boolean => a === b || (a !== undefined && b !== undefined && equal(a, b))

/** One expert at work, from signing in to the lock. Drafts, names and ticks are its fields, and go with it (V4). */
export class Workplace {
  state: DeskState = NO_DESK
  view: View
  private readonly drafts = new Map<string, string>()
  private writing: Writing = {}
  private named = 0
  /** What had the focus went away with a change of the conversations, and it has not found another place yet. */
  private lostFocus = false
  /** Locked, or being read anew after it: what the desk says meanwhile changes nothing here. */
  private away: 'locked' | 'back' | undefined
  private stop: () => void = () => {}

  constructor(private readonly desk: Desk, private readonly outside: Outside) {
    this.view = firstView(Date.now())
    this.state = desk.state
  }

  open(): void {
    this.stop = this.desk.subscribe(state => this.follow(state))
    this.follow(this.desk.state)
    void this.desk.open().catch((error: { code?: string }) => this.see({ failed: error.code === 'refused' ? 'refused' : 'desk' }))
  }

  /** Words and drafts are gone at once; settles when the desk has kept what it was about to, and holds no key any more. */
  lock(): Promise<void> {
    this.away = 'locked'
    this.drafts.clear()
    this.writing = {}
    this.state = { ...NO_DESK, link: this.state.link }
    this.view = without(this.view, 'asking', 'hasty', 'dialog')
    return this.desk.lock()
  }

  /** Goes on where it was locked: the same names, the same conversation in front. */
  async unlock(vault: DeskVault): Promise<void> {
    this.away = 'back'
    this.state = this.desk.state
    const failed = await this.desk.unlock(vault).then(() => false, () => true)
    if (this.away !== 'back') return
    this.away = undefined
    const { state } = this.desk
    this.state = { ...state, talks: state.talks.filter(talk => this.view.names[talk.id]) }
    if (failed) this.view = { ...this.view, failed: 'desk' }
    this.follow(state)
  }

  /** How many lines visitors have said. */
  get heard(): number { return stirrings(this.state).lines }
  get talking(): boolean { return this.state.talks.some(live) }

  /** The screen was covered and is back. */
  resume(): void { this.composer(this.view.focus)?.focus() }

  /** Everything out of memory; the desk cannot be used after it. */
  wipe(): void {
    this.stop()
    this.desk.wipe()
    this.drafts.clear()
    this.state = NO_DESK
    this.view = firstView(0)
  }

  readonly draft = (talk: string): string => this.drafts.get(talk) ?? ''
  guides(guides: Guides | undefined): void { if (guides) this.see({ guides }) }
  speak(language: DeskLanguage): void {
    this.see({ language })
    void this.spell(this.state.proposed)
  }

  /** The six words of this statement, and of none before it. */
  private async spell(hash: Bytes32 | undefined): Promise<void> {
    this.view = without(this.view, 'six')
    const { language } = this.view
    const six = hash && await this.outside.six(language, hash).catch(() => undefined)
    if (six && same(hash, this.state.proposed) && language === this.view.language) this.see({ six })
  }

  /** Once a second: minutes grow, and a block that counts down is seen to. */
  tick(now: number): void {
    const counts = this.state.talks.some(talk => blocked(talk, this.view.now))
    if (counts || Math.floor(now / 60_000) !== Math.floor(this.view.now / 60_000)) this.see({ now })
  }

  private see(change: Partial<View>): void {
    this.view = { ...this.view, ...change }
    this.outside.draw()
  }

  private follow(state: DeskState): void {
    const before = this.state
    this.state = this.away === 'locked' ? { ...NO_DESK, link: state.link } : state
    if (this.away) return this.outside.draw()
    const { document } = this.outside.window
    this.view = { ...follow(this.view, before, state, this.named, document.activeElement?.tagName === 'TEXTAREA'), now: Date.now() }
    this.named += state.talks.filter(talk => !before.talks.some(old => old.id === talk.id)).length
    for (const id of [...this.drafts.keys()]) if (!state.talks.some(talk => talk.id === id)) this.drafts.delete(id)
    if (stirred(before, state)) this.stir()
    if (!same(before.proposed, state.proposed) || !this.view.six) void this.spell(state.proposed)
    const had = !homeless(document)
    this.outside.draw()
    this.bringHome(had)
  }

  /** A button that was pressed and is gone must not leave the keyboard nowhere (D4); what has the focus is left alone. */
  private bringHome(had: boolean): void {
    const { document } = this.outside.window
    this.lostFocus = homeless(document) && (this.lostFocus || had)
    if (this.lostFocus) homeFor(document, this.state, this.view.focus)?.focus()
  }

  private stir(): void {
    const { quiet } = this.view
    const { window } = this.outside
    // What this browser cannot do is shown as off.
    const still = {
      notify: quiet.notify && works(() => notify(window, this.outside.stir())),
      sound: quiet.sound && works(() => tone(window)),
    }
    this.view = { ...this.view, quiet: still }
  }

  private composer(talk: string | undefined): HTMLTextAreaElement | null {
    return this.outside.window.document.querySelector(`[data-talk="${talk ?? ''}"] textarea`)
  }

  private send(talk: string, text: string): boolean {
    if (asksAgain(this.writing, talk, Date.now())) {
      this.see({ hasty: talk })
      return false
    }
    if (!this.desk.compose(talk, text)) return false
    this.drafts.delete(talk)
    this.view = without(this.view, 'hasty')
    this.outside.draw()
    return true
  }

  private say(talk: string, text: string): void {
    const field = this.composer(talk)
    if (!field) return
    field.value = field.value === '' ? text : `${field.value} ${text}`
    this.drafts.set(talk, field.value)
    field.focus()
  }

  private focus(talk: string | undefined): void {
    this.view = { ...without(this.view, 'focus'), ...(talk !== undefined && { focus: talk }) }
    this.outside.draw()
    this.composer(talk)?.focus()
  }

  private async notify(on: boolean): Promise<void> {
    const granted = on && await this.outside.window.Notification?.requestPermission() === 'granted'
    this.see({ quiet: { ...this.view.quiet, notify: granted } })
  }

  private drop(...parts: ('asking' | 'hasty' | 'dialog')[]): void {
    this.view = without(this.view, ...parts)
    this.outside.draw()
  }

  /** Says whether the key was the desk's. */
  key(event: KeyboardEvent): boolean {
    const shortcut = shortcutOf(event)
    if (!shortcut || (this.view.dialog && shortcut !== 'menu')) return false
    this.run(shortcut)
    return shortcut !== 'back'
  }

  private run(shortcut: Shortcut): void {
    const { focus, asking, panel, dialog } = this.view
    switch (shortcut) {
      case 'menu': return dialog ? this.drop('dialog') : this.see({ dialog: 'menu' })
      case 'next': return this.focus(beside(this.state, focus, 1))
      case 'previous': return this.focus(beside(this.state, focus, -1))
      case 'close': return focus === undefined ? undefined : this.see({ asking: { talk: focus, what: 'close' } })
      case 'reply': return this.composer(focus)?.focus()
      case 'back': return asking ? this.drop('asking') : panel ? this.see({ panel: false }) : this.focus(undefined)
    }
  }

  readonly acts: Acts = {
    available: yes => this.desk.available(yes),
    claim: () => { const slot = freeSlot(this.state, this.view.two); if (slot) this.desk.claim(slot) },
    two: two => this.see({ two }),
    focus: talk => this.focus(talk),
    writing: talk => { this.writing = writesIn(this.writing, talk, Date.now(), this.state.talks.filter(live).length < 2); if (this.view.focus !== talk) this.see({ focus: talk }) },
    text: (talk, text) => { this.drafts.set(talk, text); this.desk.typing(talk, text !== '') },
    send: (talk, text) => this.send(talk, text),
    retry: (talk, line) => this.desk.retry(talk, line),
    phrase: (talk, id) => this.desk.phrase(talk, id),
    ask: (talk, what) => this.see({ asking: { talk, what } }),
    unask: () => this.drop('asking'),
    close: talk => { this.drop('asking'); this.desk.close(talk) },
    release: talk => { this.drop('asking'); this.desk.release(talk) },
    call: (talk, purpose, warm) => { this.drop('asking'); this.desk.call(talk, purpose, warm) },
    uncall: talk => { this.drop('asking'); this.desk.uncall(talk) },
    answer: call => this.desk.answer(call),
    handOver: talk => { this.drop('asking'); this.desk.handOver(talk) },
    forget: talk => this.desk.forget(talk),
    phase: (talk, phase) => this.see({ phases: { ...this.view.phases, [talk]: phase } }),
    tick: (talk, step, on) => {
      const others = (this.view.ticked[talk] ?? []).filter(one => one !== step)
      this.see({ ticked: { ...this.view.ticked, [talk]: on ? [...others, step] : others } })
    },
    say: (talk, text) => this.say(talk, text),
    panel: panel => this.see({ panel }),
    dialog: dialog => (dialog ? this.see({ dialog }) : this.drop('dialog')),
    notify: on => void this.notify(on),
    sound: sound => { this.see({ quiet: { ...this.view.quiet, sound } }); if (sound) tone(this.outside.window) },
    language: tag => this.outside.language(tag),
    people: () => this.outside.people(),
    passkeys: () => this.outside.passkeys(),
    lock: () => this.outside.lock(),
    signOut: () => this.outside.signOut(),
  }
}
