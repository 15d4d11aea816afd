/** Times and counts of crypto.md "A conversation", in milliseconds. */

/** Own leaf renewed after so many own messages, or so long after the first of them (10). */
export const UPDATE_AFTER_MESSAGES = 50
export const UPDATE_AFTER_MS = 15 * 60_000
/** An acknowledgement waits this long for a text to travel in. */
export const ACK_DELAY_MS = 300
/** A missing acknowledgement is shown after this, while the other is connected (7). */
export const NOT_ARRIVED_MS = 30_000
/** V34: "failed, try again" when nothing has moved for this long. */
export const FAILED_MS = 15_000
/** "I need it no more" to the server is said in one go for what came together. */
export const TRANSPORT_ACK_DELAY_MS = 500
/** D12: the typing sign stops so long after the last key; the other forgets it a little later, should the stop be lost. */
export const TYPING_MS = 3_000
export const TYPING_FORGOTTEN_MS = 6_000
export const TYPING_AGAIN_MS = 2_000
/** D11: after "left quickly" nothing is sent for so long. */
export const BLOCKED_MS = 60_000
export const LONGEST_TEXT = 4_000
/** What that is in parts, at the most: 12,000 bytes, and each part ends between two characters. */
export const MOST_PARTS = 5
/** So many lines, and ids of what was heard, are kept: one more than a screen shows (ui/Transcript), which says that older ones were there. */
export const KEPT = 1_001
/** So long without any way to the server before a place in the line is given up. */
export const NO_NETWORK_MS = 15_000

/** So long after somebody else's end the words stay to be read, and what the log still has is fetched: whoever finds the phone later finds nothing. */
export const READ_ON_MS = 600_000

/** An expert's own history of a conversation goes so long after its end; its copy in the vault as long after its last write, so one that lives is written again. */
export const HISTORY_MS = 24 * 3_600_000
export const WRITE_AGAIN_MS = 6 * 3_600_000
/** A desk that is locked finishes for so long at the most what it is about to keep; the screen is empty at once. */
export const LOCK_MS = 2_000
/** So long a desk waits for the proof of whoever an add brings, before it stops. */
export const BELIEVED_MS = 15_000
/** A statement that waits for its signatures is asked after. */
export const PROPOSED_AGAIN_MS = 20_000

/** 0.25 s, doubling, to 8 s. */
export const backOff = (tries: number): number => Math.min(250 * 2 ** tries, 8_000)
