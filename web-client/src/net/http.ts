import { availability, type Availability } from '../wire/availability'
import { VERSION } from '../wire/hello'
import { parse, type Read } from '../wire/read'

export type Fetch = typeof fetch

/** Posts a text and answers the text that came back, whatever the status: a refusal is a frame like any other. Rejects when nothing came. */
export async function post(fetcher: Fetch, url: string, headers: Readonly<Record<string, string>>, body: string, keepalive = false, signal?: AbortSignal): Promise<string> {
  const answer = await fetcher(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Naast-Version': String(VERSION), ...headers },
    body, keepalive, cache: 'no-store', credentials: 'same-origin', redirect: 'error', referrerPolicy: 'no-referrer',
    ...(signal && { signal }),
  })
  return answer.text()
}

/** Gets a frame; undefined when it did not come or is malformed. */
export async function get<F>(fetcher: Fetch, url: string, read: Read<F>): Promise<F | undefined> {
  try {
    const answer = await fetcher(url, { cache: 'no-store', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' })
    return parse(await answer.text(), read)
  } catch {
    return undefined
  }
}

/** V26: is an expert there now, and how long does it take? Undefined when the server cannot be reached. */
export const getAvailability = (fetcher: Fetch = fetch.bind(globalThis), origin = ''): Promise<Availability | undefined> =>
  get(fetcher, `${origin}/availability`, availability)
