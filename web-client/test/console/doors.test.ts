import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ConsoleApi } from '../../src/console/api'
import { NO_TEAM, TeamDoor } from '../../src/console/team'
import { StaffApi } from '../../src/staff/api'
import { ConsoleWorld, Coordinator } from '../support/console-world'

let world: ConsoleWorld
let anna: Coordinator
let bea: Coordinator

beforeEach(async () => { ({ world, anna, bea } = await ConsoleWorld.running()) })

describe('a door', () => {
  // seen failing: without the turn
  test('an answer that comes after the lock is nobody\'s', async () => {
    const sam = await world.expert('Sam')
    const asked = world.server.requests.length
    const opening = anna.signing.open()
    while (world.server.requests.length === asked) await Promise.resolve()
    anna.signing.forget()
    anna.team.forget()
    await opening
    expect(anna.signing.state).toEqual({ busy: false, out: [] })
    expect(anna.team.state).toEqual(NO_TEAM)
    expect(sam.alias).toBe('Sam')
  })

  // seen failing: look() that sets `busy`
  test('a press while it is being looked is done after it, a second press while the first is under way is not', async () => {
    await world.expert('Sam')
    await anna.signing.open()
    const looking = anna.signing.look()
    anna.signing.ask({ what: 'refuse', of: anna.proposal('sam').key })
    const key = anna.proposal('sam').key
    await Promise.all([looking, anna.signing.refuse(key), anna.signing.refuse(key)])
    expect(world.server.requests.filter(one => one.path === 'signing/refuse')).toHaveLength(1)
  })

  test('looking takes nothing away that is asked or said, but that there was no connection', async () => {
    await world.expert('Sam')
    await anna.signing.open()
    await anna.signing.sign(anna.proposal('sam').key, 'andere woorden')
    world.server.lie = () => ({})
    await anna.signing.look()
    expect(anna.signing.state).toMatchObject({ problem: 'unreachable', wrong: anna.proposal('sam').key })
    world.server.lie = answer => answer
    await anna.signing.look()
    expect(anna.signing.state.problem).toBeUndefined()
    expect(anna.signing.state.wrong).toBe(anna.proposal('sam').key)
  })

  test('a colleague was faster: said, and read anew', async () => {
    await world.expert('Sam')
    await anna.signing.open()
    const { key } = anna.proposal('sam')
    await bea.signing.open()
    await bea.signing.refuse(key)
    await anna.signing.refuse(key)
    expect(anna.signing.state.problem).toBe('moved')
    expect(anna.ledger.proposals).toEqual([])
  })
})

describe('my statement', () => {
  test('refused, it is made anew with fresh keys, once', async () => {
    const cleo = world.coordinator('Cleo')
    await cleo.signing.open()
    const first = cleo.keys.statement()?.unsigned
    await anna.signing.open()
    await anna.signing.refuse(anna.proposal('cleo').key)
    await cleo.signing.look()
    expect(cleo.keys.statement()?.unsigned).not.toEqual(first)
    expect(cleo.signing.state.reading?.statement.state).toBe('proposed')
    const proposed = world.server.requests.filter(one => one.person === 'cleo' && one.path === 'statement').length
    expect(proposed).toBe(3)
  })

  test('one that the server does not take is said, and stops nothing else', async () => {
    Object.assign(world.server.people.find(one => one.id === 'anna') as object, { roles: ['administrator'] })
    await anna.signing.open()
    expect(anna.signing.state.reading?.statement.state).toBe('refused')
    expect(anna.ledger.signers).toHaveLength(2)
  })

  test('a signed one that does not lead back to the root is not kept', async () => {
    await world.roster(anna, bea)
    const cleo = world.coordinator('Cleo')
    const stolen = world.server.statements[0]
    const answer = { state: 'signed', statement: toText(stolen?.signed), roster: toText(world.server.roster) }
    vi.spyOn(world.server, 'as').mockReturnValue(async url => Response.json(String(url).endsWith('statement') ? answer : {}))
    const other = new Coordinator(cleo.person, world, cleo.keys.kept)
    await other.signing.open()
    expect(other.keys.statement()?.signed).toBeUndefined()
  })
})

const toText = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('base64url')

describe('people', () => {
  test('beginning anew needs two: who asked is told to wait, the other gets the link, once', async () => {
    await world.expert('Sam')
    await anna.team.reset('sam')
    expect(anna.team.state).toMatchObject({ asked: ['sam'] })
    expect(anna.team.state.people.find(one => one.id === 'sam')).toMatchObject({ reset: 'asked', state: 'active' })
    await bea.team.open()
    await bea.team.reset('sam')
    expect(bea.team.state.made).toMatchObject({ alias: 'Sam' })
    bea.team.haveIt()
    expect(bea.team.state.made).toBeUndefined()
  })

  test('nobody for herself', async () => {
    await anna.team.open()
    await anna.team.reset('anna')
    expect(anna.team.state).toMatchObject({ problem: 'refused', asked: [] })
  })

  test('a session that is over says so', async () => {
    const over = new TeamDoor(new ConsoleApi(new StaffApi(async () => Response.json({ code: 'not-signed-in' }, { status: 401 }))))
    await over.open()
    expect(over.state.over).toBe(true)
  })
})
