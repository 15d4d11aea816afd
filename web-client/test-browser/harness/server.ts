import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { eventually, freePort, freshFolder, Program } from './processes'

const checkout = join(import.meta.dirname, '../../..')
const jar = join(checkout, 'server/target/naast-server.jar')
const pages = join(checkout, 'web-client/dist')

/** Why the real server cannot run here, or undefined. `./naast build` makes what it needs. */
export const missingServer = (): string | undefined =>
  [[jar, 'the server'], [join(pages, 'visitor.html'), 'the visitor\'s page']].filter(([path]) => !existsSync(path as string)).map(([, what]) => `${what} is not built`)[0]

/** A JDK of at least 25, as the launcher looks for it. */
function java(): string {
  const homes = [process.env['JAVA_HOME'], ...readdirSync('/usr/lib/jvm').filter(name => name.includes('25')).map(name => join('/usr/lib/jvm', name))]
  const found = homes.filter(home => home !== undefined).map(home => join(home, 'bin/java')).find(existsSync)
  return found ?? 'java'
}

/** Everything that lives in the server's memory, into a file; undefined where the JDK's own tool for it is missing. */
export async function heapOf(server: Server, file: string): Promise<string | undefined> {
  const tool = join(java(), '../jcmd')
  if (!existsSync(tool)) return undefined
  const program = Program.start('jcmd', tool, [String(server.pid), 'GC.heap_dump', '-all', file])
  await eventually('the heap dump', () => program.ended, 60_000)
  if (!existsSync(file)) throw new Error(`no heap dump:\n${program.output}`)
  return file
}

export interface Ports { visitor: number; staff: number; ops: number }
export interface Origins { visitor: string; staff: string }
/** What an organisation puts in the place of the trial: pages that believe its root, and the file of that root. */
export interface Own { pages: string; rootFile: string }

/** The real server on free ports and a data folder of its own. It can be killed and started again on the same folder. */
export class Server {
  private program: Program | undefined
  private signer: Program | undefined

  private constructor(readonly ports: Ports, readonly data: string, readonly origins: Origins, private readonly more: NodeJS.ProcessEnv, private readonly own?: Own) {}

  /** `origins`: what browsers see when something stands between, a proxy for instance. `more`: of the environment. `own`: without trial keys and their signing process. */
  static async start(origins: Partial<Origins> = {}, more: NodeJS.ProcessEnv = {}, own?: Own): Promise<Server> {
    const ports = { visitor: await freePort(), staff: await freePort(), ops: await freePort() }
    const urls = { visitor: `http://localhost:${ports.visitor}`, staff: `http://localhost:${ports.staff}` }
    const server = new Server(ports, freshFolder('data'), { ...urls, ...origins }, more, own)
    await server.again()
    await server.program?.says(/^Invitation: \S+\n/m)
    return server
  }

  /** Another process of the same house: its key, its signing process, what browsers call it; the database is one that both reach. */
  static async beside(first: Server, more: NodeJS.ProcessEnv): Promise<Server> {
    const ports = { visitor: await freePort(), staff: await freePort(), ops: await freePort() }
    const server = new Server(ports, first.data, first.origins, more, first.own)
    server.signer = first.signer
    await server.again()
    return server
  }

  get output(): string { return this.program?.output ?? '' }
  get pid(): number { return this.program?.pid ?? -1 }

  /** The address in the invitation of the first person, who is administrator and expert; without trial keys administrator and coordinator. */
  get invitation(): string {
    const found = /^Invitation: (\S+)$/m.exec(this.output)?.[1]
    if (!found) throw new Error(`no invitation:\n${this.output.slice(-2000)}`)
    return found
  }

  /** The signing process of the trial keys that the pages were built with; it outlives the server's deaths. */
  private async startSigner(): Promise<string> {
    const urlFile = join(this.data, 'signer-url')
    if (!this.signer || this.signer.ended) {
      this.signer = Program.start('signer', java(), ['-Xmx64m', '--enable-native-access=ALL-UNNAMED', '-cp', jar, 'nl.naast.trial.TrialSigner', join(checkout, '.trial'), '--url-file', urlFile], { cwd: checkout })
      await eventually('the signing process', () => existsSync(urlFile))
    }
    return urlFile
  }

  /** Which pages, and whom they believe. */
  private async trust(): Promise<NodeJS.ProcessEnv> {
    if (!this.own) return { NAAST_PAGES_DIRECTORY: pages, NAAST_TRIAL_SIGNER_URL_FILE: await this.startSigner() }
    return { NAAST_PAGES_DIRECTORY: this.own.pages, NAAST_TRIAL_ENABLED: 'false', NAAST_TRUST_ROOT_FILE: this.own.rootFile, NAAST_TRIAL_SIGNER_URL_FILE: '' }
  }

  /** Starts it, again on the same data. */
  async again(): Promise<void> {
    const { visitor, staff, ops } = this.ports
    const args = ['--enable-native-access=ALL-UNNAMED', '-jar', jar, '--port', visitor, '--staff-port', staff, '--ops-port', ops, '--data', this.data].map(String)
    const env = { ...process.env, NAAST_MONGO_URI: '', NAAST_CLUSTER_ADDRESS: '', NAAST_CLUSTER_MEMBERS: '', ...this.more, NAAST_VISITOR_ORIGIN: this.origins.visitor, NAAST_STAFF_ORIGIN: this.origins.staff, ...await this.trust() }
    this.program = Program.start('server', java(), args, { cwd: checkout, env })
    await this.program.says(/^Desk: /m)
  }

  /** `SIGKILL`: as a power cut. `SIGTERM`: as an operator stops it. */
  async end(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> { await this.program?.end(signal) }

  /** Ends the server and its signing process, for good. */
  async close(): Promise<void> {
    await this.end()
    await this.signer?.end()
  }
}
