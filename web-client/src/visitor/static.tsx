import { renderToString } from 'preact-render-to-string'
import type { Key, Translate } from '../i18n'
import { dutch, translator, type Words } from '../i18n'
import ar from '../i18n/ar.json'
import en from '../i18n/en.json'
import { App } from './App'
import { FIRST, type Acts } from './view'

const nothing = (): void => undefined
const NO_ACTS: Acts = {
  exit: nothing, uncover: nothing, language: nothing, start: nothing, compose: () => false, text: nothing, retry: nothing,
  answer: nothing, ratherNot: nothing, share: nothing, admit: nothing, shareGuest: nothing, sendAway: nothing, asksAnother: nothing, another: nothing, showTyping: nothing, leave: nothing, aside: nothing, reload: nothing,
}

/** The page as it stands in the document before any script (V16, V67): the same components, so it cannot drift from them. */
export const landingHtml = (): string =>
  renderToString(<App state={{ kind: 'start' }} view={FIRST} act={NO_ACTS} t={dutch} />)

const SHORT: Key[] = ['landing.title', 'script.off', 'leaving.what', 'leaving.history', 'danger.trace', 'numbers.trace', 'hours.static']

const short = (tag: string, dir: 'ltr' | 'rtl', t: Translate) => (
  <section lang={tag} dir={dir}>
    <h2>{t('landing.title')}</h2>
    {SHORT.slice(1, 4).map(key => <p key={key}>{t(key)}</p>)}
    <p><b>{t('danger')}</b> {t('danger.trace')}</p>
    <p>{t('numbers.trace')} {t('hours.static')}</p>
  </section>
)

/** With scripts off (Tor "Safest"): that writing is not possible, what is, in Dutch, and in short in English and Arabic. */
export const withoutScriptHtml = (): string => renderToString(
  <div class="page">
    <p class="care">{dutch('script.off')}</p>
    {short('en', 'ltr', translator('en', en as Words))}
    {short('ar', 'rtl', translator('ar', ar as Words))}
  </div>,
)
