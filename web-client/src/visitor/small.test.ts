import { describe, expect, test, vi } from 'vitest'
import { askAvailability } from './availability'
import { canTalk, engineOf, insideApp } from './browser'

const answer = (body: string, status = 200) => vi.fn(() => Promise.resolve(new Response(body, { status })))
const TOLD = '{"t":"availability","open":true,"languages":["nl"],"range":[1,5]}'

describe('asking whether somebody is there', () => {
  // seen failing: the options left out
  test('sends no cookie and no referrer, follows no redirect, and keeps nothing', async () => {
    const get = answer(TOLD)
    expect(await askAvailability(get)).toMatchObject({ kind: 'known', open: true, languages: ['nl'], range: [1, 5] })
    expect(get).toHaveBeenCalledWith('/availability', { cache: 'no-store', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' })
  })
  test.each([['no JSON', 'x', 200], ['something else', '{"t":"beat"}', 200], ['a range the wrong way round', TOLD.replace('[1,5]', '[5,1]'), 200], ['an error', TOLD, 503]])('%s is silence', async (_, body, status) => {
    expect(await askAvailability(answer(body, status))).toEqual({ kind: 'silent' })
  })
  test('no network is silence', async () => {
    expect(await askAvailability(vi.fn(() => Promise.reject(new TypeError('no network'))))).toEqual({ kind: 'silent' })
  })
})

const AGENTS = {
  chromium: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
  safari: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
  samsung: 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36',
  chromeOnIos: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/120.0 Mobile/15E148 Safari/604.1',
  instagram: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 300.0.0.0',
  tiktok: 'Mozilla/5.0 (Linux; Android 13; K; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36 musical_ly_2023 BytedanceWebview/d8a21c6',
}

describe('V13 the browser', () => {
  test.each([['chromium', 'chromium'], ['firefox', 'firefox'], ['safari', 'other'], ['samsung', 'other'], ['chromeOnIos', 'other']] as const)('%s is %s', (agent, engine) => {
    expect(engineOf(AGENTS[agent])).toBe(engine)
  })
})

describe('V68 inside another app', () => {
  test.each(['instagram', 'tiktok'] as const)('%s', agent => expect(insideApp(AGENTS[agent])).toBe(true))
  test.each(['chromium', 'firefox', 'safari', 'samsung', 'chromeOnIos'] as const)('%s is not', agent => expect(insideApp(AGENTS[agent])).toBe(false))
})

describe('V56, V71 what is needed', () => {
  const modern = { crypto: { subtle: {} }, WebSocket: class {}, fetch: () => undefined, BigInt: () => undefined }
  test('is there', () => expect(canTalk(modern)).toBe(true))
  test.each([{ ...modern, crypto: {} }, { ...modern, WebSocket: undefined }, {}])('is missing', window => expect(canTalk(window)).toBe(false))
})
