import http from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import WebSocket, { type RawData, WebSocketServer } from 'ws'

export type Direction = 'up' | 'down'
/** One thing that crossed the wire: a request or an answer with its head, or one message of a socket. Bytes as the two ends see them: not masked, not packed. */
export interface Crossing { direction: Direction; what: string; status: number | undefined; bytes: Buffer }
/** Changes a frame on its way; `undefined` swallows it. Frames are the JSON objects of docs/protocol.md. */
export type Rewrite = (frame: Record<string, unknown>, direction: Direction) => Record<string, unknown> | undefined

/**
 * Stands between browsers and one listener of the server, as a reverse proxy of a hosting party would: records all that crosses,
 * cuts connections, refuses sockets (so that clients fall back to long polling), and can lie in either direction.
 */
export class Proxy {
  readonly crossings: Crossing[] = []
  /** While set, sockets are refused: what is left is POST and long poll. */
  noSockets = false
  /** While set, every new connection is cut at once: the network is gone. */
  offline = false
  rewrite: Rewrite = frame => frame
  private readonly connections = new Set<Socket | WebSocket>()
  private readonly agent = new http.Agent({ keepAlive: true })
  private readonly sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })

  private constructor(private readonly server: http.Server, private readonly target: () => number) {
    server.on('connection', socket => { if (this.offline) socket.destroy(); else this.track(socket) })
    server.on('request', (request, response) => this.pass(request, response))
    server.on('upgrade', (request, socket: Socket, head) => this.join(request, socket, head))
    server.keepAliveTimeout = 60_000
  }

  /** `target`: the server's port; asked at each request, so that a server may come back on another. */
  static async start(port: number, target: () => number): Promise<Proxy> {
    const server = http.createServer()
    await new Promise<void>(done => server.listen(port, '127.0.0.1', done))
    return new Proxy(server, target)
  }

  get port(): number { return (this.server.address() as AddressInfo).port }
  get open(): number { return this.sockets.clients.size }

  /** Cuts every connection in both directions, without a goodbye; gives how many sockets that were. */
  cut(): number {
    const open = this.open
    for (const connection of [...this.connections]) {
      if (connection instanceof WebSocket) connection.terminate()
      else connection.destroy()
    }
    return open
  }

  async close(): Promise<void> {
    this.cut()
    this.agent.destroy()
    await new Promise(done => this.server.close(done))
  }

  private track<T extends Socket | WebSocket>(connection: T): T {
    this.connections.add(connection)
    connection.on('error', () => {})
    connection.once('close', () => this.connections.delete(connection))
    return connection
  }

  private record(direction: Direction, what: string, bytes: Buffer, status?: number): void {
    this.crossings.push({ direction, what, status, bytes })
  }

  private pass(request: http.IncomingMessage, response: http.ServerResponse): void {
    const what = `${request.method} ${request.url}`
    void collected(request).then(body => {
      const sent = this.altered(body, 'up', request.headers['content-type'])
      this.record('up', what, withHead(what, request.rawHeaders, sent))
      const headers = { ...request.headers, ...(sent.length !== body.length ? { 'content-length': String(sent.length) } : {}) }
      const onward = http.request({ host: '127.0.0.1', port: this.target(), method: request.method, path: request.url, headers, agent: this.agent }, answer => {
        void collected(answer).then(bytes => this.answer(what, answer, bytes, response), () => response.destroy())
      })
      onward.on('error', () => response.destroy())
      response.on('close', () => { if (!response.writableEnded) onward.destroy() })
      onward.end(sent)
    }, () => response.destroy())
  }

  private answer(what: string, answer: http.IncomingMessage, bytes: Buffer, response: http.ServerResponse): void {
    const told = this.altered(bytes, 'down', answer.headers['content-type'])
    this.record('down', what, withHead(`${answer.statusCode}`, answer.rawHeaders, told), answer.statusCode)
    const { 'transfer-encoding': _, ...others } = answer.headers
    if (told === bytes) response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
    else response.writeHead(answer.statusCode ?? 502, { ...others, 'content-length': String(told.length) })
    response.end(told)
  }

  private altered(body: Buffer, direction: Direction, type = ''): Buffer {
    if (!type.startsWith('application/json') || body.length === 0) return body
    let frame: unknown
    try { frame = JSON.parse(body.toString()) } catch { return body }
    if (typeof frame !== 'object' || frame === null) return body
    const before = frame as Record<string, unknown>
    const inside = before['t'] === 'news' ? { ...before, frames: (before['frames'] as Record<string, unknown>[]).flatMap(f => this.rewrite(f, direction) ?? []) } : this.rewrite(before, direction) ?? {}
    return JSON.stringify(inside) === JSON.stringify(before) ? body : Buffer.from(JSON.stringify(inside))
  }

  private join(request: http.IncomingMessage, socket: Socket, head: Buffer): void {
    const what = `socket ${request.url}`
    this.record('up', what, withHead(what, request.rawHeaders, Buffer.alloc(0)))
    if (this.noSockets) return void socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    const { origin, cookie, host } = request.headers
    const headers = { host, ...(origin ? { origin } : {}), ...(cookie ? { cookie } : {}) }
    const onward = this.track(new WebSocket(`ws://127.0.0.1:${this.target()}${request.url}`, { headers, perMessageDeflate: false, followRedirects: false }))
    onward.on('unexpected-response', (_, answer) => {
      this.record('down', what, withHead(`${answer.statusCode}`, answer.rawHeaders, Buffer.alloc(0)), answer.statusCode)
      socket.end(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      onward.terminate()
    })
    onward.once('error', () => socket.destroy())
    onward.once('open', () => this.sockets.handleUpgrade(request, socket, head, near => { this.track(near); this.couple(what, near, onward) }))
  }

  private couple(what: string, near: WebSocket, onward: WebSocket): void {
    const carry = (to: WebSocket, direction: Direction) => (data: RawData) => {
      const before = String(data)
      const frame = this.rewrite(JSON.parse(before) as Record<string, unknown>, direction)
      if (frame === undefined) return
      const text = JSON.stringify(frame)
      this.record(direction, what, Buffer.from(text))
      to.send(text)
    }
    near.on('message', carry(onward, 'up'))
    onward.on('message', carry(near, 'down'))
    near.on('close', (code, reason) => bye(onward, code, reason))
    onward.on('close', (code, reason) => { this.record('down', what, Buffer.from(`close ${code}`), code); bye(near, code, reason) })
  }
}

/** Hands a goodbye on; a connection that broke without one (1005, 1006) is broken on the other side too. */
function bye(socket: WebSocket, code: number, reason: Buffer): void {
  if (code === 1005 || code === 1006) socket.terminate()
  else socket.close(code, reason)
}

async function collected(stream: http.IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function withHead(first: string, rawHeaders: readonly string[], body: Buffer): Buffer {
  const lines = rawHeaders.map((text, i) => text + (i % 2 === 0 ? ': ' : '\r\n')).join('')
  return Buffer.concat([Buffer.from(`${first}\r\n${lines}\r\n`), body])
}
