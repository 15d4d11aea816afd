import type { Bytes } from '../../src/crypto/bytes'
import type { DeskView } from '../../src/wire/desk-view'
import type { FromDesk } from '../../src/wire/from-desk'
import type { FromVisitor } from '../../src/wire/from-visitor'
import type { Id } from '../../src/wire/read'
import type { ViewIn } from '../../src/wire/view'
import type { FakeConversation, FakeGuest, Side } from './fake-conversation'
import { refused, type DeskEntry, type FakeServer, type Papers } from './fake-server'

type Of<T extends string> = Extract<FromDesk, { t: T }>
type Talk = DeskView['conversations'][number]
const NOTHING: Bytes = new Uint8Array(0)

/** The fake server's third person: who calls, who comes, who is let in, and who goes (protocol.md). */
export class FakeCalls {
  constructor(private readonly server: FakeServer) {}

  /** Where this desk is a guest. */
  with(desk: Id): FakeConversation[] {
    return this.server.conversations.filter(c => c.guest && c.guest.stage !== 'called' && c.guest.desk === desk && c.state !== 'ended')
  }

  fromDesk(side: Side, own: FakeConversation, frame: Of<'call' | 'uncall' | 'hand-over'>): object {
    switch (frame.t) {
      case 'call': return this.call(side, own, frame)
      case 'uncall': return own.claim?.id === frame.call ? refused('not-now') : own.guest?.call === frame.call ? this.end(own, 'uncalled', { t: 'uncalled' }) : { t: 'uncalled' }
      case 'hand-over': {
        if (side !== 'expert' || own.guest?.call !== frame.call || own.guest.stage !== 'in' || own.guest.for !== 'transfer') return own.claim?.id === frame.call ? { t: 'handed-over' } : refused('not-now')
        own.handOver()
        this.server.changed()
        return { t: 'handed-over' }
      }
    }
  }

  private call(side: Side, own: FakeConversation, { call, for: purpose, warm }: Of<'call'>): object {
    if (own.guest?.call === call) return { t: 'called' }
    if (side !== 'expert' || own.state !== 'talking' || own.guest) return refused('not-now')
    own.guest = { call, for: purpose, warm, stage: 'called', desk: '' as Id, slot: 1, keyPackage: NOTHING, statement: NOTHING, addSeq: 0, goneAt: undefined }
    own.rev++
    this.server.changed()
    return { t: 'called' }
  }

  answer(desk: Id, entry: DeskEntry, { call, slot, keyPackage }: Of<'answer'>): object {
    const own = this.server.conversations.find(c => c.guest?.call === call)
    const answered = { t: 'answered', conversation: own?.id, language: own?.language }
    if (own?.guest?.stage !== 'called') return own?.guest?.desk === desk ? answered : { t: 'nobody' }
    if (!this.may(desk, own, own.guest)) return refused('not-allowed')
    if (this.server.isTaken(desk, slot)) return refused('limit')
    Object.assign(own.guest, { stage: 'answered', desk, slot, keyPackage, statement: entry.papers?.statement ?? NOTHING })
    own.rev++
    this.server.changed()
    return answered
  }

  fromVisitor(own: FakeConversation, frame: Extract<FromVisitor, { t: 'decline' | 'another' }>): object {
    if (frame.t === 'decline' && own.claim?.id === frame.call) return refused('not-now')
    if (frame.t === 'decline') return own.guest?.call === frame.call ? this.end(own, 'declined', { t: 'declined' }) : { t: 'declined' }
    if (own.state !== 'talking' || !own.claim) return own.again === 'another' ? { t: 'noted' } : refused('not-now')
    const { desk } = own.claim
    own.passed.add(this.server.entries.get(desk)?.person ?? desk)
    this.server.over(desk, own, 'another')
    if (own.guest?.desk) this.server.over(own.guest.desk, own, 'another')
    own.release('another')
    this.server.changed()
    return { t: 'noted' }
  }

  /** There is no guest any more. */
  end(own: FakeConversation, why: DeskView['ended'][number]['why'], answer: object = {}): object {
    if (own.guest?.desk) this.server.over(own.guest.desk, own, why)
    own.clearGuest()
    this.server.changed()
    return answer
  }

  private may(desk: Id, own: FakeConversation, guest: FakeGuest): boolean {
    const entry = this.server.entries.get(desk)
    const lead = own.claim && this.server.entries.get(own.claim.desk)
    if (!entry || entry.person === lead?.person) return false
    return guest.for === 'look' ? entry.coordinator === true : !entry.coordinator && !own.passed.has(entry.person)
  }

  open(desk: Id): DeskView['calls'] {
    return this.server.conversations.flatMap(c => (c.guest?.stage === 'called' && c.state === 'talking' && this.may(desk, c, c.guest) ? [{ call: c.guest.call, for: c.guest.for, language: c.language }] : []))
  }

  private papersOf(desk: Id, statement: Bytes): Papers {
    return this.server.papers(this.server.entries.get(desk)?.papers ?? { statement, roster: NOTHING, revocations: [] })
  }

  forVisitor(c: FakeConversation): ViewIn<'talking'>['guest'] {
    const { guest } = c
    if (!guest || guest.stage === 'called') return null
    const { call, desk, stage, keyPackage, goneAt } = guest
    return { call, for: guest.for, state: stage === 'answered' ? 'asked' : stage, expert: this.server.lineOf({ claim: guest }, goneAt), keyPackage, ...this.papersOf(desk, guest.statement) }
  }

  conversations(desk: Id): Talk[] {
    const common = (c: FakeConversation) => ({ conversation: c.id, language: c.language, visitor: c.visitorGoneAt === undefined ? 'here' as const : 'lost' as const, seq: c.seq })
    const state = { answered: 'claimed', joining: 'joining', in: 'talking' } as const
    return [
      ...this.server.of(desk).map((c): Talk => ({ ...common(c), claim: c.claim?.id as Id, slot: c.claim?.slot ?? 1, state: c.state as 'talking', part: 'lead', guest: c.guest ? this.guestOf(c.guest, true) : null })),
      ...this.with(desk).flatMap((c): Talk[] => {
        const { guest, claim } = c
        if (!guest || !claim || guest.stage === 'called') return []
        return [{ ...common(c), claim: guest.call, slot: guest.slot, state: state[guest.stage], part: 'guest', guest: this.guestOf(guest, false), lead: this.papersOf(claim.desk, claim.statement) }]
      }),
    ]
  }

  private guestOf({ call, for: purpose, warm, stage, desk, statement }: FakeGuest, proof: boolean): NonNullable<Talk['guest']> {
    const papers = proof && stage !== 'called' ? this.papersOf(desk, statement) : { statement: null, roster: null, revocations: [] }
    return { call, for: purpose, warm, state: stage, ...papers }
  }
}
