import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { HEADERS, listen, sendFile } from './file'

const home = join(import.meta.dirname, '../..')
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
  const { url, close } = await listen((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site')
    requests.push(`${request.method} ${pathname}`)
    if (pathname === '/elsewhere') return void response.setHeader('Content-Type', 'text/html').end(ELSEWHERE)
    for (const [name, value] of Object.entries(HEADERS)) if (!kept || name !== 'Cache-Control') response.setHeader(name, value)
    if (pathname === '/availability') return void response.setHeader('Content-Type', 'application/json').end(JSON.stringify(AVAILABILITY))
    if (!scripts && pathname.endsWith('.js')) return
    sendFile(response, join(folder, pathname === '/' ? 'visitor.html' : pathname))
  })
  return { url, requests, close }
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
