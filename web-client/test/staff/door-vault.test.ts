import { beforeEach, describe, expect, it, vi } from 'vitest'
import { random, toBase64Url, type Bytes } from '../../src/crypto/bytes'
import { type StaffDoor } from '../../src/staff/door'
import type { Passkeys, Secret } from '../../src/staff/passkey'
import { PasskeysDoor } from '../../src/staff/passkeys'
import { twoPlaces } from '../../src/staff/recovery'
import { credential, doorOf, inside, type More, MUTE, passkeys, prf, REGISTER, SAM, serve, server, SEVEN, SIGN_IN, stage, vaultOf } from '../support/staff-door'

stage()

describe('the vault behind the door', () => {
  it('a passkey that tells its secret opens it with the sign-in', async () => {
    const door = await inside(serve(SIGN_IN).api)
    expect(door.vault?.isOpen).toBe(true)
  })

  it('without a secret the words open it, and wrong ones are said', async () => {
    const door = doorOf(serve({ ...SIGN_IN }).api, { passkeys: MUTE })
    await door.open(undefined)
    await door.signIn()
    expect(door.state).toMatchObject({ kind: 'locked', passkey: true, busy: false })
    expect(door.state).not.toHaveProperty('problem')
    await door.unlock()
    expect(door.state).toMatchObject({ kind: 'locked', problem: 'passkey' })
    for (const wrong of [SEVEN.replace('appel', 'iep'), 'appel boom', 'woorden die er niet in staan']) {
      await door.unlock(wrong)
      expect(door.state).toMatchObject({ kind: 'locked', busy: false, problem: 'words' })
    }
    await door.unlock(`  ${SEVEN.toUpperCase().replace(/ /g, ', ')} `)
    expect(door.state.kind).toBe('in')
  })

  it('another passkey\'s secret does not open it; after the words it does', async () => {
    const other: Secret = { credential: random(16), prf: random(32), can: true }
    const theirs = { ...other, prf: other.prf?.slice() as Bytes }
    const door = doorOf(serve(SIGN_IN).api, { passkeys: { ...passkeys, get: async () => ({ credential: {}, secret: other }) } })
    await door.open(undefined)
    await door.signIn()
    expect(door.state).toMatchObject({ kind: 'locked', problem: 'passkey' })
    await door.unlock(SEVEN)
    expect(door.state.kind).toBe('in')
    // seen failing: inside() without forgetSecret()
    expect(other.prf).toEqual(new Uint8Array(32))
    expect(await vaultOf(SAM).open(theirs)).toBe('open')
  })

  it('after a reload one tap unlocks; the session stayed', async () => {
    const { api, asked } = serve({ ...SIGN_IN, session: SAM })
    const door = doorOf(api)
    await door.open(undefined)
    expect(door.state).toMatchObject({ kind: 'locked', passkey: true })
    await door.unlock()
    expect(door.state.kind).toBe('in')
    expect(asked.map(one => one.url)).toEqual(['/api/session'])
  })

  // seen failing: vault.close() left out of lock()
  it('D3 a lock closes it at once and asks the server nothing', async () => {
    const { api, asked } = serve(SIGN_IN)
    const door = await inside(api)
    const before = asked.length
    door.lock()
    expect(door.state).toMatchObject({ kind: 'locked', passkey: true })
    expect(door.vault?.isOpen).toBe(false)
    expect(asked.length).toBe(before)
    await door.unlock()
    expect([door.state.kind, door.vault?.isOpen]).toEqual(['in', true])
  })

  it('what the desk is about to keep is kept first; a desk that never ends holds it open for three seconds, not longer', async () => {
    const pauses: number[] = []
    let late: () => void = () => {}
    const door = await inside(serve(SIGN_IN).api, { pause: ms => { pauses.push(ms); return new Promise<void>(done => { late = done }) } })
    door.lock(new Promise(() => {}))
    expect([door.state.kind, door.vault?.isOpen, pauses]).toEqual(['locked', true, [3_000]])
    const unlocking = door.unlock()
    late()
    await unlocking
    expect([door.state.kind, door.vault?.isOpen]).toEqual(['in', true])
    let kept: () => void = () => {}
    door.lock(new Promise<void>(done => { kept = done }))
    kept()
    await vi.waitFor(() => expect(door.vault?.isOpen).toBe(false))
  })

  it('signed out, or stopped by the server, it is closed', async () => {
    const door = await inside(serve(SIGN_IN).api)
    const { vault } = door
    await door.signOut()
    expect([door.vault, vault?.isOpen]).toEqual([undefined, false])
  })

  it('a session that ended while it was locked: signed out, not a riddle', async () => {
    const door = await inside(serve(SIGN_IN).api)
    door.lock()
    server.faults.push({ code: 'not-signed-in' })
    await door.unlock()
    expect(door.state).toMatchObject({ kind: 'out', why: 'signed-out' })
  })

  it.each([['unreachable', { kind: 'locked', problem: 'unreachable' }], ['busy', { kind: 'locked', problem: 'unreachable' }]])('%s while unlocking is said, and it can be tried again', async (code, said) => {
    const door = await inside(serve(SIGN_IN).api)
    door.lock()
    server.faults.push({ code })
    await door.unlock()
    expect(door.state).toMatchObject(said)
    await door.unlock()
    expect(door.state.kind).toBe('in')
  })

  it('a vault that is damaged is never taken for none', async () => {
    server.rows.get('keyring')?.body.fill(0, 5, 6)
    const door = doorOf(serve({ ...SIGN_IN, session: SAM }).api)
    await door.open(undefined)
    expect(door.state).toMatchObject({ kind: 'locked', problem: 'broken' })
  })
})

describe('the words of a new vault', () => {
  beforeEach(() => server.rows.clear())
  async function shown(more: More = {}, me = SAM): Promise<StaffDoor> {
    const door = doorOf(serve({ ...REGISTER, register: me }).api, { random: () => Uint8Array.of(2), ...more })
    await door.open('CODE')
    await door.register()
    return door
  }

  // seen failing: keep() before the words are shown
  it('are kept by nobody, and the server has nothing, until she says that she has them', async () => {
    const door = await shown({}, { ...SAM, trial: true })
    expect(server.rows.size).toBe(0)
    await door.wordsDone()
    expect([...server.rows.keys()]).toEqual(['keyring'])
    expect(JSON.stringify(door.state)).not.toContain('appel')
  })

  // seen failing: areRight() answered true
  it('outside trial two of them are asked back; wrong ones are said, and she may look once more', async () => {
    const door = await shown()
    await door.wordsDone()
    expect(door.state).toMatchObject({ kind: 'words', asking: [2, 3] })
    for (const wrong of [undefined, ['citroen', 'eik'], ['citroen boom', 'dadel'], ['', '']] as const) {
      await door.wordsDone(wrong as readonly [string, string] | undefined)
      expect(door.state).toMatchObject({ kind: 'words', problem: 'words' })
      expect(server.rows.size).toBe(0)
    }
    door.wordsAgain()
    expect(door.state).not.toHaveProperty('asking')
    expect(door.state).not.toHaveProperty('problem')
    await door.wordsDone()
    await door.wordsDone([' Citroen', 'dade'])
    expect(door.state.kind).toBe('in')
  })

  it('open the vault in another browser, and so does the passkey she made', async () => {
    await (await shown({}, { ...SAM, trial: true })).wordsDone()
    expect(await vaultOf(SAM).open({ words: SEVEN })).toBe('open')
    expect(await vaultOf(SAM).open({ credential, prf })).toBe('open')
  })

  it('a passkey that tells its secret only when it is used is used once', async () => {
    const door = await shown({ passkeys: { ...passkeys, create: async () => ({ credential: {}, secret: { credential, can: true } }) } }, { ...SAM, trial: true })
    await door.wordsDone()
    expect(await vaultOf(SAM).open({ credential, prf })).toBe('open')
    server.rows.clear()
    const refused = await shown({ passkeys: { ...MUTE, create: async () => ({ credential: {}, secret: { credential, can: true } }), secret: async () => { throw new Error('no') } } }, { ...SAM, trial: true })
    await refused.wordsDone()
    expect(refused.state.kind).toBe('in')
  })

  it('out of reach while it is kept: said, and done again by another tap', async () => {
    const door = await shown({}, { ...SAM, trial: true })
    server.faults.push({ code: 'unreachable', done: true })
    await door.wordsDone()
    expect(door.state).toMatchObject({ kind: 'words', busy: false, problem: 'unreachable' })
    await door.wordsDone()
    expect(door.state.kind).toBe('in')
  })

  it('somebody who was registered before there were vaults gets one at her sign-in', async () => {
    const door = doorOf(serve(SIGN_IN).api)
    await door.open(undefined)
    await door.signIn()
    expect(door.state.kind).toBe('words')
  })

  it('two different places are drawn, each as likely', () => {
    const found = new Map<string, number>()
    for (let i = 0; i < 4_200; i++) {
      const places = twoPlaces(random)
      expect(places[0] < places[1] && places[0] >= 0 && places[1] < 7).toBe(true)
      found.set(places.join(), (found.get(places.join()) ?? 0) + 1)
    }
    expect(found.size).toBe(21)
    expect(Math.min(...found.values())).toBeGreaterThan(120)
  })
})

describe('passkeys', () => {
  const cards = [{ id: 'p1', made: 20_700, synced: true, credential: toBase64Url(credential) }, { id: 'p2', made: 20_701, synced: false, credential: 'b3RoZXI' }]
  const PASSKEYS = { ...SIGN_IN, 'passkeys': { passkeys: cards }, 'passkeys/options': { challengeId: 'c', options: {} }, 'passkeys/remove': {} }

  it('D2 each is shown, with whether it opens the vault', async () => {
    const door = await inside(serve(PASSKEYS).api)
    const mine = new PasskeysDoor(serve(PASSKEYS).api, passkeys, () => door.vault, count => door.counts(count))
    await mine.open()
    expect(mine.state.cards.map(card => [card.id, card.opens])).toEqual([['p1', true], ['p2', false]])
    expect(door.state).toMatchObject({ kind: 'in', me: { passkeys: 2 } })
  })

  it('one more is made, told to the server without its secret, and opens the vault', async () => {
    const door = await inside(serve(PASSKEYS).api)
    const { api, asked } = serve(PASSKEYS)
    const fresh = { credential: random(16), prf: random(32) }
    const told: Secret = { credential: fresh.credential, prf: fresh.prf.slice(), can: true }
    const mine = new PasskeysDoor(api, { ...passkeys, create: async () => ({ credential: { id: 'made' }, secret: told }) }, () => door.vault, () => {})
    await mine.add()
    expect(mine.state).not.toHaveProperty('problem')
    expect(JSON.parse(String(asked.find(one => one.url === '/api/passkeys' && one.init?.method)?.init?.body))).toEqual({ challengeId: 'c', credential: { id: 'made' } })
    expect(JSON.parse(String(asked.find(one => one.url === '/api/passkeys/options')?.init?.body))).toEqual({ proof: 'proof' })
    expect(told.prf).toEqual(new Uint8Array(32))
    expect(await vaultOf(SAM).open(fresh)).toBe('open')
  })

  it('removing asks first, and takes the vault from it', async () => {
    const door = await inside(serve(PASSKEYS).api)
    const mine = new PasskeysDoor(serve(PASSKEYS).api, passkeys, () => door.vault, () => {})
    await mine.open()
    mine.asks('p1')
    expect(mine.state.removing).toBe('p1')
    expect(await vaultOf(SAM).open({ credential, prf })).toBe('open')
    await mine.remove('p1')
    expect(await vaultOf(SAM).open({ credential, prf })).toBe('closed')
    expect(mine.state.cards[0]?.opens).toBe(false)
  })

  // seen failing: with PasskeysDoor asking for no proof
  it('whoever only found her page open makes none, takes none away, and makes none open the vault', async () => {
    const nobody: Passkeys = { ...passkeys, get: async () => { throw new DOMException('not me', 'NotAllowedError') } }
    const door = await inside(serve(PASSKEYS).api)
    const { api, asked } = serve(PASSKEYS)
    const mine = new PasskeysDoor(api, nobody, () => door.vault, () => {})
    await mine.add()
    expect(mine.state).toMatchObject({ busy: false, problem: 'cancelled' })
    await mine.remove('p1')
    expect(mine.state).toMatchObject({ busy: false, problem: 'cancelled' })
    expect(asked.map(one => one.url)).toEqual(['/api/proof/options', '/api/proof/options'])
    expect(JSON.parse(String(asked[1]?.init?.body))).toEqual({ act: 'remove-passkey p1' })
    expect(await vaultOf(SAM).open({ credential, prf })).toBe('open')
  })

  it('what was cancelled or refused is said, and an answer after the lock is nobody\'s', async () => {
    const { api } = serve({})
    const mine = new PasskeysDoor(api, passkeys, () => undefined, () => {})
    await mine.open()
    expect(mine.state).toMatchObject({ busy: false, problem: 'refused' })
    const opening = mine.open()
    mine.forget()
    await opening
    expect(mine.state).toEqual({ cards: [], busy: false })
  })
})
