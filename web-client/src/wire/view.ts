import { guest } from './guest'
import { blob, cursor, frame, id, int, list, none, nullable, oneOf, union, type Of, type Read } from './read'

/** Minutes, from low to high. */
export const range: Read<readonly [number, number]> = value => {
  const pair = list(int(0))(value)
  return pair?.length === 2 && (pair[0] as number) <= (pair[1] as number) ? (pair as unknown as readonly [number, number]) : undefined
}

const always = { rev: cursor, conversation: id, seq: cursor }
const proof = { claim: id, statement: blob, roster: blob, revocations: list(blob) }
const withExpert = { ...always, ...proof, expert: oneOf('here', 'lost', 'away') }
const again = oneOf('vanished', 'released', 'no-join', 'revoked', 'another')
const inLine = { ...always, state: oneOf('waiting'), position: int(1), range: nullable(range) }
const waits = frame('view', { ...inLine, again: nullable(again) })
/** With what she acts on: the record, or the roster that leaves her out. */
const revoked = frame('view', { ...inLine, again: oneOf('revoked'), roster: blob, revocations: list(blob) })

/** The whole truth about a visitor's conversation (§6): it replaces what was known. */
export const view = union('state', {
  waiting: (value => waits(value) ?? revoked(value)) as Read<Of<typeof waits> | Of<typeof revoked>>,
  claimed: frame('view', { ...always, ...proof, state: oneOf('claimed'), keyPackage: blob }),
  joining: frame('view', { ...withExpert, state: oneOf('joining') }),
  talking: frame('view', { ...withExpert, state: oneOf('talking'), guest: nullable(guest) }),
  ended: frame('view', { ...always, state: oneOf('ended'), why: oneOf('left', 'closed', 'gone', 'expired') }),
  none: frame('view', { rev: cursor, conversation: none, state: oneOf('none') }),
})
export type View = Of<typeof view>
export type ViewIn<S extends View['state']> = Extract<View, { state: S }>
