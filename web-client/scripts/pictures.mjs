// npm run pictures [-- --only talking] [-- --lang nl,ar]: every screen of the visitor's page as a picture in
// test-results/pictures, under the policy that the server sends, and what axe finds on it. To be looked at by a person.
import { createReadStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build, runnerImport } from 'vite'


const home = resolve(import.meta.dirname, '..')
const { values } = parseArgs({ options: { only: { type: 'string' }, lang: { type: 'string', default: 'nl,ar' }, size: { type: 'string' } } })
const SIZES = [[360, 640], [320, 480], [1280, 800]]
// With the keyboard open 230 of the 480 px are left.
const WITH_KEYBOARD = [320, 230]
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' }
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"

async function gallery() {
  const outDir = join(home, 'test-results/gallery')
  await build({ root: join(home, 'test/gallery'), configFile: false, logLevel: 'warn', build: { outDir, emptyOutDir: true, modulePreload: false, assetsInlineLimit: 0, target: 'es2020' } })
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://gallery').pathname
    const file = join(outDir, path === '/' ? 'index.html' : path)
    response.setHeader('Content-Security-Policy', POLICY)
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream')
    createReadStream(file).on('error', () => { response.statusCode = 404; response.end() }).pipe(response)
  })
  await new Promise(done => server.listen(0, '127.0.0.1', done))
  return { server, url: `http://127.0.0.1:${server.address().port}` }
}

const module = async path => (await runnerImport(join(home, path), { logLevel: 'warn' })).module
const { ChromiumPage, CHROMIUM } = await module('test-browser/harness/chromium.ts')
const { SCREENS } = await module('test/gallery/fixtures.ts')
const axe = readFileSync(join(home, 'node_modules/axe-core/axe.min.js'), 'utf8')
const pictures = join(home, 'test-results/pictures')
mkdirSync(pictures, { recursive: true })

const { server, url } = await gallery()
const page = await ChromiumPage.open(CHROMIUM)
let problems = 0
const complain = text => { problems++; console.error(text) }

async function dress(theme) {
  const features = [{ name: 'prefers-color-scheme', value: theme === 'dark' ? 'dark' : 'light' }, { name: 'forced-colors', value: theme === 'forced' ? 'active' : 'none' }]
  await page.cdp('Emulation.setEmulatedMedia', { features })
}

/** What must never happen on any screen: something wider than it, or an exit that cannot be tapped. */
const layout = () => {
  const exit = document.getElementById('exit').getBoundingClientRect()
  const top = document.elementFromPoint(exit.left + exit.width / 2, exit.top + exit.height / 2)
  return [
    document.documentElement.scrollWidth > innerWidth && `wider than the screen: ${document.documentElement.scrollWidth}`,
    (exit.left < 0 || exit.right > innerWidth || exit.top < 0 || exit.bottom > innerHeight || exit.height < 44) && 'the exit is not wholly on screen',
    top?.id !== 'exit' && 'the exit is covered',
  ].filter(Boolean)
}

async function take(screen, lang, theme, [width, height], name = `${width}x${height}`) {
  await page.size(width, height)
  await dress(theme)
  await page.goto(`${url}/?screen=${screen}&lang=${lang}`)
  while (!(await page.run(() => document.body.dataset.ready))) await new Promise(done => setTimeout(done, 20))
  const label = `${screen}.${lang}.${theme}.${name}`
  for (const fault of await page.run(layout)) complain(`${label}: ${fault}`)
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

for (const screen of Object.keys(SCREENS).filter(name => !values.only || name.startsWith(values.only))) {
  for (const lang of values.lang.split(',')) {
    for (const size of SIZES) await take(screen, lang, 'light', size)
    await check(await take(screen, lang, 'dark', SIZES[0]))
    await check(await take(screen, lang, 'light', WITH_KEYBOARD, 'keyboard'))
  }
  await take(screen, 'pseudo', 'light', SIZES[0])
  await take(screen, 'nl', 'forced', SIZES[0])
}
for (const problem of page.problems) complain(problem)
await page.close()
server.close()
console.log(`${problems} problems; pictures in ${pictures}`)
process.exitCode = problems ? 1 : 0
