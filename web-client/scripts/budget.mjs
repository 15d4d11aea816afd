// npm run budget: what the visitor's page weighs until she can talk (V54), in bytes as they travel (brotli), from the built
// files. Fails the build above the limits. Not counted: headers, the socket, and what is loaded once she waits (src/conversation/late.ts) or somebody comes to her
// (src/visitor/more.tsx, ADR 0028), which has a limit of its own.
import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

const LIMITS = { toChatReady: 60_000, toFirstPaint: 14_000, styles: 2_048, requests: 5, late: 12_000 }
/** `GET /availability`, the one fetch: its longest likely answer, uncompressed. */
const AVAILABILITY = 160

const size = file => statSync(`${file}.br`).size
const all = (text, pattern) => [...text.matchAll(pattern)].map(found => found[1])

/** What the document asks for by itself, and what its script fetches later (one language file at a time: the largest counts). */
export function partsOf(dist) {
  const document = join(dist, 'visitor.html')
  const html = readFileSync(document, 'utf8')
  const file = url => join(dist, url)
  const scripts = all(html, /<script[^>]*\ssrc="([^"]+)"/g).concat(all(html, /<link rel="modulepreload"[^>]*\shref="([^"]+)"/g)).map(file)
  const styles = all(html, /<link rel="stylesheet"[^>]*\shref="([^"]+)"/g).map(file)
  const later = scripts.flatMap(script => all(readFileSync(script, 'utf8'), /import\(\s*[`"']([^`"']+)[`"']\s*\)/g).map(name => join(dirname(script), name)))
  const static_ = scripts.flatMap(script => all(readFileSync(script, 'utf8'), /(?:from|import)\s*["'](\.[^"']+)["']/g).map(name => join(dirname(script), name)))
  const isLate = name => /^(visitor-late|more)-/.test(basename(name))
  return { document, styles, scripts: [...new Set([...scripts, ...static_])], languages: later.filter(name => !isLate(name)), late: later.filter(isLate) }
}

const sum = files => files.reduce((total, file) => total + size(file), 0)

/** Prints the bill and answers whether it is within the limits. */
export function budget(dist) {
  const { document, styles, scripts, languages, late } = partsOf(dist)
  const language = Math.max(0, ...languages.map(size))
  const bill = {
    document: size(document), styles: sum(styles), scripts: sum(scripts), 'largest language file': language, availability: AVAILABILITY,
  }
  const toFirstPaint = bill.document + bill.styles
  const measured = {
    toChatReady: Object.values(bill).reduce((a, b) => a + b, 0), toFirstPaint, styles: bill.styles,
    requests: 1 + styles.length + scripts.length + (language ? 1 : 0) + 1, late: sum(late),
  }
  for (const [what, bytes] of Object.entries(bill)) console.log(`${String(bytes).padStart(7)}  ${what}`)
  const over = Object.keys(LIMITS).filter(what => measured[what] > LIMITS[what])
  for (const what of Object.keys(LIMITS)) console.log(`${over.includes(what) ? 'OVER' : 'ok  '}  ${what}: ${measured[what]} of at most ${LIMITS[what]}`)
  return over.length === 0
}

if (process.argv[1] === import.meta.filename) process.exitCode = budget(resolve(import.meta.dirname, '../dist')) ? 0 : 1
