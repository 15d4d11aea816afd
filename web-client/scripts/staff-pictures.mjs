// npm run staff-pictures [-- --only two] [-- --lang nl,en]: every screen of the staff as a picture in test-results/staff-pictures,
// under the policy that the server sends, and what axe finds on it. To be looked at by a person.
import { createReadStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build, runnerImport } from 'vite'

const home = resolve(import.meta.dirname, '..')
const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, lang: { type: 'string', default: 'nl,en' } } })
const GATES = ['asking', 'unreachable', 'sign-in', 'locked', 'invited', 'invited-unknown', 'people', 'people-made']
// The last is 1280 × 800 at 200 %.
const SIZES = [[360, 640], [1280, 800], [640, 400]]
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' }
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

const outDir = join(home, 'test-results/staff-gallery')
await build({
  root: join(home, 'test/gallery'), configFile: false, logLevel: 'warn', json: { namedExports: false },
  build: { outDir, emptyOutDir: true, modulePreload: false, assetsInlineLimit: 0, target: 'es2020', rolldownOptions: { input: join(home, 'test/gallery/desk.html') } },
})
const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://gallery').pathname
  response.setHeader('Content-Security-Policy', POLICY)
  response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream')
  createReadStream(join(outDir, path)).on('error', () => { response.statusCode = 404; response.end() }).pipe(response)
})
await new Promise(done => server.listen(0, '127.0.0.1', done))

const module = async path => (await runnerImport(join(home, path), { logLevel: 'warn', configFile: false })).module
const { ChromiumPage, CHROMIUM } = await module('test-browser/harness/chromium.ts')
const { DESK_SCREENS } = await module('test/gallery/desk-fixtures.ts')
const axe = readFileSync(join(home, 'node_modules/axe-core/axe.min.js'), 'utf8')
const pictures = join(home, 'test-results/staff-pictures')
mkdirSync(pictures, { recursive: true })
const page = await ChromiumPage.open(CHROMIUM)
let problems = 0
const complain = text => { problems++; console.error(text) }

async function take(screen, lang, theme, [width, height]) {
  await page.size(width, height)
  await page.cdp('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: theme === 'dark' ? 'dark' : 'light' }, { name: 'forced-colors', value: theme === 'forced' ? 'active' : 'none' }] })
  await page.goto(`http://127.0.0.1:${server.address().port}/desk.html?screen=${screen}&lang=${lang}`)
  while (!(await page.run(() => document.body.dataset.ready))) await new Promise(done => setTimeout(done, 20))
  const label = `${screen}.${lang}.${theme}.${width}x${height}`
  const wide = await page.run(() => document.documentElement.scrollWidth > innerWidth)
  if (wide) complain(`${label}: wider than the screen`)
  writeFileSync(join(pictures, `${label}.png`), await page.picture())
  return label
}

async function check(label) {
  await page.cdp('Page.setBypassCSP', { enabled: true })
  await page.cdp('Runtime.evaluate', { expression: axe })
  const found = await page.run(async () => (await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
    .violations.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 120)).join(' | ')}`))
  for (const fault of found) complain(`${label}: axe ${fault}`)
}

for (const screen of [...GATES, ...Object.keys(DESK_SCREENS)].filter(name => name.startsWith(values.only))) {
  for (const lang of values.lang.split(',')) {
    for (const size of SIZES) await check(await take(screen, lang, 'light', size))
    await check(await take(screen, lang, 'dark', SIZES[1]))
  }
  await take(screen, 'nl', 'forced', SIZES[1])
}
for (const problem of page.problems) complain(problem)
await page.close()
server.close()
console.log(`${problems} problems; pictures in ${pictures}`)
process.exitCode = problems ? 1 : 0
