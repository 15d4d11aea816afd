import { acked } from './ack'
import { stored } from './append'
import { pushedEnvelope } from './envelope'
import { envelopes } from './fetch'
import { declined, noted } from './guest'
import { ready } from './hello'
import { joined } from './join'
import { left } from './leave'
import { beat, hint, pong, reconnect } from './ping'
import { frame, list, union, type Of, type Read } from './read'
import { refused } from './refused'
import type { ReportReply } from './report'
import { pushedSignal, signalled } from './signal'
import { view } from './view'

const pushes = { view, envelope: pushedEnvelope, hint, signal: pushedSignal, beat, reconnect }
const replies = { ready, joined, left, stored, envelopes, acked, signalled, pong, refused, declined, noted }

/** By name. What answers a report joins them with the part of the page that reports (`report.ts`): who waits to talk waits for no reader that she may never need. */
export const readers = { ...pushes, ...replies }

/** Everything the server says to a visitor's page. */
export const toVisitor = union('t', readers) as Read<Of<(typeof readers)[keyof typeof readers]> | ReportReply>
export type ToVisitor = Of<typeof toVisitor>

/** What a poll is answered with. */
export const news = frame('news', { frames: list(union('t', pushes)) })
