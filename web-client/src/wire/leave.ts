import { bool, frame, id, request, type Of, type Read } from './read'
import { signalBytes } from './signal'

const ends = { n: request, conversation: id, quick: bool }
const plain = frame('leave', ends)
const saying = frame('leave', { ...ends, signal: signalBytes })

/** Leaves queue or conversation and ends it; repeatable. With her last signal, if there is one: in one frame neither can overtake the other. */
export const leave: Read<Of<typeof plain> | Of<typeof saying>> = value => plain(value) ?? saying(value)

export const left = frame('left', { n: request })
