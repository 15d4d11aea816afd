import { deskAck } from './ack'
import { deskAppend } from './append'
import { claim, close, release } from './claim'
import { deskFetch } from './fetch'
import { answer, call, handOver, uncall } from './guest'
import { available, away, lease } from './lease'
import { ping } from './ping'
import { deskPoll } from './poll'
import { union, type Of } from './read'
import { deskSignal } from './signal'

/** Everything a desk says. */
export const fromDesk = union('t', {
  lease, available, away, claim, append: deskAppend, fetch: deskFetch, ack: deskAck, signal: deskSignal, close, release, ping, poll: deskPoll,
  call, answer, uncall, 'hand-over': handOver,
})
export type FromDesk = Of<typeof fromDesk>
