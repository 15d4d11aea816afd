import WebSocket from 'ws'

type Json = Record<string, unknown>
interface Answer { id?: number; method?: string; params?: Json; result?: unknown; error?: unknown; sessionId?: string; type?: string; message?: string }
export type Listener = (params: Json, sessionId: string | undefined) => void

/**
 * A remote control of a browser: commands with numbered answers, and events. The Chrome DevTools Protocol and WebDriver BiDi
 * both have this form, so one class drives every engine here.
 */
export class Remote {
  private next = 1
  private readonly open = new Map<number, { done: (value: never) => void; failed: (cause: Error) => void; what: string }>()
  private readonly listeners = new Map<string, Set<Listener>>()

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', data => this.heard(JSON.parse(String(data)) as Answer))
    socket.on('close', () => this.lost())
    socket.on('error', () => this.lost())
  }

  static async connect(url: string): Promise<Remote> {
    const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 512 * 1024 * 1024 })
    await new Promise((done, failed) => socket.once('open', done).once('error', failed))
    return new Remote(socket)
  }

  /** Sends a command and gives its result; fails on an error answer, on a lost browser and after 60 s. */
  send<T = Json>(method: string, params: Json = {}, sessionId?: string): Promise<T> {
    const id = this.next++
    return new Promise<T>((done, failed) => {
      const timer = setTimeout(() => { this.open.delete(id); failed(new Error(`no answer to ${method} in 60 s`)) }, 60_000)
      const settled = <A>(go: (a: A) => void) => (a: A) => { clearTimeout(timer); go(a) }
      this.open.set(id, { done: settled(done), failed: settled(failed), what: method })
      this.socket.send(JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) }))
    })
  }

  on(method: string, listener: Listener): () => void {
    const all = this.listeners.get(method) ?? new Set()
    this.listeners.set(method, all.add(listener))
    return () => all.delete(listener)
  }

  /** The next event of this name that `wanted` accepts. */
  event(method: string, wanted: (params: Json, sessionId?: string) => boolean = () => true, ms = 30_000): Promise<Json> {
    return new Promise((done, failed) => {
      const timer = setTimeout(() => { stop(); failed(new Error(`no ${method} in ${ms} ms`)) }, ms)
      const stop = this.on(method, (params, sessionId) => {
        if (!wanted(params, sessionId)) return
        clearTimeout(timer)
        stop()
        done(params)
      })
    })
  }

  close(): void { this.socket.terminate() }

  private heard(answer: Answer): void {
    if (answer.id === undefined) {
      for (const listener of [...this.listeners.get(answer.method ?? '') ?? []]) listener(answer.params ?? {}, answer.sessionId)
      return
    }
    const waiting = this.open.get(answer.id)
    this.open.delete(answer.id)
    if (!waiting) return
    if (answer.error) waiting.failed(new Error(`${waiting.what}: ${JSON.stringify(answer.error)} ${answer.message ?? ''}`))
    else waiting.done(answer.result as never)
  }

  private lost(): void {
    for (const waiting of this.open.values()) waiting.failed(new Error(`${waiting.what}: the browser is gone`))
    this.open.clear()
  }
}
