import { beforeAll, describe, expect, test } from 'vitest'
import { Reporting, goesIn } from '../../src/conversation/report'
import { random, toBase64Url } from '../../src/crypto/bytes'
import { organisationOfToday } from '../support/conversation'
import { Coordinator } from '../support/coordinators'
import type { FakeReport } from '../support/fake-reports'
import { DAY, type Organisation } from '../support/organisation'
import { World, deskLines, linesOf, type DeskSide, type VisitorSide } from '../support/world'

let organisation: Organisation
let all: Record<'anna' | 'bea' | 'carla', Coordinator>
beforeAll(async () => {
  organisation = await organisationOfToday()
  const [anna, bea, carla] = [await Coordinator.hire(organisation, 'Anna'), await Coordinator.hire(organisation, 'Bea'), await Coordinator.hire(organisation, 'Carla')]
  all = { anna, bea, carla }
})

interface Scene { world: World; visitor: VisitorSide; expert: DeskSide; reporting: Reporting; others: string[]; serve: (these: readonly Coordinator[], rostered?: readonly Coordinator[]) => Promise<void> }

/** They have talked, and two coordinators are there. */
async function scene(there = [all.anna, all.bea]): Promise<Scene> {
  const world = new World(organisation)
  const { visitor, expert } = await world.talking()
  visitor.talk.compose('Dat wil ik niet.')
  expert.desk.compose(expert.desk.state.talks[0]?.id ?? '', 'Stuur mij een foto.')
  await world.pass(2_000)
  let version = 10
  const serve: Scene['serve'] = async (these, rostered = these) => {
    const now = Math.floor(world.time.now / 1000)
    const roster = await organisation.roster([world.lastStatement, ...rostered.map(one => one.statement)], { version: ++version, issuedAt: now - 60, validUntil: now + 6 * DAY })
    world.server.papers = papers => ({ ...papers, roster })
    world.server.reports.coordinators = { roster, revocations: [], statements: these.map(one => one.signed) }
  }
  await serve(there)
  const others = ['Noor']
  const reporting = new Reporting({ clock: world.time.clock, random, timers: world.time.timers_, door: visitor.talk.reportDoor(), others: () => others, changed: () => undefined })
  return { world, visitor, expert, reporting, others, serve }
}

const spoken = (visitor: VisitorSide) => linesOf(visitor).filter(line => line.text !== undefined)
async function opened(one: Scene): Promise<void> {
  one.reporting.show(true)
  await one.world.quiet()
}
/** Sends all that was said; the report as the server has it. */
async function reported(one: Scene): Promise<FakeReport> {
  await opened(one)
  void one.reporting.send(spoken(one.visitor), 'nl')
  await one.world.quiet()
  return one.world.server.reports.all[0] as FakeReport
}

describe('what she reports', () => {
  test('is read by two coordinators, as she and the other said it', async () => {
    const one = await scene()
    const report = await reported(one)
    expect(one.reporting.state).toMatchObject({ sent: 1, readers: ['Anna', 'Bea'], busy: false })
    for (const her of [all.anna, all.bea]) {
      const read = await her.read(report)
      expect(read).toMatchObject({ language: 'nl', speakers: ['Noor'] })
      expect([...read.lines].sort((a, b) => a.from - b.from)).toEqual([{ from: 0, text: 'Dat wil ik niet.' }, { from: 1, text: 'Stuur mij een foto.' }])
    }
  })

  // seen failing: `sealReport` sealing to the first coordinator's key whoever was asked for.
  test('is opened by no third coordinator, whatever box she is given', async () => {
    const report = await reported(await scene())
    for (const { to } of report.boxes) await expect(all.carla.read(report, to)).rejects.toMatchObject({ code: 'unreadable' })
  })

  // seen failing: the engine sending a signal into the group with each report.
  test('is told to nobody in the conversation: the expert\'s desk gets no frame, no line and no other state', async () => {
    const one = await scene()
    await one.world.pass(20_000)
    const told: string[] = []
    // What her desk asks for by itself, every so often, is answered with nothing new.
    const empty = (frame: object): boolean => 'items' in frame && (frame.items as unknown[]).length === 0
    one.expert.net.tamper = frame => { if (frame.t !== 'pong' && !empty(frame)) told.push(frame.t); return [frame] }
    const before = [JSON.stringify(one.expert.desk.state), deskLines(one.expert).length]
    const appended = one.visitor.net.sent.filter(frame => frame.t === 'append' || frame.t === 'signal').length
    const report = await reported(one)
    report.answers.push(await all.anna.answer('Ik kijk ernaar.', report, await all.anna.read(report)))
    await one.world.pass(40_000)
    expect(one.reporting.state.answers.length).toBe(1)
    expect([JSON.stringify(one.expert.desk.state), deskLines(one.expert).length]).toEqual(before)
    expect(told).toEqual([])
    expect(one.visitor.net.sent.filter(frame => frame.t === 'append' || frame.t === 'signal').length).toBe(appended)
  })

  test('goes to one where only one is there, and to two of four', async () => {
    const alone = await scene([all.anna])
    expect((await reported(alone)).boxes.length).toBe(1)
    const dora = await Coordinator.hire(organisation, 'Dora')
    const four = await scene([all.anna, all.bea, all.carla, dora])
    expect((await reported(four)).boxes.length).toBe(2)
    expect(four.reporting.state.readers?.length).toBe(2)
  })
})

describe('nobody else is believed to be a coordinator', () => {
  // seen failing: the look at the role taken out of `reader`; `believe` answering with what the statement says, unchecked; the look at the names taken out of `believed`.
  test.each<[string, () => Promise<{ there: Coordinator[]; rostered?: Coordinator[] }>]>([
    ['an expert', async () => ({ there: [await Coordinator.hire(organisation, 'Eva', { role: 'expert' })] })],
    ['who is in no roster', async () => ({ there: [all.carla], rostered: [all.anna] })],
    ['whose statement is over', async () => ({ there: [await Coordinator.hire(organisation, 'Eva', { notAfter: Math.floor(Date.now() / 1000) - 10, notBefore: Math.floor(Date.now() / 1000) - 40 * DAY })] })],
    ['whom she talks with, as coordinator', async () => ({ there: [await Coordinator.hire(organisation, 'Noor')] })],
  ])('%s', async (_, who) => {
    const one = await scene()
    const { there, rostered } = await who()
    await one.serve(there, rostered)
    await opened(one)
    expect(one.reporting.state).toMatchObject({ readers: [], problem: 'nobody' })
    await one.reporting.send(spoken(one.visitor), 'nl')
    expect(one.world.server.reports.all).toEqual([])
  })

  // seen failing: revocations left out of what is believed.
  test('who was revoked', async () => {
    const one = await scene()
    one.world.server.reports.coordinators.revocations = [await organisation.revocation(all.anna.statement)]
    await opened(one)
    expect(one.reporting.state.readers).toEqual(['Bea'])
  })

  // seen failing: `believed` taking two of one name for two people.
  test('nor is one person two', async () => {
    const twin = await Coordinator.hire(organisation, 'Anna')
    const one = await scene([all.anna, twin])
    await opened(one)
    expect(one.reporting.state.readers).toEqual(['Anna'])
  })

  test('another organisation\'s root vouches for nobody', async () => {
    const one = await scene()
    const elsewhere = await organisationOfToday()
    const stranger = await Coordinator.hire(elsewhere, 'Anna')
    const now = Math.floor(one.world.time.now / 1000)
    one.world.server.reports.coordinators = { roster: await elsewhere.roster([stranger.statement], { version: 99, issuedAt: now - 60, validUntil: now + DAY }), revocations: [], statements: [stranger.signed] }
    await opened(one)
    expect(one.reporting.state.problem).toBe('nobody')
    expect(one.visitor.talk.state.kind).toBe('talking')
  })

  test('no roster, nobody', async () => {
    const one = await scene()
    one.world.server.reports.coordinators = { roster: null, revocations: [], statements: [] }
    await opened(one)
    expect(one.reporting.state).toMatchObject({ readers: [], problem: 'nobody' })
  })
})

describe('sending', () => {
  // seen failing: a new report made at each try.
  test('once, however often no answer came', async () => {
    const one = await scene()
    await opened(one)
    one.visitor.net.cut()
    void one.reporting.send(spoken(one.visitor), 'nl')
    await one.world.pass(10_000, false)
    expect(one.reporting.state).toMatchObject({ problem: 'line', sent: 0 })
    await one.world.quiet()
    void one.reporting.send(spoken(one.visitor), 'nl')
    await one.world.quiet()
    const told = one.visitor.net.sent.filter(frame => frame.t === 'report')
    expect(new Set(told.map(frame => frame['report'])).size).toBe(1)
    expect([told.length > 3, one.world.server.reports.all.length, one.reporting.state.sent]).toEqual([true, 1, 1])
  })

  // seen failing: the readers of the first look kept.
  test('refused because others are coordinators by now: sealed to them at the next try', async () => {
    const one = await scene()
    await opened(one)
    const { answer } = one.world.server.reports
    one.world.server.reports.answer = (conversation, frame) => (frame.t === 'report' ? { t: 'refused', code: 'not-now' } : answer.call(one.world.server.reports, conversation, frame))
    await one.serve([all.bea, all.carla])
    void one.reporting.send(spoken(one.visitor), 'nl')
    await one.world.quiet()
    expect(one.reporting.state).toMatchObject({ problem: 'line', readers: ['Bea', 'Carla'] })
    one.world.server.reports.answer = answer
    void one.reporting.send(spoken(one.visitor), 'nl')
    await one.world.quiet()
    expect((await all.carla.read(one.world.server.reports.all[0] as FakeReport)).lines.length).toBe(2)
  })

  // seen failing: with all readers of the last look sealed to, Bea had a box; with none left it went to her all the same.
  test.each([[['Bea'], ['Anna']], [['Anna', 'Bea'], []]])('not to who has come to her since she looked, also where no newer list comes (%s)', async (come, left) => {
    const one = await scene()
    await opened(one)
    one.others.push(...come)
    one.world.server.reports.coordinators.statements = []
    void one.reporting.send(spoken(one.visitor), 'nl')
    await one.world.quiet()
    const to = one.world.server.reports.all.flatMap(report => report.boxes.map(box => toBase64Url(box.to)))
    expect(to).toEqual([all.anna, all.bea].filter(her => left.includes(her.statement.alias)).map(her => toBase64Url(her.hash)))
  })

  test('three times, and she is told that it is enough', async () => {
    const one = await scene()
    await opened(one)
    for (const lines of [0, 1, 0, 1]) {
      void one.reporting.send([{ ...spoken(one.visitor)[lines] as ReturnType<typeof spoken>[number], id: `${Math.random()}` }], 'nl')
      await one.world.quiet()
    }
    expect(one.reporting.state).toMatchObject({ sent: 3, problem: 'limit' })
  })

  test('what goes in, and a line that is too long for any report is cut between two characters', async () => {
    const one = await scene()
    const line = (text: string) => ({ id: text.slice(0, 3), from: 'me' as const, at: 0, text })
    expect([goesIn([line('x'.repeat(4_000))], 'nl'), goesIn([line('a'.repeat(4_000)), line('b'.repeat(4_000))], 'nl'), goesIn([line('😀'.repeat(2_000))], 'nl')]).toEqual([true, false, true])
    await opened(one)
    void one.reporting.send([line('ه😀'.repeat(1_300))], 'ar')
    await one.world.quiet()
    const said = (await all.anna.read(one.world.server.reports.all[0] as FakeReport)).lines[0]?.text ?? ''
    expect([said.endsWith('…'), /^(ه😀)+ه?…$/u.test(said), new TextEncoder().encode(said).length <= 6_000]).toEqual([true, true, true])
  })
})

describe('an answer', () => {
  async function answering() {
    const one = await scene()
    const report = await reported(one)
    return { one, report, read: await all.anna.read(report), said: () => one.reporting.state.answers.map(answer => `${answer.alias}: ${answer.text}`) }
  }

  test('is shown with the name of who gave it, once', async () => {
    const { one, report, read, said } = await answering()
    report.answers.push(await all.anna.answer('Goed dat je dit zegt.', report, read))
    await one.world.pass(60_000)
    report.answers.push(await all.bea.answer('Wij praten met haar.', report, read))
    await one.world.pass(60_000)
    expect(said()).toEqual(['Anna: Goed dat je dit zegt.', 'Bea: Wij praten met haar.'])
  })

  // seen failing: with answers taken from the very statement alone that the report was sealed to, nothing was said.
  test('is shown, too, by a coordinator who has a newer statement by now', async () => {
    const { one, report, read, said } = await answering()
    const anna = await Coordinator.hire(organisation, 'Anna')
    await one.serve([anna, all.bea])
    report.answers.push(await anna.answer('Goed dat je dit zegt.', report, read))
    report.answers.push(await anna.answer('Nog eens.', report, read))
    await one.world.pass(60_000)
    expect(said()).toEqual(['Anna: Goed dat je dit zegt.'])
  })

  // seen failing: `take` without `reader`; without the look at whom it was sealed to; `openAnswer` without its verification.
  test.each<[string, (report: FakeReport, read: Awaited<ReturnType<Coordinator['read']>>, one: Scene) => Promise<FakeReport['answers'][number]>]>([
    ['by a coordinator who never had it', async (report, read, one) => { await one.serve([all.anna, all.bea, all.carla]); return all.carla.answer('Zeg het hem.', report, read) }],
    ['by somebody who is no coordinator', async (report, read, one) => { const eva = await Coordinator.hire(organisation, 'Eva', { role: 'expert' }); await one.serve([all.anna, all.bea, eva]); return eva.answer('Zeg het hem.', report, read) }],
    ['by one who is in the roster no more', async (report, read, one) => { await one.serve([all.bea]); return all.anna.answer('Zeg het hem.', report, read) }],
    ['by one who was revoked', async (report, read, one) => { one.world.server.reports.coordinators.revocations = [await organisation.revocation(all.anna.statement)]; return all.anna.answer('Zeg het hem.', report, read) }],
    ['to another report', async (report, read) => all.anna.answer('Zeg het hem.', report, read, 'AAAAAAAAAAAAAAAAAAAAAA' as FakeReport['report'])],
    ['under another\'s statement', async (report, read) => ({ ...await all.anna.answer('Zeg het hem.', report, read), statement: all.bea.signed })],
  ])('%s is not shown', async (_, how) => {
    const { one, report, read, said } = await answering()
    report.answers.push(await how(report, read, one))
    await one.world.pass(60_000)
    expect(said()).toEqual([])
  })

  test('is asked for more often while she looks, and never at an even beat; and not where none can come', async () => {
    const { one, report, read } = await answering()
    const asked = () => one.visitor.net.sent.filter(frame => frame.t === 'answers').length
    await one.world.pass(120_000)
    const open = asked()
    one.reporting.show(false)
    await one.world.pass(120_000)
    expect([open >= 4, asked() - open >= 1, asked() - open <= 2]).toEqual([true, true, true])
    for (const her of [all.anna, all.bea]) report.answers.push(await her.answer('Ja.', report, read))
    await one.world.pass(200_000)
    const last = asked()
    await one.world.pass(400_000)
    expect(asked()).toBe(last)
  })
})

describe('when she is away', () => {
  // seen failing: `forget` without `zero`.
  test('what opens answers is overwritten, and nothing is shown or asked any more', async () => {
    const one = await scene()
    const report = await reported(one)
    const keys = (one.reporting as unknown as { sent: { privateKey: Uint8Array }[] }).sent.map(sent => sent.privateKey)
    report.answers.push(await all.anna.answer('Ja.', report, await all.anna.read(report)))
    one.reporting.forget()
    await one.world.pass(300_000)
    expect(keys.map(key => key.every(byte => byte === 0))).toEqual([true])
    expect([one.reporting.state.answers, one.reporting.state.sent, one.visitor.net.sent.filter(frame => frame.t === 'answers').length]).toEqual([[], 0, 0])
  })
})
