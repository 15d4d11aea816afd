import { expect } from 'vitest'
import type { Organisation } from './organisation'
import type { Seals } from './seals'
import { World, deskLines, linesOf, texts, type DeskSide, type VisitorSide } from './world'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
/** The desk's first conversation. */
export const id = ({ desk }: DeskSide): string => desk.state.talks[0]?.id ?? ''
/** What the desk shows of both, and what the visitor reads and said. */
export const own = (side: DeskSide): string[] => texts(deskLines(side).filter(line => line.from === 'me'))
export const heard = (side: DeskSide): string[] => texts(deskLines(side).filter(line => line.from === 'visitor'))
export const read = (side: VisitorSide): string[] => texts(linesOf(side).filter(line => line.from === 'expert'))
export const said = (side: VisitorSide): string[] => texts(linesOf(side).filter(line => line.from === 'me'))
/** Where the visitor sees her expert. */
export const expertOf = ({ talk: { state } }: VisitorSide): string => (state.kind === 'talking' ? state.expert : state.kind)
export const commits = (side: DeskSide): number => side.net.sent.filter(frame => frame.t === 'append' && frame['kind'] === 'commit').length
export const releases = (side: DeskSide) => side.net.sent.filter(frame => frame.t === 'release')
export const unanswered = (visitor: VisitorSide, expert: DeskSide) =>
  [...linesOf(visitor), ...deskLines(expert)].filter(line => line.from === 'me' && line.text !== undefined && line.state !== 'received')

export interface Sides { world: World; visitor: VisitorSide; expert: DeskSide }

/** Two who talk, and have each said something. */
export async function talkOf(organisation: Organisation): Promise<Sides> {
  const world = new World(organisation)
  const sides = await world.talking()
  sides.expert.desk.compose(id(sides.expert), 'van haar')
  sides.visitor.talk.compose('van mij')
  await world.pass(2_000)
  return { world, ...sides }
}

/** Both read all that was said, once, and nothing was sealed twice under one key. */
export async function agreeAndGoOn({ world, visitor, expert }: Sides, seals: Seals, more = { hers: 'en verder', mine: 'verder ook' }): Promise<void> {
  expert.desk.compose(id(expert), more.hers)
  visitor.talk.compose(more.mine)
  await world.pass(4_000)
  expect(read(visitor)).toEqual(own(expert))
  expect(heard(expert)).toEqual(said(visitor))
  expect([own(expert).at(-1), heard(expert).at(-1)]).toEqual([more.hers, more.mine])
  expect(unanswered(visitor, expert)).toEqual([])
  expect([seals.doubled(), seals.reused(world.sentBodies())]).toEqual([[], []])
}
