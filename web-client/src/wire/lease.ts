import { deskView } from './desk-view'
import { bool, frame, id, int, oneOf, request } from './read'

/** Takes the expert's one desk lease; first frame of a desk's socket. */
export const lease = frame('lease', { v: int(1), n: request, desk: id })
export const leased = frame('leased', { n: request, fence: int(1), beat: int(1), slots: oneOf(1, 2), view: deskView })

/** Available for new people, or not. */
export const available = frame('available', { n: request, fence: int(1), yes: bool })
/** The desk was locked by its person, or is open again: session, lease and line stay. */
export const away = frame('away', { n: request, fence: int(1), yes: bool })

/** A newer desk has the lease: wipe and stop. */
export const leaseLost = frame('lease-lost', {})
/** The session ended. */
export const signedOut = frame('signed-out', {})
