import type { Bytes } from '../crypto/bytes'
import { Reader } from '../crypto/reader'
import type { PhraseId, SafetyAnswer } from './line'

/** Bodies of payloads and signals (docs/formats.md §7, §8). Readers answer undefined for what a newer client may mean: it is passed over. */

const ANSWERS: readonly SafetyAnswer[] = ['no', 'maybe', 'yes']
const PHRASES: readonly PhraseId[] = ['limits', 'safety-question']
const SAFETY = 1
const SHARE = 2

/** A tap on an answer: of the safety question, or "she may read what I wrote". */
export type Tap = { question: 'safety'; answer: SafetyAnswer } | { question: 'share' }

export const tapBody = (tap: Tap): Bytes =>
  tap.question === 'share' ? Uint8Array.of(SHARE, 2) : Uint8Array.of(SAFETY, ANSWERS.indexOf(tap.answer))

export function readTap(body: Uint8Array): Tap | undefined {
  const [question, answer] = body
  if (body.length !== 2) return undefined
  if (question === SHARE) return answer === 2 ? { question: 'share' } : undefined
  const said = ANSWERS[answer as number]
  return question === SAFETY && said ? { question: 'safety', answer: said } : undefined
}

export const phraseBody = (id: PhraseId): Bytes => Uint8Array.of(PHRASES.indexOf(id) + 1)
export const readPhrase = (body: Uint8Array): PhraseId | undefined => (body.length === 1 ? PHRASES[(body[0] as number) - 1] : undefined)

/** The newest roster its sender has seen, as it says it of itself (`Trust.named`); its version. */
export function readHello(body: Uint8Array): number | undefined {
  try {
    return body.length === 40 ? new Reader(body).u64() : undefined
  } catch {
    return undefined
  }
}

/** What is true now and never stored. */
export type SignalBody = { kind: 'typing'; on: boolean } | { kind: 'visible'; on: boolean } | { kind: 'left-quickly' }

export function signalBody(signal: SignalBody): Bytes {
  switch (signal.kind) {
    case 'typing': return Uint8Array.of(1, Number(signal.on))
    case 'visible': return Uint8Array.of(2, Number(signal.on))
    case 'left-quickly': return Uint8Array.of(3)
  }
}

export function readSignal(body: Uint8Array): SignalBody | undefined {
  const [kind, on] = body
  if (kind === 3 && body.length === 1) return { kind: 'left-quickly' }
  if (body.length !== 2 || (on !== 0 && on !== 1)) return undefined
  return kind === 1 ? { kind: 'typing', on: on === 1 } : kind === 2 ? { kind: 'visible', on: on === 1 } : undefined
}
