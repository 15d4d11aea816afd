import { randomBytes } from 'node:crypto'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { House, missingHouse } from './harness/house'
import { part, type Expert, type Room, type Visitor } from './harness/people'
import { eventually, freshFolder } from './harness/processes'
import type { Crossing, Proxy } from './harness/proxy'
import { hitsIn, hitsInFile, hitsUnder } from './harness/search'
import { heapOf } from './harness/server'

/** Slice e, done when 2, and d, done when 2: no word of a conversation lies or passes anywhere but on the two screens. */
const canary = (what: string): string => `kanarie-${what}-${randomBytes(9).toString('hex')}-zoë`
const SAID = { visitor: canary('bezoeker'), expert: canary('werkplek'), waiting: canary('wachtend') }
const DRAFTS = { visitor: canary('kladje'), expert: canary('opzet') }
const ALL = [...Object.values(SAID), ...Object.values(DRAFTS)]
/** Goes in on purpose, and so is seen by the JVM, which names its options in its output and keeps them in its memory. */
const PLANTED = `kanarie-geplant-${randomBytes(9).toString('hex')}`

let house: House
let expert: Expert
let room: Room
let visitor: Visitor
let heap: string | undefined

beforeAll(async () => {
  if (missingHouse()) return
  house = await House.open({ JAVA_TOOL_OPTIONS: `-Dplanted=${PLANTED}` })
  expert = await house.expert()
  await expert.available()
  visitor = await house.visitor()
  await visitor.start()
  await visitor.paste(SAID.waiting)
  room = await expert.claimNext()
  await visitor.sees('the opening words', () => visitor.has('safety-no'), 30_000)
  await visitor.paste(SAID.visitor)
  await room.reads('visitor', SAID.visitor)
  await room.paste(SAID.expert)
  await visitor.reads('expert', SAID.expert)
  for (const [who, text] of [[visitor, DRAFTS.visitor], [room, DRAFTS.expert]] as const) await who.draft(text)
  await Promise.all([visitor.all('received'), room.all('received')])
  heap = await heapOf(house.server, join(freshFolder('heap'), 'server.hprof'))
}, 120_000)
afterAll(() => house?.close())

const traffic = (proxy: Proxy): Buffer => Buffer.concat(proxy.crossings.flatMap(({ what, bytes }) => [Buffer.from(`${what}\n`), bytes, Buffer.from('\n')]))
/** What a frame or a request on its way up is called. */
const named = ({ what, bytes }: Crossing): string => /"t":"([\w-]+)"/.exec(bytes.toString())?.[1] ?? what

describe('canaries', () => {
  test('e2: words, drafts and what was written while waiting are in no file of the store, no log and no heap of the server', context => {
    if (missingHouse()) return context.skip(missingHouse())
    expect(hitsUnder(house.server.data, ALL)).toEqual([])
    expect(hitsIn(Buffer.from(house.server.output), ALL)).toEqual([])
    if (!heap) return context.skip('the JDK has no jcmd: the heap was not searched')
    expect(statSync(heap).size).toBeGreaterThan(1_000_000)
    expect(hitsInFile(heap, ALL)).toEqual([])
  })

  test('e2 d2: no request, answer or frame of either page carries a word', context => {
    if (missingHouse()) return context.skip(missingHouse())
    for (const side of [house.street, house.office]) {
      expect(side.crossings.length).toBeGreaterThan(20)
      expect(hitsIn(traffic(side), ALL)).toEqual([])
    }
  })

  test('e2 D17: going through the BUM panel sends nothing', async context => {
    if (missingHouse()) return context.skip(missingHouse())
    await expert.page.size(1280, 800)
    // The heap dump held the server up, and the line may be new since: what that asks for must be over.
    const upSince = (from: number) => house.office.crossings.slice(from).filter(({ direction }) => direction === 'up').map(named)
    await eventually('a quiet line', () => upSince(0).slice(-2).every(name => name === 'ping'))
    const before = house.office.crossings.length
    for (const phase of [1, 2, 0]) await expert.page.run((selector, i) => document.querySelectorAll<HTMLElement>(selector)[i]?.click(), part('phase'), phase)
    const ticks = await expert.page.run(() => {
      const boxes = [...document.querySelectorAll<HTMLInputElement>('.side.end input[type=checkbox]')]
      boxes.forEach(box => box.click())
      return boxes.filter(box => box.checked).length
    })
    expect(ticks).toBeGreaterThan(0)
    // The second ping from here goes after everything that the taps could have sent; a fetch is the slow timer's and holds a number.
    await eventually('two pings', () => upSince(before).filter(name => name === 'ping').length >= 2)
    expect(upSince(before).filter(name => name !== 'ping' && name !== 'fetch')).toEqual([])
  })

  test('e2: what is planted is found: in the store, the log, the heap and the traffic', async context => {
    if (missingHouse()) return context.skip(missingHouse())
    writeFileSync(join(house.server.data, 'planted'), `\0\0${PLANTED}\0`)
    expect(hitsUnder(house.server.data, [PLANTED])).not.toEqual([])
    expect(hitsIn(Buffer.from(house.server.output), [PLANTED])).not.toEqual([])
    for (const [page, side] of [[visitor.page, house.street], [expert.page, house.office]] as const) {
      await page.run(body => fetch('/planted', { method: 'POST', body }).then(answer => answer.status), JSON.stringify({ body: PLANTED }))
      expect(hitsIn(traffic(side), [PLANTED])).not.toEqual([])
    }
    if (!heap) return context.skip('the JDK has no jcmd: the heap was not searched')
    expect(hitsInFile(heap, [PLANTED])).not.toEqual([])
  })
})
