import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Everything a test run started or made: ended and removed when the run ends, however it ends. */
const children = new Set<ChildProcess>()
const folders = new Set<string>()

/** A program that a test started. Its output is kept (at the most 1 MB) and can be waited for. */
export class Program {
  output = ''
  private readonly waiting = new Set<() => void>()

  private constructor(readonly name: string, private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.heard(text))
    }
    child.on('exit', () => { children.delete(child); this.heard('') })
    child.on('error', cause => this.heard(`\n${String(cause)}\n`))
  }

  /** Starts a program in a process group of its own, so that its helpers end with it. */
  static start(name: string, command: string, args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Program {
    const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    children.add(child)
    return new Program(name, child)
  }

  get pid(): number { return this.child.pid ?? -1 }
  get ended(): boolean { return this.child.exitCode !== null || this.child.signalCode !== null || this.child.pid === undefined }

  /** The first match in what the program has said so far or will say within `ms`; fails when it ends or is silent. */
  async says(pattern: RegExp, ms = 30_000): Promise<RegExpExecArray> {
    const until = Date.now() + ms
    for (;;) {
      const found = pattern.exec(this.output)
      if (found) return found
      if (this.ended) throw new Error(`${this.name} ended before it said ${pattern}:\n${this.output.slice(-2000)}`)
      if (Date.now() > until) throw new Error(`${this.name} did not say ${pattern} in ${ms} ms:\n${this.output.slice(-2000)}`)
      await new Promise<void>(done => { const go = () => { clearTimeout(timer); this.waiting.delete(go); done() }; const timer = setTimeout(go, 200); this.waiting.add(go) })
    }
  }

  /** Ends the program and its group: by default at once and without asking, as a power cut would. */
  async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    endGroup(this.child, signal)
    for (let i = 0; !this.ended; i++) {
      if (i === 300) endGroup(this.child, 'SIGKILL')
      await pause(20)
    }
  }

  private heard(text: string): void {
    this.output = (this.output + text).slice(-1_000_000)
    for (const wake of [...this.waiting]) wake()
  }
}

/** Runs a program to its end, with these lines typed into it; what it said. Fails where it does not end with 0. */
export async function typed(command: string, args: readonly string[], lines: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Promise<string> {
  const child = spawn(command, args, { ...options, detached: true, stdio: ['pipe', 'pipe', 'pipe'] })
  children.add(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { said += text })
  // One that has ended reads no more.
  child.stdin.on('error', () => {})
  child.stdin.end(lines.map(line => `${line}\n`).join(''))
  const code = await new Promise<number | null>((done, failed) => child.on('close', done).on('error', failed)).finally(() => children.delete(child))
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${said.slice(-2000)}`)
  return said
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try { process.kill(-child.pid, signal) } catch { child.kill(signal) }
}

/** An empty folder under the system's temporary folder, removed when the run ends. */
export function freshFolder(what: string): string {
  const folder = mkdtempSync(join(tmpdir(), `naast-${what}-`))
  folders.add(folder)
  return folder
}

/** A port of the loopback address that nobody listens on now. Below those that systems give to outgoing connections: one of these might take it between its choice and its use. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 17_000)
    if (await isFree(port)) return port
  }
}

const isFree = (port: number): Promise<boolean> => new Promise(done => {
  const probe = createServer().on('error', () => done(false)).listen(port, '127.0.0.1', () => probe.close(() => done(true)))
})

export const pause = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms))

/** Asks again every 50 ms until the answer is truthy; after `ms` fails with `what` and the last answer. */
export async function eventually<T>(what: string, ask: () => T | Promise<T>, ms = 15_000): Promise<NonNullable<T>> {
  const until = Date.now() + ms
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > until) throw new Error(`not within ${ms} ms: ${what} (last answer: ${JSON.stringify(answer)})`)
    await pause(50)
  }
}

/** Ends all that is left. Synchronous, so that it also works while the process goes down. */
export function endAll(): void {
  for (const child of children) endGroup(child, 'SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  folders.clear()
}

process.once('exit', endAll)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
