import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { CHROMIUM, ChromiumPage, isHere } from './harness/chromium'
import type { Page } from './harness/page'
import { Expert, Visitor } from './harness/people'
import { missingServer, Server } from './harness/server'

/** A visitor and an expert, the real server between them. */
let server: Server
const pages: Page[] = []

beforeAll(async () => { if (!missingServer()) server = await Server.start() })
afterAll(() => server?.close())
afterEach(async () => { for (const page of pages.splice(0)) await page.close() })

async function chromium(): Promise<ChromiumPage> {
  const page = await ChromiumPage.open(CHROMIUM)
  pages.push(page)
  return page
}

test('somebody registers, a visitor waits, they talk', async context => {
  const missing = missingServer() ?? (isHere(CHROMIUM) ? undefined : 'no Chromium')
  if (missing) return context.skip(missing)
  const expert = new Expert(await chromium(), `${server.origins.staff}/desk`)
  await expert.register(server.invitation)
  await expert.tap('available')
  const visitor = new Visitor(await chromium(), server.origins.visitor)
  await visitor.start()
  await expert.claimNext()
  await visitor.say('hallo')
  await expert.reads('visitor', 'hallo')
  await expert.say('dag')
  await visitor.reads('me', 'hallo')
  await visitor.reads('expert', 'dag')
  await visitor.all('received')
  await expert.all('received')
  expect([...pages.flatMap(page => page.problems)]).toEqual([])
})
