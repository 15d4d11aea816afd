// npm run test:browser [-- --all] [-- --only NAME]: see docs/testing.md
import { spawn, spawnSync } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { parseArgs } from 'node:util'
import { startVitest } from 'vitest/node'

const here = import.meta.dirname
const { values, positionals } = parseArgs({ options: { all: { type: 'boolean' }, only: { type: 'string' } }, allowPositionals: true })

/** Puts an old Chromium in its place: the package by its lock file, then the program out of its archive. A failure is said by the tests that need it. */
async function unpack(version, archive) {
  const folder = join(here, 'old', version)
  const program = join(folder, 'node_modules/chromium')
  if (existsSync(program)) return
  const installed = spawnSync('npm', ['ci', '--silent'], { cwd: folder, stdio: 'inherit' })
  if (installed.status !== 0) return
  await pipeline(createReadStream(join(folder, 'node_modules', archive)), createBrotliDecompress(), createWriteStream(`${program}.part`, { mode: 0o755 }))
  renameSync(`${program}.part`, program)
}

/**
 * Whatever a run leaves on the disk (data, profiles, what engines and a JVM put there by themselves) lies in one folder, which goes when the run has ended, however
 * that was. A process that is ended by a signal cannot tidy up after itself: the run is a child of this one, which only waits and tidies.
 */
async function supervise() {
  const scratch = mkdtempSync(join(tmpdir(), 'naast-run-'))
  const run = spawn(process.execPath, process.argv.slice(1), { stdio: 'inherit', env: { ...process.env, TMPDIR: scratch, NAAST_RUN: scratch } })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => run.kill(signal))
  const code = await new Promise(done => run.on('exit', code => done(code ?? 1)))
  // The last browsers write for a moment longer.
  for (const until = Date.now() + 5_000; existsSync(scratch) && Date.now() < until;) {
    try { rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }) } catch { /* once more */ }
  }
  process.exit(code)
}
if (!process.env.NAAST_RUN) await supervise()

await unpack('83', 'chrome-aws-lambda/bin/chromium.br')
await unpack('109', '@sparticuz/chromium/bin/chromium.br')
process.env.NAAST_ALL = values.all ? '1' : ''
const vitest = await startVitest('test', positionals, {
  config: join(here, 'vitest.config.ts'),
  watch: false,
  ...(values.only ? { testNamePattern: values.only } : {}),
})
await vitest?.close()
