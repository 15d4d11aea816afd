import type { Line, LineState, Notice, SafetyAnswer } from './line'
import { lineState, type Outbox } from './outbox'
import type { Id } from '../wire/read'
import { KEPT } from './limits'

/** Lines as they are kept, the last `KEPT`: own ones get their state from the outbox when they are shown. */
export type Lines = readonly Line[]

export const addLine = (lines: Lines, line: Line): Lines => [...lines.slice(1 - KEPT), line]

/** What an expert said, under the name she had. */
export const addHers = (lines: Lines, id: Id, alias: string, text: string, at: number): Lines => addLine(lines, { id, from: 'expert', alias, text, at })

export const addText = (lines: Lines, id: Id, from: 'me' | 'visitor', text: string, at: number): Lines => addLine(lines, { id, from, text, at })

/** Nobody else may say anything under the id of an own line: the screen would take one for the other. */
export const isOwn = (lines: Lines, id: string): boolean => lines.some(line => line.id === id && line.from === 'me')

const NOTICE = 'notice-'

/** Notices are numbered: nothing random is needed for what never travels. */
export function addNotice(lines: Lines, notice: Notice, at: number): Lines {
  const last = lines.filter(({ from }) => from === 'notice').pop()
  const number = last ? Number(last.id.slice(NOTICE.length)) + 1 : 0
  return addLine(lines, { id: `${NOTICE}${number}`, from: 'notice', automatic: true, notice, at })
}

/** The answer goes into the last safety question shown. */
export function answerLast(lines: Lines, answer: SafetyAnswer): Lines {
  const at = lines.map(line => line.notice?.key).lastIndexOf('safety-question')
  return lines.map((line, i) => (i === at ? { ...line, notice: { key: 'safety-question', answer } } : line))
}

/** As each own line was last shown: one whose state is the same is the same object, so that a long conversation costs little. */
const shown = new WeakMap<Line, Line>()

/** An own line with its state. */
function inState(line: Line, state: LineState): Line {
  const last = shown.get(line)
  if (last?.state === state) return last
  const next = { ...line, state }
  shown.set(line, next)
  return next
}

/** Own lines with the state that the outbox gives them. */
export const withStates = (lines: Lines, outbox: Outbox, failing: boolean): Lines =>
  lines.map(line => (line.from === 'me' ? inState(line, lineState(outbox, line.id, failing)) : line))

const NOT_ARRIVED = 'not-arrived'

/** Shown last for as long as it is true, and gone after it. */
export const withNotArrived = (lines: Lines, missing: boolean, at: number): Lines =>
  missing ? [...lines, { id: NOT_ARRIVED, from: 'notice', automatic: true, notice: { key: NOT_ARRIVED }, at }] : lines
