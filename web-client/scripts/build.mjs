// npm run build [-- --out FOLDER [--quick]]: each page is a build of its own, so that the visitor's page is one script, cannot share a chunk with the
// staff's (a request more, and words of staff in it), and cannot contain a line of staff code. Beside every file lies its
// brotli form, made once and as small as it gets; the server sends that. Writes the bill of materials of what is in the pages
// (CycloneDX) to target/bom.json, as the server's build does; not for another folder, which is for a story that has a root of its
// own: what is in those pages is the same. Ends with the budget of the visitor's page (V54). --quick: larger, a few times faster
// to make, and without the budget.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { brotliCompressSync, constants } from 'node:zlib'
import { build } from 'vite'
import { budget } from './budget.mjs'

const home = resolve(import.meta.dirname, '..')
const { values: { out, quick } } = parseArgs({ options: { out: { type: 'string' }, quick: { type: 'boolean', default: false } } })
const dist = out === undefined ? join(home, 'dist') : resolve(out)
const pages = ['visitor', 'desk', 'console']
for (const page of pages) {
  await build({ root: home, build: { outDir: dist, emptyOutDir: page === pages[0], ...quick && { minify: 'oxc' }, rolldownOptions: { input: { [page]: join(home, `${page}.html`) } } } })
}

for (const name of readdirSync(dist, { recursive: true }).filter(name => /\.(html|js|css)$/.test(name))) {
  const bytes = readFileSync(join(dist, name))
  const params = { [constants.BROTLI_PARAM_QUALITY]: quick ? 4 : 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  writeFileSync(join(dist, `${name}.br`), brotliCompressSync(bytes, { params }))
}
if (out === undefined) {
  mkdirSync(join(home, 'target'), { recursive: true })
  writeFileSync(join(home, 'target/bom.json'), execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev'], { cwd: home, stdio: ['ignore', 'pipe', 'ignore'] }))
}
process.exitCode = quick || budget(dist) ? 0 : 1
