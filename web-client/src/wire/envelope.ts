import { blob, frame, id, object, oneOf, seq, type Of } from './read'

const fields = { seq, id, from: oneOf('visitor', 'expert', 'guest'), kind: oneOf('message', 'commit', 'add'), body: blob }

/** One encrypted thing in a conversation's log. `from` is the server's word; who really sent it, the encryption says. */
export const envelope = object(fields)
export type Envelope = Of<typeof envelope>
export type EnvelopeKind = Envelope['kind']

/** The same, pushed from memory. */
export const pushedEnvelope = frame('envelope', { conversation: id, ...fields })
