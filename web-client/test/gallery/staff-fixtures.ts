import type { StaffState } from '../../src/staff/door'
import type { NewWordsState } from '../../src/staff/new-words'
import type { PasskeysState } from '../../src/staff/passkeys'
import type { PeopleState } from '../../src/staff/people'
import { DESK_SCREENS, SAM } from './desk-fixtures'

const DAY = Date.UTC(2026, 11, 1, 12)

const words = { kind: 'words', me: SAM, language: 'nl', words: ['wandeling', 'koffie', 'regen', 'paraplu', 'stoel', 'vogel', 'haven'], busy: false } as const
const locked = { kind: 'locked', me: SAM, passkey: true, busy: false } as const

/** Every screen before the desk. */
export const GATES: Record<string, Exclude<StaffState, { kind: 'in' }>> = {
  'asking': { kind: 'asking' },
  'unreachable': { kind: 'unreachable' },
  'sign-in': { kind: 'out', busy: false, suggests: true },
  'locked': { kind: 'out', why: 'locked', busy: false, suggests: false, problem: 'cancelled' },
  'signed-out': { kind: 'out', why: 'signed-out', busy: false, suggests: false },
  'lease-lost': { kind: 'out', why: 'lease-lost', busy: false, suggests: false },
  'lease-locked': { kind: 'out', why: 'lease-locked', busy: false, suggests: false },
  'invited': { kind: 'invited', busy: false, invited: SAM },
  'invited-unknown': { kind: 'invited', busy: false, problem: 'unknown' },
  'recovery-words': words,
  'recovery-asked': { ...words, asking: [1, 5] },
  'recovery-wrong': { ...words, asking: [1, 5], problem: 'words' },
  'unlock': locked,
  'unlock-words': { ...locked, passkey: false },
  'unlock-wrong': { ...locked, problem: 'words' },
  'unlock-passkey': { ...locked, problem: 'passkey' },
  'unlock-broken': { ...locked, passkey: false, problem: 'broken' },
}

const people: PeopleState = {
  people: [{ ...SAM, state: 'active' }, { id: 'noor', alias: 'Noor', roles: ['expert'], languages: ['nl', 'ar'], state: 'active' }, { id: 'kim', alias: 'Kim', roles: ['expert'], languages: ['en'], state: 'suspended' }],
  invitations: [{ id: 'lex', alias: 'Lex', roles: ['coordinator'], languages: [], expiresAt: DAY }],
  busy: false,
}

/** The administrator's screen. */
export const PEOPLE_SCREENS: Record<string, PeopleState> = {
  'people': people,
  'people-first': { ...people, people: people.people.slice(0, 1), invitations: [] },
  'people-made': { ...people, made: { alias: 'Lex', link: 'https://werkplek.example/desk#invitation=mYq8Zs0vK1b2n3c4d5e6f7', expiresAt: DAY } },
  'people-suspending': { ...people, suspending: 'noor' },
  'people-refused': { ...people, problem: 'refused' },
}

const passkeys: PasskeysState = {
  busy: false,
  cards: [{ id: 'one', made: 20_700, synced: true, credential: 'a', opens: true }, { id: 'two', made: 20_787, synced: false, credential: 'b', opens: false }],
}

const card: NewWordsState = { kind: 'card', busy: false }
const fresh: NewWordsState = { kind: 'words', language: 'nl', words: words.words, busy: false }

/** Her own passkeys, and new words for her vault. */
export const PASSKEYS_SCREENS: Record<string, { state: PasskeysState; words: NewWordsState }> = {
  'passkeys': { state: passkeys, words: card },
  'passkeys-one': { state: { ...passkeys, cards: passkeys.cards.slice(1), problem: 'cancelled' }, words: card },
  'passkeys-removing': { state: { ...passkeys, removing: 'two' }, words: { ...card, sure: true } },
  'new-words': { state: passkeys, words: fresh },
  'new-words-asked': { state: passkeys, words: { ...fresh, asking: [1, 5] } },
  'new-words-changed': { state: passkeys, words: { ...card, changed: true } },
}

/** The covered desk, by how many lines came since. */
export const VEILS: Record<string, number> = { 'veil': 0, 'veil-unread': 2 }

/** Somebody who works here without a desk. */
export const NO_DESK_SCREENS: Record<string, readonly string[]> = { 'no-desk-administrator': ['administrator'] }

export const STAFF_SCREENS: readonly string[] = [GATES, PEOPLE_SCREENS, PASSKEYS_SCREENS, VEILS, NO_DESK_SCREENS, DESK_SCREENS].flatMap(screens => Object.keys(screens))
