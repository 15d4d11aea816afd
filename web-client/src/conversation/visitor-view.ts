import type { ErrorCode } from '../crypto/errors'
import { allEqual, equal, type Bytes } from '../crypto/bytes'
import type { Proof } from '../crypto/statement'
import type { Id } from '../wire/read'
import type { View, ViewIn } from '../wire/view'
import { chain } from './chain'
import { late } from './late'
import { addNotice, type Lines } from './lines'
import { readBy, unheardBy } from './outbox'
import type { Step } from './pump'
import type { May } from './talk'
import { otherTypes } from './typing'
import { end, refuse, toTalk } from './visitor-talk'
import { NOWHERE, type Guest, type Joined, type Visitor, type VisitorEffect, type VisitorEvent } from './visitor-model'

type Did = Step<Visitor, VisitorEffect>

/** The server's whole truth: it replaces what we had (protocol.md §6). What it cannot say without lying stops the conversation. */
export function onView(v: Visitor, view: View, now: number): Did {
  if (view.state === 'none') return v.join === 'got' ? end(v, neverTaken(v) ? 'gone' : 'expired', 'inbox', now) : [v, []]
  if (view.conversation !== v.conversation) return [v, []]
  const next: Visitor = { ...v, view, join: 'got' }
  return chain<Visitor, VisitorEffect>(next, w => inState(w, view, now), w => (w.phase === 'in-line' || w.reading ? toTalk(w, { kind: 'spoken-of', seq: view.seq }, now) : [w, []]))
}

/** Of whom nobody had yet the server keeps nothing once she was gone too long (protocol.md §7). */
const neverTaken = ({ view }: Visitor): boolean => view?.state === 'waiting' && view.again === null

function inState(v: Visitor, view: Exclude<View, { state: 'none' }>, now: number): Did {
  switch (view.state) {
    case 'waiting': return 'revocations' in view ? chain(v, w => onWaiting(w, view, now), w => [w, [{ do: 'remember', revocations: view.revocations }]]) : onWaiting(v, view, now)
    case 'claimed': return onClaimed(v, view, now)
    case 'joining': case 'talking': return onTaken(v, view, now)
    case 'ended': return end(v, view.why, 'log', now)
  }
}

/** Nobody has her: she is first in line. */
const onWaiting = (v: Visitor, { again }: Pick<ViewIn<'waiting'>, 'again'>, now: number): Did =>
  toTalk(parted(v, again === 'vanished' ? 'expert-vanished' : 'expert-released', now), { kind: 'wish', wishes: [] }, now)

/** Whoever had her has her no more. She leaves the group with the next claim: the server takes no commit before. */
export function parted(v: Visitor, key: 'expert-vanished' | 'expert-released' | 'another-asked', now: number): Visitor {
  const { expert, candidate, guest, ...rest } = v
  const next: Visitor = { ...rest, askShare: false, askShareGuest: false, typing: otherTypes(v.typing, false, now) }
  return expert?.greeted ? { ...next, former: expert, lines: addNotice(v.lines, { key }, now) } : next
}

/** What a view says of somebody, as her proof. */
export const proofOf = ({ statement, roster, revocations }: { readonly statement: Bytes; readonly roster: Bytes; readonly revocations: readonly Bytes[] }): Proof => ({ statement, roster, revocations: [...revocations] })

/** Somebody took her: first her proof is checked; nothing is said to her before that. */
function onClaimed(v: Visitor, view: ViewIn<'claimed'>, now: number): Did {
  if (v.candidate?.claim === view.claim || v.expert?.claim === view.claim) return [v, []]
  const candidate = { claim: view.claim, proof: proofOf(view) }
  const [next, effects] = onWaiting(v, { again: 'released' }, now)
  return [{ ...next, candidate }, [...effects, { do: 'check', expert: candidate }]]
}

/** The server says that somebody is in. Only we let people in: anybody else is a lie. */
function onTaken(v: Visitor, view: ViewIn<'joining' | 'talking'>, now: number): Did {
  const { expert, candidate, talk } = v
  if (expert?.claim === view.claim) return chain(v, w => reread(w, expert, proofOf(view)), w => moved(w, view.expert, now), w => withGuest(w, view, now))
  // The server has not heard of it yet; or whom she sent away was made her expert in that moment.
  if (v.another === view.claim || v.declined === view.claim) return [{ ...parted(v, 'expert-released', now), another: view.claim }, [{ do: 'another', conversation: v.conversation }]]
  const handed = late.part?.handedOver(v, view.claim, now)
  if (handed) return chain(handed, w => inState(w, view, now))
  const wish = talk.flight?.wish
  const adding = wish?.what === 'add' && wish.claim === view.claim
  return adding || candidate?.claim === view.claim || v.dismissed === view.claim ? [v, []] : refuse('lying')
}

const withGuest = (v: Visitor, view: ViewIn<'joining' | 'talking'>, now: number): Did =>
  late.part && 'guest' in view && v.phase === 'in-line' ? late.part.onGuest(v, view.guest, now) : [v, []]

/** Of one statement: neither the roster nor the revocations are others. */
export const sameProof = (a: Proof, b: Proof): boolean => equal(a.roster, b.roster) && allEqual(a.revocations, b.revocations)

/** Is she still to be believed? */
function reread(v: Visitor, expert: Joined, proof: Proof): Did {
  if (sameProof(proof, expert.proof)) return [v, []]
  const next = { ...expert, proof: { ...proof, statement: expert.proof.statement }, checking: true }
  return [{ ...v, expert: next }, [{ do: 'check', expert: next }]]
}

const ABOUT = { here: 'expert-back', lost: 'expert-lost', away: 'expert-away' } as const

/** Her line went or came back, or her desk is locked for a moment. */
function moved(v: Visitor, link: Joined['link'], now: number): Did {
  const { expert } = v
  if (!expert || expert.link === link) return [v, []]
  const lines = expert.greeted ? addNotice(v.lines, { key: ABOUT[link] }, now) : v.lines
  return [{ ...v, lines, expert: { ...expert, link } }, []]
}

/** She is not heard from now on, wherever she sits and whatever the server does. */
export const silenced = (expert: Joined): Joined => ({ ...expert, leaf: NOWHERE })

type Checked = Extract<VisitorEvent, { kind: 'checked' }>

/**
 * A proof holds: she is let in, after whoever still sits there has left (told, not asked). An answer about an older proof than the one
 * that is being read now changes nothing; that such a one does not hold counts whenever it is known (`doubted`).
 */
export function checked(v: Visitor, event: Checked, now: number): Did {
  const { claim, proof, alias, role, hello, named } = event
  const { candidate, expert, view } = v
  if (expert?.proof === proof) return [{ ...v, expert: { ...expert, checking: false } }, []]
  if (v.guest?.proof === proof) return late.part?.checkedGuest(v, event) ?? [v, []]
  if (candidate?.proof !== proof || view?.state !== 'claimed' || view.claim !== claim) return [v, []]
  // A coordinator only looks along: nobody leads whom two did not sign as an expert.
  if (role !== 'expert') return refuse('keys')
  const message = { id: hello, kind: 'hello' as const, parts: [named] }
  const add = { what: 'add' as const, claim, keyPackage: view.keyPackage, proof: candidate.proof }
  return toTalk({ ...v, candidate: { ...candidate, alias, hello: message } }, { kind: 'wish', wishes: [add] }, now)
}

/** A proof does not hold. Of the one who is in: a revocation is told and acted upon; a bad roster is a lie like any other. */
export function doubted(v: Visitor, claim: Id, code: ErrorCode | 'rosters', now: number): Did {
  const { expert, ...rest } = v
  if (code === 'rosters') return refuse('rosters')
  if (v.guest?.claim === claim) return late.part?.doubtedGuest(v, code, now) ?? [v, []]
  if (expert?.claim !== claim) return v.candidate?.claim === claim ? refuse('keys') : [v, []]
  if (code !== 'refused-statement') return refuse('keys')
  const lines = addNotice(v.lines, { key: 'expert-released' }, now)
  return toTalk({ ...rest, lines, former: silenced(expert), dismissed: claim }, { kind: 'wish', wishes: [{ what: 'remove', leaf: expert.leaf }] }, now)
}

/** V63, V45: the limits of secrecy first, then the safety question; once. Somebody else is named, and may read what was said only if asked. */
export function greeted(v: Visitor, claim: Id, now: number): Did {
  const { expert, former } = v
  if (v.guest?.claim === claim) return late.part?.greetedGuest(v, now) ?? [v, []]
  if (expert?.claim !== claim || expert.greeted) return [v, []]
  const { statement } = expert.proof
  const outbox = readBy(v.talk.outbox, statement)
  const next: Visitor = { ...v, expert: { ...expert, greeted: true }, talk: { ...v.talk, outbox } }
  if (!former) return [{ ...next, askSafety: true, lines: opening(v.lines, expert.alias, now) }, []]
  if (equal(former.proof.statement, statement)) return again(next, statement, now)
  const earlier = v.lines.filter(line => line.from === 'me' && !outbox.queue.some(message => message.id === line.id)).map(line => line.id as Id)
  return [{ ...next, earlier, askShare: earlier.length > 0, ...(!expert.handed && { lines: addNotice(v.lines, { key: 'other-expert', alias: expert.alias }, now) }) }, []]
}

/** The same person with the same keys: she goes on, and is told again what she did not say she had (crypto.md 12). */
function again(v: Visitor, statement: Bytes, now: number): Did {
  const messages = unheardBy(v.talk.outbox, statement)
  return toTalk({ ...v, lines: addNotice(v.lines, { key: 'new-group' }, now) }, { kind: 'say', first: true, messages }, now)
}

const opening = (lines: Lines, alias: string, now: number): Lines =>
  [{ key: 'joined' as const, alias }, { key: 'limits' as const }, { key: 'safety-question' as const }, { key: 'goes-when' as const }]
    .reduce((all, notice) => addNotice(all, notice, now), lines)

/** The guest, once she sits in the group. */
export const inside = ({ guest }: Visitor): Guest | undefined => (guest && guest.leaf !== NOWHERE ? guest : undefined)

/** What may be sent, from all that is known. Her words wait until whoever is in has been heard herself. */
export function mayOf(v: Visitor): May {
  const { phase, view, expert, talk } = v
  const guest = inside(v)
  if (phase !== 'in-line' || !view || view.state === 'waiting' || view.state === 'ended' || expert?.checking || guest?.checking) return 'nothing'
  if (talk.wishes.length > 0) return 'commits'
  // She, whom the visitor let in beside her, and nobody else.
  if (!expert || `${talk.group?.others}` !== `${[expert.leaf, ...(guest ? [guest.leaf] : [])].sort()}`) return 'nothing'
  return expert.greeted && guest?.greeted !== false && view.state === 'talking' ? 'all' : 'greeting'
}
