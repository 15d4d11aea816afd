import { test } from 'vitest'
import { concat, random, utf8, type Bytes } from '../../src/crypto/bytes'
import { decodePayload, encodePayload, type Payload } from '../../src/crypto/session'
import { writeVectors } from '../support/wire'

// Makes payloads.json anew: `npm run vectors`.
const payload = (part: Partial<Payload>): Payload =>
  ({ id: random(16), counter: 1, seen: [], kind: 'text', part: { i: 0, n: 1 }, body: utf8('hoi'), ...part })

const good: Record<string, Payload> = {
  'a short text': payload({}),
  'Arabic, with what was seen': payload({ counter: 12, body: utf8('أنا بخير الآن'), seen: [{ leaf: 1, counter: 11 }] }),
  'the second of three parts': payload({ counter: 2, part: { i: 1, n: 3 }, body: utf8('😀'.repeat(900)) }),
  'an acknowledgement by a third member': payload({ kind: 'ack', body: utf8(''), seen: [{ leaf: 0, counter: 4_294_967_295 }, { leaf: 1, counter: 9 }] }),
  'a greeting that names roster 7 and its hash': payload({ kind: 'hello', body: concat(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 7), Uint8Array.from({ length: 32 }, (_, i) => 0x40 + i)) }),
  'a tap': payload({ kind: 'tap', body: Uint8Array.of(1) }),
  'a phrase': payload({ kind: 'phrase', body: Uint8Array.of(2) }),
  'a farewell': payload({ kind: 'bye', body: utf8('') }),
  'a body that just fits 256': payload({ body: utf8('x'.repeat(229)) }),
  'a body that just does not': payload({ body: utf8('x'.repeat(230)) }),
}

function changed(at: number, value: number): Bytes {
  const bytes = encodePayload(payload({}))
  bytes[at] = value
  return bytes
}

const bad: Record<string, Bytes> = {
  'version 2': changed(0, 2), 'kind 0': changed(21, 0), 'part 1 of 1': changed(22, 1), 'counter 0': changed(20, 0),
  'a body that runs out': changed(25, 255), 'padding that says something': changed(255, 1), '255 bytes': encodePayload(payload({})).slice(0, 255),
  '257 bytes': concat(encodePayload(payload({})), Uint8Array.of(0)),
}

test('payloads.json', () => {
  for (const bytes of Object.values(bad)) {
    let accepted = true
    try { decodePayload(bytes) } catch { accepted = false }
    if (accepted) throw new Error('a malformed payload is read')
  }
  writeVectors('payloads.json', {
    about: 'docs/formats.md 7. Bytes in hexadecimal.',
    payloads: Object.entries(good).map(([name, p]) => ({ name, ...p, bytes: encodePayload(p) })),
    malformed: Object.entries(bad).map(([name, bytes]) => ({ name, bytes })),
  })
})
