import { allEqual } from '../crypto/bytes'
import type { Proof } from '../crypto/statement'
import type { DeskView } from '../wire/desk-view'
import { readPhrase } from './body'
import type { Called, Conversation, ConversationEffect, ConversationEvent } from './desk-model'
import { addLine, addNotice } from './lines'
import type { Step } from './pump'
import type { Heard } from './receiver'
import { textOf } from './text'

type Did = Step<Conversation, ConversationEffect>
type EventOf<K extends ConversationEvent['kind']> = Extract<ConversationEvent, { kind: K }>
type Seen = DeskView['conversations'][number]

/** The other member of staff in one of the desk's conversations: whom a lead called, or by whom a guest was. */

/** What the server says of her. She is believed by her proof alone, and nothing of her is followed before that. */
export function withOther(c: Conversation, here: Seen, now: number): Did {
  const next = here.part === 'lead' ? asLead(c, here.guest, now) : c
  const proof = proofOf(here)
  const same = !proof || (next.proof && allEqual(listed(proof), listed(next.proof)))
  return same ? [next, []] : [{ ...next, proof }, [{ do: 'vouch', proof }]]
}

const listed = ({ statement, roster, revocations }: Proof) => [statement, roster, ...revocations]

function proofOf(here: Seen): Proof | undefined {
  const other = here.part === 'lead' ? here.guest : here.lead
  if (!other?.statement || !other.roster) return undefined
  return { statement: other.statement, roster: other.roster, revocations: [...other.revocations] }
}

/** Whoever came as a guest to take over has her now, if the server says so: by whom she is asked, the visitor's client decides. */
function asLead({ role, ...c }: Conversation, seen: Extract<Seen, { part: 'lead' }>['guest'], now: number): Conversation {
  const mine = role ? { ...c, lines: addNotice(c.lines, { key: 'handed-over', alias: c.me ?? '' }, now) } : c
  const { guest, proof, ...rest } = mine
  if (!seen) return !guest || guest.asked ? mine : { ...rest, lines: left(mine, guest, now) }
  const { call, warm, state } = seen
  const known = guest?.call === call ? guest : undefined
  // What we called her for we know ourselves.
  const next: Called = { call, for: known?.for ?? seen.for, warm, state, ...(known?.alias !== undefined && { alias: known.alias }), ...(known?.back && { back: true }) }
  return known ? { ...mine, guest: next } : { ...rest, guest: next }
}

/** Why she is gone the server does not say: before she was let in it is the visitor's no, most of the time. */
function left({ lines }: Conversation, { state, alias, back }: Called, now: number): Conversation['lines'] {
  if (alias === undefined || (back && state !== 'in')) return lines
  return addNotice(lines, { key: state === 'answered' ? 'guest-declined' : 'guest-left', alias }, now)
}

/** Her proof holds: her name is known, and she may be let in. A lead whose guest is not to be believed takes her call back, and says nothing while she sits there. */
export function vouched({ doubted, ...c }: Conversation, { proof, alias }: EventOf<'vouched'>): Did {
  if (c.proof !== proof) return [{ ...c, ...(doubted && { doubted }) }, []]
  const { guest } = c
  if (alias === undefined) {
    const { colleague, ...alone } = c
    return wishes({ ...alone, doubted: true }, { kind: 'uncall' })
  }
  return [{ ...c, colleague: { alias, look: guest?.for === 'look' }, ...(guest && { guest: { ...guest, alias } }) }, []]
}

/** Somebody came in: she is named, and our first word to her goes before all others. */
export function added(c: Conversation, now: number): Did {
  const { guest, colleague } = c
  const lines = guest && colleague ? addNotice(c.lines, { key: 'guest-in', alias: colleague.alias, for: guest.for }, now) : c.lines
  return [{ ...c, lines, owesHello: true }, [{ do: 'hello' }]]
}

/** What she says to the visitor, both may read. Who looks along is not heard, whatever her client sends. */
export function heardColleague(c: Conversation, { id, kind, parts }: Heard, now: number): Conversation {
  const { colleague, lines } = c
  if (!colleague || colleague.look) return c
  const line = { id, from: 'colleague' as const, alias: colleague.alias, at: now }
  if (kind === 'text') return { ...c, lines: addLine(lines, { ...line, text: textOf(parts) }) }
  const key = kind === 'phrase' ? readPhrase(parts[0] ?? new Uint8Array(0)) : undefined
  return key ? { ...c, lines: addLine(lines, { ...line, automatic: true, notice: { key } }) } : c
}

/** A lead's wishes about a guest. */
export function wishes(c: Conversation, event: EventOf<'call' | 'uncall' | 'hand-over'>): Did {
  const { guest, role } = c
  switch (event.kind) {
    case 'call': {
      if (role || guest || c.server !== 'talking') return [c, []]
      const { call, warm } = event
      return [{ ...c, guest: { call, for: event.for, warm, state: 'called', asked: true } }, [{ do: 'ask', t: 'call', call, for: event.for, warm }]]
    }
    case 'uncall': return guest ? [{ ...c, guest: { ...guest, back: true } }, [{ do: 'ask', t: 'uncall', call: guest.call }]] : [c, []]
    case 'hand-over': return guest?.for === 'transfer' && guest.state === 'in' ? [c, [{ do: 'ask', t: 'hand-over', call: guest.call }]] : [c, []]
  }
}

/** The server's answer: from here on the view says what became of it. */
export function asked(c: Conversation, { t, call, answer }: EventOf<'asked'>): Conversation {
  const { guest, ...rest } = c
  if (t !== 'call' || guest?.call !== call || !guest.asked) return c
  const { asked: _, ...known } = guest
  return answer?.t === 'called' ? { ...c, guest: known } : rest
}
