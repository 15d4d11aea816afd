import type { Bytes } from '../../src/crypto/bytes'
import type { Statement } from '../../src/crypto/statement'
import type { KnownSigner, KnownStatement, Ledger, Proposal } from '../../src/console/ledger'
import type { Standing } from '../../src/console/may'
import type { Reading } from '../../src/console/reading'
import type { Plan } from '../../src/console/roster'
import type { MyReport, ReportsState } from '../../src/console/reports'
import type { SigningState } from '../../src/console/signing'
import type { TeamState } from '../../src/console/team'
import type { ConsoleView } from '../../src/console/view'
import type { Me } from '../../src/staff/api'

export const CONSOLE_NOW = Date.UTC(2026, 11, 1, 12) / 1000
const DAY = 86_400

export const NOOR: Me = { id: 'noor', alias: 'Noor', roles: ['coordinator', 'expert'], languages: ['nl'], organisation: 'Naast', trial: false, passkeys: 2 }
export interface ConsoleFixture { me: Me; signing: SigningState; team: TeamState; reports?: ReportsState; view: ConsoleView }

const of = (n: number, length = 32): Bytes => new Uint8Array(length).fill(n)
const keyOf = (n: number): string => n.toString(16).padStart(2, '0').repeat(32)
const signer = (n: number): KnownSigner => ({ hash: of(n), key: of(n, 65), nameHash: of(n), notAfter: CONSOLE_NOW + 300 * DAY, current: true, certificate: { key: of(n, 65), notAfter: CONSOLE_NOW + 300 * DAY, nameHash: of(n), signature: of(n) } })
const [ME, BEA] = [signer(1), signer(2)]

const said = (alias: string, part: Partial<Statement> = {}): Statement => ({
  id: of(0, 16), role: 'expert', organisation: 'Naast', alias, languages: ['ar', 'nl'], signatureKey: of(4, 65), hpkeKey: of(4, 65), kem: of(0, 0), notBefore: CONSOLE_NOW - DAY, notAfter: CONSOLE_NOW + 80 * DAY, ...part,
})
const proposal = (n: number, alias: string, by: readonly KnownSigner[] = [], part: Partial<Statement> = {}): Proposal => ({ person: alias.toLowerCase(), statement: said(alias, part), hash: of(n), key: keyOf(n), unsigned: of(n), by })
const known = (n: number, alias: string, part: Partial<Statement> = {}): KnownStatement => ({ person: alias.toLowerCase(), statement: said(alias, part), hash: of(n), key: keyOf(n), form: { unsigned: of(n), signatures: [] }, counts: true })

const SAM = known(21, 'Sam')
const KIM = known(22, 'Kim')
const ledger = (more: Partial<Ledger> = {}, until = 5.5 * DAY): Ledger => ({
  trial: false, version: 7, former: false, signers: [ME, BEA], statements: [SAM, KIM, known(23, 'Noor', { role: 'coordinator' })], proposals: [], withdrawn: [], revoked: new Set(), untrue: 0,
  roster: {
    roster: { version: 7, issuedAt: CONSOLE_NOW - DAY, validUntil: CONSOLE_NOW + until, signers: [ME.certificate, BEA.certificate], statements: [of(21), of(22), of(23)] },
    hash: of(9), listed: new Set([keyOf(21), keyOf(22), keyOf(23)]), signers: [ME, BEA], holds: until > 0,
  }, ...more,
})
const withoutRoster = ({ roster, ...rest }: Ledger): Ledger => rest
const plan = (more: Partial<Plan> = {}): Plan => ({ unsigned: of(3), roster: { version: 8, issuedAt: CONSOLE_NOW, validUntil: CONSOLE_NOW + 7 * DAY, signers: [], statements: [] }, brings: [], leaves: [], joins: [], drops: [], ...more })

const mine = { key: of(1, 65), name: 'Noor', certificate: of(1) }
const I: Standing = { kind: 'signer', mine, until: CONSOLE_NOW + 300 * DAY, signer: ME }
const reading = (l: Ledger, more: Partial<Reading> = {}): Reading => ({ found: { kind: 'ledger', ledger: l }, me: I, statement: { hash: of(23), state: 'signed' }, next: plan(), ...more })
const state = (r?: Reading, more: Partial<SigningState> = {}): SigningState => ({ busy: false, out: [], ...(r && { reading: r }), ...more })

const team: TeamState = {
  people: [{ ...NOOR, state: 'active' }, { id: 'sam', alias: 'Sam', roles: ['expert'], languages: ['nl', 'ar'], state: 'active' }, { id: 'bea', alias: 'Bea', roles: ['coordinator'], languages: ['nl'], state: 'active', reset: 'asked' },
    { id: 'kim', alias: 'Kim', roles: ['expert'], languages: ['en'], state: 'suspended' }],
  onDuty: true, available: true, asked: [], busy: false,
}
const SIX = ['appel', 'winter', 'lepel', 'zolder', 'fietsen', 'kaars']
const view = (more: Partial<ConsoleView> = {}): ConsoleView => ({ language: 'nl', showing: 'signing', now: CONSOLE_NOW, spoken: { statement: SIX, request: [...SIX].reverse() }, ...more })

const signing = (s: SigningState, more: Partial<ConsoleFixture> = {}): ConsoleFixture => ({ me: NOOR, signing: s, team, view: view(), ...more })
const people = (t: Partial<TeamState> = {}, s = state(reading(ledger()))): ConsoleFixture => ({ me: NOOR, signing: s, team: { ...team, ...t }, view: view({ showing: 'people' }) })
const key = (me: Standing, more: Partial<SigningState> = {}): ConsoleFixture => ({
  me: NOOR, team, view: view({ showing: 'key' }),
  signing: state(reading(ledger(), { me, statement: { hash: of(23), state: me.kind === 'signer' ? 'signed' : me.kind === 'over' ? 'refused' : 'proposed' }, ...(me.kind === 'asked' && { request: { text: 'bmFhc3Qvc2lnbmVyLXJlcXVlc3QvdjEABE'.repeat(7), hash: of(5) } }) }), more),
})

const told = (id: string, more: Partial<MyReport> = {}): MyReport => ({
  id, answered: false, until: CONSOLE_NOW + 28 * DAY,
  content: { language: 'nl', answerKey: of(4, 65), speakers: ['Sam'], lines: [{ from: 1, text: 'Stuur maar een foto van jezelf. Niemand hoeft dat te weten.' }, { from: 0, text: 'dat wil ik niet' }, { from: 1, text: `https://voorbeeld.example/${'eenheellangadreszonderspaties'.repeat(4)}` }] }, ...more,
})
const arabic: NonNullable<MyReport['content']> = { language: 'ar', answerKey: of(4, 65), speakers: ['Kim'], lines: [{ from: 1, text: 'لا تخبري أحدًا.' }] }
const reports = (these: readonly MyReport[] | undefined, more: Partial<ReportsState> = {}): ConsoleFixture => ({
  me: NOOR, signing: state(reading(ledger())), team, view: view({ showing: 'reports' }), reports: { busy: false, ...(these && { reports: these }), ...more },
})

const three = [proposal(11, 'Lex'), proposal(12, 'Mo', [BEA]), proposal(13, 'Ada', [ME])]

/** Every screen of the coordinator's page, by name. */
export const CONSOLE_SCREENS: Record<string, ConsoleFixture> = {
  'asking': signing(state()),
  'reports-asking': reports(undefined),
  'reports-none': reports([]),
  'reports': reports([told('a'), told('b', { content: arabic }), told('c', { answered: true })]),
  'reports-closed': reports([(({ content: _, ...rest }) => rest)(told('a'))]),
  'reports-long': reports([told('a')], { problem: 'long', of: 'a' }),
  'nothing': signing(state(reading(ledger()))),
  'proposals': signing(state(reading(ledger({ proposals: three })))),
  'words-wrong': signing(state(reading(ledger({ proposals: three })), { wrong: keyOf(11) })),
  'refusing': signing(state(reading(ledger({ proposals: three })), { asking: { what: 'refuse', of: keyOf(12) } })),
  'cannot': signing(state(reading(ledger({ proposals: [proposal(14, 'Lex', [], { organisation: 'Elders' }), proposal(23, 'Noor', [], { role: 'coordinator' })] })))),
  'first': signing(state({ found: { kind: 'ledger', ledger: { trial: false, version: 0, former: false, signers: [ME, BEA], statements: [SAM], proposals: [], withdrawn: [], revoked: new Set(), untrue: 0 } }, me: I, statement: { hash: of(23), state: 'proposed' }, next: plan({ brings: [SAM] }) })),
  'roster-soon': signing(state(reading(ledger({}, 2.5 * DAY)))),
  'roster-urgent': signing(state(reading(ledger({ proposals: three }, DAY / 2), { draft: { plan: plan({ brings: [known(24, 'Lex')], leaves: [{ key: keyOf(22), why: 'revoked', statement: KIM }] }), mine: false, fresh: true } }))),
  'roster-ended': signing(state(reading(ledger({}, -DAY), { draft: { plan: plan(), mine: true, fresh: false } }))),
  'roster-over': signing(state(reading(withoutRoster(ledger())))),
  'roster-gone': signing(state(reading(ledger(), { next: plan({ leaves: [{ key: keyOf(30), why: 'gone' }, { key: keyOf(31), why: 'gone' }] }) }), { asking: { what: 'roster', of: 'next' } })),
  'roster-out': signing(state(reading(ledger(), { next: plan({ leaves: [{ key: keyOf(21), why: 'signers', statement: SAM }], drops: [BEA] }) }), { out: [keyOf(2)], nobody: 'Cleo' })),
  'roster-fault': signing(state(reading(ledger({ untrue: 2 }), { draft: { plan: 'unknown', mine: false, fresh: false } }))),
  'one-signer': signing(state({ found: { kind: 'ledger', ledger: ledger({ signers: [ME] }) }, me: I, statement: { hash: of(23), state: 'signed' } })),
  'stopped': signing(state(reading(ledger({ withdrawn: [KIM], statements: [SAM] }), { next: plan({ leaves: [{ key: keyOf(22), why: 'withdrawn', statement: KIM }] }) }), { asking: { what: 'revoke', of: 'kim' } })),
  'lie': signing(state({ found: { kind: 'lie', lie: 'rolled-back' }, me: { kind: 'none' }, statement: { hash: of(23), state: 'signed' } })),
  'unreachable': signing(state(reading(ledger()), { problem: 'unreachable' })),
  'trial': signing(state(reading(ledger({ trial: true }))), { me: { ...NOOR, trial: true }, team: { ...team, onDuty: false, available: false } }),
  'people': people(),
  'people-revoking': people({}, state(reading(ledger()), { asking: { what: 'revoke', of: 'sam' } })),
  'people-resetting': people({ resetting: 'sam' }),
  'people-reset': people({ made: { alias: 'Sam', link: 'https://werkplek.example/desk#invitation=mYq8Zs0vK1b2n3c4d5e6f7', expiresAt: (CONSOLE_NOW + DAY) * 1000 } }),
  'people-asked': people({ asked: ['bea'] }),
  'people-no-signer': people({}, state(reading(ledger(), { me: { kind: 'none' } }))),
  'key-none': key({ kind: 'none' }),
  'key-asked': key({ kind: 'asked', mine: { key: of(1, 65), name: 'Noor' } }),
  'key-unfit': key({ kind: 'asked', mine: { key: of(1, 65), name: 'Noor' } }, { unfit: 'root' }),
  'key-signer': key(I),
  'key-new': key(I, { asking: { what: 'new-key', of: '' } }),
  'key-over': key({ kind: 'over', mine, until: CONSOLE_NOW - DAY }),
  'key-unknown': key({ kind: 'unknown', mine, until: CONSOLE_NOW + 3 * DAY }),
}
