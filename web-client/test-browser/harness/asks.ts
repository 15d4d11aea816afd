import { connect } from 'node:net'

/** An answer as it came over the wire: header names in lower case, each with its values in order. */
export interface Answer { status: number; headers: Record<string, string>; body: string }

/** Writes bytes to a port of the loopback address and reads until the other side is silent: what `fetch` would not send or would hide. */
export function askRaw(port: number, request: string, ms = 5_000): Promise<Answer> {
  return new Promise((done, failed) => {
    let text = ''
    const socket = connect(port, 'localhost', () => socket.write(request))
    const settle = () => { clearTimeout(timer); socket.destroy(); done(parsed(text)) }
    const timer = setTimeout(settle, ms)
    socket.setEncoding('latin1').on('data', part => { text += part; if (isWhole(text, request)) settle() }).on('end', settle).on('error', failed)
  })
}

/** One request with exactly these headers (and Host). */
export function ask(origin: string, method: string, path: string, headers: Record<string, string> = {}, body = ''): Promise<Answer> {
  const url = new URL(origin)
  const length: Record<string, string> = method === 'GET' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
  const lines = Object.entries({ Host: url.host, ...length, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  return askRaw(Number(url.port), `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
}

function isWhole(text: string, request: string): boolean {
  const end = text.indexOf('\r\n\r\n')
  const length = /^content-length: (\d+)/im.exec(text.slice(0, end))?.[1]
  return end > 0 && (request.startsWith('HEAD') || length !== undefined && text.length >= end + 4 + Number(length))
}

function parsed(text: string): Answer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const [name = '', ...value] = line.split(': ')
    const known = headers[name.toLowerCase()]
    headers[name.toLowerCase()] = (known === undefined ? '' : `${known} | `) + value.join(': ')
  }
  return { status: Number(first.split(' ')[1] ?? 0), headers, body: rest.join('\r\n\r\n') }
}

/** What a page of ours sends with a POST. */
export const POSTED = { 'Content-Type': 'application/json', 'X-Naast': '1', 'Naast-Version': '1' }
export const UPGRADE = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==' }
