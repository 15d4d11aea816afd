import type { Id } from '../wire/read'
import { chain } from './chain'
import { newDesk, type Conversation, type ConversationEffect, type ConversationEvent, type DeskEffect, type DeskModel } from './desk-model'
import type { Step } from './pump'
import { stepConversation } from './step-conversation'

type Did = Step<DeskModel, DeskEffect>

/** Wiped and locked: nothing of it is left. */
export const over = (why: 'lease-lost' | 'signed-out'): Did => [{ ...newDesk, link: why }, [{ do: 'close' }]]

export const inOne = (d: DeskModel, claim: Id, event: ConversationEvent, now: number): Did => moved(d, claim, c => stepConversation(c, event, now))

/** One of its conversations moves, and what that asks for is done. */
export function moved(d: DeskModel, claim: Id, step: (c: Conversation) => Step<Conversation, ConversationEffect>): Did {
  const found = d.conversations.find(c => c.claim === claim)
  if (!found) return [d, []]
  const [next, effects] = step(found)
  const conversations = d.conversations.map(c => (c === found ? next : c))
  return chain<DeskModel, DeskEffect>({ ...d, conversations }, ...effects.map(effect => (e: DeskModel): Did => fromOne(e, next, effect)))
}

function fromOne(d: DeskModel, { claim, conversation, slot }: Conversation, effect: ConversationEffect): Did {
  switch (effect.do) {
    case 'over': return over(effect.why)
    case 'problem': return [{ ...d, problem: effect.problem }, []]
    case 'again': return [d, [{ do: 'again', slot }]]
    default: return [d, [{ do: 'in', claim, conversation, effect }]]
  }
}

export const inAll = (d: DeskModel, event: ConversationEvent, now: number): Did =>
  chain(d, ...d.conversations.map(c => (e: DeskModel): Did => inOne(e, c.claim, event, now)))
