import { blob, frame, id, int, oneOf, request, seq } from './read'

const fields = { n: request, conversation: id, id, body: blob }

/** Stores one envelope; repeatable under the same id. */
export const append = frame('append', { ...fields, kind: oneOf('message', 'commit', 'add') })
/** A desk's: with its fence, and never an add. */
export const deskAppend = frame('append', { ...fields, fence: int(1), kind: oneOf('message', 'commit') })

export const stored = frame('stored', { n: request, id, seq })
