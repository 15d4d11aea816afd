import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest'
import { Administrator, plant, sessionCookie } from './harness/administrator'
import { ask, POSTED, UPGRADE } from './harness/asks'
import { CHROMIUM, ChromiumPage, heapOf, isHere } from './harness/chromium'
import type { Page } from './harness/page'
import { Expert, Visitor } from './harness/people'
import { eventually } from './harness/processes'
import { missingServer, Server } from './harness/server'

/** Slice d, done when 1: the staff of a house from its first person on. One story; each test goes on where the one before stopped. */
let server: Server
let sam: Administrator
let noor: Expert
let desk: string
const pages: Page[] = []

beforeAll(async () => { if (!missingServer()) { server = await Server.start(); desk = `${server.origins.staff}/desk` } })
afterAll(async () => { for (const page of pages) await page.close(); await server?.close() })

async function browser(): Promise<ChromiumPage> {
  const page = await ChromiumPage.open(CHROMIUM)
  pages.push(page)
  return page
}

function cannot(context: TestContext): void {
  const missing = missingServer() ?? (isHere(CHROMIUM) ? undefined : 'no Chromium')
  if (missing) context.skip(missing)
}

const CANARY = 'kanarie-5e1f-over-mijn-huis'
const ROUTES = ['/api/people', '/api/invitations', '/api/guide']
const NOT_SIGNED_IN = '{"t":"refused","n":0,"code":"not-signed-in"}'

/** Whoever has this cookie gets nothing: not the lists, not the texts, not a vault, not a frame, not a socket; and each time the same words. */
async function getsNothing(value: string): Promise<void> {
  const headers = { ...POSTED, Cookie: `__Host-naast=${value}`, Origin: server.origins.staff }
  const answers = [
    ...await Promise.all(ROUTES.map(path => ask(server.origins.staff, 'GET', path, headers))),
    await ask(server.origins.staff, 'POST', '/api/vault/drop', headers, '{"item":"AAAAAAAAAAAAAAAAAAAAAA"}'),
    await ask(server.origins.staff, 'GET', '/api/vault', headers),
    await ask(server.origins.staff, 'POST', '/api/vault/put', headers, '{"item":"keyring","seen":0,"write":"AAAAAAAAAAAAAAAAAAAAAA","body":"AA","lines":[]}'),
    await ask(server.origins.staff, 'GET', '/api/passkeys', headers),
    await ask(server.origins.staff, 'POST', '/api/statement', headers, '{"unsigned":""}'),
    await ask(server.origins.staff, 'POST', '/api/people/suspend', headers, '{"id":"AAAAAAAAAAAAAAAAAAAAAA"}'),
    await ask(server.origins.staff, 'POST', '/frames', headers, '{"t":"lease","v":1,"n":1,"desk":"AAAAAAAAAAAAAAAAAAAAAA"}'),
    await ask(server.origins.staff, 'POST', '/poll', headers, '{"t":"poll","v":1,"rev":0,"after":{}}'),
    await ask(server.origins.staff, 'GET', '/live', { ...headers, ...UPGRADE }),
  ]
  expect(answers.map(({ status, body }) => `${status} ${body}`)).toEqual(answers.map(() => `401 ${NOT_SIGNED_IN}`))
  expect(JSON.parse((await ask(server.origins.staff, 'GET', '/api/session', headers)).body)).toEqual({ signedIn: false })
}

/** A browser with this cookie is shown the door. */
async function isShownTheDoor(page: ChromiumPage, value: string): Promise<void> {
  await plant(page, server.origins.staff, value)
  const thief = new Expert(page, desk)
  await thief.open()
  await eventually('the sign-in', () => thief.has('sign-in'))
  expect([await thief.has('available'), await thief.has('people')]).toEqual([false, false])
}

test('D1: the first person registers from the printed invitation with one tap; the cookie is out of reach of scripts and other sites', async context => {
  cannot(context)
  sam = new Administrator(await browser(), desk)
  await sam.register(server.invitation)
  expect(await sam.page.run(() => location.href)).toBe(desk)
  const { httpOnly, secure, sameSite, path, session } = await sessionCookie(sam.page, desk)
  expect({ httpOnly, secure, sameSite, path, session }).toEqual({ httpOnly: true, secure: true, sameSite: 'Strict', path: '/', session: true })
  expect(await sam.page.run(() => document.cookie)).toBe('')
})

test('d1: she invites another, who is listed with the end of the invitation', async context => {
  cannot(context)
  await sam.toPeople()
  const link = await sam.invite('Noor', ['ar'])
  await eventually('the open invitation', async () => (await sam.rows('invitation')).length > 0)
  const [row = ''] = await sam.rows('invitation')
  expect(row).toMatch(/^Noorervaringsdeskundige · Arabisch, Nederlandsgeldig tot \S+ \d+ \S+/)
  expect(await sam.rows('invitation')).toHaveLength(1)
  noor = new Expert(await browser(), desk)
  await noor.register(link)
  expect(await noor.page.run(() => document.querySelector('h1')?.textContent)).toMatch(/^Werkplek van .?Noor.?$/)
  expect(await noor.has('people')).toBe(false)
})

test('d1: a used, a withdrawn and a made-up invitation are one and the same: nothing to register with', async context => {
  cannot(context)
  const withdrawn = await sam.invite('Bo')
  await sam.tapInRow('invitation', 'Bo', 'withdraw')
  await eventually('no open invitation', async () => (await sam.rows('invitation')).length === 0)
  const codes = [server.invitation, withdrawn, `${desk}#invitation=${'A'.repeat(43)}`]
  const stranger = new Expert(await browser(), desk)
  const seen: string[] = []
  for (const link of codes) {
    await stranger.page.goto('about:blank')
    await stranger.page.goto(link)
    await eventually('an answer', () => stranger.page.run(() => (document.querySelector('.problem')?.textContent ?? '') !== ''))
    expect(await stranger.has('register')).toBe(false)
    seen.push(await stranger.page.run(() => document.querySelector('main')?.textContent ?? ''))
  }
  expect(seen).toEqual(codes.map(() => seen[0]))
  expect(seen[0]).toContain('gebruikt, verlopen of ingetrokken')
  const options = await Promise.all(codes.map(link => ask(server.origins.staff, 'POST', '/api/register/options', POSTED, JSON.stringify({ invitation: link.split('=')[1] }))))
  expect(options.map(({ status, body }) => `${status} ${body}`)).toEqual(codes.map(() => '404 {"t":"refused","n":0,"code":"unknown"}'))
})

test('d1: she signs out; a copy of her cookie gets nothing after that, nor does a forged one; her passkey signs her in again', async context => {
  cannot(context)
  const { value } = await sessionCookie(noor.page, desk)
  // Until then it opens what she may see: a copy is as good as the cookie.
  const copied = await ask(server.origins.staff, 'GET', '/api/guide', { Cookie: `__Host-naast=${value}` })
  expect(copied.status).toBe(200)
  await noor.page.tap('details summary')
  await noor.tap('sign-out')
  await eventually('the sign-in', () => noor.has('sign-in'))
  await eventually('the end of the session', async () => (await ask(server.origins.staff, 'GET', '/api/guide', { Cookie: `__Host-naast=${value}` })).status === 401)
  await getsNothing(value)
  const thief = await browser()
  await isShownTheDoor(thief, value)
  const forged = `${value.slice(0, -2)}${value.at(-2) === 'A' ? 'E' : 'A'}${value.at(-1)}`
  for (const guess of [forged, 'A'.repeat(43), '', 'x'.repeat(500)]) await getsNothing(guess)
  await isShownTheDoor(thief, forged)
  await noor.tap('sign-in')
  await eventually('the desk', () => noor.has('available'))
})

test('d1: after kill -9 of the server the desk goes on without a new sign-in', async context => {
  cannot(context)
  await noor.tap('available')
  // The desk is connected when visitors are told of it; before that there is no line to lose.
  await eventually('somebody is there', async () => (await (await fetch(`${server.origins.visitor}/availability`)).json() as { open: boolean }).open, 30_000)
  await server.end()
  await eventually('the desk says that the line is gone (D26)', () => noor.has('link-lost'), 3_500)
  await server.again()
  await eventually('the desk is back', async () => !await noor.has('link-lost') && await noor.has('available'), 30_000)
  expect(await noor.has('sign-in')).toBe(false)
  await noor.reload()
})

test('d1: suspended in mid-conversation: within 5 s her desk is closed, her visitor is told and first in line, and she gets nothing any more', async context => {
  cannot(context)
  const eva = new Visitor(await browser(), server.origins.visitor)
  const late = new Visitor(await browser(), server.origins.visitor)
  await eva.start()
  if (await noor.page.run(() => document.querySelector('[data-part=available]')?.getAttribute('aria-checked')) === 'false') await noor.tap('available')
  await noor.claimNext()
  await eva.say('ik ben er')
  await noor.reads('visitor', 'ik ben er')
  await late.start()
  await eventually('the second is first for now', async () => (await late.text('position')).includes('nummer 1'))
  const { value } = await sessionCookie(noor.page, desk)
  await eventually('Noor among the people', async () => (await sam.rows('person')).some(row => row.startsWith('Noor')) || (await sam.toDesk(), await sam.toPeople(), false))
  await sam.suspend('Noor')
  const since = performance.now()
  await eventually('her desk is closed', () => noor.has('sign-in'), 5_000)
  await eventually('her visitor is told', async () => (await eva.text('position')).includes('nummer 1'), 5_000)
  console.info(`suspended: told on both screens after ${Math.round(performance.now() - since)} ms`)
  expect(await eva.page.run(() => document.body.textContent ?? '')).toContain('vooraan in de rij')
  await eventually('the other is second', async () => (await late.text('position')).includes('nummer 2'))
  expect(await noor.page.run(() => document.body.textContent ?? '')).not.toContain('ik ben er')
  await getsNothing(value)
  await noor.tap('sign-in')
  await eventually('the refusal in words', () => noor.page.run(() => document.querySelector('.problem')?.textContent !== ''))
  expect(await noor.has('available')).toBe(false)
  await eventually('the row says so', async () => (await sam.rows('person')).some(row => row.startsWith('Noor') && row.includes('toegang gestopt')))
})

test('D3: a lock by hand, said before: nothing of the conversation is left in the document or the heap, the session and the line stay, and one tap unlocks', async context => {
  cannot(context)
  await sam.toDesk()
  await sam.tap('available')
  const room = await sam.claimNext()
  const [, , , , eva] = pages
  const visitor = new Visitor(eva as Page, server.origins.visitor)
  await eventually('Sam talks with her', () => visitor.page.run(() => /Sam.? gaat met je verder/.test(document.body.textContent ?? '')), 30_000)
  await visitor.say(CANARY)
  await room.reads('visitor', CANARY)
  expect(await heapOf(sam.page)).toContain(CANARY)
  expect(await sam.page.run(() => document.querySelector('#lock-says')?.textContent)).toContain('De bezoeker leest dan dat je even weg bent')
  const { value } = await sessionCookie(sam.page, desk)
  await sam.tap('lock')
  await eventually('the locked screen', () => sam.has('unlock'))
  expect(await sam.page.run(() => document.documentElement.outerHTML)).not.toContain(CANARY)
  await visitor.isTold('is even weg')
  await eventually('a heap without her words', async () => !(await heapOf(sam.page)).includes(CANARY), 20_000)
  expect((await ask(server.origins.staff, 'GET', '/api/people', { Cookie: `__Host-naast=${value}` })).status).toBe(200)
  const since = performance.now()
  await sam.unlock()
  console.info(`unlocked after ${Math.round(performance.now() - since)} ms (D3: 2 s at the most)`)
  await room.reads('visitor', CANARY)
  await room.say('daar ben ik weer')
  await visitor.reads('expert', 'daar ben ik weer')
})

test('D3: whom her passkey does not know as her, it does not unlock for; her words do', async context => {
  cannot(context)
  await sam.tap('lock')
  await eventually('the locked screen', () => sam.has('unlock'))
  // For good: this engine's authenticator stays shut after a refusal where a secret was asked for.
  await sam.verifies(false)
  await sam.tap('unlock')
  await eventually('the refusal in words', () => sam.page.run(() => document.querySelector('.problem')?.textContent !== ''), 30_000)
  expect(await sam.has('available')).toBe(false)
  await sam.unlockBy(sam.words)
  await eventually('the conversation is back', async () => (await sam.rooms()).length === 1)
  expect(pages.flatMap(page => page.problems)).toEqual([])
})

test('a device that tells no secret: her seven words open the vault, after a reload too', async context => {
  cannot(context)
  await sam.toPeople()
  const kim = new Expert(await browser(), desk)
  await kim.register(await sam.invite('Kim'), false)
  await kim.open()
  await kim.unlockBy(kim.words)
  await kim.tap('lock')
  await eventually('the locked screen', () => kim.has('passphrase'))
  await kim.unlockBy(kim.words.toUpperCase())
})
