import { beforeEach, describe, expect, test } from 'vitest'
import { random, toBase64Url, type Bytes } from '../../src/crypto/bytes'
import { newBoxKey } from '../../src/crypto/box'
import { openAnswer, sealReport, type Report } from '../../src/crypto/report'
import { generateKey, saveKey } from '../../src/crypto/suite/keys'
import type { SealedReport } from '../../src/console/api'
import { VaultReportKeys } from '../../src/console/report-keys'
import { NO_REPORTS, ReportsDoor } from '../../src/console/reports'
import type { KeptPapers } from '../../src/console/vault-keys'
import { StaffError } from '../../src/staff/api'

/** A vault with a coordinator's papers, which notes what it handed out. */
async function vaultOf() {
  const [own, box] = [await generateKey('ECDSA'), await generateKey('ECDH')]
  const handed: KeptPapers[] = []
  const papers = (role?: string): KeptPapers | undefined => {
    if (role === 'former') return undefined
    const copy = { signatureKey: { publicKey: own.publicKey, signKey: saveKey(own) }, box: { publicKey: box.publicKey, scalar: box.scalar.slice() }, unsigned: new Uint8Array(0) }
    handed.push(copy)
    return copy
  }
  return { own, box, handed, papers }
}

let vault: Awaited<ReturnType<typeof vaultOf>>
let hers: Awaited<ReturnType<typeof newBoxKey>>
let [id, to]: Bytes[] = []
let report: Report
let told: SealedReport[]
let posted: { report: string; box: Bytes }[]
let refuse: string | undefined
let door: ReportsDoor

const api = {
  reports: () => Promise.resolve(told),
  answerReport: (one: string, box: Bytes) => {
    posted.push({ report: one, box })
    if (refuse) return Promise.reject(new StaffError(refuse as ConstructorParameters<typeof StaffError>[0]))
    told = told.map(each => ({ ...each, answered: each.report === one || each.answered }))
    return Promise.resolve()
  },
}

beforeEach(async () => {
  vault = await vaultOf()
  hers = await newBoxKey();
  [id, to] = [random(16), random(32)]
  report = { language: 'nl', answerKey: hers.publicKey, speakers: ['Sam'], lines: [{ from: 1, text: 'Stuur mij een foto.' }] }
  told = [{ report: toBase64Url(id as Bytes), to: to as Bytes, box: await sealReport(report, { report: id as Bytes, to: to as Bytes }, vault.box.publicKey), answered: false, until: 1_800_000_000 }]
  posted = []
  refuse = undefined
  door = new ReportsDoor(api, new VaultReportKeys(vault))
})
const name = (): string => told[0]?.report ?? ''

describe('a coordinator\'s reports', () => {
  test('are opened with the key of her statement, and with no other', async () => {
    await door.open()
    expect(door.state.reports?.map(one => one.content)).toEqual([report])
    const other = new ReportsDoor(api, new VaultReportKeys(await vaultOf()))
    await other.open()
    expect(other.state.reports?.map(one => one.content)).toEqual([undefined])
  })

  // seen failing: `with` without its `finally`.
  test('no copy of a key is left behind', async () => {
    await door.open()
    await door.answer(name(), 'Ja.')
    expect(vault.handed.length).toBe(2)
    expect(vault.handed.every(({ signatureKey, box }) => [...signatureKey.signKey, ...box.scalar].every(byte => byte === 0))).toBe(true)
  })

  test('where the vault has no statement, none opens', async () => {
    const none = new ReportsDoor(api, new VaultReportKeys({ papers: () => undefined }))
    await none.open()
    expect(none.state.reports?.[0]?.content).toBeUndefined()
  })
})

describe('her answer', () => {
  // seen failing: signed by another key.
  test('is for the visitor alone, and signed as her; then it stands', async () => {
    await door.open()
    await door.answer(name(), '  Goed dat je dit zegt.\n')
    expect(posted.map(one => one.report)).toEqual([name()])
    expect(await openAnswer(hers.privateKey, posted[0]?.box as Bytes, id as Bytes, vault.own.publicKey)).toBe('Goed dat je dit zegt.')
    expect(door.state.reports?.[0]?.answered).toBe(true)
    await door.answer(name(), 'Nog iets.')
    expect(posted.length).toBe(1)
  })

  test.each([['nothing', '   '], ['too much', 'x'.repeat(4_001)]])('of %s does not go', async (_, text) => {
    await door.open()
    await door.answer(name(), text)
    expect([posted.length, door.state.problem, door.state.of]).toEqual([0, 'long', name()])
  })

  // seen failing: sealed anew at each press: the server takes other bytes for another answer, and she would hear of a colleague.
  test('the same again after no connection is the same bytes; other words are others', async () => {
    await door.open()
    refuse = 'unreachable'
    await door.answer(name(), 'Ja.')
    expect([door.state.problem, door.state.of]).toEqual(['unreachable', name()])
    await door.answer(name(), 'Ja.')
    await door.answer(name(), 'Nee.')
    const [a, b, c] = posted.map(one => toBase64Url(one.box))
    expect([a === b, b === c]).toEqual([true, false])
  })

  test.each([['not-now', 'moved'], ['unknown', 'moved'], ['too-fast', 'unreachable'], ['malformed', 'refused']] as const)('refused as %s is said', async (code, problem) => {
    await door.open()
    refuse = code
    await door.answer(name(), 'Ja.')
    expect(door.state.problem).toBe(problem)
  })
})

describe('while her newer statement waits for signatures', () => {
  // seen failing: with the newest papers alone, nothing opened; with the answer signed by the newest key her page would not have believed it.
  test.each([[undefined, 'before'], [new Uint8Array([1]), 'now']] as const)('what was sealed to the one before opens, and the answer is by the one that two signed (%s: %s)', async (signed, by) => {
    const now = await vaultOf()
    const both = { papers: (role: string) => (role === 'former' ? vault.papers() : { ...now.papers() as KeptPapers, ...(signed && { signed }) }) }
    const open = new ReportsDoor(api, new VaultReportKeys(both))
    await open.open()
    expect(open.state.reports?.[0]?.content).toEqual(report)
    await open.answer(name(), 'Ja.')
    expect(await openAnswer(hers.privateKey, posted[0]?.box as Bytes, id as Bytes, (by === 'now' ? now : vault).own.publicKey)).toBe('Ja.')
    expect([...vault.handed, ...now.handed].every(({ signatureKey, box }) => [...signatureKey.signKey, ...box.scalar].every(byte => byte === 0))).toBe(true)
  })
})

// seen failing: `forget` that kept what was opened.
test('forgotten, nothing of it is in memory', async () => {
  await door.open()
  door.forget()
  expect(door.state).toEqual(NO_REPORTS)
  expect((door as unknown as { opened: Map<string, unknown> }).opened.size).toBe(0)
})
