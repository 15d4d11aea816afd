import { render } from 'preact'
import '../../src/ui/tokens.css'
import '../../src/staff/staff.css'
import '../../src/console/console.css'
import { Console } from '../../src/console/screens/Console'
import { NotHere } from '../../src/console/screens/NotHere'
import type { ConsoleActs } from '../../src/console/view'
import { loadConsoleWords } from '../../src/i18n/console'
import { loadDeskWords } from '../../src/i18n/desk'
import { CONSOLE_SCREENS } from './console-fixtures'
import { longer } from './pseudo'

// One screen of the coordinator's page in one language: ?screen=proposals&lang=en.
const wanted = new URLSearchParams(location.search)
const fixture = CONSOLE_SCREENS[wanted.get('screen') ?? 'proposals']
const pseudo = wanted.get('lang') === 'pseudo'
const tag = wanted.get('lang') === 'en' ? 'en' : 'nl'
const nothing = (): void => undefined
const acts = new Proxy({}, { get: () => nothing }) as ConsoleActs

async function show(): Promise<void> {
  const [own, staff] = [(await loadConsoleWords(tag)).t, (await loadDeskWords(tag)).t]
  const t = pseudo ? longer(own) : own
  document.documentElement.lang = tag
  const screen = fixture ? <Console {...fixture} view={{ ...fixture.view, language: tag }} act={acts} t={t} staff={pseudo ? longer(staff) : staff} /> : <NotHere t={t} lock={nothing} signOut={nothing} />
  render(screen, document.getElementById('page') as HTMLElement)
  document.body.dataset['ready'] = 'yes'
}

void show()
