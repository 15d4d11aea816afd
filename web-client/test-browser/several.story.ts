import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, missingDatabase, openDatabase } from './harness/database'
import { House, missingHouse } from './harness/house'
import type { Expert, Room, Visitor } from './harness/people'
import { freePort } from './harness/processes'
import { tell } from './harness/seed'
import { Server } from './harness/server'
import { messages } from './messages'

/** Two server processes on one MongoDB, real pages of both sides: she is at one, her expert at the other. */
const missing = (): string | undefined => missingHouse() ?? missingDatabase()
let database: Database
let house: House
let other: Server
let expert: Expert

beforeAll(async () => {
  if (missing()) return
  database = await openDatabase()
  const ports = [await freePort(), await freePort()]
  const settings = async (port: number) => ({
    NAAST_MONGO_URI: database.uri, NAAST_CLUSTER_ADDRESS: '127.0.0.1', NAAST_CLUSTER_PORT: String(port), NAAST_CLUSTER_BUS_PORT: String(await freePort()),
    NAAST_CLUSTER_MEMBERS: ports.map(each => `127.0.0.1:${each}`).join(','),
  })
  house = await House.open(await settings(ports[0] ?? 0))
  expert = await house.expert()
  other = await Server.beside(house.server, await settings(ports[1] ?? 0))
}, 120_000)
afterAll(async () => {
  await other?.close()
  await house?.close()
  await database?.end()
})

async function speak(who: Visitor | Room, texts: readonly string[]): Promise<void> {
  for (const text of texts) await who.paste(text)
}

test('a3: they talk over two processes; hers is killed in mid-conversation, and all goes on at the other: nothing lost, nothing doubled, no new sign-in', async context => {
  const why = missing()
  if (why) return context.skip(why)
  house.at.staff = other.ports.staff
  house.office.cut()
  await expert.available()
  const visitor = await house.visitor()
  await visitor.start()
  const room = await expert.claimNext()
  await visitor.sees('the opening words', () => visitor.has('safety-no'), 30_000)
  const [hers, ours] = [messages('van haar', 12), messages('van hier', 12)]
  await Promise.all([speak(visitor, hers.slice(0, 4)), speak(room, ours.slice(0, 4))])
  for (const who of [visitor, room]) await who.all('received', 60_000)
  const talk = Promise.all([speak(visitor, hers.slice(4)), speak(room, ours.slice(4))])
  await house.server.end('SIGKILL')
  house.at.visitor = other.ports.visitor
  house.street.cut()
  const killed = Date.now()
  await talk
  for (const who of [visitor, room]) await who.all('received', 90_000)
  tell(`several: on ${database.name}: one of two processes killed, all of both sides received ${Date.now() - killed} ms later`)
  expect(await room.said('visitor')).toEqual(hers)
  expect(await visitor.said('expert')).toEqual(ours)
  expect(await visitor.said('me')).toEqual(hers)
  expect(await room.said('me')).toEqual(ours)
  expect(await expert.has('sign-in')).toBe(false)
  expect(house.problems).toEqual([])
}, 240_000)
