import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const script = join(import.meta.dirname, '../../scripts/house.mjs')
const { tooLong } = await import(script) as { tooLong: (path: string, text: string) => string[] }

const plain = (lines: number) => `function f() {\n${'  ;\n'.repeat(lines - 2)}}\n`
const component = (lines: number) => `const F = () => {\n${'  ;\n'.repeat(lines - 3)}  return <p/>\n}\n`

test('a function of 40 lines passes, one of 41 does not', () => {
  expect(tooLong('a.ts', plain(40))).toEqual([])
  expect(tooLong('a.ts', plain(41))).toEqual(['a.ts: f (line 1) has 41 lines, allowed: 40'])
})

test('a component of 60 lines passes, one of 61 does not', () => {
  expect(tooLong('a.tsx', component(60))).toEqual([])
  expect(tooLong('a.tsx', component(61))).toEqual(['a.tsx: F (line 1) has 61 lines, allowed: 60'])
})

test('a file of 400 lines passes, one of 401 does not', () => {
  expect(tooLong('a.ts', '\n'.repeat(400))).toEqual([])
  expect(tooLong('a.ts', '\n'.repeat(401))).toEqual(['a.ts has 401 lines'])
})

test('nothing in this half is too long', () => {
  console.log(execFileSync(process.execPath, [script], { encoding: 'utf8' }).trim())
})
