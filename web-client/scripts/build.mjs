// npm run build: each page is a build of its own, so that the visitor's page is one script, cannot share a chunk with the
// staff's (a request more, and words of staff in it), and cannot contain a line of staff code. Beside every file lies its
// brotli form, made once and as small as it gets; the server sends that. Writes the bill of materials of what is in the pages
// (CycloneDX) to target/bom.json, as the server's build does. Ends with the budget of the visitor's page (V54).
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { build } from 'vite'
import { budget } from './budget.mjs'

const home = resolve(import.meta.dirname, '..')
const pages = ['visitor', 'desk', 'console']
for (const page of pages) {
  await build({ root: home, build: { emptyOutDir: page === pages[0], rolldownOptions: { input: { [page]: join(home, `${page}.html`) } } } })
}

const dist = join(home, 'dist')
for (const name of readdirSync(dist, { recursive: true }).filter(name => /\.(html|js|css)$/.test(name))) {
  const bytes = readFileSync(join(dist, name))
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  writeFileSync(join(dist, `${name}.br`), brotliCompressSync(bytes, { params }))
}
mkdirSync(join(home, 'target'), { recursive: true })
writeFileSync(join(home, 'target/bom.json'), execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev'], { cwd: home, stdio: ['ignore', 'pipe', 'ignore'] }))
process.exitCode = budget(dist) ? 0 : 1
