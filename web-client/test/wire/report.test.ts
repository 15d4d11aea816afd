import { describe, expect, test } from 'vitest'
import { toBase64Url } from '../../src/crypto/bytes'
import { fromVisitor } from '../../src/wire/from-visitor'
import { toVisitor } from '../../src/wire/to-visitor'

const b64 = (length: number): string => toBase64Url(new Uint8Array(length).fill(1))
const id = b64(16)
const to = { to: b64(32), box: b64(82) }
const item = { statement: b64(300), box: b64(8_192) }

describe('what she asks and says', () => {
  const report = { t: 'report', n: 2, conversation: id, report: id, boxes: [to, { ...to, box: b64(8_192) }] }
  test.each([
    { t: 'coordinators', n: 1 }, { t: 'answers', n: 3, conversation: id, report: id }, report, { ...report, boxes: [to] },
  ])('is read: $t', frame => expect(fromVisitor(frame)).toBeDefined())

  // seen failing: `boxes` read by `list` alone.
  test.each([
    ['no box', []], ['three boxes', [to, to, to]], ['a box of 81 bytes', [{ ...to, box: b64(81) }]], ['a box of 8,193 bytes', [{ ...to, box: b64(8_193) }]],
    ['a hash of 31 bytes', [{ ...to, to: b64(31) }]], ['something more in a box', [{ ...to, text: 'x' }]],
  ])('is malformed with %s', (_, boxes) => expect(fromVisitor({ ...report, boxes })).toBeUndefined())
  test('is malformed with anything more', () => expect(fromVisitor({ ...report, lines: [] })).toBeUndefined())
})

describe('what she is answered', () => {
  const told = { t: 'coordinators', n: 1, roster: b64(400), revocations: [b64(90)], statements: [b64(300), b64(300)] }
  test.each([told, { ...told, roster: null, revocations: [], statements: [] }, { t: 'reported', n: 2 }, { t: 'answers', n: 3, items: [] }, { t: 'answers', n: 3, items: [item, item] }])(
    'is read: $t', frame => expect(toVisitor(frame)).toBeDefined())

  // seen failing: the same.
  test.each<[string, object]>([
    ['five statements', { ...told, statements: Array.from({ length: 5 }, () => b64(300)) }], ['a roster that is a number', { ...told, roster: 1 }], ['no statements', { t: 'coordinators', n: 1, roster: null, revocations: [] }],
    ['three answers', { t: 'answers', n: 3, items: [item, item, item] }], ['something more in an answer', { t: 'answers', n: 3, items: [{ ...item, from: 'Sam' }] }], ['something more', { t: 'reported', n: 2, at: 1 }],
  ])('is malformed with %s', (_, frame) => expect(toVisitor(frame)).toBeUndefined())
})
