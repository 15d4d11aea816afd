import type { Id } from '../wire/read'
import type { ToDesk } from '../wire/to-desk'
import { chain } from './chain'
import { newDesk, type Conversation, type DeskEffect, type DeskModel, type Giving } from './desk-model'
import { HISTORY_MS, LOCK_MS } from './limits'
import type { Step } from './pump'
import { isDeskOver, isSettled, unspokenOf } from './step-conversation'
import { inAll, moved, over } from './step-each'

type Did = Step<DeskModel, DeskEffect>

/** How a desk locks, opens again, and goes on from what its vault keeps (crypto.md 3, 11, 13). */

const ASK_AGAIN_MS = 1_000

type Given = Pick<Giving, 'conversation' | 'call'>
const give = (d: DeskModel, all: readonly Given[]): DeskModel =>
  ({ ...d, giving: [...d.giving, ...all.filter(id => !d.giving.some(g => g.conversation === id.conversation)).map((given): Giving => ({ ...given, asked: false, askAt: 0 }))] })

export const giveBack = (d: DeskModel, given: Given): DeskModel => give(d, [given])
const givenOf = ({ conversation, claim, role }: Pick<Conversation, 'conversation' | 'claim'> & { readonly role?: unknown }): Given => ({ conversation, ...(role !== undefined && { call: claim }) })

/** The screen is empty at once and nothing more is sent; what was about to be kept is kept. Whom she has not joined yet she cannot join later: the keys for it go. */
export function lock(d: DeskModel, now: number): Did {
  if (d.away === 'locking' || d.away === 'locked') return [d, []]
  const unjoined = d.conversations.filter(c => !c.ended && !c.talk.group)
  const gone = [...d.claims, ...unjoined]
  const next: DeskModel = { ...d, away: 'locking', lockBy: now + LOCK_MS, awayUntold: true, claims: [], conversations: d.conversations.filter(c => !unjoined.includes(c)) }
  return chain<DeskModel, DeskEffect>(give(next, unjoined.map(givenOf)),
    e => [e, gone.map(({ claim }) => ({ do: 'forget', claim }))],
    e => inAll(e, { kind: 'link', on: false }, now))
}

export const unlock = (d: DeskModel): DeskModel => (d.away === 'locked' ? { ...d, away: 'unlocking', restored: 'no' } : d)

const isKept = ({ ended, talk }: Conversation): boolean => ended !== undefined || (talk.busy === undefined && !talk.dirty)

/** Nothing is left that is still to be kept, or it took too long: nothing but the lease stays. */
export function locked(d: DeskModel, now: number): Did {
  if (d.away !== 'locking' || (now < d.lockBy && !d.conversations.every(isKept))) return [d, []]
  const { link, fence, slots, wanted, awayUntold, giving, view } = d
  return [{ ...newDesk, link, fence, slots, wanted, awayUntold, giving, away: 'locked', ...(view && { view }) }, [{ do: 'lock' }]]
}

/** When a lock is over that waits for something. */
export const lockDue = ({ away, lockBy }: DeskModel): number => (away === 'locking' ? lockBy : Infinity)

export const givingDue = ({ giving }: DeskModel): readonly number[] => giving.filter(g => !g.asked).map(g => g.askAt)

/** The lease first: from then on no older desk's words are taken, so what the vault says is the last. */
export const askVault = (d: DeskModel): Did =>
  (d.restored === 'no' && d.fence > 0 && d.away !== 'locking' && d.away !== 'locked' ? [{ ...d, restored: 'asked' }, [{ do: 'restore' }]] : [d, []])

/** They go on as the server has them; what it speaks of no more is over. */
export function restored(d: DeskModel, kept: readonly Conversation[], now: number): Did {
  if (d.restored !== 'asked') return [d, []]
  const { away, ...rest } = d
  const next: DeskModel = { ...rest, restored: 'done', awayUntold: d.awayUntold || away !== undefined, untold: d.untold || d.wanted, conversations: kept }
  const view = d.view
  return chain<DeskModel, DeskEffect>(next,
    e => (view ? inAll(e, { kind: 'said', by: view }, now) : [e, []]),
    e => (view ? unspoken(e, view.conversations.map(c => c.claim), now) : [e, []]),
    e => inAll(e, { kind: 'link', on: e.link === 'on' }, now))
}

const unspoken = (d: DeskModel, claims: readonly Id[], now: number): Did =>
  chain(d, ...d.conversations.filter(c => !claims.includes(c.claim)).map(c => (e: DeskModel): Did => moved(e, c.claim, found => unspokenOf(found, now))))

/** What the server says is ours and this desk knows nothing of. */
function strays({ view, conversations, claims }: DeskModel): Given[] {
  const ours = [...conversations, ...claims].map(c => c.claim)
  return (view?.conversations ?? []).filter(c => !ours.includes(c.claim)).map(c => givenOf({ ...c, ...(c.part === 'guest' && { role: c.part }) }))
}

export function giveStrays(d: DeskModel, now: number): Did {
  const all = d.restored === 'done' && !d.away ? give(d, strays(d)) : d
  const due = all.giving.filter(g => !g.asked && now >= g.askAt)
  const giving = all.giving.map(g => (due.includes(g) ? { ...g, asked: true } : g))
  return [due.length > 0 ? { ...all, giving } : all, due.map(({ conversation, call }) => ({ do: 'give-back', conversation, ...(call && { call }) }))]
}

export function gave(d: DeskModel, conversation: Id, answer: ToDesk | undefined, now: number): Did {
  if (isDeskOver(answer)) return over(answer.code === 'lease-lost' ? 'lease-lost' : 'signed-out')
  const others = d.giving.filter(g => g.conversation !== conversation)
  const again = { ...d.giving.find(g => g.conversation === conversation), conversation, asked: false, askAt: now + ASK_AGAIN_MS }
  const view = d.view && { ...d.view, conversations: d.view.conversations.filter(c => c.conversation !== conversation) }
  return [isSettled(answer) ? { ...d, giving: others, ...(view && { view }) } : { ...d, giving: [...others, again] }, []]
}

export const tellAway = (d: DeskModel): Did =>
  (d.awayUntold ? [{ ...d, awayUntold: false }, [{ do: 'away', yes: d.away !== undefined }]] : [d, []])

/** The history of what ended a day ago goes. */
export function forgetOld(d: DeskModel, now: number): Did {
  const old = d.conversations.filter(c => c.endedAt !== undefined && !c.ending && now >= c.endedAt + HISTORY_MS)
  return old.length === 0 ? [d, []] : [{ ...d, conversations: d.conversations.filter(c => !old.includes(c)) }, old.map(({ claim }) => ({ do: 'forget', claim }))]
}
