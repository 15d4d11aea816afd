import { createReadStream, existsSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { build } from 'vite'

const home = join(import.meta.dirname, '../..')
const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' }
/** What slice e asks of every answer on the visitor's origin, without TLS. */
const HEADERS = {
  'Content-Security-Policy': "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer', 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store',
}
/** Another site, as careless with what is typed as most are. */
const ELSEWHERE = '<!doctype html><title>elsewhere</title><link rel="icon" href="data:,"><form><textarea name="t" id="t"></textarea></form>'
const AVAILABILITY = { t: 'availability', open: true, languages: ['nl', 'en', 'ar'], range: [1, 5] }

/** Whether there is a page to build yet. */
export const missingPage = (): string | undefined => existsSync(join(home, 'src/visitor/page.tsx')) ? undefined : 'the visitor\'s page is not built yet'

/** The visitor's page with the echo of `main.ts`, built as the product is and served under its policy. */
export interface Site { url: string; requests: string[]; close(): void }

/**
 * `scripts: false`: the server never answers for a script, as on a line that broke after the document. `kept: true`: a box on
 * the way took `no-store` off, so that browsers keep the page for Back.
 */
export async function serveSite({ scripts = true, kept = false } = {}): Promise<Site> {
  const folder = join(home, 'test-results/site')
  const requests: string[] = []
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site')
    requests.push(`${request.method} ${pathname}`)
    if (pathname === '/elsewhere') return void response.setHeader('Content-Type', 'text/html').end(ELSEWHERE)
    for (const [name, value] of Object.entries(HEADERS)) if (!kept || name !== 'Cache-Control') response.setHeader(name, value)
    if (pathname === '/availability') return void response.setHeader('Content-Type', 'application/json').end(JSON.stringify(AVAILABILITY))
    if (!scripts && pathname.endsWith('.js')) return
    const file = join(folder, pathname === '/' ? 'visitor.html' : pathname)
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream')
    createReadStream(file).on('error', () => { response.statusCode = 404; response.end() }).pipe(response)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return { url: `http://localhost:${(server.address() as AddressInfo).port}/`, requests, close: () => { server.closeAllConnections(); server.close() } }
}

/** Builds it, from the product's own configuration; only the script of the document is another. */
export async function buildSite(): Promise<void> {
  // A point of no meaning: the echo checks nothing.
  process.env['VITEST'] = '1'
  await build({
    root: home,
    configFile: join(home, 'vite.config.ts'),
    logLevel: 'warn',
    plugins: [{ name: 'echo', transformIndexHtml: { order: 'pre', handler: html => html.replace('/src/visitor/main.tsx', '/test-browser/site/main.ts') } }],
    build: { outDir: 'test-results/site', emptyOutDir: true, rolldownOptions: { input: { visitor: 'visitor.html' } } },
  })
}
