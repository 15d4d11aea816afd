import { cursor, frame, id, request } from './read'

export const ping = frame('ping', { n: request })
export const pong = frame('pong', { n: request })

/** The server's sign of life after 20 s of silence. */
export const beat = frame('beat', {})
/** The server is going down: come back after a random wait of at most `after` ms. */
export const reconnect = frame('reconnect', { after: cursor })
/** There is something up to `seq`: fetch. */
export const hint = frame('hint', { conversation: id, seq: cursor })
