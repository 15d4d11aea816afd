import type { ConsoleTranslate } from '../i18n/console'
import type { DeskTranslate } from '../i18n/desk'
import type { Me } from '../staff/api'
import type { Ledger, Proposal } from './ledger'
import { whyNot, type WhyNot } from './may'
import type { SpokenLanguage } from './ports'
import type { ReportsState } from './reports'
import type { Asking, SigningState } from './signing'
import type { TeamState } from './team'

export type Part = 'signing' | 'reports' | 'people' | 'key'

/** What the screens depend on besides what the doors know. `now`: unix seconds. */
export interface ConsoleView {
  readonly language: SpokenLanguage
  readonly showing: Part
  readonly now: number
  /** Six words in the language of the page: of my statement, of my request. */
  readonly spoken: { readonly statement?: readonly string[]; readonly request?: readonly string[] }
}

export interface ConsoleActs {
  show(part: Part): void
  language(): void
  lock(): void
  signOut(): void
  duty(available: boolean): void
  /** Without words only for my own. */
  sign(proposal: string, typed?: string): void
  refuse(proposal: string): void
  signRoster(which: 'draft' | 'next', sure?: boolean): void
  revoke(person: string, alias: string): void
  makeSigner(name: string): void
  leaveOut(name: string): void
  keepAll(): void
  keepCertificate(pasted: string): void
  ask(asking: Asking): void
  unask(): void
  resetAsks(person: string): void
  resetUnask(): void
  reset(person: string): void
  haveIt(): void
  answerReport(report: string, typed: string): void
}

/** `signing` and `reports` are missing where there is no opened vault. `staff`: words that all pages of the staff share. */
export interface ConsoleProps {
  readonly me: Me
  readonly signing?: SigningState | undefined
  readonly reports?: ReportsState | undefined
  readonly team: TeamState
  readonly view: ConsoleView
  readonly act: ConsoleActs
  readonly t: ConsoleTranslate
  readonly staff: DeskTranslate
}

export const ledgerOf = (signing: SigningState | undefined): Ledger | undefined => (signing?.reading?.found.kind === 'ledger' ? signing.reading.found.ledger : undefined)

/** `at`: unix seconds. */
export const when = (at: number, language: string): string =>
  new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }).format(at * 1000)
export const day = (at: number, language: string): string => new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric' }).format(at * 1000)

/** Each proposal with why it is not mine to sign; what is mine stands first. */
export function proposals({ signing, me, view }: ConsoleProps): { readonly proposal: Proposal; readonly why: WhyNot | undefined }[] {
  const reading = signing?.reading
  if (!reading) return []
  const all = (ledgerOf(signing)?.proposals ?? []).map(proposal => ({ proposal, why: whyNot(proposal, reading.me, me.organisation, view.now) }))
  return [...all.filter(one => one.why === undefined), ...all.filter(one => one.why !== undefined)]
}

/** Where my statement as coordinator stands among the proposals, it is mine by its hash. */
export const isMine = ({ signing }: ConsoleProps, proposal: Proposal): boolean => {
  const mine = signing?.reading?.statement.hash
  return mine !== undefined && mine.length === proposal.hash.length && mine.every((byte, i) => byte === proposal.hash[i])
}
