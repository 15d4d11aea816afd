import type { DeskView } from '../wire/desk-view'
import type { Id } from '../wire/read'
import type { ToDesk } from '../wire/to-desk'
import { chain } from './chain'
import { newConversation, resumed, type Claim, type Conversation, type ConversationEvent, type DeskEffect, type DeskEvent, type DeskModel } from './desk-model'
import type { Step } from './pump'
import { inAll, inOne, over } from './step-each'
import { askVault, forgetOld, gave, giveBack, giveStrays, lock, locked, restored, tellAway, unlock } from './step-lock'

type Did = Step<DeskModel, DeskEffect>

/** One event into the desk: the next state, and what must be done. */
export function stepDesk(desk: DeskModel, event: DeskEvent, now: number): Did {
  if (desk.link === 'lease-lost' || desk.link === 'signed-out') return [desk, []]
  return chain(desk, d => happened(d, event, now), d => settle(d, now))
}

function happened(d: DeskModel, event: DeskEvent, now: number): Did {
  switch (event.kind) {
    case 'tick': return inAll(d, { kind: 'tick' }, now)
    case 'link': return linked(d, event.on, now)
    case 'frame': return onFrame(d, event.frame, now)
    case 'available': return [{ ...d, wanted: event.yes, untold: true }, []]
    case 'noted': return [event.ok ? d : { ...d, untold: true }, []]
    case 'claim': return claim(d, { claim: event.claim, slot: event.slot })
    case 'answer': return answer(d, event.call, event.me)
    case 'prepared': return [{ ...d, claims: d.claims.map(c => (c.claim === event.claim ? { ...c, keyPackage: event.keyPackage } : c)) }, []]
    case 'unprepared': return notTaken(d, event.claim, 'keys')
    case 'claimed': return onClaimed(d, event.claim, event.answer, now)
    case 'forget': return forget(d, event.claim)
    case 'over': return over(event.why)
    case 'proposed': return [proposed(d, event.hash), []]
    case 'vault': return [{ ...d, full: event.full }, []]
    case 'lock': return lock(d, now)
    case 'unlock': return [unlock(d), []]
    case 'restored': return restored(d, event.conversations, now)
    case 'away-noted': return [event.ok ? d : { ...d, awayUntold: true }, []]
    case 'gave': return gave(d, event.conversation, event.answer, now)
    case 'in': return inOne(d, event.claim, event.event, now)
  }
}

/** D26. What was asked and not answered is asked again. */
function linked(d: DeskModel, on: boolean, now: number): Did {
  const claims = d.claims.map(c => ({ ...c, asked: false }))
  const link = on ? 'on' : d.fence === 0 ? 'connecting' : 'lost'
  const giving = d.giving.map(g => ({ ...g, asked: false, askAt: 0 }))
  // A lease that is taken anew ends being away.
  const untold = { untold: d.untold || d.wanted, awayUntold: d.awayUntold || d.away !== undefined }
  return inAll({ ...d, claims, giving, link, ...untold }, { kind: 'link', on: on && !d.away }, now)
}

function proposed({ proposed: _, ...d }: DeskModel, hash: DeskModel['proposed']): DeskModel {
  return hash ? { ...d, proposed: hash } : d
}

function onRefused(d: DeskModel, code: Extract<ToDesk, { t: 'refused' }>['code']): Did {
  switch (code) {
    case 'not-signed-in': return over('signed-out')
    case 'lease-lost': return over('lease-lost')
    case 'unsupported-version': return [{ ...d, problem: 'outdated' }, []]
    default: return [d, []]
  }
}

function onFrame(d: DeskModel, frame: ToDesk, now: number): Did {
  switch (frame.t) {
    case 'leased': return onView({ ...d, fence: frame.fence, slots: frame.slots }, frame.view, now)
    case 'desk': return onView(d, frame, now)
    case 'lease-lost': return over('lease-lost')
    case 'signed-out': return over('signed-out')
    case 'refused': return onRefused(d, frame.code)
    case 'envelope': {
      const { t, conversation, ...envelope } = frame
      return inConversation(d, conversation, { kind: 'talk', event: { kind: 'pushed', envelope } }, now)
    }
    case 'hint': return inConversation(d, frame.conversation, { kind: 'talk', event: { kind: 'spoken-of', seq: frame.seq } }, now)
    case 'signal': return inConversation(d, frame.conversation, { kind: 'signalled', body: frame.body }, now)
    default: return [d, []]
  }
}

/** The living claim of a conversation; an ended one may stand beside it. */
const living = (d: DeskModel, conversation: Id): Conversation | undefined => d.conversations.find(c => c.conversation === conversation && !c.ended)

function inConversation(d: DeskModel, conversation: Id, event: ConversationEvent, now: number): Did {
  const found = living(d, conversation)
  return found ? inOne(d, found.claim, event, now) : [d, []]
}

/** A claim whose answer was lost shows itself in the view. */
function onView(desk: DeskModel, view: DeskView, now: number): Did {
  const lost = view.conversations.filter(c => desk.claims.some(claimed => claimed.claim === c.claim))
  return chain<DeskModel, DeskEffect>({ ...desk, view },
    ...lost.map(c => (d: DeskModel): Did => took(d, c.claim, c, now)),
    d => inAll(d, { kind: 'said', by: view }, now))
}

const isTaken = (d: DeskModel, slot: 1 | 2): boolean => d.claims.some(c => c.slot === slot) || d.conversations.some(c => c.slot === slot && !c.ended)

function claim(d: DeskModel, wanted: Pick<Claim, 'claim' | 'slot' | 'role' | 'me'>): Did {
  if (d.away) return [d, []]
  if (isTaken(d, wanted.slot)) return [{ ...d, problem: 'limit' }, []]
  return [{ ...d, claims: [...d.claims, { ...wanted, asked: false, askAt: 0 }] }, [{ do: 'prepare', claim: wanted.claim }]]
}

/** In the first free slot; under the call's id. One that is answered already is not answered twice. */
function answer(d: DeskModel, call: Id, me: string): Did {
  const role = d.view?.calls.find(other => other.call === call)?.for
  if (!role || d.claims.some(c => c.claim === call) || d.conversations.some(c => c.claim === call && !c.ended)) return [d, []]
  return claim(d, { claim: call, slot: isTaken(d, 1) && d.slots > 1 ? 2 : 1, role, me })
}

const unclaimed = (d: DeskModel, claimId: Id): DeskModel => ({ ...d, claims: d.claims.filter(c => c.claim !== claimId) })

function onClaimed(d: DeskModel, claimId: Id, answer: ToDesk | undefined, now: number): Did {
  switch (answer?.t) {
    case 'claimed': case 'answered': return took(d, claimId, { ...answer, part: answer.t === 'answered' ? 'guest' : 'lead' }, now)
    case 'nobody': return notTaken(d, claimId, 'nobody')
    case 'refused': return refused(d, claimId, answer.code, now)
    default: return [askLater(d, claimId, now), []]
  }
}

function refused(d: DeskModel, claimId: Id, code: Extract<ToDesk, { t: 'refused' }>['code'], now: number): Did {
  switch (code) {
    case 'busy': return [askLater(d, claimId, now), []]
    case 'lease-lost': return over('lease-lost')
    case 'not-signed-in': return over('signed-out')
    case 'limit': return notTaken(d, claimId, 'limit')
    case 'too-fast': return notTaken(d, claimId, 'too-fast')
    default: return notTaken(d, claimId, 'keys')
  }
}

const askLater = (d: DeskModel, claimId: Id, now: number): DeskModel =>
  ({ ...d, claims: d.claims.map(c => (c.claim === claimId ? { ...c, asked: false, askAt: now + 1_000 } : c)) })

const notTaken = (d: DeskModel, claimId: Id, problem: NonNullable<DeskModel['problem']>): Did =>
  [{ ...unclaimed(d, claimId), problem }, [{ do: 'forget', claim: claimId }]]

/** She is ours. What ended in this slot leaves the screen; what she said to this desk before is still there. */
function took(d: DeskModel, claimId: Id, { conversation, language, part }: { readonly conversation: Id; readonly language: string; readonly part?: 'lead' | 'guest' }, now: number): Did {
  const claimed = d.claims.find(c => c.claim === claimId)
  // Locked while it was being asked for: the keys to join her are gone.
  if (!claimed) return [d.away ? giveBack(d, { conversation, ...(part === 'guest' && { call: claimId }) }) : d, []]
  const { problem, ...rest } = unclaimed(d, claimId)
  const gone = d.conversations.filter(c => c.slot === claimed.slot || c.conversation === conversation)
  const [fresh, before] = [newConversation(claimed, conversation, language, now), d.conversations.find(c => c.conversation === conversation)]
  const conversations = [...d.conversations.filter(c => !gone.includes(c)), resumed(fresh, before)]
  return [{ ...rest, conversations }, gone.map(c => ({ do: 'forget', claim: c.claim }))]
}

function forget(d: DeskModel, claimId: Id): Did {
  // One that is still to be given back stays until the server has it.
  const found = d.conversations.find(c => c.claim === claimId && c.ended && !c.ending)
  return found ? [{ ...d, conversations: d.conversations.filter(c => c !== found) }, [{ do: 'forget', claim: claimId }]] : [d, []]
}

/** What follows from the state alone. Nothing is asked before the lease is: every write carries its fence (crypto.md 3). */
const settle = (desk: DeskModel, now: number): Did =>
  chain<DeskModel, DeskEffect>(desk, d => locked(d, now), d => forgetOld(d, now), askVault, d => (d.link === 'on' && d.fence > 0 ? ask(d, now) : [d, []]))

/** While she is away, and until the vault is read, nobody new. */
const ask = (desk: DeskModel, now: number): Did => chain<DeskModel, DeskEffect>(desk, tellAway, d => giveStrays(d, now), d => (d.restored === 'done' && !d.away ? askNew(d, now) : [d, []]))

const askNew = (desk: DeskModel, now: number): Did => chain<DeskModel, DeskEffect>(desk,
  d => (d.untold ? [{ ...d, untold: false }, [{ do: 'available', yes: d.wanted }]] : [d, []]),
  d => askClaims(d, now))

function askClaims(d: DeskModel, now: number): Did {
  const effects: DeskEffect[] = []
  const claims = d.claims.map((c): Claim => {
    if (!c.keyPackage || c.asked || now < c.askAt) return c
    effects.push({ do: 'claim', claim: c.claim, slot: c.slot, keyPackage: c.keyPackage, call: c.role !== undefined })
    return { ...c, asked: true }
  })
  return [{ ...d, claims }, effects]
}
