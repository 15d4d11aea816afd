import { blob, bytes, frame, id, list, nullable, object, request, type Read } from './read'

const most =
  <T>(read: Read<readonly T[]>, top: number, least = 0): Read<readonly T[]> =>
  value => {
    const all = read(value)
    return all && all.length >= least && all.length <= top ? all : undefined
  }

/** A box as its form has it; what is inside, crypto/report says. */
const box = bytes(82, 8_192)

/** Who there is to report to, never somebody who has her. */
export const askCoordinators = frame('coordinators', { n: request })
export const coordinators = frame('coordinators', { n: request, roster: nullable(blob), revocations: list(blob), statements: most(list(blob), 4) })

/** One box for each of two coordinators; repeatable under the same report id. */
export const report = frame('report', { n: request, conversation: id, report: id, boxes: most(list(object({ to: bytes(32), box })), 2, 1) })
export const reported = frame('reported', { n: request })

/** What they answered. */
export const askAnswers = frame('answers', { n: request, conversation: id, report: id })
export const answers = frame('answers', { n: request, items: most(list(object({ statement: blob, box })), 2) })
