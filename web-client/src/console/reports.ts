import type { Bytes } from '../crypto/bytes'
import { isAnswer, type Report } from '../crypto/report'
import { StaffError } from '../staff/api'
import type { ConsoleApi, SealedReport } from './api'
import { InTurn } from './in-turn'
import type { ReportKeys } from './report-keys'

/** One report to me. `content` is missing where my keys do not open it: it was sealed to older ones, or is no report. */
export interface MyReport {
  readonly id: string
  readonly answered: boolean
  /** Unix seconds: gone after that. */
  readonly until: number
  readonly content?: Report
}

/** "This does not feel right" (crypto.md 15): what visitors reported to me. All of it is in memory only, and gone with the lock. */
export interface ReportsState {
  /** Undefined before the server said. */
  readonly reports?: readonly MyReport[]
  readonly busy: boolean
  /** `long`: my answer has no form that can be sent. `moved`: answered meanwhile, with other words. */
  readonly problem?: 'unreachable' | 'refused' | 'moved' | 'long'
  /** Which report the problem is of. */
  readonly of?: string
  readonly over?: true
}

export const NO_REPORTS: ReportsState = { busy: false }

const CODES: Readonly<Record<string, ReportsState['problem']>> = { unreachable: 'unreachable', busy: 'unreachable', 'too-fast': 'unreachable', 'not-now': 'moved', unknown: 'moved' }

/** What the reports' screen asks of the server and of the vault, one thing at a time. */
export class ReportsDoor extends InTurn<ReportsState> {
  /** What was opened, so that each is opened once. */
  private opened = new Map<string, Report | undefined>()
  /** The same answer again, after none came, is the same bytes: the server takes it once. */
  private sealed: { readonly id: string; readonly text: string; readonly box: Bytes } | undefined

  constructor(private readonly api: Pick<ConsoleApi, 'reports' | 'answerReport'>, private readonly keys: ReportKeys) {
    super(NO_REPORTS, ['problem', 'of'])
  }

  protected override async read(): Promise<Partial<ReportsState>> {
    const { opened } = this
    const told = await this.api.reports()
    for (const one of told) if (!opened.has(one.report)) opened.set(one.report, await this.content(one))
    return { reports: told.map(({ report, answered, until }) => { const content = opened.get(report); return { id: report, answered, until, ...(content && { content }) } }) }
  }

  private content({ box, report, to }: SealedReport): Promise<Report | undefined> {
    return this.keys.open(box, report, to).catch(() => undefined)
  }

  protected override problem(error: unknown): Partial<ReportsState> {
    const code = error instanceof StaffError ? error.code : ''
    return code === 'not-signed-in' ? { over: true } : { problem: CODES[code] ?? 'refused' }
  }

  /** Seals and signs it, and sends that; once given an answer stands. */
  answer(id: string, typed: string): Promise<void> {
    return this.run(async () => {
      const text = typed.normalize('NFC').trim()
      const content = this.state.reports?.find(one => one.id === id && !one.answered)?.content
      if (!content || !isAnswer(text)) return { problem: content ? 'long' : 'moved', of: id } as const
      if (this.sealed?.id !== id || this.sealed.text !== text) this.sealed = { id, text, box: await this.keys.answer(text, id, content.answerKey) }
      try {
        await this.api.answerReport(id, this.sealed.box)
      } catch (error) {
        return { ...this.problem(error), of: id }
      }
      this.sealed = undefined
      return {}
    })
  }

  override forget(): void {
    this.opened = new Map()
    this.sealed = undefined
    super.forget()
  }
}
