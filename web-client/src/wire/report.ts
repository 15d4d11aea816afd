import { blob, bytes, frame, id, list, nullable, object, request, type Of, type Read } from './read'
import { readers } from './to-visitor'

const most =
  <T>(read: Read<readonly T[]>, top: number, least = 0): Read<readonly T[]> =>
  value => {
    const all = read(value)
    return all && all.length >= least && all.length <= top ? all : undefined
  }

const VERSION = 1
const sized = bytes(82, 8_192)
/** A box as its form has it: its version first; what is inside, crypto/report says. */
const box: typeof sized = value => {
  const read = sized(value)
  return read?.[0] === VERSION ? read : undefined
}

/** Who there is to report to, never somebody who has her. */
export const askCoordinators = frame('coordinators', { n: request })
const coordinators = frame('coordinators', { n: request, roster: nullable(blob), revocations: list(blob), statements: most(list(blob), 4) })

/** A box for each of the coordinators who are to read it, two at the most; repeatable under the same report id. */
export const report = frame('report', { n: request, conversation: id, report: id, boxes: most(list(object({ to: bytes(32), box })), 2, 1) })
const reported = frame('reported', { n: request })

/** What they answered. */
export const askAnswers = frame('answers', { n: request, conversation: id, report: id })
const answers = frame('answers', { n: request, items: most(list(object({ statement: blob, box })), 2) })

const replies = { coordinators, reported, answers }
export type ReportReply = Of<(typeof replies)[keyof typeof replies]>
// Who loads this file is the one who asks: from here on a visitor's line reads what answers it.
Object.assign(readers, replies)
