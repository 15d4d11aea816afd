import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { EMPTY, random, toBase64Url, utf8, zero, type Bytes } from '../../src/crypto/bytes'
import { encodeKeyring, decodeKeyring, type Papers } from '../../src/crypto/vault'
import { generateKey, saveKey } from '../../src/crypto/suite/keys'
import { VaultError as DeskVaultError } from '../../src/conversation/desk-vault'
import { keptIn } from '../../src/desk/kept'
import { StaffVault } from '../../src/staff/vault'
import type { Id } from '../../src/wire/read'
import { VaultServer } from '../support/vault-server'

const WORDS = 'appel boom citroen dadel eik fiets gras'
const byPasskey = { credential: random(16), prf: random(32) }
const TALK = 'AAECAwQFBgcICQoLDA0ODw' as Id
const OTHER = 'BBECAwQFBgcICQoLDA0ODw' as Id
let made: VaultServer
let server: VaultServer
let pauses: number[]

const proof = (): string => {
  const made = toBase64Url(random(16))
  server.proofs.add(made)
  return made
}
const vaultOf = (routes = server, person = 'noor'): StaffVault => new StaffVault(routes, person, { id: () => toBase64Url(random(16)), pause: async ms => { pauses.push(ms); await new Promise(done => setTimeout(done, 0)) } })
/** One more browser of hers. */
async function opened(): Promise<StaffVault> {
  const vault = vaultOf()
  expect(await vault.open(byPasskey)).toBe('open')
  return vault
}
const code = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (error: { code?: string }) => error.code ?? String(error))
async function papers(): Promise<Papers> {
  const [sign, box] = [await generateKey('ECDSA'), await generateKey('ECDH')]
  return { signatureKey: { signKey: saveKey(sign), publicKey: sign.publicKey }, box, unsigned: random(300) }
}
const texts = (lines: readonly Bytes[] = []): string[] => lines.map(line => new TextDecoder().decode(line))

beforeAll(async () => {
  pauses = []
  made = new VaultServer()
  const vault = vaultOf(made)
  expect(await vault.open()).toBe('none')
  vault.prepare(WORDS)
  expect(await vault.keep(byPasskey)).toBe(true)
})
beforeEach(() => {
  server = new VaultServer()
  server.becomes(made.copy())
  pauses = []
})

describe('opening', () => {
  test('by words and by passkey; the passkeys it knows are told', async () => {
    const vault = vaultOf()
    expect(await vault.open()).toBe('closed')
    expect(vault.passkeys).toEqual([toBase64Url(byPasskey.credential)])
    expect(await vault.open({ words: WORDS })).toBe('open')
    expect((await opened()).isOpen).toBe(true)
  })

  test('wrong words, another passkey, another person: closed', async () => {
    expect(await vaultOf().open({ words: `${WORDS}x` }, { credential: byPasskey.credential, prf: random(32) })).toBe('closed')
    expect(await vaultOf(server, 'sam').open(byPasskey)).toBe('closed')
  })

  test('the first opener that fits is taken', async () => expect(await vaultOf().open({ credential: EMPTY, prf: random(32) }, byPasskey)).toBe('open'))

  test('items without a keyring are no vault: no new one is made over them', async () => {
    server.rows.delete('keyring')
    server.rows.set('keys', { version: 1, write: '', body: random(300), lines: [] })
    expect(await code(vaultOf().open(byPasskey))).toBe('broken')
  })

  test('a keyring with lowered iterations is refused before anything is tried', async () => {
    const row = server.rows.get('keyring')
    const keyring = decodeKeyring(row?.body ?? EMPTY)
    if (row) row.body = encodeKeyring({ ...keyring, words: { ...keyring.words, iterations: 1_000 } })
    expect(await code(vaultOf().open(byPasskey))).toBe('malformed')
  })

  test('keys that were changed are refused, and it stays closed', async () => {
    await (await opened()).savePapers(await papers())
    server.rows.get('keys')?.body.fill(0, 40, 41)
    const vault = vaultOf()
    expect(await code(vault.open(byPasskey))).toBe('unreadable')
    expect(vault.isOpen).toBe(false)
  })

  // seen failing: without the turn in open()
  test('locked in the middle of it, it stays closed', async () => {
    const vault = vaultOf()
    const opening = vault.open(byPasskey)
    vault.close()
    expect(await opening).toBe('closed')
    expect(vault.isOpen).toBe(false)
  })
})

describe('a new one', () => {
  beforeEach(() => server.rows.clear())

  test('is asked for again after an answer that was lost, and is one', async () => {
    const vault = vaultOf()
    vault.prepare(WORDS)
    server.faults.push({ code: 'unreachable', done: true })
    expect(await code(vault.keep())).toBe('unreachable')
    expect(await vault.keep()).toBe(true)
    expect(vault.isOpen).toBe(true)
    expect(server.rows.get('keyring')?.version).toBe(1)
  })

  test('made in two browsers at once, the second learns of the first', async () => {
    const [one, two] = [vaultOf(), vaultOf()]
    one.prepare(WORDS)
    two.prepare(WORDS)
    expect([await one.keep(byPasskey), await two.keep()]).toEqual([true, false])
    expect(two.isOpen).toBe(false)
    expect(await two.open(byPasskey)).toBe('open')
  })
})

describe('passkeys', () => {
  test('one more opens it from now on; removed it does not', async () => {
    const vault = await opened()
    const second = { credential: random(16), prf: random(32) }
    await vault.addPasskey(second, proof())
    expect(await vaultOf().open(second)).toBe('open')
    await vault.removePasskey(toBase64Url(second.credential), proof())
    expect(await vaultOf().open(second)).toBe('closed')
    expect(await vaultOf().open(byPasskey)).toBe('open')
  })

  test('without a proof that it is she, or with one that was used, what opens it stays as it is', async () => {
    const vault = await opened()
    const [second, used] = [{ credential: random(16), prf: random(32) }, proof()]
    await vault.addPasskey({ credential: random(16), prf: random(32) }, used)
    for (const none of ['', used]) await expect(vault.addPasskey(second, none)).rejects.toThrow('not-allowed')
    expect(await vaultOf().open(second)).toBe('closed')
    expect(await vaultOf().open(byPasskey)).toBe('open')
  })

  // seen failing: without the reading anew in changeKeyring()
  test('added in two browsers, one after the other, both are there', async () => {
    const [one, two] = [await opened(), await opened()]
    const secrets = [1, 2].map(() => ({ credential: random(16), prf: random(32) }))
    await one.addPasskey(secrets[0] as typeof byPasskey, proof())
    await two.addPasskey(secrets[1] as typeof byPasskey, proof())
    for (const secret of secrets) expect(await vaultOf().open(secret)).toBe('open')
  })
})

describe('keys', () => {
  test('come back at the next opening; what is given out and taken in are copies', async () => {
    const vault = await opened()
    const mine = await papers()
    const before = structuredClone(mine)
    await vault.savePapers(mine)
    zero(mine.signatureKey.signKey, mine.box.scalar)
    const out = vault.papers()
    expect(out).toEqual(before)
    zero(out?.box.scalar ?? EMPTY)
    expect(vault.papers()).toEqual(before)
    expect((await opened()).papers()).toEqual(before)
  })

  // seen failing: `lost` not caught in changeKeys()
  test('what a desk and a console write at the same time is all there', async () => {
    const [desk, board] = [await opened(), await opened()]
    const [expert, coordinator] = [await papers(), await papers()]
    await desk.savePapers(expert)
    await board.saveSigner({ key: await generateKey('ECDSA'), name: 'Noor' })
    await Promise.all([desk.savePapers(coordinator, 'coordinator'), board.saveSigner({ key: await generateKey('ECDSA'), name: 'Noor de Wit' })])
    const third = await opened()
    expect([third.papers(), third.papers('coordinator'), third.signer()?.name]).toEqual([expert, coordinator, 'Noor de Wit'])
  })

  // seen failing: close() without zeroKeys()
  test('leave the memory with the lock: every array that held one is overwritten', async () => {
    const vault = await opened()
    await vault.savePapers(await papers())
    await vault.savePapers(await papers())
    const { held } = vault as unknown as { held: { expert?: Papers }[] }
    const halves = held.flatMap(({ expert }) => (expert ? [expert.signatureKey.signKey, expert.box.scalar] : []))
    expect(halves.length).toBeGreaterThanOrEqual(4)
    vault.close()
    expect(halves.every(half => half.every(byte => byte === 0))).toBe(true)
    expect([vault.papers(), vault.isOpen]).toEqual([undefined, false])
    expect(await code(vault.savePapers(await papers()))).toBe('closed')
  })
})

describe('conversations', () => {
  test('come back with all their lines, in order, over several pages', async () => {
    const vault = await opened()
    const lines = Array.from({ length: 130 }, (_, i) => utf8(`regel ${i}`))
    await vault.save(TALK, utf8('een'), lines.slice(0, 120))
    await vault.save(TALK, utf8('twee'), lines.slice(120))
    const [kept, ...more] = await (await opened()).talks()
    expect([more.length, kept?.claim, texts([kept?.state ?? EMPTY]), texts(kept?.lines)]).toEqual([0, TALK, ['twee'], texts(lines)])
    await vault.drop(TALK)
    expect(await vault.talks()).toEqual([])
  })

  test('nothing of them lies there readable, and no length of a line', async () => {
    const vault = await opened()
    await vault.save(TALK, utf8('kanarie-77aa'), [utf8('kanarie-77aa'), utf8('ja')])
    const row = server.rows.get(TALK)
    expect(Buffer.from(row?.body ?? EMPTY).includes('kanarie')).toBe(false)
    expect(row?.lines.map(line => line.body.length)).toEqual([256 + 41, 256 + 41])
  })

  // seen failing: `not-now` retried like what passes
  test('another desk wrote: lost, and from then on at once', async () => {
    const [one, two] = [await opened(), await opened()]
    await one.save(TALK, utf8('een'), [])
    await two.talks()
    await two.save(TALK, utf8('twee'), [])
    expect(await code(one.save(TALK, utf8('drie'), []))).toBe('lost')
    const asked = server.asked.length
    expect(await code(one.save(TALK, utf8('vier'), []))).toBe('lost')
    expect(server.asked.length).toBe(asked)
    expect(await code(two.save(TALK, utf8('vijf'), []))).toBe('done')
    expect(await code(keptIn(one, 'expert').save(TALK, utf8('zes'), []))).toBe('lost')
    await expect(keptIn(one, 'expert').save(TALK, utf8('zes'), [])).rejects.toBeInstanceOf(DeskVaultError)
  })

  // seen failing: another write id at each try
  test('what passes is asked again with the same write, and is written once', async () => {
    const vault = await opened()
    server.faults.push({ code: 'unreachable', done: true }, { code: 'busy' }, { code: 'too-fast' })
    await vault.save(TALK, utf8('een'), [utf8('hoi')])
    expect(pauses).toEqual([500, 1_000, 2_000])
    expect(server.rows.get(TALK)?.lines.length).toBe(1)
    await vault.save(TALK, utf8('twee'), [])
    expect(server.rows.get(TALK)?.version).toBe(2)
  })

  test('asked at once they are written one after the other', async () => {
    const vault = await opened()
    await Promise.all(['a', 'b', 'c'].map(line => vault.save(TALK, utf8(line), [utf8(line)])))
    const [kept] = await vault.talks()
    expect([texts(kept?.lines), texts([kept?.state ?? EMPTY])]).toEqual([['a', 'b', 'c'], ['c']])
  })

  // seen failing: the check of `closed` in patiently()
  test('a lock ends what is being asked again and again', async () => {
    const vault = await opened()
    server.faults.push(...Array.from({ length: 50 }, () => ({ code: 'unreachable' })))
    const saving = code(vault.save(TALK, utf8('een'), []))
    await new Promise(done => setTimeout(done, 5))
    vault.close()
    expect(await saving).toBe('closed')
    expect(await code(keptIn(vault, 'expert').save(TALK, utf8('een'), []))).toBe('unreachable')
  })

  test('what is refused for good is not asked again', async () => {
    const vault = await opened()
    server.faults.push({ code: 'not-signed-in' })
    expect(await code(vault.save(TALK, utf8('een'), []))).toBe('not-signed-in')
    expect(pauses).toEqual([])
  })
})

describe('a server that lies', () => {
  // seen failing: note() of the witness left out of Shelf.open()
  test('a rolled-back counter in one opening: that conversation is not handed out', async () => {
    const vault = await opened()
    await vault.save(TALK, utf8('een'), [])
    const older = server.copy()
    await vault.save(TALK, utf8('twee'), [])
    await vault.save(OTHER, utf8('ander'), [])
    const row = older.get(TALK)
    if (row) server.rows.set(TALK, { ...row })
    expect((await vault.talks()).map(talk => talk.claim)).toEqual([OTHER])
    vault.close()
    expect(await vault.open(byPasskey)).toBe('open')
    expect((await vault.talks()).map(talk => talk.claim)).toEqual([OTHER])
  })

  test('keys rolled back between two unlocks: refused', async () => {
    const vault = await opened()
    await vault.savePapers(await papers())
    const older = server.copy()
    await vault.savePapers(await papers())
    vault.close()
    server.becomes(older)
    expect(await code(vault.open(byPasskey))).toBe('stale')
  })

  // seen failing: without `missing` in `readKeys`: the vault opened with no keys
  test('keys that are not among the answers, though they were seen: refused, not taken for a vault without any', async () => {
    const vault = await opened()
    await vault.savePapers(await papers())
    vault.close()
    server.rows.delete('keys')
    expect(await code(vault.open(byPasskey))).toBe('stale')
  })

  test('swapped items, one conversation under another\'s name: neither is handed out', async () => {
    const vault = await opened()
    await vault.save(TALK, utf8('een'), [])
    await vault.save(OTHER, utf8('ander'), [])
    const [one, two] = [server.rows.get(TALK), server.rows.get(OTHER)]
    if (one && two) [one.body, two.body] = [two.body, one.body]
    expect(await (await opened()).talks()).toEqual([])
  })

  test.each(['dropped', 'doubled', 'changed'] as const)('a line %s: not handed out', async how => {
    const vault = await opened()
    await vault.save(TALK, utf8('een'), ['a', 'b'].map(utf8))
    const lines = server.rows.get(TALK)?.lines ?? []
    if (how === 'dropped') lines.shift()
    if (how === 'doubled') lines.splice(1, 0, lines[0] as typeof lines[number])
    if (how === 'changed') lines[1]?.body.fill(0, 30, 31)
    expect(await (await opened()).talks()).toEqual([])
  })
})
