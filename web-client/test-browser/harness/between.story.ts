import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import WebSocket, { WebSocketServer } from 'ws'
import { freePort, freshFolder } from './processes'
import { Proxy } from './proxy'
import { forms, hitsIn, hitsInFile, hitsUnder, secretsIn } from './search'
import { SlowLine } from './slow'

/** What stands between the browsers and the server in the stories, tried on an echo. */
let echo: http.Server
let proxy: Proxy
const target = () => (echo.address() as AddressInfo).port

beforeAll(async () => {
  echo = http.createServer((request, response) => {
    response.setHeader('Content-Type', request.headers['content-type'] ?? 'text/plain')
    request.pipe(response)
  })
  const sockets = new WebSocketServer({ server: echo })
  sockets.on('connection', (socket, request) => {
    socket.send(JSON.stringify({ t: 'origin', origin: request.headers.origin, host: request.headers.host }))
    socket.on('message', data => { if (String(data).includes('bye')) socket.close(4001, 'lease'); else socket.send(String(data)) })
  })
  await new Promise<void>(done => echo.listen(0, '127.0.0.1', done))
  proxy = await Proxy.start(0, target)
})
afterAll(async () => { await proxy.close(); echo.closeAllConnections(); echo.close() })

/** A socket whose messages can be read one by one; `closed` gives the code. */
async function open(port = proxy.port) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/live`, { origin: 'http://localhost:1', perMessageDeflate: false })
  const heard: Record<string, unknown>[] = []
  let wake = () => {}
  socket.on('message', data => { heard.push(JSON.parse(String(data)) as Record<string, unknown>); wake() })
  const closed = new Promise<number>(done => { socket.on('close', done); socket.on('error', () => done(-1)) })
  const next = async () => { while (!heard.length) await new Promise<void>(done => { wake = done }); return heard.shift() }
  return { socket, closed, next, say: (frame: object) => { socket.send(JSON.stringify(frame)) } }
}

describe('the proxy', () => {
  test('carries frames both ways, keeps origin and host, records them, and hands on the code of a goodbye', async () => {
    const { next, say, closed } = await open()
    expect(await next()).toEqual({ t: 'origin', origin: 'http://localhost:1', host: `127.0.0.1:${proxy.port}` })
    say({ t: 'ping' })
    expect(await next()).toEqual({ t: 'ping' })
    say({ t: 'bye' })
    expect(await closed).toBe(4001)
    expect(proxy.crossings.map(c => `${c.direction} ${c.bytes}`)).toContain('up {"t":"ping"}')
    expect(proxy.crossings.map(c => `${c.direction} ${c.bytes}`)).toContain('down close 4001')
  })

  test('cuts sockets without a goodbye, refuses them, and is offline when told so', async () => {
    const { closed, next } = await open()
    await next()
    expect(proxy.cut()).toBe(1)
    expect(await closed).toBe(1006)
    proxy.noSockets = true
    expect(await (await open()).closed).toBe(-1)
    expect(await (await fetch(`http://127.0.0.1:${proxy.port}/x`, { method: 'POST', body: 'still here' })).text()).toBe('still here')
    proxy.noSockets = false
    proxy.offline = true
    await expect(fetch(`http://127.0.0.1:${proxy.port}/y`, { headers: { connection: 'close' } })).rejects.toThrow()
    proxy.offline = false
  })

  test('changes and swallows frames on sockets and inside the answers of a long poll', async () => {
    proxy.rewrite = (frame, direction) => frame['t'] === 'secret' ? undefined : direction === 'down' && frame['t'] === 'view' ? { ...frame, state: 'lie' } : frame
    const { next, say, socket } = await open()
    await next()
    say({ t: 'secret' })
    say({ t: 'view', state: 'truth' })
    expect(await next()).toEqual({ t: 'view', state: 'lie' })
    socket.terminate()
    const news = { t: 'news', frames: [{ t: 'secret' }, { t: 'view', state: 'truth' }] }
    const answer = await fetch(`http://127.0.0.1:${proxy.port}/poll`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(news) })
    expect(await answer.json()).toEqual({ t: 'news', frames: [{ t: 'view', state: 'lie' }] })
    proxy.rewrite = frame => frame
  })
})

test('the slow line costs a handshake, the way there and back, and its width', async () => {
  const port = await freePort()
  const slow = await SlowLine.start(port, target(), { bitsPerSecond: 400_000, roundTrip: 400 })
  const start = performance.now()
  const body = 'x'.repeat(20_000)
  const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body })
  expect((await answer.text()).length).toBe(body.length)
  // 400 handshake + 400 there and back + 2 x 400 for 20 kB each way (they overlap, packet by packet).
  const took = performance.now() - start
  await slow.close()
  expect(took).toBeGreaterThan(1150)
  // No upper bound: how much longer it takes is the machine's load, not the line's.
})

describe('the search for keys', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = privateKey.export({ format: 'jwk' })
  const secret = Buffer.from(jwk.d ?? '', 'base64url')
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' })

  test.each([
    ['JWK', JSON.stringify(jwk)], ['PKCS#8', pkcs8], ['PKCS#8 in PEM', privateKey.export({ format: 'pem', type: 'pkcs8' }).toString().replace(/\n/g, '')], ['PKCS#8 in a JSON of base64url', JSON.stringify({ key: pkcs8.toString('base64url') })],
    ['behind a point, as we save it', Buffer.concat([Buffer.alloc(65, 4), secret]).toString('base64url')], ['hex', pkcs8.toString('hex')], ['an array', JSON.stringify([...secret])], ['a typed array', JSON.stringify({ key: new Uint8Array(secret) })],
  ])('finds one as %s, and no other', (_, packed) => {
    expect(secretsIn(Buffer.from(packed), { hers: secret })).not.toEqual([])
    expect(secretsIn(Buffer.from(packed), { other: randomBytes(32) })).toEqual([])
  })
})

describe('the search for canaries', () => {
  const canary = 'kanarie-3f9c-zoë'

  test('finds one in every form, also across the border of two steps, and nothing where there is none', () => {
    const folder = freshFolder('search')
    const border = Buffer.alloc(17 * 1024 * 1024)
    Buffer.from(canary).copy(border, 16 * 1024 * 1024 - 5)
    writeFileSync(join(folder, 'border'), border)
    expect(hitsInFile(join(folder, 'border'), [canary])).toEqual([`${canary} (utf-8)`])
    mkdirSync(join(folder, 'deep'))
    writeFileSync(join(folder, 'deep', 'packed'), JSON.stringify({ body: Buffer.from(`ab ${canary} cd`).toString('base64url') }))
    expect(hitsUnder(folder, [canary])).toHaveLength(2)
    expect(hitsUnder(folder, ['kanarie-elders'])).toEqual([])
  })

  test.each(forms('kanarie-3f9c-zoë').map(({ form, bytes }) => [form, bytes] as const))('%s', (form, bytes) => {
    expect(hitsIn(Buffer.concat([Buffer.from('before'), bytes, Buffer.from('after')]), [canary])).toContain(`${canary} (${form})`)
  })

  test.each([0, 1, 2])('text packed as base64 at alignment %i', shift => {
    expect(hitsIn(Buffer.from(Buffer.from(`${'x'.repeat(shift)}${canary}yz`).toString('base64')), [canary])).not.toEqual([])
  })
})
