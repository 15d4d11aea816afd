import { render } from 'preact'
import type { Desk } from '../conversation'
import { LANGUAGES } from '../i18n'
import { deskDutch, loadDeskWords, type DeskLanguage } from '../i18n/desk'
import type { Me, StaffApi } from '../staff/api'
import { invitationIn, StaffDoor } from '../staff/door'
import { Gate, type GateActs } from '../staff/Gate'
import type { Passkeys } from '../staff/passkey'
import { PeopleDoor } from '../staff/people'
import { People, type PeopleActs } from '../staff/People'
import { wipe } from '../ui/ExitNow/leave'
import { readGuides } from './guide'
import { NoDesk } from './screens/NoDesk'
import { Working } from './screens/Working'
import { Workplace } from './workplace'

export interface Ports {
  readonly window: Window & typeof globalThis
  readonly root: HTMLElement
  readonly api: StaffApi
  readonly passkeys: Passkeys
  /** A fresh desk for who signed in: its keys live as long as it. Without one the page says that it cannot hold conversations. */
  readonly desk?: ((me: Me) => Desk) | undefined
  /** 16 random bytes, base64url. */
  readonly id: () => string
}

/**
 * The staff's one document. What it knows is in memory only (V4, D21): the invitation's code leaves the address at once,
 * and when the page goes, or comes back from the back/forward cache, nothing of it is left (V1).
 */
export class DeskPage {
  private readonly staff: StaffDoor
  private readonly people: PeopleDoor
  private work: Workplace | undefined
  private showing: 'desk' | 'people' = 'desk'
  private language: DeskLanguage = 'nl'
  private t = deskDutch
  private gone = false
  /** Which screen stands there. */
  private drawn: string | undefined

  constructor(private readonly ports: Ports) {
    this.staff = new StaffDoor(ports.api, ports.passkeys)
    this.people = new PeopleDoor(ports.api, ports.id)
  }

  open(): void {
    const { window } = this.ports
    this.staff.subscribe(() => this.followStaff())
    this.people.subscribe(() => this.draw())
    window.addEventListener('pagehide', () => this.forget())
    window.addEventListener('pageshow', event => { if (event.persisted) this.forget() })
    window.addEventListener('keydown', event => { if (this.showing === 'desk' && this.work?.key(event)) event.preventDefault() })
    window.setInterval(() => this.work?.tick(Date.now()), 1000)
    // A link pasted into a page that stands there changes the fragment only.
    window.addEventListener('hashchange', () => { const found = this.takeInvitation(); if (found && this.staff.state.kind !== 'in') void this.staff.open(found) })
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
    const { state } = this.staff
    if (state.kind === 'in' && !this.work && state.me.roles.includes('expert')) this.begin(state.me)
    if (state.kind === 'in' && !state.me.roles.includes('expert') && state.me.roles.includes('administrator')) this.toPeople()
    if (state.kind !== 'in') this.drop()
    this.draw()
  }

  private begin(me: Me): void {
    const { window, desk } = this.ports
    if (!desk) return
    const work = this.work = new Workplace(desk(me), {
      window, draw: () => this.followDesk(), people: () => this.toPeople(), lock: () => void this.lock(), signOut: () => void this.signOut(),
      language: tag => void this.speak(tag), stir: () => this.t('desk.stir'),
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
    this.people.forget()
    this.showing = 'desk'
  }

  private lock(): Promise<void> { this.drop(); return this.staff.lock() }
  private signOut(): Promise<void> { this.drop(); return this.staff.signOut() }

  private toPeople(): void {
    if (this.showing === 'people') return
    this.showing = 'people'
    this.draw()
    void this.people.open()
  }

  private async speak(tag: DeskLanguage): Promise<void> {
    const words = await loadDeskWords(tag)
    this.language = words.tag
    this.t = words.t
    this.ports.window.document.documentElement.lang = words.tag
    this.work?.speak(words.tag)
    this.draw()
  }

  private forget(): void {
    this.drop()
    if (!this.gone) render(null, this.ports.root)
    this.gone = true
    wipe(this.ports.window.document)
  }

  private readonly gate: GateActs = {
    register: () => void this.staff.register(), signIn: () => void this.staff.signIn(), standBy: () => void this.staff.signIn(true),
    again: () => void this.staff.open(undefined), language: () => void this.speak(this.language === 'nl' ? 'en' : 'nl'),
  }

  private readonly peopleActs: PeopleActs = {
    invite: invited => void this.people.invite(invited), haveIt: () => this.people.haveIt(), asks: id => this.people.asks(id),
    unask: () => this.people.unask(), suspend: id => void this.people.suspend(id), withdraw: id => void this.people.withdraw(id),
    back: () => { this.showing = 'desk'; this.people.haveIt() },
  }

  private screen() {
    const { staff: { state }, work, t } = this
    if (state.kind !== 'in') return <Gate state={state} act={this.gate} t={t} />
    if (this.showing === 'people') return <People state={this.people.state} act={this.peopleActs} t={t} me={state.me.id} page={this.language} languages={LANGUAGES} />
    if (!work) return <NoDesk me={state.me} t={t} people={() => this.toPeople()} lock={() => void this.lock()} signOut={() => void this.signOut()} />
    return <Working me={state.me} state={work.state} view={work.view} act={work.acts} t={t} draft={work.draft} />
  }

  private draw(): void {
    if (this.gone) return
    const { state } = this.staff
    const screen = state.kind === 'in' ? `in, ${this.showing}` : state.kind
    const moved = this.drawn !== undefined && this.drawn !== screen
    this.drawn = screen
    render(this.screen(), this.ports.root)
    // Another screen is read from its heading.
    if (moved) this.ports.root.querySelector('h1')?.focus()
  }
}
