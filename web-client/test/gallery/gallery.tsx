import { render } from 'preact'
import { loadLate } from '../../src/conversation/late'
import { dutch, language, loadWords } from '../../src/i18n'
import { App } from '../../src/visitor/App'
import '../../src/visitor/look'
import * as more from '../../src/visitor/more'
import { withMore, type Acts } from '../../src/visitor/view'
import { SCREENS, viewOf } from './fixtures'
import { longer } from './pseudo'

// One screen in one language: ?screen=talking&lang=ar. Without a screen: the list of them all.
const wanted = new URLSearchParams(location.search)
const acts = new Proxy({}, { get: () => () => undefined }) as Acts
const root = document.getElementById('page') as HTMLElement
const screen = SCREENS[wanted.get('screen') ?? '']
const tag = wanted.get('lang') ?? 'nl'

async function show(make: NonNullable<typeof screen>): Promise<void> {
  await loadLate()
  const { t: loaded } = tag === 'pseudo' ? { t: dutch } : await loadWords(tag)
  const fixture = make(tag)
  document.documentElement.lang = language(tag).tag
  document.documentElement.dir = language(tag).dir
  const view = { ...viewOf(language(tag), fixture), more }
  const words = withMore(loaded, view)
  const t = tag === 'pseudo' ? longer(words) : words
  render(<App state={fixture.state} view={view} act={acts} t={t} />, root)
  document.body.dataset['ready'] = 'yes'
}

const All = () => (
  <main class="page">
    {Object.keys(SCREENS).map(name => <p key={name}>{['nl', 'en', 'ar', 'pseudo'].map(lang => <a key={lang} href={`?screen=${name}&lang=${lang}`}>{name} {lang} </a>)}</p>)}
  </main>
)

if (screen) void show(screen)
else render(<All />, root)
