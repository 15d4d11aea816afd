import type { Bytes } from '../../src/crypto/bytes'
import type { FromVisitor } from '../../src/wire/from-visitor'
import type { Id } from '../../src/wire/read'

type Ask = Extract<FromVisitor, { t: 'coordinators' | 'report' | 'answers' }>
export interface FakeReport { conversation: Id; report: Id; boxes: Extract<FromVisitor, { t: 'report' }>['boxes']; answers: { statement: Bytes; box: Bytes }[] }

/** What a server does with reports (protocol.md): for tests of the client, which make it lie by its fields. */
export class FakeReports {
  coordinators: { roster: Bytes | null; revocations: Bytes[]; statements: Bytes[] } = { roster: null, revocations: [], statements: [] }
  readonly all: FakeReport[] = []
  most = 3

  answer(conversation: Id, frame: Ask): object {
    if (frame.t === 'coordinators') return { t: 'coordinators', ...this.coordinators }
    if (frame.conversation !== conversation) return { t: 'refused', code: 'unknown' }
    const known = this.all.find(one => one.report === frame.report)
    if (frame.t === 'answers') return known ? { t: 'answers', items: known.answers } : { t: 'refused', code: 'unknown' }
    if (!known && this.all.length >= this.most) return { t: 'refused', code: 'limit' }
    if (!known) this.all.push({ conversation, report: frame.report, boxes: frame.boxes, answers: [] })
    return { t: 'reported' }
  }
}
