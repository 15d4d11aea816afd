import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, ChromiumPage, isHere } from './harness/chromium'
import { part } from './harness/people'
import { missingServer, Server } from './harness/server'

/** The real server and the built pages: the pages in a browser, health, its death. Origins and headers: origins.story.ts. */
let server: Server
let page: ChromiumPage | undefined

beforeAll(async () => { if (!missingServer()) server = await Server.start() })
afterAll(() => server?.close())
afterEach(async () => { await page?.close(); page = undefined })

for (const [side, path] of [['visitor', '/'], ['staff', '/desk']] as const) describe(`the ${side}'s origin`, () => {
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
