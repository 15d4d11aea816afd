import { acked } from './ack'
import { stored } from './append'
import { claimed, closed, nobody, released } from './claim'
import { deskView } from './desk-view'
import { pushedEnvelope } from './envelope'
import { envelopes } from './fetch'
import { answered, called, handedOver, noted, uncalled } from './guest'
import { leased, leaseLost, signedOut } from './lease'
import { beat, hint, pong, reconnect } from './ping'
import { frame, list, union, type Of } from './read'
import { refused } from './refused'
import { pushedSignal, signalled } from './signal'

const pushes = {
  desk: deskView, 'lease-lost': leaseLost, 'signed-out': signedOut, envelope: pushedEnvelope, hint, signal: pushedSignal, beat, reconnect,
}
const answers = { leased, noted, claimed, nobody, closed, released, stored, envelopes, acked, signalled, pong, refused, called, answered, uncalled, 'handed-over': handedOver }

/** Everything the server says to a desk. */
export const toDesk = union('t', { ...pushes, ...answers })
export type ToDesk = Of<typeof toDesk>

/** What a desk's poll is answered with. */
export const deskNews = frame('news', { frames: list(union('t', pushes)) })
