import { envelope } from './envelope'
import { bool, cursor, frame, id, int, list, request } from './read'

const fields = { n: request, conversation: id, after: cursor, limit: int(1, 100) }

/** The envelopes after a cursor, in order. */
export const fetch = frame('fetch', fields)
export const deskFetch = frame('fetch', { ...fields, fence: int(1) })

export const envelopes = frame('envelopes', { n: request, conversation: id, items: list(envelope), more: bool })
