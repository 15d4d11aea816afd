import { relative } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { code, faultsIn, files, FORBIDDEN, read, UNSTYLISH } from '../../test/support/source'
import { landingHtml, withoutScriptHtml } from './static'

const SCRIPTS = ['src/visitor', 'src/ui', 'src/i18n', 'src/conversation', 'src/net', 'src/wire', 'src/crypto'].flatMap(folder => files(folder, /\.tsx?$/)).concat(files('src', /^[^/]+\.ts$/))
  .filter(file => !/desk/.test(relative('src', file)))
const STYLES = ['src/visitor', 'src/ui'].flatMap(folder => files(folder, /\.css$/))
const HTML = read('visitor.html')

/** What the visitor's page may not touch besides. */
const HERS = {
  ...FORBIDDEN,
  'V5 notifications': /\bNotification\(/,
  'V10 state in the address or the history': /\b(pushState|replaceState|location\.(hash|search|assign)|location\.href\s*=|window\.open)\b/,
  'V28 sound, vibration, movement': /\b(Audio\(|AudioContext|vibrate|\.animate\(|speechSynthesis)/,
  'V56 what Lockdown Mode lacks': /\b(WebAssembly|RTCPeerConnection|navigator\.locks|FontFace)\b/,
}
const faults = (source: string): string[] => faultsIn(HERS, source)

describe('the scripts of the visitor\'s page', () => {
  test.each(SCRIPTS)('%s', file => expect(faults(code(file))).toEqual([]))

  test.each([
    ['localStorage.setItem("a", b)', 'V4 storage'], ['document.cookie = a', 'V4 storage'], ['navigator.serviceWorker.register(a)', 'V5 service worker, push'],
    ['new Notification(a)', 'V5 notifications'], ['document.title = a', 'V8 a title that changes'], ['history.pushState(a)', 'V10 state in the address or the history'], ['navigator.vibrate(1)', 'V28 sound, vibration, movement'],
    ['a.innerHTML = b', 'V40 text that becomes markup'], ['WebAssembly.compile(a)', 'V56 what Lockdown Mode lacks'],
  ])('a rule bites on %s', (source, fault) => expect(faults(source)).toContain(fault))
})

describe('the stylesheet', () => {
  test.each(STYLES)('V28 V48 V49 V54 %s follows the direction of writing, moves nothing and loads nothing', file => expect(faultsIn(UNSTYLISH, code(file))).toEqual([]))
  test.each([
    ['a { margin-left: 1px }', 'V48'], ['a { left: 0 }', 'V48'], ['a { text-align: right }', 'V48'], ['a { transition: all 1s }', 'V28'], ['a { background: url(a.png) }', 'V49'],
  ])('a rule bites on %s', (style, number) => expect(faultsIn(UNSTYLISH, style).join()).toContain(number))
  test('is not larger than 2 kB (2,048 bytes, brotli)', () => {
    const squeezed = STYLES.map(file => code(file).replace(/\s+/g, ' ').replace(/ ?([{}:;,>]) ?/g, '$1')).join('')
    expect(brotliCompressSync(squeezed).length).toBeLessThanOrEqual(2048)
  })
})

const TELL_TALE = /hulp|help|chat|praat|slachtoffer|politie|misbruik|uitbuiting|mensenhandel|veilig|geheim|anoniem|victim|abuse|traffick/i

describe('the document before any script', () => {
  const landing = landingHtml()

  test('V8, V11 its title says nothing, and it has no description, preview or manifest', () => {
    expect(/<title>(.*)<\/title>/.exec(HTML)?.[1]).not.toMatch(TELL_TALE)
    expect(HTML).not.toMatch(/og:|twitter:|name="description"|rel="manifest"|apple-/)
    expect('Praat mee').toMatch(TELL_TALE)
  })
  test('V7 asks not to be translated by the browser\'s maker', () => expect(HTML).toContain('<meta name="google" content="notranslate">'))
  test('V33 asks for room above the keyboard', () => expect(HTML).toContain('interactive-widget=resizes-content'))
  // seen failing: href taken from ExitNow
  test('V16 has an exit that needs no script', () => expect(landing).toMatch(/<a [^>]*data-part="exit" href="https:\/\/[^"]+"/))
  test('V67 says who answers, how to leave, whom to call and when somebody is there', () => {
    for (const words of ['een mens', 'Tik op Snel weg', 'tel:112', '0800-2000', 'vaste tijden']) expect(landing).toContain(words)
  })
  test('V24 explains the exit in three short lines, before the first message', () => {
    const lines = [...(/<ul class="leaving">(.*?)<\/ul>/.exec(landing)?.[1] ?? '').matchAll(/<li>(.*?)<\/li>/g)].map(found => found[1] as string)
    expect(lines.length).toBe(3)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(44)
  })
  test('V67 without scripts says so in Dutch, and in short in English and Arabic', () => {
    for (const words of ['Zet JavaScript aan', 'lang="en"', 'lang="ar" dir="rtl"', '112']) expect(withoutScriptHtml()).toContain(words)
  })
  test('offers nothing that does not work yet', () => expect(landing).not.toContain('data-part="start"'))
  test('has no inline script, style or handler, which the policy forbids', () => expect(HTML + landing + withoutScriptHtml()).not.toMatch(/<style|style="|\son\w+="|<script(?![^>]*\ssrc=)|javascript:/))
  test('V20 has no banner and no dialog', () => expect(landing).not.toMatch(/<dialog|role="dialog"|cookie/i))
})
