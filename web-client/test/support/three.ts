import type { Organisation } from './organisation'
import { World, deskLines, linesOf, notices, texts, type DeskSide, type VisitorSide } from './world'

/** A visitor and her expert, who have talked, and somebody else of the staff. */
export interface Three { world: World; visitor: VisitorSide; lead: DeskSide; other: DeskSide }

export const idAt = ({ desk }: DeskSide): string => desk.state.talks.find(talk => talk.state !== 'ended')?.id ?? desk.state.talks[0]?.id ?? ''
export const talkAt = ({ desk }: DeskSide) => desk.state.talks.find(talk => talk.state !== 'ended') ?? desk.state.talks[0]
/** What a desk shows of whom. */
export const saidAt = (side: DeskSide, from: 'me' | 'visitor' | 'colleague'): string[] => texts((talkAt(side)?.lines ?? []).filter(line => line.from === from))
export const noticesAt = (side: DeskSide): string[] => notices(talkAt(side)?.lines ?? [])
export const readBy = (visitor: VisitorSide): [string | undefined, string | undefined][] => linesOf(visitor).flatMap(line => (line.from === 'expert' ? [[line.alias, line.text]] : []))
export const talking = ({ talk: { state } }: VisitorSide) => (state.kind === 'talking' ? state : undefined)
export const guestOf = (visitor: VisitorSide) => talking(visitor)?.guest
export const appends = (side: VisitorSide | DeskSide, kind?: string) => side.net.sent.filter(frame => frame.t === 'append' && (kind === undefined || frame['kind'] === kind))
export { deskLines }

export async function three(organisation: Organisation, kind: 'expert' | 'coordinator' = 'expert'): Promise<Three> {
  const world = new World(organisation)
  const { visitor, expert: lead } = await world.talking()
  visitor.talk.compose('van mij')
  lead.desk.compose(idAt(lead), 'van Noor')
  await world.pass(2_000)
  const other = await world.desk(kind === 'expert' ? 'Bea' : 'Cora', undefined, undefined, kind)
  await world.pass(1_000)
  return { world, visitor, lead, other }
}

/** The lead calls, the other answers, and the visitor is asked. */
export async function asked({ world, lead, other }: Three, purpose: 'transfer' | 'look' = 'transfer', warm = true): Promise<void> {
  lead.desk.call(idAt(lead), purpose, warm)
  await world.pass(1_000)
  other.desk.answer(other.desk.state.calls[0]?.call ?? '')
  await world.pass(1_000)
}

/** And says yes. */
export async function letIn(all: Three, purpose: 'transfer' | 'look' = 'transfer', warm = true): Promise<void> {
  await asked(all, purpose, warm)
  all.visitor.talk.admit(true)
  await all.world.pass(2_000)
}
