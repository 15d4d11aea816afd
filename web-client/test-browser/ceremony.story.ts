import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { Ceremony } from './harness/ceremony'
import { Coordinator } from './harness/coordinator'
import { House, missingHouse } from './harness/house'
import { Expert, Room, Visitor } from './harness/people'
import { secretsIn } from './harness/search'
import type { Own } from './harness/server'
import { secretsOf } from './harness/vault'

/** A house without trial keys, by docs/key-ceremony.md, from nothing on. One story; each test goes on where the one before stopped. */
const FIRST = 'Coordinator'
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
  bea = await registered(await desk(Coordinator), await anna.invite('Bea', [], 'coordinator'))
  await anna.tap('back')
  await Promise.all([anna.addPasskey(), bea.addPasskey()])
  for (const [who, name] of [[anna, 'Anna'], [bea, 'Bea']] as const) {
    const { request, words } = await who.request(name)
    expect(await ceremony.enroll(name, request, words)).toContain(`The request is in the name of: ${name}`)
  }
  const certificates = await ceremony.certify()
  expect(await ceremony.show()).toMatch(/1 {2}Anna .*\n.*: good\n2 {2}Bea .*\n.*: good/)
  await Promise.all([anna.bring(certificates[0] ?? ''), bea.bring(certificates[1] ?? '')])
})

test('b1: the third part: each signs two statements, her own and the other\'s by six words; one makes the roster, the other signs it', async () => {
  const heard = { [FIRST]: await anna.statementWords(), Bea: await bea.statementWords() }
  await anna.signs({ Bea: heard['Bea'] ?? '' }, 2)
  await bea.signs({ [FIRST]: heard[FIRST] ?? '' }, 2)
  await roster()
})

test('b1: an expert reads six words to both, has two passkeys, and talks with a visitor', async () => {
  await anna.open()
  await anna.unlock()
  noor = await registered(await desk(Expert), await anna.invite('Noor'))
  const heard = { Noor: await noor.sees('six words', () => noor.text('statement-words')) }
  expect(await noor.has('second-passkey')).toBe(true)
  await noor.addPasskey()
  expect(await noor.has('second-passkey')).toBe(false)
  await anna.signs(heard, 1)
  await bea.signs(heard, 1)
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
