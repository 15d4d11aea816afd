import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Key, type Page, tapped, VIOLATION } from './page'
import { eventually, freePort, freshFolder, pause, Program } from './processes'
import { paste, pressed, typed } from './strokes'
import { watched } from './violations'

const [DRIVER, XVFB] = ['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb']

/** Why this machine cannot run WebKitGTK, or undefined. */
export function withoutWebKit(): string | undefined {
  const missing = [DRIVER, XVFB].filter(program => !existsSync(program))
  return missing.length ? `not there: ${missing.join(', ')} (Debian: webkit2gtk-driver, xvfb)` : undefined
}

/** Seen in 2.50: after Back not even the address is told, though the page idles; the harness's own page, which is not emptied, comes back well. */
export const NO_LEAVING = 'WebKitWebDriver answers no command after Back into a page that keeps nothing, waits for a page whose script does not come, and nothing stands for the neutral site there'

// MiniBrowser's window cannot be narrower than its own buttons, and a telephone is: without a measure of their own they give way.
const NARROW = '* { min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px }'

type Json = Record<string, unknown>

/** W3C WebDriver: one question, one answer, over HTTP on the loopback address. */
class Driver {
  private path = ''

  constructor(private readonly url: string) {}

  async ask<T>(method: 'GET' | 'POST' | 'DELETE', command: string, body?: Json): Promise<T> {
    const answer = await fetch(`${this.url}${this.path}${command}`, { method, ...(body ? { body: JSON.stringify(body) } : {}), signal: AbortSignal.timeout(60_000) })
    const { value } = await answer.json() as { value: T | { error: string; message: string } }
    if (!answer.ok) throw new Error(`${command}: ${(value as { message: string }).message}`)
    return value as T
  }

  async begin(capabilities: Json): Promise<void> {
    await eventually('WebKitWebDriver', () => this.ask('GET', '/status').catch(() => undefined))
    const { sessionId } = await this.ask<{ sessionId: string }>('POST', '/session', { capabilities: { alwaysMatch: capabilities } })
    this.path = `/session/${sessionId}`
  }
}

/**
 * One page in a WebKitGTK of its own (MiniBrowser on a screen of its own in memory), over W3C WebDriver. That has no events, and an automated WebKit writes no console: the
 * page is watched from inside, from its load event on; what goes wrong before that is not seen here. The rest is in `problems` after the next command, at the latest when it is closed.
 */
export class WebKitPage implements Page {
  readonly engine = 'webkit'
  readonly problems: string[] = watched([])

  private constructor(private readonly screen: Program, private readonly program: Program, private readonly driver: Driver) {}

  static async open(): Promise<WebKitPage> {
    const screen = Program.start('Xvfb', XVFB, ['-displayfd', '1', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'])
    const [display = ''] = await screen.says(/^\d+$/m)
    const port = await freePort()
    const program = Program.start('webkit', DRIVER, [`--port=${port}`], { env: surroundings(`:${display}`) })
    const page = new WebKitPage(screen, program, new Driver(`http://127.0.0.1:${port}`))
    // Nothing leaves the machine: whatever is https goes to the discard port.
    await page.driver.begin({ proxy: { proxyType: 'manual', sslProxy: '127.0.0.1:9' } })
    return page
  }

  async goto(url: string): Promise<void> {
    await this.driver.ask('POST', '/url', { url })
    await this.run(() => {})
  }

  async back(): Promise<void> {
    await this.driver.ask('POST', '/back', {})
    await pause(300)
  }

  async run<A extends unknown[], T>(f: (...args: A) => T | Promise<T>, ...args: A): Promise<T> {
    const script = `return (async () => { const seen = (${watch})(${JSON.stringify(VIOLATION)}); const value = await (${f})(${args.map(arg => JSON.stringify(arg)).join(',')});
      return JSON.stringify({ value, seen: seen.splice(0) }) })()`
    const answer = JSON.parse(await this.driver.ask<string>('POST', '/execute/sync', { script, args: [] })) as { value: T; seen: string[] }
    this.problems.push(...answer.seen)
    return answer.value
  }

  async tap(selector: string): Promise<void> {
    await tapped(this, selector, ({ x, y }) => {
      const move = { type: 'pointerMove', x: Math.floor(x), y: Math.floor(y) }
      return this.perform({ type: 'pointer', id: 'mouse', actions: [move, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }] })
    })
  }

  async type(text: string): Promise<void> {
    const actions = typed(text)
    if (actions) await this.perform({ type: 'key', id: 'keyboard', actions })
    else await this.run(paste, text)
  }

  async press(key: Key): Promise<void> { await this.perform({ type: 'key', id: 'keyboard', actions: pressed(key) }) }

  /** The window is larger than the page by MiniBrowser's own bar. */
  async size(width: number, height: number): Promise<void> {
    const whole = await this.driver.ask<{ width: number; height: number }>('GET', '/window/rect')
    const inner = await this.run(() => ({ width: innerWidth, height: innerHeight }))
    await this.driver.ask('POST', '/window/rect', { width: width + whole.width - inner.width, height: height + whole.height - inner.height })
    await eventually(`a page of ${width}×${height}`, () => this.run((w, h) => innerWidth === w && innerHeight === h, width, height))
  }

  async picture(): Promise<Buffer> { return Buffer.from(await this.driver.ask<string>('GET', '/screenshot'), 'base64') }

  standForOutside(): Promise<readonly string[]> { return Promise.reject(new Error(NO_LEAVING)) }

  async close(): Promise<void> {
    await this.run(() => {}).catch(() => {})
    await Promise.race([this.driver.ask('DELETE', '').catch(() => {}), pause(5000)])
    await this.program.end()
    await this.screen.end('SIGTERM')
  }

  private async perform(source: Json): Promise<void> { await this.driver.ask('POST', '/actions', { actions: [source] }) }
}

/** Nothing of this machine's user, and nothing left behind: every folder of a desktop is one that goes with the run. */
function surroundings(display: string): NodeJS.ProcessEnv {
  const home = freshFolder('webkit')
  mkdirSync(join(home, 'gtk-3.0'))
  writeFileSync(join(home, 'gtk-3.0/gtk.css'), NARROW)
  const folders = Object.fromEntries(['HOME', 'TMPDIR', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_RUNTIME_DIR'].map(name => [name, home]))
  return { PATH: process.env['PATH'], LANG: 'C.UTF-8', ...folders, DISPLAY: display, GDK_BACKEND: 'x11', GSETTINGS_BACKEND: 'memory', NO_AT_BRIDGE: '1', LIBGL_ALWAYS_SOFTWARE: '1' }
}

/** Runs in the page: the list of what went wrong there, kept from the first call on. */
function watch(violation: string): string[] {
  const own = globalThis as unknown as Record<symbol, string[] | undefined>
  const name = Symbol.for('what went wrong')
  const before = own[name]
  if (before) return before
  const seen: string[] = []
  own[name] = seen
  const { error } = console
  console.error = (...said: unknown[]) => { seen.push(`console: ${said.join(' ')}`); error.apply(console, said) }
  addEventListener('error', ({ message }) => { seen.push(`uncaught: ${message}`) })
  addEventListener('unhandledrejection', ({ reason }) => { seen.push(`uncaught: ${String(reason)}`) })
  addEventListener('securitypolicyviolation', e => { seen.push(`${violation}: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`) })
  return seen
}
