import type { ErrorCode } from '../crypto/errors'
import { split } from '../crypto/session'
import type { Id } from '../wire/read'
import type { ViewIn } from '../wire/view'
import { tapBody } from './body'
import { chain } from './chain'
import { addNotice } from './lines'
import { handedTo } from './outbox'
import type { Step } from './pump'
import type { Group, Wish } from './talk'
import { otherTypes } from './typing'
import type { VisitorState } from './visitor-door'
import { refuse, toTalk } from './visitor-talk'
import { NOWHERE, type Guest, type Visitor, type VisitorEffect, type VisitorEvent } from './visitor-model'
import { inside, onView, parted, proofOf, sameProof, silenced } from './visitor-view'

type Did = Step<Visitor, VisitorEffect>
type Seen = NonNullable<ViewIn<'talking'>['guest']>

/** The third person at the visitor's side: whom she is asked for, lets in, sends away, or goes on with. Only her client adds and removes (crypto.md 5). */

/** What the server says of a guest, or that there is none. Nobody is in whom this client did not let in. */
export function onGuest(v: Visitor, seen: Seen | null, now: number): Did {
  const { guest } = v
  if (guest && guest.claim !== seen?.call) return chain(gone(v, now), w => onGuest(w, seen, now))
  if (!seen) return [v, []]
  if (seen.call === v.declined) return [v, [declineOf(v, seen.call)]]
  if (!guest) return seen.state === 'asked' ? newGuest(v, seen) : refuse('lying')
  if (seen.state !== 'asked' && guest.leaf === NOWHERE && !isAdding(v, guest)) return refuse('lying')
  const next: Guest = { ...guest, state: seen.state, link: seen.expert }
  const proof = { ...proofOf(seen), statement: guest.proof.statement }
  if (sameProof(proof, guest.proof)) return [{ ...v, guest: next }, []]
  const read: Guest = { ...next, proof, checking: true }
  return [{ ...v, guest: read }, [{ do: 'check', expert: read }]]
}

/** First her proof is checked; nobody is asked anything before that. */
function newGuest(v: Visitor, seen: Seen): Did {
  const { call: claim, state, expert: link, keyPackage } = seen
  const guest: Guest = { claim, proof: proofOf(seen), for: seen.for, state, link, keyPackage, yes: false, leaf: NOWHERE, greeted: false, checking: true, from: 0, earlier: [] }
  return [{ ...v, guest }, [{ do: 'check', expert: guest }]]
}

const isAdding = ({ talk: { flight } }: Visitor, { claim }: Guest): boolean => flight?.wish?.what === 'add' && flight.wish.claim === claim

const declineOf = ({ conversation }: Visitor, call: Id): VisitorEffect => ({ do: 'decline', conversation, call })

/** She is no guest any more; whoever sits in the group all the same is removed (`tidy`), before anything else is said. */
function gone(v: Visitor, now: number): Visitor {
  const { guest, ...rest } = v
  const left = guest && guest.leaf !== NOWHERE ? { left: guest } : {}
  return { ...rest, ...left, askShareGuest: false, ...(guest?.greeted && { lines: addNotice(v.lines, { key: 'guest-left', alias: guest.alias ?? '' }, now) }) }
}

/** Her no, before or after: nothing of that one is heard or told to her from now on, whatever the server does. */
function declined(v: Visitor, guest: Guest, now: number): Did {
  const { left, ...next } = gone(v, now)
  const lines = guest.yes || !guest.alias ? next.lines : addNotice(next.lines, { key: 'guest-declined', alias: guest.alias }, now)
  return [{ ...next, lines, declined: guest.claim }, [declineOf(v, guest.claim)]]
}

/** Her proof holds: from here on she is spoken of, and may be asked for. */
export function checkedGuest(v: Visitor, { alias, role, hello, named }: Extract<VisitorEvent, { kind: 'checked' }>): Did {
  const { guest } = v
  if (!guest) return [v, []]
  // Who takes over is an expert, who looks along a coordinator: nobody else is told of under these words.
  if (role !== (guest.for === 'look' ? 'coordinator' : 'expert')) return refuse('keys')
  // Until she is in, it names the newest roster we know.
  const message = guest.hello && guest.leaf !== NOWHERE ? guest.hello : { id: hello, kind: 'hello' as const, parts: [named] }
  return [{ ...v, guest: { ...guest, alias, hello: message, checking: false } }, []]
}

/** One who is revoked goes, or is not asked for at all; a bad roster is a lie like any other. */
export const doubtedGuest = (v: Visitor, code: ErrorCode, now: number): Did =>
  v.guest && code === 'refused-statement' ? declined(v, { ...v.guest, yes: true }, now) : refuse('keys')

/** Our add is in force: she sits there, and our first word to her goes before all others. */
export function entered(v: Visitor, wish: Extract<Wish, { what: 'add' }>, group: Group, now: number): Did {
  const { guest, view } = v
  const leaf = group.others.find(other => other !== wish.beside)
  if (guest?.claim !== wish.claim || leaf === undefined || !guest.hello) return [v, []]
  const next: Visitor = { ...v, guest: { ...guest, leaf, from: v.talk.outbox.counter } }
  const { hello } = guest
  // What the server said meanwhile may not have been true yet.
  return chain(next, w => toTalk(w, { kind: 'say', first: true, messages: [hello] }, now), w => (view ? onView(w, view, now) : [w, []]))
}

/** She is spoken of once her proof was believed. */
export function shownGuest({ guest }: Visitor): Pick<Extract<VisitorState, { kind: 'talking' }>, 'guest'> {
  if (guest?.alias === undefined) return {}
  const { alias, state, link, yes } = guest
  return { guest: { alias, for: guest.for, link, state: yes && state === 'asked' ? 'joining' : state } }
}

/** She was heard herself. What was said before she came she has not read; she may, if the visitor says so. */
export function greetedGuest(v: Visitor, now: number): Did {
  const { guest, talk } = v
  if (!guest || guest.greeted) return [v, []]
  const earlier = v.lines.filter(line => line.from === 'me' && !talk.outbox.queue.some(message => message.id === line.id)).map(line => line.id as Id)
  const next: Visitor = { ...v, guest: { ...guest, greeted: true, earlier }, lines: addNotice(v.lines, { key: 'guest-in', alias: guest.alias ?? '', for: guest.for }, now) }
  return [{ ...next, askShareGuest: shareable(next).length > 0 }, []]
}

/** Own lines that the guest has not read and her expert has: what is said in the group is said to both. */
function shareable({ guest, earlier, lines, talk }: Visitor): readonly Visitor['lines'][number][] {
  const not = new Set<string>([...earlier, ...talk.outbox.held.map(message => message.id)])
  return lines.filter(line => guest?.earlier.some(id => id === line.id) && !not.has(line.id))
}

/** The server says that the guest has her from now on; undefined when this is not about a guest whom the visitor let in to take over. */
export function handedOver(v: Visitor, claim: Id, now: number): Visitor | undefined {
  const guest = inside(v)
  if (guest?.claim !== claim || guest.for !== 'transfer' || guest.alias === undefined) return undefined
  const { expert, former, guest: _, ...rest } = v
  const { proof, alias, greeted, leaf, checking, link, earlier, from } = guest
  const before = expert ?? former
  const talk = { ...v.talk, reader: leaf, outbox: handedTo(v.talk.outbox, proof.statement, from) }
  return {
    ...rest, talk, ...(before && { former: before }), expert: { claim, proof, alias, greeted, leaf, checking, link, handed: true },
    earlier, askShare: v.askShareGuest, askShareGuest: false, typing: otherTypes(v.typing, false, now), lines: addNotice(v.lines, { key: 'handed-over', alias }, now),
  }
}

type Tapped = Extract<VisitorEvent, { kind: 'admit' | 'send-away' | 'another' | 'share-guest' }>

/** What the visitor says of her, or of the one she has. */
export function tappedGuest(v: Visitor, event: Tapped, now: number): Did {
  const { guest } = v
  switch (event.kind) {
    case 'admit': {
      if (guest?.alias === undefined || guest.state !== 'asked' || guest.yes) return [v, []]
      return event.yes ? [{ ...v, guest: { ...guest, yes: true } }, []] : declined(v, guest, now)
    }
    case 'send-away': return guest ? declined(v, guest, now) : [v, []]
    case 'another': return another(v, now)
    case 'share-guest': return shareGuest(v, event, now)
  }
}

/** From here on nothing is said to the one she had, nor heard of her, whenever the server hears of it. */
function another(v: Visitor, now: number): Did {
  const { expert, conversation } = v
  if (!expert?.greeted) return [v, []]
  const next: Visitor = { ...parted(v, 'another-asked', now), former: silenced(expert), another: expert.claim, ...(v.guest && { declined: v.guest.claim }) }
  return chain(next, w => toTalk(w, { kind: 'wish', wishes: [] }, now), w => [w, [{ do: 'another', conversation }]])
}

/** Yes: her own lines go again, under their own ids: her expert knows them and passes them over. */
function shareGuest(v: Visitor, { id, yes }: Extract<Tapped, { kind: 'share-guest' }>, now: number): Did {
  const { expert, guest } = v
  if (!v.askShareGuest || !expert || !guest) return [v, []]
  const lines = shareable(v)
  const next: Visitor = { ...v, askShareGuest: false, ...(yes && { guest: { ...guest, earlier: guest.earlier.filter(one => !lines.some(line => line.id === one)) } }) }
  const to = expert.proof.statement
  const messages = [{ id, kind: 'tap' as const, parts: [tapBody({ question: 'share' })], to }, ...lines.map(line => ({ id: line.id as Id, kind: 'text' as const, parts: split(line.text ?? ''), to }))]
  return yes ? toTalk(next, { kind: 'say', first: true, messages }, now) : [next, []]
}

/** One whom she sent away sits in the group, and as far as we know the server still hands on to her. What is on its way cannot be called back, but it does not go a second time. */
export function hold(v: Visitor, now: number): Did {
  const { view, declined: no, another: not, expert, guest, talk } = v
  const sits = talk.group?.others.some(leaf => leaf !== expert?.leaf && leaf !== guest?.leaf)
  const on = sits === true && view?.state === 'talking' && (view.claim === not || (view.guest !== null && view.guest.call === no))
  return on === (talk.held ?? false) ? [v, []] : toTalk(v, { kind: 'hold', on }, now)
}

const named = (wish: Wish): string => (wish.what === 'add' ? wish.claim : wish.what === 'remove' ? `${wish.leaf}` : '')

/**
 * Beside her expert sits the guest whom she said yes to, and nobody else: what the group needs for that. What she wrote before her yes
 * goes to her expert first, and to nobody else.
 */
export function tidy(v: Visitor, now: number): Did {
  const { expert, guest, talk, view } = v
  if (!expert || view?.state !== 'talking' || !talk.group) return [v, []]
  const wishes: Wish[] = talk.group.others.filter(leaf => leaf !== expert.leaf && leaf !== guest?.leaf).map(leaf => ({ what: 'remove', leaf }))
  const comes = guest?.yes && guest.leaf === NOWHERE && (talk.outbox.queue.length === 0 || talk.wishes.some(wish => named(wish) === guest.claim))
  if (comes) wishes.push({ what: 'add', claim: guest.claim, keyPackage: guest.keyPackage, proof: guest.proof, beside: expert.leaf })
  return `${wishes.map(named)}` === `${talk.wishes.map(named)}` ? [v, []] : toTalk(v, { kind: 'wish', wishes }, now)
}
