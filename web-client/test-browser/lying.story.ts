import { afterAll, afterEach, beforeAll, describe, expect, test, type TestContext } from 'vitest'
import { fromBase64Url, random, toBase64Url } from '../src/crypto/bytes'
import { newSignatureKey, prepareJoin } from '../src/crypto/session'
import { decodeSigned, decodeUnsignedRoster, decodeUnsignedStatement, encodeSigned, encodeUnsignedStatement, type Roster, type Statement } from '../src/crypto/statement'
import { Organisation, flipped } from '../test/support/organisation'
import { sessionCookie } from './harness/administrator'
import { House, missingHouse } from './harness/house'
import type { Expert, Room, Visitor } from './harness/people'
import { eventually, pause } from './harness/processes'
import { RogueDesk } from './harness/rogue'
import { trialOrganisation } from './harness/trial'

/**
 * Slice e, done when 4: a server that lies about who answers. The lies are told by the proxy before the real server, in the views that bring an expert;
 * they are as good as the trial signers' own keys can make them, so each is refused for its one reason. In every detail: test/conversation/refusals.test.ts.
 */
type Frame = Record<string, unknown>
const DAY = 86_400
const WORDS = 'hier mag niemand bij'
const now = (): number => Math.floor(Date.now() / 1000)
let house: House
let expert: Expert
let trial: Organisation
let visitor: Visitor
/** What the honest server shows a visitor of this desk. */
let honest: { signed: Uint8Array<ArrayBuffer>; statement: Statement; roster: Roster; keyPackage: Uint8Array<ArrayBuffer> }

beforeAll(async () => {
  if (missingHouse()) return
  trial = await trialOrganisation()
  house = await House.open({ NAAST_TIME_VISITOR_GONE: '5s', NAAST_TIME_POLL_HOLD: '3s' })
  expert = await house.expert()
  await expert.available()
  await learn()
})
afterAll(() => house?.close())
afterEach(async () => {
  house.street.rewrite = frame => frame
  house.street.noSockets = false
  if (visitor) await house.leave(visitor.page)
  await calm()
})

const cannot = (context: TestContext): void => { const missing = missingHouse(); if (missing) context.skip(missing) }

/** Nobody waits and nothing stands on the desk: those who fell silent are gone after five seconds. */
async function calm(): Promise<void> {
  await eventually('the line is empty', async () => await expert.text('waiting') === '', 20_000)
  for (const room of await expert.rooms()) await room.tap('dismiss', 20_000)
}

async function waits(): Promise<void> {
  visitor = await house.visitor()
  await visitor.start('nl')
  await visitor.say(WORDS)
}

/** An honest round first: she talks, and we keep what she was shown. */
async function learn(): Promise<void> {
  let shown: Frame = {}
  house.street.rewrite = (frame, direction) => { if (direction === 'down' && 'keyPackage' in frame) shown = frame; return frame }
  await waits()
  const room = await expert.claimNext()
  await room.reads('visitor', WORDS)
  await visitor.tap('leave')
  await room.tap('dismiss')
  const bytes = (name: string) => fromBase64Url(String(shown[name]))
  honest = {
    signed: bytes('statement'), keyPackage: bytes('keyPackage'),
    statement: decodeUnsignedStatement(decodeSigned(bytes('statement'), 'refused-statement').unsigned),
    roster: decodeUnsignedRoster(decodeSigned(bytes('roster'), 'refused-roster').unsigned),
  }
  await house.leave(visitor.page)
}

/** A roster of the trial signers about one statement. */
const roster = (statement: Statement, part: Partial<Roster> = {}, by?: Organisation['signers']) =>
  trial.roster([statement], { version: honest.roster.version + 1, issuedAt: now() - 60, validUntil: now() + DAY, ...part }, by)
const coded = (fields: Record<string, Uint8Array | Uint8Array[]>): Frame =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, Array.isArray(value) ? value.map(toBase64Url) : toBase64Url(value)]))

const LIES: Record<string, () => Promise<Frame>> = {
  'a wrong key: somebody else\'s key package under her statement': async () =>
    coded({ keyPackage: (await prepareJoin({ signatureKey: await newSignatureKey(), statementId: honest.statement.id })).keyPackage }),
  'a wrong key: another key in her statement, under its old signatures': async () => {
    const { signatures } = decodeSigned(honest.signed, 'refused-statement')
    const unsigned = encodeUnsignedStatement({ ...honest.statement, signatureKey: (await newSignatureKey()).publicKey })
    return coded({ statement: encodeSigned({ unsigned, signatures }) })
  },
  'one signature on the statement': async () => coded({ statement: await trial.signStatement(honest.statement, trial.signers.slice(0, 1)) }),
  'one signature on the roster': async () => coded({ roster: await roster(honest.statement, {}, trial.signers.slice(0, 1)) }),
  'an expired statement': async () => {
    const late = { ...honest.statement, notBefore: now() - 2 * DAY, notAfter: now() - 1 }
    return coded({ statement: await trial.signStatement(late), roster: await roster(late) })
  },
  'an expired roster': async () => coded({ roster: await roster(honest.statement, { issuedAt: now() - DAY, validUntil: now() - 1 }) }),
  'a key package of another suite': async () => { const keyPackage = honest.keyPackage.slice(); keyPackage[7] = 1; return coded({ keyPackage }) },
  'papers of another root': async () => {
    const other = await Organisation.create()
    return coded({ statement: await other.signStatement(honest.statement), roster: await other.roster([honest.statement], { version: 99, issuedAt: now() - 60, validUntil: now() + DAY }) })
  },
  'a revoked statement': async () => coded({ revocations: [await trial.revocation(honest.statement, trial.signers[0], now())] }),
  'a roster with one bit turned': async () => coded({ roster: flipped(await roster(honest.statement)) }),
}
const SHORT = 7

/** Tells the lie in each view that brings an expert; answers how many crossings there were when it was first told. */
function tellLie(lie: (frame: Frame) => Frame): { since(): number } {
  let since = -1
  house.street.rewrite = (frame, direction) => {
    if (direction !== 'down' || frame['t'] !== 'view' || !('statement' in frame)) return frame
    if (since < 0) since = house.street.crossings.length
    return { ...frame, ...lie(frame) }
  }
  return { since: () => since }
}

/** What went up since then. */
const sentSince = (since: number): string[] => house.street.crossings.slice(since).filter(({ direction }) => direction === 'up').map(({ bytes }) => String(bytes))

/** She reads why in kind words, there is nothing to write in, and whatever the page is put through, not one frame or request leaves it. */
async function fellSilent(told: { since(): number }, words: RegExp): Promise<void> {
  await visitor.sees('the refusal', () => visitor.has('refused'), 20_000)
  const since = told.since()
  expect(since).toBeGreaterThan(0)
  expect(await visitor.text('refused')).toMatch(words)
  expect(await visitor.text('refused')).toContain('niets meer verstuurd. Dit komt niet door jou.')
  for (const gone of ['composer', 'send', 'start', 'leave']) expect(await visitor.has(gone), gone).toBe(false)
  const quiet = house.street.crossings.length
  // Until she knows of the lie a cursor of before may be on its way (`ack`, `fetch`, `ping`): nothing of hers is in it.
  expect(sentSince(since).filter(frame => /"t":"(append|signal|join|leave)"/.test(frame))).toEqual([])
  const chromium = visitor.page as Awaited<ReturnType<House['chromium']>>
  await chromium.hide()
  await pause(1_000)
  await chromium.show()
  await pause(2_500)
  expect(house.street.crossings.slice(quiet).filter(({ direction }) => direction === 'up').map(({ what }) => what)).toEqual([])
}

const KEYS = /Je telefoon kon niet zien wie er echt antwoordt/
const LYING = /Er klopt iets niet met de verbinding/

// Seen failing: Trust.check answering what it decoded, without its checks (but for what the key package itself tells).
describe.for(['socket', 'long poll'] as const)('e4: over %s, refused with a kind text, and nothing of hers is sent:', line => {
  const names = Object.keys(LIES)
  const asked = line === 'socket' ? names.slice(0, process.env['NAAST_ALL'] ? undefined : SHORT) : [names[0], names[4]] as string[]
  test.for(asked)('%s', async (name, context) => {
    cannot(context)
    house.street.noSockets = line === 'long poll'
    const lie = await (LIES[name] as () => Promise<Frame>)()
    await waits()
    const told = tellLie(() => lie)
    await expert.claimNext()
    await fellSilent(told, KEYS)
  })
})

describe('e4: in mid-conversation, refused with a kind text, and nothing of hers is sent after it:', () => {
  async function talk(): Promise<Room> {
    await waits()
    const room = await expert.claimNext()
    await room.reads('visitor', WORDS)
    return room
  }

  test('a roster older than one seen', async context => {
    cannot(context)
    const newer = coded({ roster: await roster(honest.statement, { version: honest.roster.version + 5 }) })
    tellLie(() => newer)
    const room = await talk()
    const told = tellLie(() => ({ rev: 1_000_000 }))
    house.street.cut()
    await fellSilent(told, KEYS)
    await room.tap('close')
  })

  test('a third member whom the server says is in', async context => {
    cannot(context)
    const room = await talk()
    const claim = toBase64Url(random(16))
    const told = tellLie(() => ({ claim, rev: 1_000_000 }))
    house.street.cut()
    await fellSilent(told, LYING)
    await room.tap('close')
  })

  test('a rogue third member, let in by a changed desk and a server that takes it', async context => {
    cannot(context)
    const { value } = await sessionCookie(expert.page, house.server.origins.staff)
    await expert.page.goto('about:blank')
    const rogue = await RogueDesk.open(house.server.origins.staff, value, trial.root.publicKey)
    await waits()
    await rogue.claim()
    await eventually('her words', () => rogue.desk.state.talks[0]?.lines.some(({ text }) => text === WORDS))
    const since = house.street.crossings.length
    expect(await rogue.letIn()).toBe('stored')
    await fellSilent({ since: () => since }, LYING)
    rogue.desk.wipe()
    await expert.reload()
  })
})
