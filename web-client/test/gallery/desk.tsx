import { render, type ComponentChild } from 'preact'
import '../../src/ui/tokens.css'
import '../../src/desk/desk.css'
import { Working } from '../../src/desk/screens/Working'
import type { Acts } from '../../src/desk/view'
import { LANGUAGES } from '../../src/i18n'
import { loadDeskWords, type DeskLanguage, type DeskTranslate } from '../../src/i18n/desk'
import type { StaffState } from '../../src/staff/door'
import { Gate } from '../../src/staff/Gate'
import { People } from '../../src/staff/People'
import type { PeopleState } from '../../src/staff/people'
import { DESK_SCREENS, SAM } from './desk-fixtures'

// One staff screen in one language: ?screen=two&lang=en.
const wanted = new URLSearchParams(location.search)
const name = wanted.get('screen') ?? 'two'
const tag: DeskLanguage = wanted.get('lang') === 'en' ? 'en' : 'nl'
const acts = new Proxy({}, { get: () => () => undefined }) as Acts

const GATES: Record<string, Exclude<StaffState, { kind: 'in' }>> = {
  'asking': { kind: 'asking' }, 'unreachable': { kind: 'unreachable' },
  'sign-in': { kind: 'out', busy: false, suggests: true }, 'locked': { kind: 'out', why: 'locked', busy: false, suggests: false, problem: 'cancelled' },
  'invited': { kind: 'invited', busy: false, invited: SAM }, 'invited-unknown': { kind: 'invited', busy: false, problem: 'unknown' },
}
const DAY = Date.UTC(2026, 11, 1, 12)
const PEOPLE: PeopleState = {
  people: [{ ...SAM, state: 'active' }, { id: 'noor', alias: 'Noor', roles: ['expert'], languages: ['nl', 'ar'], state: 'active' }, { id: 'kim', alias: 'Kim', roles: ['expert'], languages: ['en'], state: 'suspended' }],
  invitations: [{ id: 'lex', alias: 'Lex', roles: ['coordinator'], languages: [], expiresAt: DAY }], busy: false,
}
const MADE = { alias: 'Lex', link: 'https://werkplek.example/desk#invitation=mYq8Zs0vK1b2n3c4d5e6f7', expiresAt: DAY }

function screen(t: DeskTranslate): ComponentChild {
  const people = { act: acts as never, t, me: 'sam', page: tag, languages: LANGUAGES }
  if (name === 'people') return <People {...people} state={PEOPLE} />
  if (name === 'people-made') return <People {...people} state={{ ...PEOPLE, made: MADE, suspending: 'noor' }} />
  const gate = GATES[name]
  if (gate) return <Gate state={gate} act={acts as never} t={t} />
  const fixture = DESK_SCREENS[name]
  return fixture && <Working me={SAM} state={fixture.state} view={{ ...fixture.view, language: tag }} act={acts} t={t} draft={() => ''} />
}

void loadDeskWords(tag).then(({ t }) => {
  document.documentElement.lang = tag
  render(screen(t), document.getElementById('page') as HTMLElement)
  document.body.dataset['ready'] = 'yes'
})
