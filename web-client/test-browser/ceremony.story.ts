import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { sessionCookie } from './harness/administrator'
import { ask, POSTED } from './harness/asks'
import { Ceremony } from './harness/ceremony'
import { heapOf } from './harness/chromium'
import { Coordinator } from './harness/coordinator'
import { House, missingHouse } from './harness/house'
import { Expert, Room, Visitor } from './harness/people'
import { hitsUnder, secretsIn } from './harness/search'
import { tell } from './harness/seed'
import type { Own } from './harness/server'
import { keyringOf, secretsOf } from './harness/vault'

/** A house without trial keys, by docs/key-ceremony.md, from nothing on. One story; each test goes on where the one before stopped. */
const UNLOCKED_MS = 2_000
const FIRST = 'Coordinator'
const CANARY = 'kanarie-7c2a-wat-hij-deed'
let ceremony: Ceremony
let own: Own
let house: House
let anna: Coordinator
let bea: Coordinator
let noor: Expert
let visitor: Visitor
let room: Room

vi.setConfig({ testTimeout: 180_000 })
beforeEach(context => { if (missingHouse()) context.skip(missingHouse()) })
afterAll(() => house?.close())

const isPlace = (who: Visitor, place: number) => who.sees(`place ${place}`, async () => new RegExp(`nummer ${place} `).test((await who.text('position')).replace(/[\u2068\u2069]/g, '')))
const desk = async <P extends Expert>(kind: new (...args: ConstructorParameters<typeof Expert>) => P): Promise<P> => new kind(await house.chromium(), `${house.server.origins.staff}/desk`)

async function registered<P extends Expert>(who: P, invitation: string): Promise<P> {
  await who.register(invitation)
  return who
}

/** Two sign the next roster, one after the other. */
async function roster(): Promise<void> {
  await anna.makesRoster()
  await bea.signsRoster()
}

test('b1: the first part: a root of seven words, pages that believe it and no other, a server that signs nothing', async () => {
  ceremony = await Ceremony.begin()
  own = await ceremony.pages()
  const scripts = readdirSync(join(own.pages, 'a')).filter(file => file.endsWith('.js')).map(file => readFileSync(join(own.pages, 'a', file), 'utf8'))
  expect(scripts.filter(text => text.includes(ceremony.publicRoot))).toHaveLength(3)
  house = await House.open({}, own)
  expect(house.server.invitation).toMatch(/#invitation=[\w-]{22}$/)
})

test('b1: the second part: two coordinators, each with seven words, two of them asked back, and two passkeys; certificates for both', async () => {
  anna = await registered(await desk(Coordinator), house.server.invitation)
  await anna.toPeople()
  bea = await registered(await desk(Coordinator), await anna.invite('Bea', [], 'coordinator'))
  await anna.tap('back')
  await Promise.all([anna.addPasskey(), bea.addPasskey()])
  const requests = await Promise.all([anna.request('Anna'), bea.request('Bea')])
  for (const [i, name] of ['Anna', 'Bea'].entries()) expect(await ceremony.enroll(name, requests[i]?.request ?? '', requests[i]?.words ?? '')).toContain(`The request is in the name of: ${name}`)
  const certificates = await ceremony.certify()
  const [shown] = await Promise.all([ceremony.show(), anna.bring(certificates[0] ?? ''), bea.bring(certificates[1] ?? '')])
  expect(shown).toMatch(/1 {2}Anna .*\n.*: good\n2 {2}Bea .*\n.*: good/)
})

test('b1: the third part: each signs two statements, her own and the other\'s by six words; one makes the roster, the other signs it', async () => {
  const heard = { [FIRST]: await anna.statementWords(), Bea: await bea.statementWords() }
  await Promise.all([anna.signs({ Bea: heard['Bea'] ?? '' }, 2), bea.signs({ [FIRST]: heard[FIRST] ?? '' }, 2)])
  await roster()
})

test('b1: an expert reads six words to both, has two passkeys, and talks with a visitor', async () => {
  await anna.reload()
  await anna.toPeople()
  noor = await registered(await desk(Expert), await anna.invite('Noor'))
  const heard = { Noor: await noor.sees('six words', () => noor.text('statement-words')) }
  expect(await noor.has('second-passkey')).toBe(true)
  await noor.addPasskey()
  expect(await noor.has('second-passkey')).toBe(false)
  await Promise.all([anna.signs(heard, 1), bea.signs(heard, 1)])
  await roster()
  await noor.reload()
  expect(await noor.has('statement-words')).toBe(false)
  visitor = await house.visitor()
  await visitor.start()
  await noor.available()
  room = await noor.claimNext()
  await visitor.say('is daar iemand?')
  await room.reads('visitor', 'is daar iemand?')
  await room.say('ja, ik ben Noor')
  await visitor.reads('expert', 'ja, ik ben Noor')
  expect(house.problems).toEqual([])
})

/** Every form in which they could travel, PKCS#8 and JWK among them. Seen failing: a console that sent its new signer's key, as in a JWK, in one request. */
test('b5: no signing key, and no vault\'s, is in any request of all this, nor in an answer; what is planted is found', async () => {
  const secrets = { ...await secretsOf('Anna', anna, house.server), ...await secretsOf('Bea', bea, house.server), ...await secretsOf('Noor', noor, house.server) }
  expect(Object.keys(secrets).sort()).toEqual(['Anna', 'Bea'].flatMap(who => ['box', 'statement'].map(what => `${who}: coordinator, ${what}`).concat(`${who}: roster signer`, `${who}: the vault`))
    .concat('Noor: expert, box', 'Noor: expert, statement', 'Noor: the vault'))
  const traffic = (): Buffer => Buffer.concat([house.office, house.street].flatMap(({ crossings }) => crossings.flatMap(({ what, bytes }) => [Buffer.from(`${what}\n`), bytes, Buffer.from('\n')])))
  expect(house.office.crossings.filter(({ direction }) => direction === 'up').length).toBeGreaterThan(100)
  expect(secretsIn(traffic(), secrets)).toEqual([])
  for (const [name, secret] of Object.entries(secrets)) {
    const body = JSON.stringify({ pkcs8: Buffer.concat([Buffer.from('308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420', 'hex'), secret]).toString('base64') })
    await anna.page.run(text => fetch('/planted', { method: 'POST', body: text }).then(answer => answer.status), body)
    expect(secretsIn(traffic(), { [name]: secret })).not.toEqual([])
  }
})

/** What an engine keeps for our origin, as text; and what stands on the screen. */
const left = (who: Expert): Promise<string> => who.page.run(async () => {
  const databases = (await indexedDB.databases()).map(({ name }) => name)
  return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, databases, await caches.keys(), document.cookie, history.state]) + document.documentElement.outerHTML
})

/** Seen failing: a passkey that was taken away and stayed in the keyring; a desk that kept what it had drawn. */
test('a3: a lost laptop: signed in elsewhere by her stick and her words, its passkey taken away, it opens nothing any more, and the conversation goes on', async () => {
  await visitor.say(CANARY)
  await room.reads('visitor', CANARY)
  const laptop = noor
  const { value } = await sessionCookie(laptop.page, laptop.url)
  const { opens: [ofLaptop, ofStick, ...none] } = await keyringOf(laptop, house.server)
  expect([ofLaptop === undefined, ofStick === undefined, none]).toEqual([false, false, []])
  noor = await desk(Expert)
  await laptop.page.carryStick(noor.page)
  await noor.signIn(laptop.words)
  noor.words = laptop.words
  room = await noor.sees('her conversation', async () => (await noor.rooms())[0])
  await room.reads('visitor', CANARY)
  await noor.removeOldest()
  expect((await keyringOf(noor, house.server)).opens).toEqual([ofStick])
  // One is too few for the next conversation; this one goes on.
  expect(await noor.has('second-passkey')).toBe(true)
  await visitor.say('ben je er nog?')
  await room.reads('visitor', 'ben je er nog?')
  await room.say('ja, op een andere computer')
  await visitor.reads('expert', 'ja, op een andere computer')
  await opensNothing(laptop, value)
  await noor.addPasskey()
  expect(await noor.has('second-passkey')).toBe(false)
})

/** Its screen, its storage, its memory, its profile; the cookie that somebody may have copied from it; its passkey. */
async function opensNothing(laptop: Expert, cookie: string): Promise<void> {
  await laptop.sees('the door', () => laptop.has('sign-in'))
  expect(await left(laptop)).not.toContain(CANARY)
  await laptop.sees('a heap without her words', async () => !(await heapOf(laptop.page)).includes(CANARY))
  const headers = { ...POSTED, Cookie: `__Host-naast=${cookie}`, Origin: house.server.origins.staff }
  const asked = async (path: string): Promise<unknown> => JSON.parse((await ask(house.server.origins.staff, 'GET', path, headers)).body)
  expect([await asked('/api/session'), await asked('/api/vault')]).toEqual([{ signedIn: false }, { t: 'refused', n: 0, code: 'not-signed-in' }])
  for (const again of [() => Promise.resolve(), () => laptop.open()]) {
    await again()
    await laptop.tap('sign-in')
    await laptop.sees('the refusal in words', () => laptop.page.run(() => (document.querySelector('.problem')?.textContent ?? '') !== ''))
    expect([await laptop.has('available'), await laptop.has('passphrase'), await laptop.has('unlock')]).toEqual([false, false, false])
  }
  expect(laptop.page.problems).toEqual([])
  await house.leave(laptop.page)
  expect(hitsUnder(laptop.page.profile, [CANARY, laptop.words])).toEqual([])
}

test('reset: two coordinators let her begin anew; her visitor is told and first in line, her old vault and keys are gone, and with a new statement she talks again', async () => {
  const late = await house.visitor()
  await late.start()
  const old = noor
  const [before, { value }] = [await secretsOf('Noor', old, house.server), await sessionCookie(old.page, old.url)]
  await anna.resets('Noor')
  await anna.sees('that it waits for another', async () => !await anna.has('reset-link') && (await anna.rows('person')).some(row => row.startsWith('Noor')))
  expect(await old.has('sign-in')).toBe(false)
  await bea.resets('Noor')
  const link = await bea.sees('the link', () => bea.text('reset-link'))
  await visitor.isTold('vooraan in de rij')
  await isPlace(visitor, 1)
  await isPlace(late, 2)
  await old.sees('the door', () => old.has('sign-in'))
  await old.tap('sign-in')
  await old.sees('the refusal in words', () => old.page.run(() => (document.querySelector('.problem')?.textContent ?? '') !== ''))
  expect(JSON.parse((await ask(house.server.origins.staff, 'GET', '/api/vault', { Cookie: `__Host-naast=${value}` })).body)).toMatchObject({ code: 'not-signed-in' })
  await house.leave(old.page)
  noor = await registered(await desk(Expert), link)
  await begunAnew(before, old.words)
  await house.leave(late.page)
})

/** Nothing of what she had is in her new vault, and her old words open nothing; signed by both once more she takes the same visitor. */
async function begunAnew(before: Readonly<Record<string, Uint8Array>>, oldWords: string): Promise<void> {
  expect((await keyringOf(noor, house.server)).items.sort()).toEqual(['keyring', 'keys'])
  const after = await secretsOf('Noor', noor, house.server)
  for (const [name, secret] of Object.entries(after)) expect(Buffer.from(secret).equals(before[name] ?? new Uint8Array())).toBe(false)
  await expect(secretsOf('Noor', Object.assign(Object.create(noor) as Expert, { words: oldWords }), house.server)).rejects.toThrow('does not open')
  const heard = { Noor: await noor.sees('six words', () => noor.text('statement-words')) }
  await noor.addPasskey()
  await Promise.all([anna.signs(heard, 1), bea.signs(heard, 1)])
  await roster()
  await noor.reload()
  await noor.available()
  room = await noor.claimNext()
  await visitor.tap('share-no')
  await visitor.say('daar ben ik weer')
  await room.reads('visitor', 'daar ben ik weer')
  expect(await room.said('visitor')).toEqual(['daar ben ik weer'])
  expect(house.problems).toEqual([])
}

/** The best of three counts: this machine may be busy with something else. */
async function within(what: string, ms: number, once: () => Promise<number>): Promise<void> {
  const took: number[] = []
  while (took.length < 3 && !took.some(one => one <= ms)) took.push(await once())
  tell(`${what}: ${took.map(Math.round).join(', ')} ms (at the most ${ms})`)
  expect(Math.min(...took)).toBeLessThanOrEqual(ms)
}

test('a: unlocked within 2 s, with a conversation open, by passkey and by words; new words open it, and the old ones no more', async () => {
  const old = noor.words
  await within('unlocked by passkey', UNLOCKED_MS, () => noor.unlockTook(() => noor.unlock()))
  await noor.newWords()
  expect(noor.words).not.toBe(old)
  await within('unlocked by new words', UNLOCKED_MS, () => noor.unlockTook(() => noor.unlockBy(noor.words)))
  await noor.tap('lock')
  await expect(noor.unlockBy(old, 3_000)).rejects.toThrow('the desk')
  expect(await noor.page.run(() => document.querySelector('.problem')?.textContent)).toContain('Deze woorden openen je kluis niet')
  await noor.unlock()
  await room.say('ik was even weg')
  await visitor.reads('expert', 'ik was even weg')
})
