import { render, type ComponentChild } from 'preact'
import '../../src/ui/tokens.css'
import '../../src/staff/staff.css'
import '../../src/desk/desk.css'
import { NoDesk } from '../../src/desk/screens/NoDesk'
import { Working } from '../../src/desk/screens/Working'
import type { Acts } from '../../src/desk/view'
import { LANGUAGES } from '../../src/i18n'
import { loadDeskWords, type DeskLanguage, type DeskTranslate } from '../../src/i18n/desk'
import { Gate } from '../../src/staff/Gate'
import { Passkeys } from '../../src/staff/Passkeys'
import { People } from '../../src/staff/People'
import { Veil } from '../../src/staff/Veil'
import { DESK_SCREENS, SAM } from './desk-fixtures'
import { longer } from './pseudo'
import { GATES, NO_DESK_SCREENS, PASSKEYS_SCREENS, PEOPLE_SCREENS, VEILS } from './staff-fixtures'

// One staff screen in one language: ?screen=two&lang=en.
const wanted = new URLSearchParams(location.search)
const name = wanted.get('screen') ?? 'two'
const pseudo = wanted.get('lang') === 'pseudo'
const tag: DeskLanguage = wanted.get('lang') === 'en' ? 'en' : 'nl'
const nothing = (): void => undefined
const acts = new Proxy({}, { get: () => nothing }) as Acts

function screen(t: DeskTranslate): ComponentChild {
  const people = PEOPLE_SCREENS[name]
  if (people) return <People act={acts as never} t={t} me="sam" page={tag} languages={LANGUAGES} state={people} />
  const passkeys = PASSKEYS_SCREENS[name]
  if (passkeys) return <Passkeys act={acts as never} t={t} page={tag} {...passkeys} />
  const unread = VEILS[name]
  if (unread !== undefined) return <Veil t={t} unread={unread} lift={nothing} />
  const gate = GATES[name]
  if (gate) return <Gate state={gate} act={acts as never} t={t} />
  const roles = NO_DESK_SCREENS[name]
  if (roles) return <NoDesk me={{ ...SAM, roles }} t={t} people={nothing} passkeys={nothing} lock={nothing} signOut={nothing} />
  const fixture = DESK_SCREENS[name]
  return fixture && <Working me={{ ...SAM, ...fixture.me }} state={fixture.state} view={{ ...fixture.view, language: tag }} act={acts} t={t} draft={() => ''} />
}

void loadDeskWords(tag).then(({ t }) => {
  document.documentElement.lang = tag
  render(screen(pseudo ? longer(t) : t), document.getElementById('page') as HTMLElement)
  document.body.dataset['ready'] = 'yes'
})
