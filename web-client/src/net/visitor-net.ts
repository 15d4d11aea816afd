import { toBase64Url, type Bytes } from '../crypto/bytes'
import { news, toVisitor, type ToVisitor } from '../wire/to-visitor'
import { write } from '../wire/write'
import { Connection, VISITOR_PACE } from './connection'
import { post } from './http'
import type { Frame, Net } from './net'
import { resolved, type NetOptions } from './options'
import { pollLine } from './poll'
import { socketLine } from './socket'

const bearer = (greeting: Frame) => ({ Authorization: `Bearer ${toBase64Url(greeting['capability'] as Bytes)}` })

/** The visitor's line to the server: a WebSocket, or POST and long poll where there can be none. */
export function createVisitorNet(options: NetOptions = {}): Net<ToVisitor> {
  const { origin, transport, surroundings, fetcher, makeSocket, live } = resolved(options)
  const poll = pollLine<ToVisitor>({
    fetcher, origin, read: toVisitor, readNews: news, timers: surroundings.timers, headers: bearer, first: () => ({ t: 'ping', n: 1 }),
  })
  const last = (greeting: Frame, frames: readonly Frame[]): void =>
    frames.forEach(frame => void post(fetcher, `${origin}/frames`, bearer(greeting), write(frame), true).catch(() => undefined))
  const socket = socketLine(makeSocket, live, toVisitor, 'ready')
  return new Connection<ToVisitor>(transport === 'poll' ? { poll } : { poll, socket, last }, VISITOR_PACE, surroundings)
}
