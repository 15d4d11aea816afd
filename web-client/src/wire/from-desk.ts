import { deskAck } from './ack'
import { deskAppend } from './append'
import { claim, close, release } from './claim'
import { deskFetch } from './fetch'
import { available, away, lease } from './lease'
import { ping } from './ping'
import { deskPoll } from './poll'
import { union, type Of } from './read'
import { deskSignal } from './signal'

/** Everything a desk says. */
export const fromDesk = union('t', {
  lease, available, away, claim, append: deskAppend, fetch: deskFetch, ack: deskAck, signal: deskSignal, close, release, ping, poll: deskPoll,
})
export type FromDesk = Of<typeof fromDesk>
