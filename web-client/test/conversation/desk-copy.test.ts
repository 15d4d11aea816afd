import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { random, toBase64Url, type Bytes } from '../../src/crypto/bytes'
import { Session, split } from '../../src/crypto/session'
import { byId, decodeState, encodeLine, encodeState, newLines, replay } from '../../src/conversation/desk-copy'
import { newDesk, type Conversation } from '../../src/conversation/desk-model'
import { show } from '../../src/conversation/desk-show'
import type { Line } from '../../src/conversation/line'
import { addNotice, addText, type Lines } from '../../src/conversation/lines'
import type { Log } from '../../src/conversation/log'
import type { Outbox } from '../../src/conversation/outbox'
import type { Receiver } from '../../src/conversation/receiver'
import { restoredTalk, type Flight, type Talk } from '../../src/conversation/talk'
import { newTyping } from '../../src/conversation/typing'
import type { Id } from '../../src/wire/read'

const newId = (): Id => toBase64Url(random(16)) as Id
const [hers, own, old, unsaid] = [newId(), newId(), newId(), newId()]

const lines: Lines = [
  { id: hers, from: 'visitor', at: 1, text: 'een zin van haar' },
  { id: own, from: 'me', at: 2, text: 'een zin van mij' },
  { id: 'notice-0', from: 'notice', at: 3, automatic: true, notice: { key: 'safety-question', answer: 'maybe' } },
  { id: old, from: 'me', at: 4, automatic: true, notice: { key: 'limits' } },
]
const text = (id: Id, said: string) => ({ id, kind: 'text' as const, parts: split(said) })

// Every field of every part of it, so that a new one is not forgotten: each stands here, or this does not compile.
const outbox: Required<Outbox> = {
  queue: [text(unsaid, 'nog niet gezegd'), { id: newId(), kind: 'hello', parts: [random(8)] }], part: 0, counter: 7,
  waiting: [{ message: text(own, 'een zin van mij'), counter: 7, at: 12 }], orphans: [{ ...text(newId(), 'wees'), to: random(3) }],
  held: [text(newId(), 'bewaard')], progressAt: 99,
}
const receiver: Required<Receiver> = { counters: new Map([[0, 5], [3, undefined]]), heard: new Set([hers, newId()]), partial: { leaf: 0, id: newId(), parts: [random(5), random(6)] } }
const log: Required<Log> = { cursor: 6, known: 9, anywhere: false, inbox: [], own: new Map([[8, newId()]]), reading: false, readAt: 0, missed: 0, acked: 6, ackAt: 0 }
const flight: Required<Omit<Flight, 'message'>> = {
  kind: 'commit', envelope: newId(), body: random(1_200), epoch: 4, wish: { what: 'update' }, old: true, asked: false, notBefore: 0, tries: 2, seq: 8,
}
const talk: Required<Omit<Talk, 'busy' | 'staleIn' | 'peerSince' | 'reader' | 'held'>> = {
  side: 'expert', stopped: false, link: false, may: 'all', maySince: 5, group: { epoch: 4, self: 1, others: [0] }, log, outbox, receiver, flight,
  wishes: [{ what: 'remove', leaf: 2 }], ackAt: 77, spoken: { count: 3, since: 44 }, restored: true, dirty: false, together: 1_000, pauseUntil: 3, pauses: 1, readOnly: false,
}
const conversation: Required<Omit<Conversation, 'proof'>> = {
  claim: newId(), conversation: newId(), slot: 2, language: 'nl', since: 11, server: 'talking', visitor: 'lost', hidden: true, leftQuickly: true, opening: 0, blockedUntil: 5,
  ended: 'left', closing: { why: 'gone', until: 8 }, ending: { t: 'close', since: 1, asked: false, askAt: 2, again: true }, online: false, behind: true, visitorKey: random(65),
  talk, lines, typing: newTyping, safety: { answer: 'yes', limitsShown: true }, savedAt: 1_000, endedAt: 2_000,
  role: 'transfer', me: 'Sam', guest: { call: newId(), for: 'look', warm: true, state: 'in', alias: 'Bea', asked: false, back: true }, colleague: { alias: 'Bea', look: true }, owesHello: true, doubted: true,
}
const sorted = (c: Conversation) => ({ ...c, talk: { ...c.talk, receiver: { ...c.talk.receiver, heard: [...c.talk.receiver.heard].sort() } } })
const utf8 = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

describe('a conversation as the vault keeps it', () => {
  // seen failing: `plain` without its Map, and without its Set; the session left out.
  it('keeps every field', () => {
    const session = random(3_000)
    const read = decodeState(encodeState(conversation, session, byId(lines)), lines)
    expect(read.session).toEqual(session)
    expect(sorted(read.conversation)).toEqual(sorted(conversation))
  })

  it('and the least that there is', () => {
    const { server, ended, closing, ending, visitorKey, endedAt, role, me, guest, colleague, owesHello, doubted, ...rest } = conversation
    const { group, flight: _, ackAt, readOnly, ...least } = talk
    const bare: Conversation = { ...rest, talk: least, lines: [] }
    const read = decodeState(encodeState(bare, undefined, byId([])), [])
    expect(read.session).toBeUndefined()
    expect(sorted(read.conversation)).toEqual(sorted(bare))
  })

  it('goes on as a restored talk does: a commit in flight is looked for, a message in flight is said again, nothing is being done', () => {
    const { flight: _, ...rest } = talk
    const message: Flight = { ...flight, kind: 'message', message: text(own, 'een zin van mij') }
    const envelope = { seq: 7, id: newId(), from: 'visitor' as const, kind: 'message' as const, body: random(462) }
    const busy: Talk = { ...talk, flight: message, busy: 'save', dirty: true, restored: false, link: true, peerSince: 4, staleIn: { epoch: 4, reads: 1 }, log: { ...log, inbox: [envelope], reading: true, readAt: 7 } }
    const live: Conversation = { ...conversation, talk: busy, online: true, opening: 2, typing: { ...newTyping, otherUntil: 9 } }
    const read = decodeState(encodeState(live, undefined, byId(lines)), lines).conversation
    expect(sorted(read)).toEqual(sorted({ ...conversation, talk: { ...rest } }))
    expect(restoredTalk(read.talk)).toEqual(read.talk)
  })

  // seen failing: `encodeState` with the messages as they are; with all that was heard; with `lines`.
  it('the state holds no transcript: no word that a line says, and none of the ids that lines have already', () => {
    const bytes = utf8(encodeState(conversation, random(10), byId(lines)))
    for (const line of lines) if (line.text) expect(bytes).not.toContain(toBase64Url(new TextEncoder().encode(line.text)))
    expect(bytes).not.toContain('zin van')
    expect(bytes).not.toContain(hers)
    // What no line says yet is not lost.
    expect(bytes).toContain(toBase64Url(new TextEncoder().encode('nog niet gezegd')))
  })

  it('says little by its length', () => {
    const size = (said: string) => encodeLine({ line: { id: own, from: 'me', at: 1, text: said }, gone: false }).length
    expect([size('a'), size('a'.repeat(100)), size('a'.repeat(500)), size('a'.repeat(900))]).toEqual([257, 257, 1_025, 1_025])
    expect(encodeState(conversation, random(2_000), byId(lines)).length % 4_096).toBe(0)
    // The longest there is, however it is written down, is within the limit of a line (24,576 with its seal).
    expect(Math.max(size('\u0001'.repeat(4_000)), size('\ud800'.repeat(4_000)), size('🌱'.repeat(2_000)), size('"'.repeat(4_000)))).toBeLessThanOrEqual(24_449)
  })

  it.each([['another version', (bytes: Bytes) => { bytes[0] = 2 }], ['no end', (bytes: Bytes) => { bytes.fill(0x20, 400) }]])('refuses %s', (_, break_) => {
    const [state, line] = [encodeState(conversation, random(10), byId(lines)), encodeLine({ line: lines[0] as Line, gone: false })]
    break_(state)
    expect(() => decodeState(state, lines)).toThrow('malformed')
    line[0] = 2
    expect(() => replay([line])).toThrow('malformed')
  })
})

describe('its lines', () => {
  /** What the vault has after each of these was appended. */
  function after(...stages: Lines[]): Lines {
    const appended = stages.flatMap((stage, i) => newLines(stages[i - 1] ?? [], stage).map(encodeLine))
    return replay(appended)
  }

  it('only what is new or changed is appended', () => {
    const more = addText(lines, newId(), 'me', 'nog een', 5)
    expect(newLines(lines, lines)).toEqual([])
    expect(newLines(lines, more).map(({ line }) => line.text)).toEqual(['nog een'])
    expect(after(lines, more)).toEqual(more)
  })

  it('changed: in its place', () => {
    const changed = lines.map((line, i) => (i === 2 ? { ...line, notice: { key: 'safety-question' as const, answer: 'no' as const } } : line))
    expect(after(lines, changed)).toEqual(changed)
  })

  // seen failing: `newLines` without what is gone.
  it('taken away: gone, also when its name comes again', () => {
    const hidden = addNotice(lines, { key: 'page-hidden' }, 6)
    const visible = addNotice(hidden, { key: 'page-visible' }, 7)
    const again = addNotice(visible.slice(0, -2), { key: 'page-hidden' }, 8)
    expect(after(lines, hidden, visible, again)).toEqual(again)
  })

  it('the oldest fall off at the front', () => {
    const stages: Lines[] = [[]]
    for (let i = 0; i < 1_010; i++) stages.push(addText(stages[i] ?? [], newId(), 'me', `${i}`, i))
    expect(after(...stages)).toEqual(stages[1_010])
  })
})

describe('a copy from before there were guests', () => {
  const fixture = JSON.parse(readFileSync(resolve(import.meta.dirname, '../support/copy-before-guests.json'), 'utf8')) as { claim: string; state: string; lines: string[] }
  const bytes = (base64: string): Bytes => Uint8Array.from(Buffer.from(base64, 'base64'))
  const read = () => decodeState(bytes(fixture.state), replay(fixture.lines.map(bytes)))

  // seen failing: `VERSION` 2; a conversation without a role shown as a guest's.
  it('is a lead\'s, with nobody beside her; its lines are there, and what had not left yet is to be said', () => {
    const { conversation } = read()
    expect(conversation).toMatchObject({ claim: fixture.claim, server: 'talking', talk: { may: 'all', group: { epoch: 1, self: 1, others: [0] } } })
    const [talk] = show({ ...newDesk, link: 'on', restored: 'done', conversations: [conversation] }, conversation.savedAt).talks
    expect(talk).toMatchObject({ part: 'lead', state: 'talking', safety: { limitsShown: true } })
    expect([talk?.guest, talk?.for, talk?.lead]).toEqual([undefined, undefined, undefined])
    expect(conversation.lines.flatMap(line => line.text ?? [])).toEqual(['van haar', 'van mij', 'nog niet weg'])
    expect(conversation.talk.outbox.queue.map(message => message.parts)).toEqual([split('nog niet weg')])
  })

  // seen failing: the session read from its second byte.
  it('opens its group: the visitor and she', async () => {
    const session = await Session.importState(read().session ?? random(0))
    expect([session.epoch(), session.ownLeaf(), session.members().map(member => member.leaf)]).toEqual([1, 1, [0, 1]])
    session.destroy()
  })

  it('and is kept anew without losing anything', () => {
    const { conversation, session } = read()
    const again = decodeState(encodeState(conversation, session, byId(conversation.lines)), conversation.lines)
    expect(again.session).toEqual(session)
    expect(sorted(again.conversation)).toEqual(sorted(conversation))
  })
})
