import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { files, read } from '../support/source'

/**
 * Imports go one way. A room is a folder of src (of crypto and i18n also each folder inside) or a file that lies in src itself. Each may know itself, and of what stands
 * ABOVE it in this table only what its line says; so no two can know each other, directly or round about. Packages stand with them.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'crypto': [],
  'crypto/suite': ['crypto'],
  'crypto/statement': ['crypto', 'crypto/suite'],
  'crypto/box': ['crypto', 'crypto/suite'],
  'crypto/report': ['crypto', 'crypto/suite', 'crypto/box'],
  'crypto/vault': ['crypto', 'crypto/suite'],
  'crypto/session': ['crypto', 'crypto/suite', 'crypto/statement', 'ts-mls'],
  'words': ['crypto'],
  'wire': ['crypto'],
  'surroundings': ['crypto'],
  'poly': [],
  'trust-root': ['crypto'],
  'net': ['crypto', 'wire', 'surroundings'],
  'conversation': ['crypto', 'crypto/suite', 'crypto/statement', 'crypto/box', 'crypto/report', 'crypto/session', 'wire', 'surroundings', 'net'],
  'i18n': [],
  'i18n/desk': ['i18n'],
  'i18n/console': ['i18n'],
  'ui': ['preact'],
  'staff': ['crypto', 'crypto/vault', 'i18n', 'i18n/desk', 'ui', 'preact'],
  'visitor': ['wire', 'surroundings', 'poly', 'trust-root', 'net', 'conversation', 'i18n', 'ui', 'preact', 'preact-render-to-string'],
  'desk': ['crypto', 'surroundings', 'poly', 'trust-root', 'net', 'conversation', 'i18n', 'i18n/desk', 'ui', 'staff', 'words', 'preact'],
  'console': ['crypto', 'crypto/suite', 'crypto/statement', 'crypto/report', 'poly', 'trust-root', 'i18n', 'i18n/desk', 'i18n/console', 'ui', 'staff', 'words', 'preact'],
}

interface Import { readonly to: string; readonly type: boolean }
type Source = (file: string) => string

/** What a file imports, exports on or loads later, as it is written there. */
function importsOf(text: string): Import[] {
  const found: Import[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) found.push({ to: (node.moduleSpecifier as ts.StringLiteral).text, type: node.importClause?.isTypeOnly ?? false })
    if (ts.isExportDeclaration(node) && node.moduleSpecifier) found.push({ to: (node.moduleSpecifier as ts.StringLiteral).text, type: node.isTypeOnly })
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) found.push({ to: (node.arguments[0] as ts.StringLiteral).text, type: false })
    if (ts.isImportTypeNode(node)) found.push({ to: ((node.argument as ts.LiteralTypeNode).literal as ts.StringLiteral).text, type: true })
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('a.tsx', text, ts.ScriptTarget.Latest, true))
  return found
}

/** The room of a path under src: the longest name in the table that it begins with. */
const roomOf = (path: string): string =>
  Object.keys(ROOMS).filter(room => path === room || path.startsWith(`${room}/`) || path.startsWith(`${room}.`)).sort((a, b) => b.length - a.length)[0] ?? `no room: ${path}`
const inside = (from: string, to: string): string => posix.join(posix.dirname(from), to)
const packageOf = (to: string): string => to.split('/').slice(0, to.startsWith('@') ? 2 : 1).join('/')

/** One sentence for each import of a file (its path under src) that its room may not have. */
function strays(file: string, text: string): string[] {
  const room = roomOf(file)
  return importsOf(text).map(({ to }) => (to.startsWith('.') ? roomOf(inside(file, to)) : packageOf(to)))
    .filter(to => to !== room && !(ROOMS[room] ?? []).includes(to)).map(to => `${file}: ${room} -> ${to}`)
}

/** What a line of the table may not say: a room that stands below it. */
const upside = (rooms: typeof ROOMS): string[] => Object.entries(rooms).flatMap(([room, known], i) =>
  known.filter(other => Object.keys(rooms).indexOf(other) >= i).map(other => `${room} -> ${other}`))

/** Every file whose code comes along with `entry`; what is imported for its types only does not. */
function carried(entry: string, source: Source, find: (path: string) => string): string[] {
  const seen = new Set([entry])
  for (const file of seen) for (const { to, type } of importsOf(source(file))) {
    if (!type && to.startsWith('.') && !/\.(css|json|words|list)$/.test(to)) seen.add(find(inside(file, to)))
  }
  return [...seen]
}

const all = files('src', /\.tsx?$/).map(file => file.slice('src/'.length))
const source: Source = file => read(join('src', file))
const find = (path: string): string => {
  const file = [`${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find(candidate => existsSync(join(import.meta.dirname, '../../src', candidate)))
  if (!file) throw new Error(`no file: ${path}`)
  return file
}
const STAFFS = /(^|\/)(desk|staff|console|vault)/
/** A coordinator signs, and answers what was reported to her; she does not talk there (looking along is at the desk). */
const TALKS = /^(conversation|net|wire|desk|visitor|crypto\/session)\//

// seen failing: net/poll.ts and visitor/main.tsx importing conversation/desk
test('the table itself goes one way', () => expect(upside(ROOMS)).toEqual([]))
test('each file imports only what its room may know', () => expect(all.flatMap(file => strays(file, source(file)))).toEqual([]))
test('the visitor\'s page carries nothing of the desk or the staff', () => {
  const hers = carried('visitor/main.tsx', source, find)
  expect(hers.length).toBeGreaterThan(50)
  expect(hers.filter(file => STAFFS.test(file))).toEqual([])
})

// seen failing: console/acts.ts importing crypto/session
test('the coordinator\'s page carries nothing of conversations', () => {
  const hers = carried('console/main.tsx', source, find)
  expect(hers.length).toBeGreaterThan(30)
  expect(hers.filter(file => TALKS.test(file))).toEqual([])
})
// seen failing: keys.sign() called in console/signing.ts
test('at one place only a signer\'s key signs: console/acts.ts, by one function', () => {
  const calls = all.filter(file => file.startsWith('console/')).flatMap(file => [...source(file).matchAll(/\bkeys\.sign\(/g)].map(() => file))
  expect(calls).toEqual(['console/acts.ts'])
})

describe('these rules can fail', () => {
  test.each([
    ['net/a.ts', `import type { Surroundings } from '../conversation'`, 'net/a.ts: net -> conversation'],
    ['visitor/screens/a.tsx', `const later = () => import('../../desk/names')`, 'visitor/screens/a.tsx: visitor -> desk'],
    ['visitor/a.ts', `export { t } from '../i18n/desk'`, 'visitor/a.ts: visitor -> i18n/desk'],
    ['crypto/bytes.ts', `import './suite/hpke'`, 'crypto/bytes.ts: crypto -> crypto/suite'],
    ['wire/a.ts', `let a: import('../net/net').Net`, 'wire/a.ts: wire -> net'],
    ['net/a.ts', `import { h } from 'preact/hooks'`, 'net/a.ts: net -> preact'],
    ['console/a.ts', `import { Session } from '../crypto/session'`, 'console/a.ts: console -> crypto/session'],
    ['desk/a.ts', `import { readLedger } from '../console/ledger'`, 'desk/a.ts: desk -> console'],
    ['wire/a.ts', `import '../elsewhere/b'`, 'wire/a.ts: wire -> no room: elsewhere/b'],
  ])('%s: %s', (file, text, said) => expect(strays(file, text)).toEqual([said]))

  test('a table with a circle', () => expect(upside({ a: ['b'], b: ['a'] })).toEqual(['a -> b']))

  test('a page that carries the desk along, by a way round', () => {
    const pages: Record<string, string> = { 'visitor/main.tsx': `import '../ui/a'`, 'ui/a': `import { b } from '../desk/b'`, 'desk/b': '' }
    expect(carried('visitor/main.tsx', file => pages[file] ?? '', path => path).filter(file => STAFFS.test(file))).toEqual(['desk/b'])
  })

  test('and pass', () => expect(strays('net/a.ts', `import '../wire/ack'\nimport './b'`)).toEqual([]))
})
