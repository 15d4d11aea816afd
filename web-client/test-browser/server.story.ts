import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, ChromiumPage, isHere } from './harness/chromium'
import { part } from './harness/people'
import { missingServer, Server } from './harness/server'

/** The real server and the built pages: headers exactly, which origin answers what, health. */
let server: Server
let page: ChromiumPage | undefined

beforeAll(async () => { if (!missingServer()) server = await Server.start() })
afterAll(() => server?.close())
afterEach(async () => { await page?.close(); page = undefined })

const SECURITY = ['content-security-policy', 'cross-origin-opener-policy', 'cross-origin-embedder-policy', 'cross-origin-resource-policy',
  'referrer-policy', 'x-content-type-options', 'permissions-policy', 'cache-control', 'strict-transport-security', 'server', 'set-cookie']
const security = (answer: Response) => Object.fromEntries(SECURITY.flatMap(name => { const value = answer.headers.get(name); return value === null ? [] : [[name, value]] }))

const expected = (origin: string) => ({
  'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ${origin.replace('http', 'ws')}; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
})

for (const [side, path] of [['visitor', '/'], ['staff', '/desk']] as const) describe(`the ${side}'s origin`, () => {
  test('sends exactly these security headers with its page and with an error', async context => {
    const missing = missingServer()
    if (missing) return context.skip(missing)
    const origin = server.origins[side]
    for (const [what, status] of [[path, 200], ['/nothing-here', 404]] as const) {
      const answer = await fetch(origin + what)
      expect(answer.status).toBe(status)
      const { 'permissions-policy': permissions = '', ...others } = security(answer)
      expect(others).toEqual(expected(origin))
      const passkeys = permissions.split(', ').filter(feature => !feature.endsWith('=()')).sort()
      expect(passkeys).toEqual(side === 'staff' ? ['publickey-credentials-create=(self)', 'publickey-credentials-get=(self)'] : [])
      expect(permissions).toContain('camera=()')
    }
  })

  test('shows its page in a browser without one violation of the policy', async context => {
    const missing = missingServer() ?? (isHere(CHROMIUM) ? undefined : 'no Chromium')
    if (missing) return context.skip(missing)
    page = await ChromiumPage.open(CHROMIUM)
    await page.goto(server.origins[side] + path)
    expect(await page.run(() => document.body.textContent?.trim().length)).toBeGreaterThan(0)
    expect(page.problems).toEqual([])
    if (side === 'visitor') expect(await page.run(selector => document.querySelector(selector) !== null, part('exit'))).toBe(true)
  })
})

// Slice d, done when 4.
test.for(['/desk', '/api/session', '/api/people', '/api/sign-in/options', '/api/guide'])('d4: %s does not exist on the visitor\'s origin', async (path, context) => {
  const missing = missingServer()
  if (missing) return context.skip(missing)
  for (const method of ['GET', 'POST']) {
    const staff = await fetch(server.origins.visitor + path, { method, ...(method === 'POST' ? { body: '{}', headers: { 'Content-Type': 'application/json', 'X-Naast': '1' } } : {}) })
    const nothing = await fetch(`${server.origins.visitor}/nothing-here`, { method, ...(method === 'POST' ? { body: '{}', headers: { 'Content-Type': 'application/json', 'X-Naast': '1' } } : {}) })
    expect([staff.status, await staff.text()]).toEqual([nothing.status, await nothing.text()])
    expect(staff.status).toBe(404)
  }
})

test('health answers on loopback, live and ready, on a port of its own', async context => {
  const missing = missingServer()
  if (missing) return context.skip(missing)
  for (const path of ['/health/live', '/health/ready']) {
    expect((await fetch(`http://localhost:${server.ports.ops}${path}`)).status).toBe(200)
    expect((await fetch(server.origins.visitor + path)).status).toBe(404)
    expect((await fetch(server.origins.staff + path)).status).toBe(404)
  }
})

test('after kill -9 it answers again on the same data', async context => {
  const missing = missingServer()
  if (missing) return context.skip(missing)
  await server.end()
  await expect(fetch(server.origins.visitor)).rejects.toThrow()
  await server.again()
  expect((await fetch(server.origins.visitor)).status).toBe(200)
})
