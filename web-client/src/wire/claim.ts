import { blob, frame, id, int, language, oneOf, request } from './read'

const fence = int(1)

/** Takes the first in line; repeatable under the same claim id. */
export const claim = frame('claim', { n: request, fence, claim: id, slot: oneOf(1, 2), keyPackage: blob })
export const claimed = frame('claimed', { n: request, conversation: id, language })
export const nobody = frame('nobody', { n: request })

/** Ends the conversation. */
export const close = frame('close', { n: request, fence, conversation: id })
export const closed = frame('closed', { n: request })

/** Gives it back: the visitor is told, and first in line. */
export const release = frame('release', { n: request, fence, conversation: id })
export const released = frame('released', { n: request })
