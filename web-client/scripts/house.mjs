// The house rules of lengths for this half: no function over 40 lines (a function that holds JSX: 60), no file over 400. Prints the spread of both.
// The server's half is server/src/test/java/nl/naast/house. Exit code 1 and a line for each that is too long.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'

const LIMITS = { function: 40, component: 60, file: 400 }
const web = join(import.meta.dirname, '..')

/** All sources under a folder. */
function sources(folder) {
  return readdirSync(folder).sort().flatMap(name => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return name === 'node_modules' ? [] : sources(path)
    return /\.(tsx?|mjs)$/.test(name) ? [path] : []
  })
}

/** Does this function return markup by itself (not only in a function inside it)? */
function holdsMarkup(node) {
  const seek = child => ts.isJsxElement(child) || ts.isJsxSelfClosingElement(child) || ts.isJsxFragment(child)
    || (!ts.isFunctionLike(child) && (ts.forEachChild(child, seek) ?? false))
  return ts.forEachChild(node, seek) ?? false
}

/** What a test runner is handed is a list of functions, not one: only what it lists counts. */
function isSuite(node) {
  return ts.isCallExpression(node.parent) && /^(describe|suite)\b/.test(node.parent.expression.getText())
}

/** @returns {{name: string, lines: number, limit: number}[]} every function with a body, from its first line to its last */
export function functionsOf(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const found = []
  const line = at => file.getLineAndCharacterOfPosition(at).line
  const visit = node => {
    if (ts.isFunctionLike(node) && node.body && !isSuite(node)) {
      const name = node.name?.getText() ?? node.parent?.name?.getText?.() ?? 'a function'
      found.push({ name: `${name} (line ${line(node.getStart()) + 1})`, lines: line(node.end) - line(node.getStart()) + 1, limit: holdsMarkup(node) ? LIMITS.component : LIMITS.function })
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** @returns {string[]} one sentence for each thing that is too long */
export function tooLong(path, text) {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  const file = lines > LIMITS.file ? [`${path} has ${lines} lines`] : []
  return file.concat(functionsOf(path, text).filter(one => one.lines > one.limit).map(one => `${path}: ${one.name} has ${one.lines} lines, allowed: ${one.limit}`))
}

function spread(lengths) {
  const sorted = [...lengths].sort((a, b) => a - b)
  return `${sorted.length}: median ${sorted[Math.floor(sorted.length / 2)]}, p90 ${sorted[Math.floor(sorted.length * 0.9)]}, longest ${sorted.at(-1)}`
}

function main() {
  const files = ['src', 'test', 'test-browser', 'scripts', 'build'].map(name => join(web, name)).filter(path => statSync(path, { throwIfNoEntry: false })).flatMap(sources)
  const read = files.map(path => ({ path: relative(web, path), text: readFileSync(path, 'utf8') }))
  const pages = read.filter(one => one.path.startsWith('src') && !/\.test\.tsx?$/.test(one.path))
  console.log(`house: pages functions ${spread(pages.flatMap(one => functionsOf(one.path, one.text)).map(one => one.lines))} · files ${spread(pages.map(one => one.text.split('\n').length))}`)
  const found = read.flatMap(one => tooLong(one.path, one.text))
  for (const sentence of found) console.error(`too long: ${sentence}`)
  process.exitCode = found.length > 0 ? 1 : 0
}

if (process.argv[1] === import.meta.filename) main()
