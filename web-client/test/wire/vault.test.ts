import { createDecipheriv, createHash, hkdfSync, pbkdf2Sync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hex, sha256, utf8 } from '../../src/crypto/bytes'
import { decodeKeyring, decodeKeys, encodeKeyring, encodeKeys, openItem, openKeyring, openLines, prfSalt, SecretKey, type SeenRevoked } from '../../src/crypto/vault'
import { readVectors, unhex } from '../support/wire'

type Hex = string
interface ItemVector { item: string; counter: number; body: Hex; lines: number; chain: Hex; sealed: Hex; lineBodies: Hex[]; sealedLines: Hex[] }
interface Vectors { person: string; words: string; iterations: number; credential: Hex; prf: Hex; key: Hex; keyring: Hex; items: ItemVector[] }
const vectors = readVectors('vault.json') as Vectors
const { person, words, key } = vectors

/** The published layouts once more, by another library and without a line of ours. */
const buffer = (text: Hex) => Buffer.from(text, 'hex')
const number = (value: number, bytes: number) => { const out = Buffer.alloc(bytes); out.writeUIntBE(value, Math.max(0, bytes - 6), Math.min(6, bytes)); return out }
const sized = (text: string) => Buffer.concat([number(Buffer.byteLength(text), 1), Buffer.from(text)])
function gcm(secret: Uint8Array, sealed: Buffer, aad: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', secret, sealed.subarray(0, 12)).setAAD(aad).setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
}
const wrapKey = (secret: Uint8Array, salt: Uint8Array) => new Uint8Array(hkdfSync('sha256', secret, salt, 'naast/vault-wrap/v1\0', 32))

describe('the keyring', () => {
  const bytes = buffer(vectors.keyring)
  test('reads and writes to the same bytes, and opens by both', async () => {
    expect(hex(encodeKeyring(decodeKeyring(bytes)))).toBe(vectors.keyring)
    for (const by of [{ words }, { credential: unhex(vectors.credential), prf: unhex(vectors.prf) }]) {
      const opened = await openKeyring(decodeKeyring(bytes), person, by)
      expect(hex(await opened.open(await SecretKey.owning(unhex(key)).seal(utf8('x'), utf8('')), utf8('')))).toBe('78')
    }
  })

  test('is what docs/formats.md says', () => {
    const head = 'naast/keyring/v1\0'
    expect(bytes.subarray(0, 17).toString()).toBe(head)
    const [salt, iterations, sealed] = [bytes.subarray(17, 49), bytes.readUInt32BE(49), bytes.subarray(53, 113)]
    const place = (kind: number, ...more: Buffer[]) => Buffer.concat([Buffer.from(head), sized(person), number(kind, 1), ...more])
    expect(gcm(wrapKey(pbkdf2Sync(words, salt, iterations, 32, 'sha256'), salt), sealed, place(1, salt, number(iterations, 4))).toString('hex')).toBe(key)
    const credential = bytes.subarray(116, 116 + bytes.readUInt16BE(114))
    const [prfSalted, prfSealed] = [bytes.subarray(136, 168), bytes.subarray(168)]
    expect(gcm(wrapKey(buffer(vectors.prf), prfSalted), prfSealed, place(2, number(credential.length, 2), credential, prfSalted)).toString('hex')).toBe(key)
  })

  test('passkeys are asked for one fixed value', async () => {
    expect(hex(await prfSalt())).toBe(createHash('sha256').update('naast vault prf v1').digest('hex'))
  })
})

describe.each(vectors.items)('the item $item', v => {
  test('opens, with its lines', async () => {
    const item = await openItem(SecretKey.owning(unhex(key)), { person, item: v.item }, unhex(v.sealed))
    expect({ ...item, body: hex(item.body), chain: hex(item.chain) }).toEqual({ counter: v.counter, body: v.body, lines: v.lines, chain: v.chain })
    expect((await openLines(SecretKey.owning(unhex(key)), { person, item: v.item }, item, v.sealedLines.map(unhex))).map(hex)).toEqual(v.lineBodies)
  })

  test('is what docs/formats.md says', async () => {
    const place = (name: string, n: number) => Buffer.concat([Buffer.from(name), sized(person), sized(v.item), number(n, 8)])
    const sealed = buffer(v.sealed)
    const plain = gcm(buffer(key), sealed.subarray(9), place('naast/vault/v1\0', v.counter))
    const body = buffer(v.body)
    const wanted = Buffer.concat([number(v.lines, 8), buffer(v.chain), number(body.length, 4), body])
    expect([sealed[0], Number(sealed.readBigUInt64BE(1)), plain.subarray(0, wanted.length).equals(wanted), plain.subarray(wanted.length).every(byte => byte === 0)]).toEqual([1, v.counter, true, true])
    let chain = new Uint8Array(32)
    for (const [i, line] of v.sealedLines.map(buffer).entries()) {
      chain = await sha256(new Uint8Array([...chain, ...createHash('sha256').update(line).digest()]))
      const [said, told] = [buffer(v.lineBodies[i] ?? ''), gcm(buffer(key), line.subarray(9), place('naast/vault-line/v1\0', i + 1))]
      expect(told.subarray(0, 4 + said.length).equals(Buffer.concat([number(said.length, 4), said]))).toBe(true)
    }
    expect(hex(chain)).toBe(v.chain)
  })
})

test('keys read and write to the same bytes', () => {
  const body = vectors.items.find(one => one.item === 'keys')?.body ?? ''
  expect(hex(encodeKeys(decodeKeys(unhex(body))))).toBe(body)
  // As docs/formats.md says it: the last 49 bytes are the roster that was seen; without them none was.
  const { seen, ...keys } = decodeKeys(unhex(body))
  expect(`01${'102'.padStart(16, '0')}${hex(seen?.hash ?? utf8(''))}${(seen?.until ?? 0).toString(16).padStart(16, '0')}`).toBe(body.slice(-98))
  // And behind it, where somebody was revoked: 2, how many, each with its end, ascending.
  const [one, other] = [1, 2].map(n => ({ hash: new Uint8Array(32).fill(n), until: 1_800_000_000 + n })) as [SeenRevoked, SeenRevoked]
  const gone = `020002${'01'.repeat(32)}000000006b49d201${'02'.repeat(32)}000000006b49d202`
  expect([hex(encodeKeys({ ...keys, revoked: [one, other] })), hex(encodeKeys({ ...decodeKeys(unhex(body)), revoked: [one, other] }))]).toEqual([body.slice(0, -98) + gone, body + gone])
  expect(decodeKeys(unhex(body + gone)).revoked).toEqual([one, other])
  for (const bad of ['00', '01', '020000', '03', gone.slice(0, -2), `${gone}00`, hex(encodeKeys({ revoked: [other, one] })).slice(-gone.length)]) expect(() => decodeKeys(unhex(body + bad))).toThrow('malformed')
  expect([hex(encodeKeys(keys)), decodeKeys(unhex(body.slice(0, -98))).seen]).toEqual([body.slice(0, -98), undefined])
})
