import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** One line for each test, `NOT RUN: why` for what this machine cannot run, and the counts in a file for the launcher. */
export default class Lines implements Reporter {
  private readonly counts = { passed: 0, failed: 0, skipped: 0 }
  private readonly seconds = new Map<string, number>()

  onTestCaseResult(test: TestCase): void {
    const result = test.result()
    const took = (test.diagnostic()?.duration ?? 0) / 1000
    this.seconds.set(test.module.relativeModuleId, (this.seconds.get(test.module.relativeModuleId) ?? 0) + took)
    // Without a note it was not asked for (--only): that is no gap worth a line.
    if (result.state === 'pending' || (result.state === 'skipped' && !result.note)) return
    this.counts[result.state]++
    if (result.state === 'skipped') return say(`NOT RUN: ${test.fullName}: ${result.note}`)
    say(`${result.state === 'passed' ? 'ok    ' : 'FAILED'} ${took.toFixed(1).padStart(6)} s  ${test.fullName}`)
    for (const error of result.errors ?? []) say(indented(`${error.stack ?? error.message}\n${error.diff ?? ''}`))
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly { message: string; stack?: string }[]): void {
    const faults = [...errors, ...modules.flatMap(module => module.errors())]
    for (const fault of faults) say(`FAILED outside a test\n${indented(fault.stack ?? fault.message)}`)
    this.counts.failed += faults.length
    for (const [story, took] of this.seconds) say(`${took.toFixed(0).padStart(5)} s  ${story}`)
    const { passed, failed, skipped } = this.counts
    say(`browser tests: ${passed} passed, ${failed} failed, ${skipped} skipped`)
    const folder = join(import.meta.dirname, '../test-results')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'browser.json'), JSON.stringify({ passed, failed, skipped }))
  }
}

const say = (line: string): void => { process.stdout.write(`${line}\n`) }
const indented = (text: string): string => text.trimEnd().replace(/^/gm, '        ')
