import { EMPTY } from '../crypto/bytes'
import { readPhrase } from './body'
import { chain } from './chain'
import { late } from './late'
import { addHers, addNotice, isOwn } from './lines'
import { readNow } from './log'
import type { Step } from './pump'
import { unheard, type Heard } from './receiver'
import { stepTalk } from './step-talk'
import { textOf } from './text'
import type { Fact, Talk, TalkEvent } from './talk'
import { otherTypes } from './typing'
import { NOWHERE, newVisitor, type Visitor, type VisitorEffect } from './visitor-model'

type Did = Step<Visitor, VisitorEffect>

/** An event for the encrypted half; what it tells is taken in at once. */
export function toTalk(v: Visitor, event: TalkEvent, now: number): Did {
  const [talk, effects] = stepTalk(v.talk, event, now)
  return chain({ ...v, talk }, ...effects.map(effect => (w: Visitor): Did =>
    effect.do === 'tell' ? onFact(w, effect.fact, now) : [w, [{ do: 'talk', effect }]]))
}

function onFact(v: Visitor, fact: Fact, now: number): Did {
  switch (fact.kind) {
    case 'heard': return onHeard(v, fact.heard, now)
    case 'stopped': return refuse(fact.why === 'keys' ? 'keys' : 'lying')
    // Only she removes.
    case 'removed': return refuse('lying')
    case 'over': return fact.code === 'closed' ? end(v, 'closed', 'log', now) : end(v, 'expired', 'inbox', now)
    case 'committed': return committed(v, fact, now)
    case 'changed': case 'added': return [v, []]
  }
}

/** Fails closed: the line is cut and the keys are forgotten. */
export const refuse = (why: NonNullable<Visitor['refused']>): Did => [{ ...newVisitor, phase: 'refused', refused: why }, [{ do: 'close' }]]

/** Not by her: nothing is sent any more, but what was said stays, and what there still is (`rest`) is read. */
export function end(v: Visitor, why: NonNullable<Visitor['ended']>, rest: NonNullable<Visitor['reading']>, now: number): Did {
  if (v.phase === 'ended') return [{ ...v, reading: 'inbox' }, []]
  if (why === 'left' || v.lines.length === 0 || !late.part) return [{ ...newVisitor, phase: 'ended', ended: why }, [{ do: 'close' }]]
  const talk: Talk = { ...v.talk, may: 'nothing', readOnly: true, log: readNow(v.talk.log) }
  return [{ ...v, phase: 'ended', ended: why, endedAt: now, reading: rest, talk }, []]
}

/** Hers is the group: whoever she added is in it, and her own first word to the newcomer goes before all others. */
function committed(v: Visitor, { wish, group }: Extract<Fact, { kind: 'committed' }>, now: number): Did {
  if (wish.what === 'update') return [v, []]
  if (wish.what === 'remove') return [removed(v, wish.leaf), []]
  if (wish.beside !== undefined) return late.part?.entered(v, wish, group, now) ?? [v, []]
  const { expert, candidate, ...rest } = v
  const [leaf = NOWHERE] = group.others
  if (candidate?.claim !== wish.claim || candidate.alias === undefined || !candidate.hello) return [candidate ? { ...rest, candidate } : rest, []]
  const joined = { ...candidate, alias: candidate.alias, greeted: false, checking: false, link: 'here' as const, leaf }
  return toTalk({ ...rest, expert: joined, talk: { ...v.talk, reader: leaf } }, { kind: 'say', first: true, messages: [candidate.hello] }, now)
}

function removed(v: Visitor, leaf: number): Visitor {
  const { left, former, ...rest } = v
  return { ...rest, ...(left && left.leaf !== leaf && { left }), ...(former && { former: former.leaf === leaf ? { ...former, leaf: NOWHERE } : former }) }
}

/**
 * Whatever does not come from where she sits, or sat last, is passed over: somebody who was let in and is gone again before she was
 * expected. It counts as not heard, for if she comes back she says it again.
 */
function onHeard(v: Visitor, { id, leaf, kind, parts }: Heard, now: number): Did {
  if (isOwn(v.lines, id)) return refuse('lying')
  const speaker = [v.expert, v.guest, v.former, v.left].find(one => one?.leaf === leaf)
  if (!speaker) return [{ ...v, talk: { ...v.talk, receiver: unheard(v.talk.receiver, id) } }, []]
  if (kind === 'hello') {
    const vouching = { do: 'vouch' as const, expert: speaker, named: parts[0] ?? EMPTY }
    return [{ ...v, vouching }, [vouching]]
  }
  // Who looks along has nothing to say.
  if ('for' in speaker && speaker.for === 'look') return [v, []]
  switch (kind) {
    case 'text': return [{ ...v, lines: addHers(v.lines, id, speaker.alias ?? '', textOf(parts), now), typing: otherTypes(v.typing, false, now) }, []]
    case 'phrase': return onPhrase(v, parts[0], now)
    default: return [v, []]
  }
}

function onPhrase(v: Visitor, body: Uint8Array = EMPTY, now: number): Did {
  const key = readPhrase(body)
  if (!key) return [v, []]
  return [{ ...v, lines: addNotice(v.lines, { key }, now), askSafety: v.askSafety || key === 'safety-question' }, []]
}
