import { describe, expect, test } from 'vitest'
import { fill } from '../src/poly'

// Bare objects stand for the prototypes of an old engine, so that the polyfill is seen working in one that needs none.
const array = {} as { at(i: number): unknown }
const view = {} as Pick<DataView, 'getBigUint64' | 'setBigUint64'>
fill(array, {}, view)

describe('in an engine without it', () => {
  test('at() counts from the end for negative indices, as the native one does', () => {
    const list = [1, 2, 3]
    for (const i of [-4, -3, -1, 0, 2, 3, 1.7, NaN]) expect(array.at.call(list, i)).toBe(list.at(i))
  })

  test.each([false, true])('64-bit numbers are written and read as natively (little-endian: %s)', little => {
    const ours = new DataView(new ArrayBuffer(16))
    const native = new DataView(new ArrayBuffer(16))
    for (const value of [0n, 1n, 0x0123456789abcdefn, 0xffffffffffffffffn]) {
      view.setBigUint64.call(ours, 3, value, little)
      native.setBigUint64(3, value, little)
      expect(new Uint8Array(ours.buffer)).toEqual(new Uint8Array(native.buffer))
      expect(view.getBigUint64.call(ours, 3, little)).toBe(value)
    }
  })
})

test('an engine that has it keeps its own', () => {
  const own = Array.prototype.at
  fill(Array.prototype, {}, {})
  expect(Array.prototype.at).toBe(own)
})
