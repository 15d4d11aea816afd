// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { talkingState } from '../../test/gallery/fixtures'
import { organisationOfToday } from '../../test/support/conversation'
import { Coordinator } from '../../test/support/coordinators'
import { FakeReports } from '../../test/support/fake-reports'
import { DAY, type Organisation } from '../../test/support/organisation'
import { hide, part, shown, stage, talk } from '../../test/support/visitor-page'
import { Trust } from '../crypto/statement'
import { Reporting } from '../conversation/report'
import type { ReportDoor, VisitorState } from './door'

const CANARY = 'kanarie-7f3a'
const LINES = [
  { id: 'n', from: 'notice' as const, at: 0, notice: { key: 'limits' as const } },
  { id: 'a', from: 'expert' as const, alias: 'Sam', at: 0, text: `Stuur mij een foto. ${CANARY}` },
  { id: 'b', from: 'me' as const, at: 0, text: '<b>Dat wil ik niet.</b>', state: 'received' as const },
]
const said = (more: Parameters<typeof talkingState>[1] = {}): VisitorState => talkingState('nl', { lines: LINES, ...more })

let organisation: Organisation
let [anna, bea]: Coordinator[] = []
let server: FakeReports
beforeAll(async () => {
  organisation = await organisationOfToday();
  [anna, bea] = [await Coordinator.hire(organisation, 'Anna'), await Coordinator.hire(organisation, 'Bea')]
})

stage()
beforeEach(async () => {
  server = new FakeReports()
  const [now, both] = [Math.floor(Date.now() / 1000), [anna as Coordinator, bea as Coordinator]]
  server.coordinators = { roster: await organisation.roster(both.map(one => one.statement), { issuedAt: now - 60, validUntil: now + DAY }), revocations: [], statements: both.map(one => one.signed) }
  const trust = new Trust(organisation.root.publicKey)
  const conversation = talk.door.conversation
  const ask = (frame: object) => Promise.resolve({ n: 1, ...server.answer(conversation, frame as Parameters<FakeReports['answer']>[1]) })
  talk.door = { conversation, ask: ask as unknown as ReportDoor['ask'], believe: proof => trust.check(proof) }
})

/** Real cryptography, on a machine that may be busy. */
const until = (holds: () => void): Promise<void> => vi.waitFor(holds, { timeout: 15_000 })
const all = (name: string): HTMLInputElement[] => [...document.querySelectorAll<HTMLInputElement>(`[data-part=${name}]`)]
const words = (): string => shown().replace(/[\u2068\u2069]/g, '')
/** As soon as the rest of the page is there, and who can read it is known. */
async function opened(): Promise<void> {
  talk.becomes(said())
  await until(() => expect(part('not-right')).not.toBeNull())
  part('not-right').click()
  await until(() => expect(words()).toMatch(/lezen dit|niemand die dit/))
}
const button = (text: string): HTMLButtonElement => [...document.querySelectorAll('button')].find(one => one.textContent === text) as HTMLButtonElement
async function sent(): Promise<void> {
  await opened()
  all('not-right-line')[0]?.click()
  part('not-right-send').click()
  await until(() => expect(words()).toContain('Het is aangekomen.'))
}

describe('the way in', () => {
  test('is there while they talk, and wherever words of somebody stand; not before anybody came', async () => {
    talk.becomes({ kind: 'waiting', online: true, lines: [] })
    expect(part('not-right')).toBeNull()
    talk.becomes(said())
    await until(() => expect(part('not-right').textContent).toBe('Dit voelt niet goed'))
    talk.becomes({ kind: 'waiting', again: 'vanished', online: true, lines: LINES })
    expect(part('not-right')).not.toBeNull()
    talk.becomes({ kind: 'ended', why: 'closed', online: true, lines: LINES })
    expect(part('not-right')).not.toBeNull()
  })
  test('opens a screen of its own, read from its heading, with the exit above it; and back again', async () => {
    await opened()
    expect(document.activeElement?.textContent).toBe('Dit voelt niet goed')
    expect([part('exit'), part('composer')].map(one => one === null)).toEqual([false, true])
    button('Terug naar het gesprek').click()
    expect(part('composer')).not.toBeNull()
    expect(document.activeElement).toBe(part('not-right'))
  })
})

describe('what she reads before she sends', () => {
  test('who gets it, that the other does not, and for how long', async () => {
    await opened()
    expect(words()).toContain('Anna en Bea lezen dit.')
    expect(words()).toContain('Sam krijgt er geen bericht van.')
    expect(words()).toContain('hoogstens 30 dagen bewaard')
  })
  test('every line that was said, as text, to be ticked; nothing is ticked, nothing can be sent', async () => {
    await opened()
    expect(all('not-right-line').map(box => box.checked)).toEqual([false, false])
    expect(words()).toContain('<b>Dat wil ik niet.</b>')
    expect(part<HTMLButtonElement>('not-right-send').disabled).toBe(true)
    all('not-right-line')[1]?.click()
    expect(part<HTMLButtonElement>('not-right-send').disabled).toBe(false)
  })
  // seen failing: `others` without the names of lines: somebody she talked with before read about herself.
  test('nobody whose words stand there reads it, in whatever other role', async () => {
    const sam = await Coordinator.hire(organisation, 'Sam')
    const now = Math.floor(Date.now() / 1000)
    server.coordinators = { roster: await organisation.roster([sam.statement], { issuedAt: now - 60, validUntil: now + DAY }), revocations: [], statements: [sam.signed] }
    talk.becomes(said({ alias: 'Noor' }))
    await until(() => expect(part('not-right')).not.toBeNull())
    part('not-right').click()
    await until(() => expect(words()).toContain('Er is nu niemand die dit kan lezen.'))
    expect(document.querySelector('[href="tel:08002000"]')).not.toBeNull()
  })
})

describe('what she sends', () => {
  // seen failing: all lines sent, ticked or not.
  test('is what she ticked and nothing else, to two; and it says that it arrived', async () => {
    await sent()
    const report = server.all[0] as FakeReports['all'][number]
    for (const her of [anna, bea]) expect((await her?.read(report))?.lines).toEqual([{ from: 1, text: LINES[1]?.text }])
    expect(words()).toContain('Het antwoord komt op dit scherm.')
  })
  // seen failing: `typing(false)` told when the screen opens.
  test('is told by the page to nobody else: of the conversation it asks nothing but the door', async () => {
    await sent()
    expect(talk.calls).toEqual(['reportDoor'])
  })
  test('too much at once is said, and does not go', async () => {
    talk.becomes(said({ lines: ['x', 'y'].map(id => ({ id, from: 'expert', alias: 'Sam', at: 0, text: 'x'.repeat(4_000) })) }))
    await until(() => expect(part('not-right')).not.toBeNull())
    part('not-right').click()
    await until(() => expect(words()).toContain('lezen dit'))
    for (const box of all('not-right-line')) box.click()
    expect(words()).toContain('Dit is te veel in één keer.')
    expect(part<HTMLButtonElement>('not-right-send').disabled).toBe(true)
  })
  test('no connection: said kindly, with what she ticked still there', async () => {
    const { ask } = talk.door
    talk.door = { ...talk.door, ask: () => Promise.resolve(undefined) }
    talk.becomes(said())
    await until(() => expect(part('not-right')).not.toBeNull())
    part('not-right').click()
    all('not-right-line')[0]?.click()
    await until(() => expect(words()).toContain('Het lukt nu niet.'))
    expect(all('not-right-line')[0]?.checked).toBe(true)
    talk.door.ask = ask
  })
})

describe('afterwards', () => {
  test('another person is offered, asked once more in the conversation', async () => {
    await sent()
    part('another').click()
    expect(part('another-yes')).not.toBeNull()
    part('another-yes').click()
    expect(talk.calls).toContain('another')
  })
  test('an answer is shown; where she is not looking, the way in says so, in place', async () => {
    await sent()
    button('Terug naar het gesprek').click()
    const report = server.all[0] as FakeReports['all'][number]
    report.answers.push(await (anna as Coordinator).answer('Ik kijk ernaar. <i>Echt</i>', report, await (anna as Coordinator).read(report)))
    part('not-right').click()
    await until(() => expect(all('not-right-answer')[0]?.textContent?.replace(/[\u2068\u2069]/g, '')).toBe('Antwoord van AnnaIk kijk ernaar. <i>Echt</i>'))
    expect(document.title).toBe('Welkom')
  })
})

describe('V17 away from there', () => {
  const keys: Uint8Array[] = []
  beforeEach(() => {
    keys.length = 0
    const arrived = (Reporting.prototype as unknown as { arrived(sent: { privateKey: Uint8Array }): void }).arrived
    vi.spyOn(Reporting.prototype as unknown as { arrived: typeof arrived }, 'arrived').mockImplementation(function (this: Reporting, one) { keys.push(one.privateKey); arrived.call(this, one) })
  })
  const empty = (): boolean => keys.length === 1 && (keys[0] as Uint8Array).every(byte => byte === 0)

  // seen failing: `dropAside` taken out of `empty`.
  test.each([
    ['the exit', () => part('exit').click()],
    ['a page that is put away', () => void window.dispatchEvent(new Event('pagehide'))],
  ])('%s: nothing on the screen, and what opens answers is overwritten, within the call', async (_, go) => {
    await sent()
    expect(empty()).toBe(false)
    go()
    expect([shown(), empty(), talk.calls.includes('exit')]).toEqual(['', true, true])
  })
  // seen failing: `dropAside` taken out of `follow`; of `start`.
  test.each<[string, () => void]>([
    ['she stopped', () => talk.becomes({ kind: 'ended', why: 'left' })],
    ['the page was stopped', () => talk.becomes({ kind: 'refused', why: 'lying' })],
    ['another conversation begins', () => { talk.becomes({ kind: 'ended', why: 'closed', online: true, lines: LINES }); button('Terug naar het gesprek').click(); part('start').click() }],
  ])('%s: it is gone, too', async (_, go) => {
    await sent()
    go()
    expect([empty(), words().includes('Het is aangekomen')]).toEqual([true, false])
  })
  // seen failing: the screen drawn before `covered` is looked at.
  test('V2 hidden: nothing of it stands there until a tap, and then it does', async () => {
    await opened()
    hide()
    expect([shown().includes(CANARY), shown().includes('Anna'), part('exit') !== null]).toEqual([false, false, true])
    part('uncover').click()
    expect(all('not-right-line').length).toBe(2)
  })
})
