import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Key, OUTSIDE, type Page, tapped, watchViolations } from './page'
import { eventually, freshFolder, pause, Program } from './processes'
import { Remote } from './remote'
import { paste, pressed, typed } from './strokes'
import { watched } from './violations'

export const FIREFOX = { name: 'firefox', program: ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find(existsSync) ?? 'firefox-esr' }

// The browser's own errands (updates, studies, portal checks) off; everything a page can notice stays as it comes.
const PREFERENCES: Record<string, boolean | number | string> = {
  'app.update.enabled': false, 'browser.shell.checkDefaultBrowser': false, 'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false, 'network.captive-portal-service.enabled': false, 'network.connectivity-service.enabled': false,
  'browser.newtabpage.enabled': false, 'browser.startup.homepage_override.mstone': 'ignore', 'services.settings.server': 'data:,',
  'extensions.getAddons.cache.enabled': false, 'browser.safebrowsing.malware.enabled': false, 'browser.safebrowsing.phishing.enabled': false,
}

// A cut connection is what many tests are about; its line in the console is no fault of the page.
const CUT = /^Firefox can’t establish a connection to|^The connection to \S+ was interrupted/

interface ScriptResult { type: 'success' | 'exception'; result?: { type: string; value?: string }; exceptionDetails?: { text: string } }
interface LogEntry { level: string; text: string | null; type: string }

/** One page in a Firefox of its own, with a profile of its own, over WebDriver BiDi. */
export class FirefoxPage implements Page {
  readonly engine = FIREFOX.name
  readonly problems: string[] = watched([])

  private constructor(readonly profile: string, private readonly program: Program, private readonly remote: Remote, private readonly context: string) {}

  static async open(options: { preferences?: Record<string, boolean | number | string> } = {}): Promise<FirefoxPage> {
    const profile = freshFolder('profile')
    const lines = Object.entries({ ...PREFERENCES, ...options.preferences }).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`)
    writeFileSync(join(profile, 'user.js'), lines.join('\n'))
    const program = Program.start('firefox', FIREFOX.program, ['--headless', '--remote-debugging-port', '0', '--no-remote', '--profile', profile, 'about:blank'])
    const [, url = ''] = await program.says(/WebDriver BiDi listening on (ws:\S+)/)
    const remote = await Remote.connect(`${url}/session`)
    await remote.send('session.new', { capabilities: {} })
    // A window of its own: without a screen the first one never gets the focus, and no key would press a button in it.
    const { context } = await remote.send<{ context: string }>('browsingContext.create', { type: 'window' })
    const page = new FirefoxPage(profile, program, remote, context)
    await page.watch()
    return page
  }

  async goto(url: string): Promise<void> { await this.remote.send('browsingContext.navigate', { context: this.context, url, wait: 'complete' }) }

  async back(): Promise<void> {
    const before = await this.run(() => location.href)
    await this.remote.send('browsingContext.traverseHistory', { context: this.context, delta: -1 })
    await eventually('the page before', () => this.run(() => location.href).then(now => now !== before, () => false))
    await pause(300)
  }

  async run<A extends unknown[], T>(f: (...args: A) => T | Promise<T>, ...args: A): Promise<T> {
    // Results travel as JSON: BiDi's own form of values would have to be read back by hand.
    const functionDeclaration = `async () => JSON.stringify(await (${f})(${args.map(arg => JSON.stringify(arg)).join(',')}))`
    const answer = await this.remote.send<ScriptResult>('script.callFunction', { functionDeclaration, awaitPromise: true, target: { context: this.context } })
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails?.text)
    return (answer.result?.type === 'string' ? JSON.parse(answer.result.value ?? 'null') : undefined) as T
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

  async size(width: number, height: number): Promise<void> {
    await this.remote.send('browsingContext.setViewport', { context: this.context, viewport: { width, height } })
  }

  async picture(): Promise<Buffer> {
    return Buffer.from((await this.remote.send<{ data: string }>('browsingContext.captureScreenshot', { context: this.context })).data, 'base64')
  }

  async standForOutside(): Promise<readonly string[]> {
    const asked: string[] = []
    await this.remote.send('session.subscribe', { events: ['network.beforeRequestSent'] })
    this.remote.on('network.beforeRequestSent', params => {
      const { isBlocked, request } = params as { isBlocked?: boolean; request: { request: string; url: string } }
      if (!isBlocked) return
      asked.push(request.url)
      const headers = [{ name: 'Content-Type', value: { type: 'string', value: 'text/html' } }]
      void this.remote.send('network.provideResponse', { request: request.request, statusCode: 200, reasonPhrase: 'OK', headers, body: { type: 'string', value: OUTSIDE } })
    })
    await this.remote.send('network.addIntercept', { phases: ['beforeRequestSent'], urlPatterns: [{ type: 'pattern', protocol: 'https' }] })
    return asked
  }

  async close(): Promise<void> {
    await Promise.race([this.remote.send('browser.close').catch(() => {}), pause(3000)])
    for (let i = 0; i < 150 && !this.program.ended; i++) await pause(20)
    this.remote.close()
    await this.program.end()
  }

  private async perform(source: Record<string, unknown>): Promise<void> {
    await this.remote.send('input.performActions', { context: this.context, actions: [source] })
  }

  private async watch(): Promise<void> {
    await this.remote.send('session.subscribe', { events: ['log.entryAdded'] })
    this.remote.on('log.entryAdded', params => {
      const { level, text, type } = params as unknown as LogEntry
      if (level === 'error' && !CUT.test(text ?? '')) this.problems.push(`${type}: ${text ?? ''}`)
    })
    await this.remote.send('script.addPreloadScript', { functionDeclaration: `() => { ${watchViolations} }` })
  }
}
