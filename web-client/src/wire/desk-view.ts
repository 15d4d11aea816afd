import { leadsGuest, purpose } from './guest'
import { blob, bool, cursor, frame, id, int, language, list, nullable, object, oneOf, union, type Of } from './read'

const slot = oneOf(1, 2)
const count = int(0)

const part = {
  conversation: id,
  claim: id,
  slot,
  language,
  state: oneOf('claimed', 'joining', 'talking'),
  visitor: oneOf('here', 'lost'),
  seq: cursor,
}
/** Hers, with whoever she called. */
const asLead = object({ ...part, part: oneOf('lead'), guest: nullable(leadsGuest) })
/** Another's, where she is the guest: with the proof of who has it, while that one is to be believed. */
const asGuest = object({ ...part, part: oneOf('guest'), guest: nullable(leadsGuest), lead: nullable(object({ statement: blob, roster: blob, revocations: list(blob) })) })
const conversation = union('part', { lead: asLead, guest: asGuest })
const over = object({
  conversation: id, why: oneOf('left', 'closed', 'gone', 'expired', 'released', 'no-join', 'declined', 'handed-over', 'uncalled', 'another'),
})

/** The whole truth about a desk (§6): it replaces what was known. */
export const deskView = frame('desk', {
  rev: cursor,
  available: bool,
  waiting: list(object({ language, count, longest: count })),
  conversations: list(conversation),
  calls: list(object({ call: id, for: purpose, language })),
  ended: list(over),
})
export type DeskView = Of<typeof deskView>
