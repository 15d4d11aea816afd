import { concat, fromBase64Url, toBase64Url, utf8, type Bytes } from '../crypto/bytes'
import { CryptoError, demand } from '../crypto/errors'
import { Reader, sized32, u8 } from '../crypto/reader'
import { split } from '../crypto/session'
import type { Id } from '../wire/read'
import type { Conversation } from './desk-model'
import { KEPT } from './limits'
import type { Line } from './line'
import type { Lines } from './lines'
import type { Message, Outbox } from './outbox'
import { restoredTalk } from './talk'
import { newTyping } from './typing'

/**
 * One of the desk's conversations as bytes for the vault (docs/formats.md §12): a small state, and lines that are only appended. The
 * state holds no transcript: a message that a line says is named by its id, and so is what was heard.
 */
const VERSION = 1

/** So that the length of what lies in the vault says little about what was said: blanks, which JSON does not mind. */
const LINE_SIZES = [256, 1_024, 4_096, 12_288, 24_448]
const STATE_STEP = 4_096
const padded = (text: Bytes, size: number): Bytes => {
  const all = new Uint8Array(Math.max(size, text.length)).fill(0x20)
  all.set(text)
  return all
}

/** JSON knows no undefined in a list: a map's entry without a value has its key alone. */
const plain = (_: string, value: unknown): unknown =>
  value instanceof Uint8Array ? { $bytes: toBase64Url(value) } : value instanceof Map ? { $map: [...value].map(entry => (entry[1] === undefined ? [entry[0]] : entry)) } : value instanceof Set ? { $set: [...value] } : value

function revived(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const { $bytes, $map, $set } = value as { $bytes?: string; $map?: [unknown, unknown][]; $set?: unknown[] }
  return $bytes !== undefined ? fromBase64Url($bytes) : $map ? new Map($map) : $set ? new Set($set) : value
}

const write = (value: unknown): Bytes => utf8(JSON.stringify(value, plain))
/** Throws `malformed`: another version, or not ours. */
function read(r: Reader): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(r.rest()), revived)
  } catch {
    throw new CryptoError('malformed')
  }
}

/** What becomes of every message of an outbox. */
const outboxOf = (outbox: Outbox, as: (message: Message) => Message): Outbox => ({
  ...outbox, queue: outbox.queue.map(as), orphans: outbox.orphans.map(as), held: outbox.held.map(as),
  waiting: outbox.waiting.map(entry => ({ ...entry, message: as(entry.message) })),
})

type Known = ReadonlyMap<string, Line>
export const byId = (lines: Lines): Known => new Map(lines.map(line => [line.id, line]))
const textIn = (known: Known, { id, kind }: Message): string | undefined => (kind === 'text' ? known.get(id)?.text : undefined)
const heardIn = (known: Known): Id[] => [...known.values()].filter(line => line.from === 'visitor').map(line => line.id as Id)

/** `session`: what `exportState` gave; none when it is over. `known`: the lines that are in the vault when this is. */
export function encodeState(c: Conversation, session: Bytes | undefined, known: Known): Bytes {
  const restored = restoredTalk(c.talk)
  const outbox = outboxOf(restored.outbox, message => (textIn(known, message) === undefined ? message : { ...message, parts: [] }))
  const heard = new Set([...restored.receiver.heard].filter(id => known.get(id)?.from !== 'visitor'))
  const talk = { ...restored, outbox, receiver: { ...restored.receiver, heard }, dirty: false }
  const body = write({ ...c, proof: undefined, ...(c.guest?.asked && { guest: undefined }), talk, lines: [], typing: newTyping, opening: 0, online: false })
  const head = concat(u8(VERSION), sized32(session ?? new Uint8Array(0)))
  return concat(head, padded(body, Math.ceil((head.length + body.length) / STATE_STEP) * STATE_STEP - head.length))
}

/** As it goes on: an update first (`restoredTalk`). Throws `malformed`. */
export function decodeState(bytes: Bytes, lines: Lines): { conversation: Conversation; session?: Bytes } {
  const r = new Reader(bytes)
  demand(r.u8() === VERSION, 'malformed')
  const session = r.sized32()
  const kept = read(r) as Conversation
  const known = byId(lines)
  const outbox = outboxOf(kept.talk.outbox, message => (message.parts.length > 0 ? message : { ...message, parts: split(textIn(known, message) ?? '') }))
  const heard = new Set([...heardIn(known), ...kept.talk.receiver.heard])
  const talk = { ...kept.talk, outbox, receiver: { ...kept.talk.receiver, heard } }
  return { conversation: { ...kept, talk, lines }, ...(session.length > 0 && { session }) }
}

const encode = (value: unknown): Bytes => {
  const body = write(value)
  return concat(u8(VERSION), padded(body, LINE_SIZES.find(size => body.length < size) ?? body.length))
}

/** What must be appended so that a replay of all gives `lines`, where it gave `before`. What fell off at the front needs no word. */
export function newLines(before: Lines, lines: Lines): { readonly line: Line; readonly gone: boolean }[] {
  const [had, has] = [byId(before), byId(lines)]
  const from = before.findIndex(line => has.has(line.id))
  const gone = before.slice(Math.max(from, 0)).filter(line => !has.has(line.id))
  return [...gone.map(line => ({ line, gone: true })), ...lines.filter(line => had.get(line.id) !== line).map(line => ({ line, gone: false }))]
}

export const encodeLine = ({ line, gone }: { readonly line: Line; readonly gone: boolean }): Bytes => encode(gone ? { gone: line.id } : line)

/** The lines as they stood: by id, the last word counts, a changed line keeps its place. Throws `malformed`. */
export function replay(all: readonly Bytes[]): Lines {
  const lines = new Map<string, Line>()
  for (const bytes of all) {
    const r = new Reader(bytes)
    demand(r.u8() === VERSION, 'malformed')
    const entry = read(r) as Line & { gone?: string }
    if (entry.gone === undefined) lines.set(entry.id, entry)
    else lines.delete(entry.gone)
  }
  return [...lines.values()].slice(-KEPT)
}
