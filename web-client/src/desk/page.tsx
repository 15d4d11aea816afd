import { render } from 'preact'
import type { Desk } from '../conversation'
import type { DeskVault } from '../conversation/desk-vault'
import type { Bytes32 } from '../crypto/bytes'
import { LANGUAGES } from '../i18n'
import { deskDutch, loadDeskWords, type DeskLanguage } from '../i18n/desk'
import type { Me, StaffApi } from '../staff/api'
import { invitationIn, StaffDoor, type StaffState } from '../staff/door'
import { Gate, type GateActs } from '../staff/Gate'
import { NewWordsDoor, type NewWordsState } from '../staff/new-words'
import type { Passkeys as PasskeyPort } from '../staff/passkey'
import { PasskeysDoor } from '../staff/passkeys'
import { Passkeys, type PasskeysActs } from '../staff/Passkeys'
import { PeopleDoor } from '../staff/people'
import { People, type PeopleActs } from '../staff/People'
import type { WordLists } from '../staff/recovery'
import type { StaffVault } from '../staff/vault'
import { Veil } from '../staff/Veil'
import { Watch } from '../staff/watch'
import { wipe } from '../ui/ExitNow/leave'
import { readGuides } from './guide'
import { keptIn } from './kept'
import { NoDesk } from './screens/NoDesk'
import { Working } from './screens/Working'
import { hasDesk, sitsAs } from './view'
import { Workplace } from './workplace'

export interface Ports {
  readonly window: Window & typeof globalThis
  readonly root: HTMLElement
  readonly api: StaffApi
  readonly passkeys: PasskeyPort
  readonly vault: (me: Me) => StaffVault
  readonly words: WordLists
  readonly six: (language: DeskLanguage, hash: Bytes32) => Promise<readonly string[]>
  /** A fresh desk for who signed in, on her open vault. Without one the page says that it cannot hold conversations. */
  readonly desk?: ((me: Me, vault: DeskVault) => Desk) | undefined
  /** 16 random bytes, base64url. */
  readonly id: () => string
}

/** Of words there are two screens. */
const stepOf = (state: StaffState | NewWordsState): string => (state.kind === 'words' ? `words, ${state.asking ? 'asked' : 'shown'}` : state.kind)

/**
 * The staff's one document. What it knows is in memory only (V4, D21): the invitation's code leaves the address at once,
 * and when the page goes, or comes back from the back/forward cache, nothing of it is left (V1). A lock keeps the desk
 * with its line, and takes every word and key out of it (D3).
 */
export class DeskPage {
  private readonly staff: StaffDoor
  private readonly people: PeopleDoor
  private readonly passkeys: PasskeysDoor
  private readonly newWords: NewWordsDoor
  private readonly watch: Watch
  private work: Workplace | undefined
  /** Signed in, and not locked. */
  private inside = false
  private showing: 'desk' | 'people' | 'passkeys' = 'desk'
  /** How many lines visitors had said when the veil fell. */
  private heard = 0
  private language: DeskLanguage = 'nl'
  private t = deskDutch
  private gone = false
  /** Which screen stands there. */
  private drawn: string | undefined

  constructor(private readonly ports: Ports) {
    this.staff = new StaffDoor(ports)
    this.people = new PeopleDoor(ports.api, ports.id)
    this.passkeys = new PasskeysDoor(ports.api, ports.passkeys, () => this.staff.vault, count => this.staff.counts(count))
    this.newWords = new NewWordsDoor({ api: ports.api, passkeys: ports.passkeys, vault: () => this.staff.vault, words: ports.words, language: () => this.language })
    this.watch = new Watch(ports.window, { talking: () => this.work?.talking ?? false, lock: () => this.lock(), veil: () => this.veil() })
  }

  open(): void {
    const { window } = this.ports
    this.staff.subscribe(() => this.followStaff())
    this.people.subscribe(() => this.draw())
    this.passkeys.subscribe(() => this.draw())
    this.newWords.subscribe(() => this.draw())
    this.watch.listen()
    window.addEventListener('pagehide', () => this.forget())
    window.addEventListener('pageshow', event => { if (event.persisted) this.forget() })
    window.addEventListener('keydown', event => { if (this.showing === 'desk' && this.work?.key(event)) event.preventDefault() })
    window.setInterval(() => { this.watch.tick(); this.work?.tick(Date.now()) }, 1000)
    // A link pasted into a page that stands there changes the fragment only.
    window.addEventListener('hashchange', () => { const found = this.takeInvitation(); if (found && !this.inside) void this.staff.open(found) })
    this.draw()
    void this.staff.open(this.takeInvitation())
  }

  private takeInvitation(): string | undefined {
    const { location, history } = this.ports.window
    const invitation = invitationIn(location.hash)
    if (location.hash) history.replaceState(null, '', location.pathname)
    return invitation
  }

  private followStaff(): void {
    const { state, vault } = this.staff
    if (state.kind === 'in' && vault) this.enter(state.me, vault)
    else this.leave(state.kind === 'locked')
    this.draw()
  }

  private enter(me: Me, vault: StaffVault): void {
    if (this.inside) return
    this.inside = true
    this.watch.begin()
    const kept = keptIn(vault, sitsAs(me))
    if (this.work) void this.work.unlock(kept)
    else if (hasDesk(me)) this.begin(me, kept)
    else if (me.roles.includes('administrator')) this.toPeople()
  }

  /** Locked the desk stays, with its line. */
  private leave(locked: boolean): void {
    this.inside = false
    this.watch.end()
    if (!locked) this.drop()
  }

  private begin(me: Me, vault: DeskVault): void {
    const { window, desk } = this.ports
    if (!desk) return
    const work = this.work = new Workplace(desk(me, vault), {
      window, draw: () => this.followDesk(), people: () => this.toPeople(), passkeys: () => this.toPasskeys(), lock: () => this.lock(), signOut: () => void this.signOut(),
      language: tag => void this.speak(tag), stir: () => this.t('desk.stir'), six: this.ports.six,
    })
    work.speak(this.language)
    work.open()
    void this.ports.api.guide().then(guide => work.guides(readGuides(guide)), () => {})
  }

  /** A newer desk of the same person, or the end of the session, stops this one; the session is locked when the newer desk is at another computer (D3). */
  private followDesk(): void {
    const link = this.work?.state.link
    if (link !== 'lease-lost' && link !== 'signed-out') return this.draw()
    this.drop()
    void this.staff.stopped(link)
  }

  private drop(): void {
    this.work?.wipe()
    this.work = undefined
    this.toDesk()
  }

  private toDesk(): void {
    this.people.forget()
    this.passkeys.forget()
    this.newWords.forget()
    this.showing = 'desk'
  }

  private lock(): void {
    this.toDesk()
    this.staff.lock(this.work?.lock())
  }

  private veil(): void {
    this.heard = this.work?.heard ?? 0
    this.draw()
    if (!this.watch.veiled) this.work?.resume()
  }

  private signOut(): Promise<void> { this.drop(); return this.staff.signOut() }

  private toPeople(): void {
    if (this.showing === 'people') return
    this.showing = 'people'
    this.draw()
    void this.people.open()
  }

  private toPasskeys(): void {
    this.showing = 'passkeys'
    this.newWords.forget()
    this.draw()
    void this.passkeys.open()
  }

  private async speak(tag: DeskLanguage): Promise<void> {
    const words = await loadDeskWords(tag)
    this.language = this.staff.language = words.tag
    this.t = words.t
    this.ports.window.document.documentElement.lang = words.tag
    this.work?.speak(words.tag)
    this.draw()
  }

  private forget(): void {
    this.drop()
    this.staff.vault?.close()
    if (!this.gone) render(null, this.ports.root)
    this.gone = true
    wipe(this.ports.window.document)
  }

  private readonly gate: GateActs = {
    register: () => void this.staff.register(), signIn: () => void this.staff.signIn(), standBy: () => void this.staff.signIn(true),
    again: () => void this.staff.open(undefined), wordsDone: typed => void this.staff.wordsDone(typed), wordsAgain: () => this.staff.wordsAgain(),
    unlock: typed => void this.staff.unlock(typed), signOut: () => void this.signOut(), language: () => void this.speak(this.language === 'nl' ? 'en' : 'nl'),
  }

  private readonly peopleActs: PeopleActs = {
    invite: invited => void this.people.invite(invited), haveIt: () => this.people.haveIt(), asks: id => this.people.asks(id),
    unask: () => this.people.unask(), suspend: id => void this.people.suspend(id), withdraw: id => void this.people.withdraw(id),
    back: () => { this.showing = 'desk'; this.people.haveIt() },
  }

  private readonly passkeysActs: PasskeysActs = {
    add: () => void this.passkeys.add(), asks: id => this.passkeys.asks(id), unask: () => this.passkeys.unask(), remove: id => void this.passkeys.remove(id),
    newWordsAsks: () => this.newWords.asks(), newWords: () => void this.newWords.make(), keepOld: () => this.newWords.keepOld(), wordsDone: typed => void this.newWords.wordsDone(typed), wordsAgain: () => this.newWords.wordsAgain(),
    back: () => { this.showing = 'desk'; this.draw() },
  }

  private screen() {
    const { staff: { state }, work, t } = this
    if (state.kind !== 'in') return <Gate state={state} act={this.gate} t={t} />
    if (this.watch.veiled) return <Veil t={t} unread={(work?.heard ?? 0) - this.heard} lift={() => this.watch.lift()} />
    if (this.showing === 'passkeys') return <Passkeys state={this.passkeys.state} words={this.newWords.state} act={this.passkeysActs} t={t} page={this.language} />
    if (this.showing === 'people') return <People state={this.people.state} act={this.peopleActs} t={t} me={state.me.id} page={this.language} languages={LANGUAGES} />
    if (!work) return <NoDesk me={state.me} t={t} people={() => this.toPeople()} passkeys={() => this.toPasskeys()} lock={() => this.lock()} signOut={() => void this.signOut()} />
    return <Working me={state.me} state={work.state} view={work.view} act={work.acts} t={t} draft={work.draft} />
  }

  private draw(): void {
    if (this.gone) return
    const { state } = this.staff
    const screen = state.kind === 'in' ? `in, ${this.watch.veiled ? 'veil' : this.showing}, ${stepOf(this.newWords.state)}` : stepOf(state)
    const moved = this.drawn !== undefined && this.drawn !== screen
    this.drawn = screen
    render(this.screen(), this.ports.root)
    // Another screen is read from its heading.
    if (moved) this.ports.root.querySelector('h1')?.focus()
  }
}
