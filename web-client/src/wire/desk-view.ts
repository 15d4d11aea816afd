import { bool, cursor, frame, id, int, language, list, object, oneOf, type Of } from './read'

const slot = oneOf(1, 2)
const count = int(0)

const conversation = object({
  conversation: id,
  claim: id,
  slot,
  language,
  state: oneOf('claimed', 'joining', 'talking'),
  visitor: oneOf('here', 'lost'),
  seq: cursor,
})
const over = object({ conversation: id, why: oneOf('left', 'closed', 'gone', 'expired', 'released', 'no-join') })

/** The whole truth about a desk (§6): it replaces what was known. */
export const deskView = frame('desk', {
  rev: cursor,
  available: bool,
  waiting: list(object({ language, count, longest: count })),
  conversations: list(conversation),
  ended: list(over),
})
export type DeskView = Of<typeof deskView>
