// Adds up every suite of both halves; the last line is what ./naast test ends with. A suite that left no report has not run: that fails.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const total = { passed: 0, failed: 0, skipped: 0 }
const missing = []

/** @param {string} name @param {{passed: number, failed: number, skipped: number} | undefined} counts */
function add(name, counts) {
  if (!counts) return missing.push(name)
  for (const key of Object.keys(total)) total[key] += counts[key]
}

function surefire(folder) {
  if (!existsSync(folder)) return undefined
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const file of readdirSync(folder).filter(name => name.startsWith('TEST-') && name.endsWith('.xml'))) {
    const suite = /<testsuite\b[^>]*>/s.exec(readFileSync(join(folder, file), 'utf8'))?.[0] ?? ''
    const number = key => Number(new RegExp(`\\b${key}="(\\d+)"`).exec(suite)?.[1] ?? 0)
    const failed = number('errors') + number('failures')
    counts.failed += failed
    counts.skipped += number('skipped')
    counts.passed += number('tests') - failed - number('skipped')
  }
  return counts
}

function vitest(file) {
  if (!existsSync(file)) return undefined
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, success } = JSON.parse(readFileSync(file, 'utf8'))
  return { passed, failed: failed || (success ? 0 : 1), skipped }
}

const browser = join(root, 'web-client/test-results/browser.json')
add('server', surefire(join(root, 'server/target/surefire-reports')))
add('server, on MongoDB', surefire(join(root, 'server/target/surefire-reports-mongo')))
add('pages, unit', vitest(join(root, 'web-client/test-results/unit.json')))
add('pages, browsers', existsSync(browser) ? JSON.parse(readFileSync(browser, 'utf8')) : undefined)
for (const name of missing) console.log(`FAILED: ${name}: no report, so it did not run`)
total.failed += missing.length
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0
