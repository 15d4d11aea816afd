import { describe, expect, it, vi } from 'vitest'
import { StaffApi, StaffError } from '../../src/staff/api'
import { invitationIn, type StaffDoor } from '../../src/staff/door'
import { PeopleDoor } from '../../src/staff/people'
import { doorOf, passkeys, REGISTER, SAM, serve, server, SIGN_IN, stage } from '../support/staff-door'
import { WORDS } from '../support/vault-server'

stage()

describe('signing in', () => {
  it('takes the code out of the address and nothing else', () => {
    expect(invitationIn('#invitation=a-B_9')).toBe('a-B_9')
    expect(invitationIn('#invitation=')).toBeUndefined()
    expect(invitationIn('#other=1')).toBeUndefined()
  })
  it('D1 registers with one tap, is shown the words of her vault, and is in', async () => {
    server.rows.clear()
    const { api, asked } = serve({ ...REGISTER, register: { ...SAM, trial: true } })
    const door = doorOf(api)
    await door.open('CODE')
    expect(door.state).toMatchObject({ kind: 'invited', invited: { alias: 'Sam' } })
    await door.register()
    expect(door.state).toMatchObject({ kind: 'words', words: WORDS.slice(0, 7) })
    await door.wordsDone()
    expect(door.state).toMatchObject({ kind: 'in', me: { alias: 'Sam' } })
    expect(JSON.parse(String(asked[2]?.init?.body))).toEqual({ invitation: 'CODE', challengeId: 'c', credential: { id: 'made' } })
    expect(asked[2]?.init?.headers).toMatchObject({ 'X-Naast': '1' })
  })
  it('says so when an invitation is unknown, and when the person cancels', async () => {
    const door = doorOf(serve({}).api)
    await door.open('CODE')
    expect(door.state).toMatchObject({ kind: 'invited', problem: 'unknown' })
    const cancels = doorOf(serve(SIGN_IN).api, { passkeys: { ...passkeys, get: async () => { throw new DOMException('no', 'NotAllowedError') } } })
    await cancels.open(undefined)
    await cancels.signIn()
    expect(cancels.state).toMatchObject({ kind: 'out', busy: false, problem: 'cancelled' })
  })
  it('a locked session is out until a fresh sign-in', async () => {
    const door = doorOf(serve({ ...SIGN_IN, session: { ...SAM, locked: true } }).api)
    await door.open(undefined)
    expect(door.state).toMatchObject({ kind: 'out', why: 'locked' })
    await door.signIn()
    expect(door.state.kind).toBe('in')
  })
  // seen failing: asked once, as it was: "the desk could not be opened" while the signing process restarted.
  it.each([[3, 'opens'], [5, 'opens'], [6, 'busy']])('a desk that opens while the server is busy %i times: %s', async (times, then) => {
    let left = times
    const pauses: number[] = []
    const api = new StaffApi(async () => left-- > 0 ? Response.json({ t: 'refused', n: 0, code: 'busy' }, { status: 503 })
      : Response.json({ state: 'signed', statement: 's', roster: 'r' }), async ms => pauses.push(ms))
    expect(await api.statement('u').then(() => 'opens', (error: StaffError) => error.code)).toBe(then)
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000].slice(0, times))
  })
  it('what is refused is not asked again', async () => {
    const { api, asked } = serve({})
    await expect(api.statement('u')).rejects.toMatchObject({ code: 'unknown' })
    expect(asked).toHaveLength(1)
  })
  // seen failing: the server asked before the state is left
  it('D3 signs out of the screen before the server answers, and also when it does not', async () => {
    const fetch = vi.fn(async (_url: unknown, _init?: unknown): Promise<Response> => { throw new TypeError('no network') })
    const pauses: number[] = []
    const door: StaffDoor = doorOf(new StaffApi(fetch), { pause: async ms => {
      expect(door.state).toMatchObject({ kind: 'out', why: 'signed-out', untold: true })
      if (pauses.push(ms) === 7) fetch.mockResolvedValueOnce(Response.json({}))
    } })
    door.state = { kind: 'in', me: SAM }
    const leaving = door.signOut()
    await Promise.resolve().then(() => {}).then(() => {})
    expect(door.state).toMatchObject({ kind: 'out', why: 'signed-out' })
    await leaving
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
    expect(door.state).toEqual({ kind: 'out', why: 'signed-out', busy: false, suggests: false })
  })
  // seen failing: the check of the state taken out of stopped()
  it('whether a stopped desk is locked is said when the server says so, and not any more when she is in again', async () => {
    const away = doorOf(new StaffApi(async () => { throw new TypeError('no network') }))
    away.state = { kind: 'in', me: SAM }
    await away.stopped('lease-lost')
    expect(away.state).toMatchObject({ kind: 'out', why: 'lease-lost' })
    const slow: StaffDoor = doorOf(new StaffApi(async () => { slow.state = { kind: 'in', me: SAM }; return Response.json({ ...SAM, locked: true }) }))
    slow.state = { kind: 'in', me: SAM }
    await slow.stopped('lease-lost')
    expect(slow.state).toEqual({ kind: 'in', me: SAM })
  })
  it('a refusal is an answer: nothing is open that could be locked', async () => {
    const { api, asked } = serve({})
    const door = doorOf(api, { pause: async () => { throw new Error('asked again') } })
    door.state = { kind: 'in', me: SAM }
    await door.signOut()
    expect(asked).toHaveLength(1)
    expect(door.state).not.toHaveProperty('untold')
  })
  // seen failing: `malformed` thrown like any other refusal.
  it('a statement is signed, proposed or refused; one that came too late to be taken is refused as well', async () => {
    const stands = (answer: object, status = 200) => new StaffApi(async () => Response.json(answer, { status })).statement('AA').catch(error => error as StaffError)
    expect(await stands({ state: 'signed', statement: 'A', roster: 'B' })).toMatchObject({ state: 'signed', statement: 'A', roster: 'B' })
    expect(await Promise.all(['proposed', 'refused'].map(state => stands({ state })))).toEqual([{ state: 'proposed' }, { state: 'refused' }])
    expect(await stands({ code: 'malformed' }, 400)).toEqual({ state: 'refused' })
    expect(await Promise.all([stands({ code: 'not-allowed' }, 403), stands({ state: 'signed', statement: 'A' }), stands({})])).toEqual(['not-allowed', 'unreachable', 'unreachable'].map(code => new StaffError(code)))
  })
  it('a server that answers something else is out of reach, not believed', async () => {
    await expect(serve({ session: { hello: 1 } }).api.session()).rejects.toEqual(new StaffError('unreachable'))
    await expect(new StaffApi(async () => new Response('<html>')).session()).rejects.toEqual(new StaffError('unreachable'))
  })
})

describe('people', () => {
  it('shows a new link once, and forgets it', async () => {
    const { api } = serve({ people: { people: [] }, invitations: { link: 'L', expiresAt: 1, invitations: [] } })
    const people = new PeopleDoor(api, () => 'id')
    await people.invite({ alias: 'Lex', roles: ['expert'], languages: ['nl'] })
    expect(people.state.made).toEqual({ link: 'L', expiresAt: 1, invitations: [], alias: 'Lex' })
    people.haveIt()
    expect(people.state.made).toBeUndefined()
  })
  // seen failing: without the turn
  it('an answer that comes after the lock is nobody\'s', async () => {
    let answer: (response: Response) => void = () => {}
    const people = new PeopleDoor(new StaffApi(async url => String(url).endsWith('invitations') ? Response.json({ link: 'L', expiresAt: 1, invitations: [] }) : new Promise(done => { answer = done })), () => 'id')
    const inviting = people.invite({ alias: 'Lex', roles: ['expert'], languages: ['nl'] })
    await vi.waitFor(() => expect(answer.length).toBe(1))
    people.forget()
    answer(Response.json({ people: [] }))
    await inviting
    expect(people.state).toEqual({ people: [], invitations: [], busy: false })
  })
  it('suspends only after it was asked, and says when it was refused', async () => {
    const { api, asked } = serve({})
    const people = new PeopleDoor(api, () => 'id')
    people.asks('noor')
    expect(asked).toEqual([])
    await people.suspend('noor')
    expect(people.state).toMatchObject({ busy: false, problem: 'refused' })
    expect(people.state.suspending).toBeUndefined()
  })
})
