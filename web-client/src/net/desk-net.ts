import { deskNews, toDesk, type ToDesk } from '../wire/to-desk'
import { Connection, DESK_PACE } from './connection'
import type { Net } from './net'
import { resolved, type NetOptions } from './options'
import { pollLine } from './poll'
import { socketLine } from './socket'

/** The desk's line to the server; the session cookie goes along by itself. */
export function createDeskNet(options: NetOptions = {}): Net<ToDesk> {
  const { origin, transport, surroundings, fetcher, makeSocket, live } = resolved(options)
  const poll = pollLine<ToDesk>({
    fetcher, origin, read: toDesk, readNews: deskNews, timers: surroundings.timers, headers: () => ({ 'X-Naast': '1' }), first: greeting => greeting,
  })
  return new Connection<ToDesk>(transport === 'poll' ? { poll } : { poll, socket: socketLine(makeSocket, live, toDesk, 'leased') }, DESK_PACE, surroundings)
}
