import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Key, OUTSIDE, type Page, tapped, watchViolations } from './page'
import { eventually, freshFolder, pause, Program } from './processes'
import { Remote } from './remote'
import { watched } from './violations'

export interface Engine { name: string; program: string; flags: readonly string[] }

// Without the background flags each start asks the maker's hosts; --disable-quic keeps all traffic on the ports that the tests look at.
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--remote-debugging-port=0']
const QUIET = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--disable-dev-shm-usage', '--disable-breakpad', '--password-store=basic']

const old = (version: number): Engine => ({ name: `chromium ${version}`, program: join(import.meta.dirname, `../old/${version}/node_modules/chromium`), flags: FLAGS })
/** The system's Chromium, and two engines as old phones have them. */
export const CHROMIUM: Engine = { name: 'chromium', program: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync) ?? 'chromium', flags: [...FLAGS, ...QUIET] }
export const CHROMIUM_83 = old(83)
export const CHROMIUM_109 = old(109)
export const isHere = (engine: Engine): boolean => existsSync(engine.program)

const KEYS: Record<Key, { key: string; code: string; windowsVirtualKeyCode: number; text?: string; modifiers?: number }> = {
  'Tab': { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 },
  'Shift+Tab': { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9, modifiers: 8 },
  'Enter': { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  'Escape': { key: 'Escape', code: 'Escape', windowsVirtualKeyCode: 27 },
  'Space': { key: ' ', code: 'Space', windowsVirtualKeyCode: 32, text: ' ' },
  'Shift': { key: 'Shift', code: 'ShiftLeft', windowsVirtualKeyCode: 16 },
  'ArrowDown': { key: 'ArrowDown', code: 'ArrowDown', windowsVirtualKeyCode: 40 },
  'ArrowUp': { key: 'ArrowUp', code: 'ArrowUp', windowsVirtualKeyCode: 38 },
  'ArrowLeft': { key: 'ArrowLeft', code: 'ArrowLeft', windowsVirtualKeyCode: 37 },
  'ArrowRight': { key: 'ArrowRight', code: 'ArrowRight', windowsVirtualKeyCode: 39 },
}

/** Everything that the page's engine still holds, strings among it: after a collection of garbage, so that what is let go is not in it. */
export async function heapOf(page: ChromiumPage): Promise<string> {
  const chunks: string[] = []
  const stop = page.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }: { chunk: string }) => { chunks.push(chunk) })
  await page.cdp('HeapProfiler.collectGarbage')
  await page.cdp('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  stop()
  return chunks.join('')
}

/** One page in a Chromium of its own, with a profile of its own, over the Chrome DevTools Protocol. */
export class ChromiumPage implements Page {
  readonly problems: string[] = watched([])
  private authenticator = ''
  private stick = ''

  private constructor(readonly engine: string, readonly profile: string, private readonly program: Program, private readonly remote: Remote, private readonly session: string) {}

  /** `profile`: a folder to start from (for what is left of an earlier run); a fresh one by default. `flags`: more of Chromium's switches. */
  static async open(engine: Engine, options: { profile?: string; flags?: readonly string[] } = {}): Promise<ChromiumPage> {
    const profile = options.profile ?? freshFolder('profile')
    const program = Program.start(engine.name, engine.program, [...engine.flags, ...options.flags ?? [], `--user-data-dir=${profile}`, 'about:blank'])
    const [, url = ''] = await program.says(/DevTools listening on (ws:\S+)/)
    const remote = await Remote.connect(url)
    const tab = await eventually('the first tab', async () => {
      const { targetInfos } = await remote.send<{ targetInfos: { type: string; targetId: string }[] }>('Target.getTargets')
      return targetInfos.find(target => target.type === 'page')
    })
    const { sessionId } = await remote.send<{ sessionId: string }>('Target.attachToTarget', { targetId: tab.targetId, flatten: true })
    const page = new ChromiumPage(engine.name, profile, program, remote, sessionId)
    await page.watch()
    return page
  }

  /** A command of the DevTools Protocol to this page. */
  cdp<T = Record<string, unknown>>(method: string, params: Record<string, unknown> = {}): Promise<T> {
    return this.remote.send<T>(method, params, this.session)
  }

  /** Events of the DevTools Protocol from this page; the answer stops the listening. */
  on(method: string, listener: (params: never) => void): () => void {
    return this.remote.on(method, (params, session) => { if (session === this.session) listener(params as never) })
  }

  async goto(url: string): Promise<void> {
    const loaded = this.remote.event('Page.loadEventFired', (_, session) => session === this.session)
    loaded.catch(() => {})
    const { errorText } = await this.cdp<{ errorText?: string }>('Page.navigate', { url })
    if (errorText) throw new Error(`${url}: ${errorText}`)
    await loaded
  }

  async back(): Promise<void> {
    const { currentIndex, entries } = await this.cdp<{ currentIndex: number; entries: { id: number }[] }>('Page.getNavigationHistory')
    const entry = entries[currentIndex - 1]
    if (!entry) throw new Error('there is nothing to go back to')
    await this.cdp('Page.navigateToHistoryEntry', { entryId: entry.id })
    // While a page comes out of the back/forward cache there is none for a moment, and the command fails.
    const now = () => this.cdp<{ currentIndex: number }>('Page.getNavigationHistory').then(history => history.currentIndex, () => -1)
    await eventually('the page before', async () => await now() === currentIndex - 1)
    await pause(300)
  }

  async run<A extends unknown[], T>(f: (...args: A) => T | Promise<T>, ...args: A): Promise<T> {
    const expression = `(${f})(${args.map(arg => JSON.stringify(arg)).join(',')})`
    const { result, exceptionDetails } = await this.cdp<{ result: { value: T }; exceptionDetails?: { text: string; exception?: { description?: string } } }>(
      'Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }

  async tap(selector: string): Promise<void> {
    await tapped(this, selector, async at => {
      for (const type of ['mousePressed', 'mouseReleased']) await this.cdp('Input.dispatchMouseEvent', { type, ...at, button: 'left', clickCount: 1 })
    })
  }

  async type(text: string): Promise<void> { await this.cdp('Input.insertText', { text }) }

  async press(key: Key): Promise<void> {
    const { text, ...plain } = KEYS[key]
    await this.cdp('Input.dispatchKeyEvent', { type: text ? 'keyDown' : 'rawKeyDown', ...plain, ...(text ? { text, unmodifiedText: text } : {}) })
    await this.cdp('Input.dispatchKeyEvent', { type: 'keyUp', ...plain })
  }

  async size(width: number, height: number): Promise<void> {
    await this.cdp('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false })
  }

  async picture(): Promise<Buffer> {
    return Buffer.from((await this.cdp<{ data: string }>('Page.captureScreenshot', { format: 'png' })).data, 'base64')
  }

  async standForOutside(): Promise<readonly string[]> {
    const asked: string[] = []
    this.on('Fetch.requestPaused', ({ requestId, request }: { requestId: string; request: { url: string } }) => {
      asked.push(request.url)
      const responseHeaders = [{ name: 'Content-Type', value: 'text/html' }]
      // A page that is closed meanwhile needs no answer.
      this.cdp('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders, body: Buffer.from(OUTSIDE).toString('base64') }).catch(() => {})
    })
    await this.cdp('Fetch.enable', { patterns: [{ urlPattern: 'https://*' }] })
    return asked
  }

  /** Another tab comes before this one; `show` brings it back. */
  async hide(): Promise<void> {
    const { targetId } = await this.remote.send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' })
    await this.remote.send('Target.activateTarget', { targetId })
  }

  async show(): Promise<void> { await this.cdp('Page.bringToFront') }

  /** Another tab of the same browser, with the same cookies; it comes before this one. Closed with this one. */
  async another(): Promise<ChromiumPage> {
    const { targetId } = await this.remote.send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' })
    const { sessionId } = await this.remote.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true })
    const page = new ChromiumPage(this.engine, this.profile, this.program, this.remote, sessionId)
    await page.watch()
    return page
  }

  /** A passkey in a chip that always agrees: discoverable, user verification done. `hasPrf`: it tells a secret that opens a vault. */
  async addAuthenticator(hasPrf = true): Promise<string> {
    await this.cdp('WebAuthn.enable', { enableUI: false })
    this.authenticator = await this.authenticatorOf('internal', hasPrf)
    return this.authenticator
  }

  private async authenticatorOf(transport: 'internal' | 'usb', hasPrf: boolean): Promise<string> {
    const options = { protocol: 'ctap2', hasPrf, transport, hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true }
    return (await this.cdp<{ authenticatorId: string }>('WebAuthn.addVirtualAuthenticator', { options })).authenticatorId
  }

  /** A stick is plugged in when what is built in has proved that it is she, and stays; from then on until `act` is done nobody touches what is built in. */
  async withStick(act: () => Promise<void>): Promise<void> {
    const touch = (enabled: boolean) => this.cdp('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: this.authenticator, enabled })
    this.on('Fetch.requestPaused', ({ requestId, request }: { requestId: string; request: { url: string } }) => {
      if (request.url.endsWith('/api/passkeys/options')) void this.plugIn().then(() => touch(false)).then(() => this.cdp('Fetch.continueRequest', { requestId }))
    })
    await this.cdp('Fetch.enable', { patterns: [{ urlPattern: '*/api/passkeys/options' }] })
    await act()
    await this.cdp('Fetch.disable')
    await touch(true)
  }

  private async plugIn(): Promise<void> { this.stick = await this.authenticatorOf('usb', true) }

  /** The stick is carried to another browser, and is here no more. */
  async carryStick(to: ChromiumPage): Promise<void> {
    await this.lendPasskeys(to, this.stick)
    await this.cdp('WebAuthn.removeVirtualAuthenticator', { authenticatorId: this.stick })
  }

  /** Her passkeys on another of her devices too, as a password manager carries them; but for their secrets, which this protocol does not hand on: there her words open the vault. */
  async lendPasskeys(to: ChromiumPage, from = this.authenticator): Promise<void> {
    const { credentials } = await this.cdp<{ credentials: Record<string, unknown>[] }>('WebAuthn.getCredentials', { authenticatorId: from })
    const authenticatorId = await to.addAuthenticator()
    for (const credential of credentials) await to.cdp('WebAuthn.addCredential', { authenticatorId, credential })
  }

  async close(): Promise<void> {
    await Promise.race([this.remote.send('Browser.close').catch(() => {}), pause(3000)])
    for (let i = 0; i < 150 && !this.program.ended; i++) await pause(20)
    this.remote.close()
    await this.program.end()
  }

  private async watch(): Promise<void> {
    const problem = (text: string) => this.problems.push(text)
    this.on('Runtime.exceptionThrown', (e: { exceptionDetails: { text: string; exception?: { description?: string } } }) =>
      problem(`uncaught: ${e.exceptionDetails.exception?.description ?? e.exceptionDetails.text}`))
    this.on('Runtime.consoleAPICalled', (e: { type: string; args: { value?: unknown; description?: string }[] }) => {
      if (e.type === 'error' || e.type === 'assert') problem(`console: ${e.args.map(arg => arg.value ?? arg.description).join(' ')}`)
    })
    // A cut connection is what many tests are about; its line in the console is no fault of the page.
    this.on('Log.entryAdded', ({ entry }: { entry: { source: string; level: string; text: string } }) => {
      if (entry.level === 'error' && entry.source !== 'network' && !/^WebSocket connection to \S+ failed/.test(entry.text)) problem(`${entry.source}: ${entry.text}`)
    })
    for (const domain of ['Page', 'Runtime', 'Log']) await this.cdp(`${domain}.enable`)
    await this.cdp('Page.addScriptToEvaluateOnNewDocument', { source: watchViolations })
  }
}
