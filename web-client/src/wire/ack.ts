import { cursor, frame, id, int, request } from './read'

const fields = { n: request, conversation: id, seq: cursor }

/** "I need nothing up to and including `seq` any more." Never shown to people. */
export const ack = frame('ack', fields)
export const deskAck = frame('ack', { ...fields, fence: int(1) })

export const acked = frame('acked', { n: request })
