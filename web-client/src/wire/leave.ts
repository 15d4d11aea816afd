import { bool, frame, id, request } from './read'

/** Leaves queue or conversation and ends it; repeatable. */
export const leave = frame('leave', { n: request, conversation: id, quick: bool })

export const left = frame('left', { n: request })
