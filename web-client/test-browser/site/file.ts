import { createReadStream } from 'node:fs'
import http, { type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'

const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' }

/** What slice e asks of every answer on the visitor's origin, without TLS. */
export const HEADERS = {
  'Content-Security-Policy': "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer', 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store',
}

/** The file, or 404. */
export function sendFile(response: ServerResponse, file: string): void {
  response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream')
  createReadStream(file).on('error', () => { response.statusCode = 404; response.end() }).pipe(response)
}

/** A server on loopback, on a port of its own. */
export async function listen(answers: RequestListener): Promise<{ url: string; close(): void }> {
  const server = http.createServer(answers)
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return { url: `http://localhost:${(server.address() as AddressInfo).port}/`, close: () => { server.closeAllConnections(); server.close() } }
}
