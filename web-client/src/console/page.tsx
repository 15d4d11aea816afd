import { render } from 'preact'
import { hex, type Bytes16, type Bytes65 } from '../crypto/bytes'
import { consoleDutch, loadConsoleWords } from '../i18n/console'
import { deskDutch, loadDeskWords } from '../i18n/desk'
import type { Me } from '../staff/api'
import { StaffDoor, type DoorPorts } from '../staff/door'
import { Gate, type GateActs } from '../staff/Gate'
import type { StaffVault } from '../staff/vault'
import { Watch } from '../staff/watch'
import { wipe } from '../ui/ExitNow/leave'
import { ConsoleApi } from './api'
import type { ReportKeys } from './report-keys'
import { ReportsDoor } from './reports'
import type { SignerKeys, SpokenLanguage, SpokenWords } from './ports'
import { Console } from './screens/Console'
import { NotHere } from './screens/NotHere'
import { SigningDoor } from './signing'
import { TeamDoor } from './team'
import type { ConsoleActs, ConsoleView } from './view'

export interface Ports extends DoorPorts {
  readonly window: Window & typeof globalThis
  readonly root: HTMLElement
  /** What the opened vault of who signed in signs with. */
  readonly keys: (vault: StaffVault) => SignerKeys
  /** And what it opens and answers reports with. */
  readonly reportKeys: (vault: StaffVault) => ReportKeys
  readonly spoken: SpokenWords
  readonly trustRoot: Bytes65
  readonly id: () => Bytes16
}

/** How often it is looked what others did. */
const LOOK_MS = 20_000
const seconds = (): number => Math.floor(Date.now() / 1000)
const FIRST: ConsoleView = { language: 'nl', showing: 'signing', now: 0, spoken: {} }

/** The coordinator's one document. What it knows is in memory only, as at the desk (V1, V4, D21). */
export class ConsolePage {
  private readonly staff: StaffDoor
  private readonly team: TeamDoor
  private readonly watch: Watch
  private signing: SigningDoor | undefined
  private reports: ReportsDoor | undefined
  private view: ConsoleView = FIRST
  private t = consoleDutch
  private words = deskDutch
  private gone = false
  /** Signed in, and not locked. */
  private inside = false
  /** Which screen stands there. */
  private drawn: string | undefined
  /** Of which hashes the six words stand in the view, and in which language. */
  private spoke = ''

  constructor(private readonly ports: Ports) {
    this.staff = new StaffDoor(ports)
    this.watch = new Watch(ports.window, { talking: () => false, lock: () => this.lock(), veil: () => {} })
    this.team = new TeamDoor(new ConsoleApi(ports.api))
  }

  open(): void {
    const { window } = this.ports
    this.staff.subscribe(() => this.followStaff())
    this.team.subscribe(() => this.follow())
    this.watch.listen()
    window.addEventListener('pagehide', () => this.forget())
    window.addEventListener('pageshow', event => { if (event.persisted) this.forget() })
    window.setInterval(() => this.watch.tick(), 1_000)
    window.setInterval(() => this.look(), LOOK_MS)
    this.draw()
    void this.staff.open(undefined)
  }

  private get me(): Me | undefined { return this.staff.state.kind === 'in' ? this.staff.state.me : undefined }
  private get here(): boolean { return this.me?.roles.includes('coordinator') ?? false }

  private followStaff(): void {
    const { me, staff: { vault } } = this
    if (!me) this.drop()
    else if (vault) this.enter(me, vault)
    this.draw()
  }

  private enter(me: Me, vault: StaffVault): void {
    if (this.inside) return
    this.inside = true
    this.watch.begin()
    if (this.here) this.begin(me, vault)
  }

  private begin(me: Me, vault: StaffVault): void {
    const { api, spoken, trustRoot, id, keys, reportKeys } = this.ports
    this.view = { ...this.view, now: seconds() }
    const signing = this.signing = new SigningDoor({ api: new ConsoleApi(api), keys: keys(vault), words: spoken, root: trustRoot, clock: Date.now, id, me })
    signing.subscribe(() => this.follow())
    const reports = this.reports = new ReportsDoor(new ConsoleApi(api), reportKeys(vault))
    reports.subscribe(() => this.follow())
    void reports.open()
    void signing.open()
    void this.team.open()
  }

  private look(): void {
    if (!this.here || this.ports.window.document.hidden) return
    this.view = { ...this.view, now: seconds() }
    void this.signing?.look()
    void this.team.look()
    void this.reports?.look()
    this.draw()
  }

  private follow(): void {
    if (this.signing?.state.over || this.team.state.over || this.reports?.state.over) {
      this.drop()
      return void this.staff.stopped('signed-out')
    }
    this.view = { ...this.view, now: seconds() }
    this.draw()
    void this.speakWords()
  }

  /** Everything out of memory. */
  private drop(): void {
    this.inside = false
    this.watch.end()
    this.signing?.forget()
    this.signing = undefined
    this.reports?.forget()
    this.reports = undefined
    this.team.forget()
    this.spoke = ''
    this.view = { ...FIRST, language: this.view.language }
  }

  /** The six words that this coordinator reads out, in the language of the page. */
  private async speakWords(): Promise<void> {
    const reading = this.signing?.state.reading
    const { language } = this.view
    const key = [language, reading?.statement.hash, reading?.request?.hash].map(one => (typeof one === 'string' ? one : one ? hex(one) : '')).join()
    if (!reading || key === this.spoke) return
    this.spoke = key
    const { spoken: words } = this.ports
    const statement = await words.six(language, reading.statement.hash)
    const request = reading.request && await words.six(language, reading.request.hash)
    if (key !== this.spoke) return
    this.view = { ...this.view, spoken: { statement, ...(request && { request }) } }
    this.draw()
  }

  private async speak(tag: SpokenLanguage): Promise<void> {
    const [own, shared] = await Promise.all([loadConsoleWords(tag), loadDeskWords(tag)])
    this.t = own.t
    this.words = shared.t
    this.view = { ...this.view, language: own.tag }
    this.staff.language = own.tag
    this.ports.window.document.documentElement.lang = own.tag
    this.draw()
    void this.speakWords()
  }

  private lock(): void { this.drop(); this.staff.lock() }
  private signOut(): Promise<void> { this.drop(); return this.staff.signOut() }
  private readonly other = (): void => void this.speak(this.view.language === 'nl' ? 'en' : 'nl')

  private forget(): void {
    this.drop()
    this.staff.vault?.close()
    if (!this.gone) render(null, this.ports.root)
    this.gone = true
    wipe(this.ports.window.document)
  }

  private readonly gate: GateActs = {
    register: () => void this.staff.register(), signIn: () => void this.staff.signIn(), standBy: () => void this.staff.signIn(true), again: () => void this.staff.open(undefined), language: this.other,
    wordsDone: typed => void this.staff.wordsDone(typed), wordsAgain: () => this.staff.wordsAgain(), unlock: typed => void this.staff.unlock(typed), signOut: () => void this.signOut(),
  }

  private readonly acts: ConsoleActs = {
    show: showing => { this.signing?.unask(); this.team.unask(); this.view = { ...this.view, showing }; this.draw() },
    language: this.other, lock: () => this.lock(), signOut: () => void this.signOut(), duty: available => void this.team.duty(available),
    sign: (proposal, typed) => void this.signing?.sign(proposal, typed), refuse: proposal => void this.signing?.refuse(proposal), signRoster: (which, sure) => void this.signing?.signRoster(which, sure),
    revoke: (person, alias) => void this.signing?.revoke(person, alias), makeSigner: name => void this.signing?.makeSigner(name), leaveOut: name => void this.signing?.leaveOut(name), keepAll: () => void this.signing?.keepAll(), keepCertificate: pasted => void this.signing?.keepCertificate(pasted),
    ask: asking => this.signing?.ask(asking), unask: () => this.signing?.unask(),
    resetAsks: person => this.team.asks(person), resetUnask: () => this.team.unask(), reset: person => void this.team.reset(person), haveIt: () => this.team.haveIt(),
    answerReport: (report, typed) => void this.reports?.answer(report, typed),
  }

  private screen() {
    const { staff: { state }, view, t, words, me } = this
    if (state.kind !== 'in') return <Gate state={state} act={this.gate} t={words} />
    if (!me || !this.here) return <NotHere t={t} lock={() => this.lock()} signOut={() => void this.signOut()} />
    return <Console me={me} signing={this.signing?.state} team={this.team.state} reports={this.reports?.state} view={view} act={this.acts} t={t} staff={words} />
  }

  private draw(): void {
    if (this.gone) return
    const { kind } = this.staff.state
    const screen = kind === 'in' ? `in, ${this.view.showing}` : kind
    const moved = this.drawn !== undefined && this.drawn !== screen
    this.drawn = screen
    render(this.screen(), this.ports.root)
    // Another screen is read from its heading.
    if (moved) this.ports.root.querySelector('h1')?.focus()
  }
}
