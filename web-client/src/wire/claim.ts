import { blob, bool, frame, id, int, language, oneOf, request, type Of, type Read } from './read'

const fence = int(1)

/** Takes the first in line; repeatable under the same claim id. */
export const claim = frame('claim', { n: request, fence, claim: id, slot: oneOf(1, 2), keyPackage: blob })
export const claimed = frame('claimed', { n: request, conversation: id, language })
export const nobody = frame('nobody', { n: request })

/** Ends the conversation. */
export const close = frame('close', { n: request, fence, conversation: id })
export const closed = frame('closed', { n: request })

const gives = { n: request, fence, conversation: id }
const given = frame('release', gives)
const again = frame('release', { ...gives, again: bool })

/** Gives it back: the visitor is told, and first in line. `again`: this desk could not go on, but its person may have her again. */
export const release: Read<Of<typeof given> | Of<typeof again>> = value => given(value) ?? again(value)
export const released = frame('released', { n: request })
