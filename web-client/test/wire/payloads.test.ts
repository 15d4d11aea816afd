import { describe, expect, test } from 'vitest'
import { hex } from '../../src/crypto/bytes'
import { decodePayload, encodePayload, type Payload } from '../../src/crypto/session'
import { readVectors, unhex } from '../support/wire'

type Vector = Omit<Payload, 'id' | 'body'> & { name: string; id: string; body: string; bytes: string }
const vectors = readVectors('payloads.json') as { payloads: Vector[]; malformed: { name: string; bytes: string }[] }

describe('the published payloads', () => {
  test.each(vectors.payloads)('$name', ({ name: _, bytes, ...v }) => {
    const payload = { ...v, id: unhex(v.id), body: unhex(v.body) }
    expect(hex(encodePayload(payload))).toBe(bytes)
    expect(decodePayload(unhex(bytes))).toEqual(payload)
  })

  test.each(vectors.malformed)('$name is malformed', ({ bytes }) =>
    expect(() => decodePayload(unhex(bytes))).toThrow(expect.objectContaining({ code: 'malformed' })))
})
