import { describe, expect, test } from 'vitest'
import { code, faultsIn, files, FORBIDDEN, read, UNSTYLISH } from '../../test/support/source'

const HTML = read('desk.html')

describe('D21: the rules of the visitor\'s page hold for the staff\'s scripts', () => {
  test.each(['src/desk', 'src/staff'].flatMap(folder => files(folder, /\.tsx?$/)))('V4 V5 V8 V37 V40 %s', file => expect(faultsIn(FORBIDDEN, code(file))).toEqual([]))
})

describe('V48 the staff\'s stylesheet', () => {
  test.each(files('src/desk', /\.css$/))('%s follows the direction of writing, moves nothing and loads nothing', file => expect(faultsIn(UNSTYLISH, code(file))).toEqual([]))
})

describe('the staff\'s document before any script', () => {
  test('D21 V8 has a neutral title, and no icon, manifest or preview', () => {
    expect(/<title>(.*)<\/title>/.exec(HTML)?.[1]).toBe('Werkplek')
    expect(HTML).toContain('<link rel="icon" href="data:,">')
    expect(HTML).not.toMatch(/rel="manifest"|og:|twitter:|apple-|name="description"/)
  })
  test('V7 V12 is not given to a translating browser, nor its address to another site', () => {
    expect(HTML).toContain('<meta name="google" content="notranslate">')
    expect(HTML).toContain('<meta name="referrer" content="no-referrer">')
  })
  test('has no inline script or style, which the policy forbids', () => expect(HTML).not.toMatch(/<style|style="|\son\w+="|<script(?![^>]*\ssrc=)/))
})
