import { describe, expect, test, vi } from 'vitest'
import { hex, utf8, EMPTY, type Bytes } from '../../../src/crypto/bytes'
import { decryptAead, encryptAead, hpkeExport, hpkeImport, hpkeOpen, hpkeSeal, keySchedule } from '../../../src/crypto/suite/hpke'
import { decapsulate, deriveKeyPair, encapsulate } from '../../../src/crypto/suite/kem'
import { publicKeyOf } from '../../../src/crypto/suite/keys'
import { unhex } from '../../support/wire'

// RFC 9180 A.3.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode.
const rfc = {
  info: '4f6465206f6e2061204772656369616e2055726e',
  ikmE: '4270e54ffd08d79d5928020af4686d8f6b7d35dbe470265f1f5aa22816ce860e',
  pkEm: '04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4',
  skEm: '4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb',
  ikmR: '668b37171f1072f3cf12ea8a236a45df23fc13b82af3609ad1e354f6ef817550',
  pkRm: '04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0',
  skRm: 'f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2',
  shared: 'c0d26aeab536609a572b07695d933b589dcf363ff9d93c93adea537aeabb8cb8',
  key: '868c066ef58aae6dc589b6cfdd18f97e',
  nonce: '4e0bc5018beba4bf004cca59',
  pt: '4265617574792069732074727574682c20747275746820626561757479',
  aad: '436f756e742d30',
  ct: '5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434',
  exported: '5e9bc3d236e1911d95e65b576a8a86d478fb827e8bdfe77b741b289890490d4d',
}

describe('RFC 9180 A.3.1', () => {
  test('DeriveKeyPair', async () => {
    for (const [ikm, sk, pk] of [[rfc.ikmE, rfc.skEm, rfc.pkEm], [rfc.ikmR, rfc.skRm, rfc.pkRm]] as const) {
      const pair = await deriveKeyPair(unhex(ikm))
      expect([hex(pair.scalar), hex(pair.publicKey)]).toEqual([sk, pk])
      expect(hex(await publicKeyOf(unhex(sk)))).toBe(pk)
    }
  })

  test('Encap, key schedule, Seal, Export', async () => {
    const { enc, secret } = await encapsulate(unhex(rfc.pkRm), await deriveKeyPair(unhex(rfc.ikmE)))
    expect([hex(enc), hex(secret)]).toEqual([rfc.pkEm, rfc.shared])
    const { key, nonce, exportSecret } = await keySchedule(secret, unhex(rfc.info))
    expect([hex(key), hex(nonce)]).toEqual([rfc.key, rfc.nonce])
    expect(hex(await encryptAead(key, nonce, unhex(rfc.aad), unhex(rfc.pt)))).toBe(rfc.ct)
    expect(hex(await exportSecret(EMPTY, 32))).toBe(rfc.exported)
  })

  test('Decap and Open', async () => {
    const key = await deriveKeyPair(unhex(rfc.ikmR))
    expect(hex(await decapsulate(key, unhex(rfc.pkEm)))).toBe(rfc.shared)
    expect(hex(await hpkeOpen(key, unhex(rfc.pkEm), unhex(rfc.ct), unhex(rfc.info), unhex(rfc.aad)))).toBe(rfc.pt)
  })
})

describe('DeriveKeyPair', () => {
  const bad = [new Uint8Array(32), unhex('ff'.repeat(32)), unhex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')]
  const good = unhex(rfc.skEm)

  test('passes over candidates that are no scalar', async () => {
    const candidate = vi.fn(async (_: Bytes, counter: number) => bad[counter] ?? good)
    const pair = await deriveKeyPair(EMPTY, candidate)
    expect([hex(pair.scalar), hex(pair.publicKey)]).toEqual([rfc.skEm, rfc.pkEm])
    expect(candidate).toHaveBeenCalledTimes(4)
  })

  test('gives up after 256 of them', async () => {
    const candidate = vi.fn(async () => new Uint8Array(32))
    await expect(deriveKeyPair(EMPTY, candidate)).rejects.toMatchObject({ code: 'malformed' })
    expect(candidate).toHaveBeenCalledTimes(256)
  })
})

test('what is sealed opens, what is exported is imported', async () => {
  const key = await deriveKeyPair(utf8('reader'))
  const { enc, ct } = await hpkeSeal(key.publicKey, utf8('x'), utf8('info'), utf8('aad'))
  expect(await hpkeOpen(key, enc, ct, utf8('info'), utf8('aad'))).toEqual(utf8('x'))
  const { enc: other, secret } = await hpkeExport(key.publicKey, utf8('context'), 40, EMPTY)
  expect(await hpkeImport(key, utf8('context'), other, 40, EMPTY)).toEqual(secret)
  await expect(decryptAead(new Uint8Array(16), new Uint8Array(12), EMPTY, ct)).rejects.toMatchObject({ code: 'unreadable' })
})
