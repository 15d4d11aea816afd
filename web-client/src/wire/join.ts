import { bytes, frame, id, language, request } from './read'
import { view } from './view'

/** A place in the queue; repeatable with the same conversation. */
export const join = frame('join', { n: request, conversation: id, language, consentKey: bytes(65) })

export const joined = frame('joined', { n: request, view })
