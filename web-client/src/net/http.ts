import { VERSION } from '../wire/hello'

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
