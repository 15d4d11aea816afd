import { byId, cursor, frame, int } from './read'

/** The listening half of the fallback; held by the server until there is news. */
export const poll = frame('poll', { v: int(1), rev: cursor, after: cursor })
export const deskPoll = frame('poll', { v: int(1), rev: cursor, after: byId(cursor) })
