import { browserSurroundings, type Surroundings } from '../surroundings'
import type { Fetch } from './http'
import type { MakeSocket } from './socket'

/** How a page reaches its server. */
export interface NetOptions {
  /** The page's own, by default. */
  readonly origin?: string
  /** `poll`: never a socket. For networks that break them, and for tests. */
  readonly transport?: 'auto' | 'poll'
  readonly surroundings?: Surroundings
  readonly fetcher?: Fetch
  readonly makeSocket?: MakeSocket
}

/** What a browser has, where nothing else is given. */
export const resolved = ({ origin = location.origin, transport = 'auto', surroundings = browserSurroundings(), fetcher, makeSocket }: NetOptions) => ({
  origin, transport, surroundings,
  fetcher: fetcher ?? fetch.bind(globalThis),
  makeSocket: makeSocket ?? ((url: string) => new WebSocket(url)),
  live: `${origin.replace(/^http/, 'ws')}/live`,
})
