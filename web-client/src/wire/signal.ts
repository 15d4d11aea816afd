import { bytes, frame, id, int, request } from './read'

export const signalBytes = bytes(0, 256)

/** Relayed at once to whoever is connected, never stored. */
export const signal = frame('signal', { n: request, conversation: id, body: signalBytes })
export const deskSignal = frame('signal', { n: request, fence: int(1), conversation: id, body: signalBytes })

export const signalled = frame('signalled', { n: request })

/** The same, arriving. */
export const pushedSignal = frame('signal', { conversation: id, body: signalBytes })
