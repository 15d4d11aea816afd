import { describe, expect, test } from 'vitest'
import { code, faultsIn, files, FORBIDDEN, read, UNSTYLISH } from '../../test/support/source'

const HTML = read('console.html')

describe('D21: the rules of the visitor\'s page hold for the coordinator\'s scripts', () => {
  test.each(files('src/console', /\.tsx?$/))('V4 V5 V8 V37 V40 %s', file => expect(faultsIn(FORBIDDEN, code(file))).toEqual([]))
})

describe('V48 the stylesheets of the coordinator, and of all staff', () => {
  test.each(['src/console', 'src/staff'].flatMap(folder => files(folder, /\.css$/)))('%s follows the direction of writing, moves nothing and loads nothing', file => expect(faultsIn(UNSTYLISH, code(file))).toEqual([]))
})

describe('the coordinator\'s document before any script', () => {
  test('D21 V8 is the desk\'s but for its script: the same neutral title, no icon, manifest or preview', () => {
    expect(HTML.replace('/src/console/', '/src/desk/')).toBe(read('desk.html'))
  })
})
