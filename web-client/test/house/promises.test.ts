import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

/** Each promise of SECURITY.md names the tests that hold it: `[file](path) “name”`, the name as it stands in the file. */
const checkout = join(import.meta.dirname, '../../..')

const rows = (text: string): string[] => (/^## Promises\n([\s\S]*?)^## /m.exec(text)?.[1] ?? '').split('\n').filter(line => line.startsWith('| ') && !line.startsWith('| promise'))

const plain = (text: string): string => text.replace(/\\(['"`])/g, '$1')

/** What is wrong with one row; empty when each test it names is there. */
function wrong(row: string, read: (path: string) => string | undefined): string[] {
  const links = [...row.matchAll(/\[[^\]]+\]\(([^)]+)\)((?: “[^”]+”(?:,)?)+)/g)]
  if (links.length === 0) return [`names no test: ${row}`]
  return links.flatMap(([, path = '', names = '']) => {
    const text = read(path)
    if (text === undefined) return [`there is no ${path}`]
    return [...names.matchAll(/“([^”]+)”/g)].map(([, name = '']) => name).filter(name => !plain(text).includes(name)).map(name => `${path} has no “${name}”`)
  })
}

const read = (path: string): string | undefined => (existsSync(join(checkout, path)) ? readFileSync(join(checkout, path), 'utf8') : undefined)
const promises = rows(read('SECURITY.md') ?? '')

test('there are promises', () => expect(promises.length).toBeGreaterThan(20))

describe('a promise of SECURITY.md is held by a test that exists', () => {
  test.each(promises.map(row => [row.split('|')[1]?.trim(), row]))('%s', (_, row = '') => expect(wrong(row, read)).toEqual([]))
})

describe('this rule can fail', () => {
  const files = (path: string) => (path === 'a.ts' ? "test('one')" : undefined)
  test.each([
    ['| p | nothing |', 'names no test: | p | nothing |'],
    ['| p | [a](a.ts) “two” |', 'a.ts has no “two”'],
    ['| p | [b](b.ts) “one” |', 'there is no b.ts'],
  ])('%s', (row, said) => expect(wrong(row, files)).toEqual([said]))
  test('and pass', () => expect(wrong('| p | [a](a.ts) “one” |', files)).toEqual([]))
})
