import { blob, bool, frame, id, int, language, list, nullable, object, oneOf, request, type Of } from './read'

const fence = int(1)
/** What somebody is called for: to take over, or to look along. */
export const purpose = oneOf('transfer', 'look')
export type Purpose = Of<typeof purpose>

const about = { n: request, conversation: id, call: id }
const staffs = { ...about, fence }

/** A lead asks for a colleague; repeatable by the call's id. */
export const call = frame('call', { ...staffs, for: purpose, warm: bool })
export const called = frame('called', { n: request })
/** Somebody comes to a call. */
export const answer = frame('answer', { n: request, fence, call: id, slot: oneOf(1, 2), keyPackage: blob })
export const answered = frame('answered', { n: request, conversation: id, language })
/** The lead takes it back, or the guest leaves. */
export const uncall = frame('uncall', staffs)
export const uncalled = frame('uncalled', { n: request })
/** The guest is the lead from now on. */
export const handOver = frame('hand-over', staffs)
export const handedOver = frame('handed-over', { n: request })

/** The visitor's no to a guest, or that she sends her away. */
export const decline = frame('decline', about)
export const declined = frame('declined', { n: request })
/** The visitor's: another person, please. */
export const another = frame('another', { n: request, conversation: id })
export const noted = frame('noted', { n: request })

/** A guest as the visitor is told of her. */
export const guest = object({
  call: id, for: purpose, state: oneOf('asked', 'joining', 'in'), expert: oneOf('here', 'lost', 'away'), keyPackage: blob, statement: blob, roster: blob, revocations: list(blob),
})

/** A guest as the lead is told of her: the proof once she answered. */
export const leadsGuest = object({
  call: id, for: purpose, warm: bool, state: oneOf('called', 'answered', 'joining', 'in'), statement: nullable(blob), roster: nullable(blob), revocations: list(blob),
})
