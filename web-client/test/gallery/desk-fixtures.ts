import type { DeskState, DeskTalk, Line } from '../../src/conversation'
import type { Me } from '../../src/staff/api'
import { readGuides } from '../../src/desk/guide'
import type { View } from '../../src/desk/view'
import { firstView, NO_DESK } from '../../src/desk/view-state'
import { SAID } from './fixtures'
import guide from '../../../config/guide.json'

export const SAM: Me = { id: 'sam', alias: 'Sam', roles: ['administrator', 'expert'], languages: ['nl', 'ar'], organisation: 'Naast', trial: true, passkeys: 2 }
export interface DeskFixture { state: DeskState; view: View; me?: Partial<Me> }

const say = (id: string, from: 'me' | 'visitor', text: string, state?: Line['state']): Line => ({ id, from, at: 0, text, ...(state && { state }) })
const notice = (id: string, of: NonNullable<Line['notice']>): Line => ({ id, from: 'notice', at: 0, notice: of, automatic: true })

export const talk = (id: string, slot: 1 | 2, more: Partial<DeskTalk> = {}): DeskTalk => ({
  id, slot, language: 'nl', state: 'talking', visitor: 'here', part: 'lead', typing: false, since: 0, safety: { answer: 'maybe', limitsShown: true },
  lines: [notice('n1', { key: 'joined', alias: 'Sam' }), notice('n2', { key: 'limits' }), notice('n3', { key: 'safety-question', answer: 'maybe' }),
    ...SAID.nl.slice(0, 4).map((text, i) => (i % 2 === 0 ? say(`s${i}`, 'visitor', text) : say(`s${i}`, 'me', text, i === 1 ? 'received' : 'sent')))],
  ...more,
})

export const arabic = talk('two', 2, {
  language: 'ar', visitor: 'away', since: 540_000, safety: { limitsShown: true },
  lines: [say('a', 'visitor', 'هل هناك أحد؟ لا أعرف كيف أبدأ.'), { id: 'p', from: 'me', at: 0, notice: { key: 'safety-question' }, automatic: true, state: 'received' },
    say('b', 'me', 'أنا هنا. خذ وقتك.', 'sending'), say('f', 'me', 'ابدأ بأصغر شيء.', 'failed'), notice('h', { key: 'page-hidden' })],
})

const state = (more: Partial<DeskState> = {}): DeskState => ({
  link: 'on', available: true, slots: 2, waiting: [{ language: 'nl', count: 2, longest: 8 }, { language: 'ar', count: 1, longest: 0 }], talks: [], calls: [], claiming: [], ...more,
})
const view = (more: Partial<View> = {}): View => ({
  ...firstView(720_000), guides: readGuides(guide) ?? {},
  names: { one: { colour: 'blue', animal: 'heron' }, two: { colour: 'brown', animal: 'otter' } }, ...more,
})
const one = (more: Partial<DeskTalk>, link: DeskState['link'] = 'on'): DeskFixture => ({ state: state({ talks: [talk('one', 1, more)], link }), view: view({ focus: 'one' }) })

/** Every screen of the desk, by name. */
export const DESK_SCREENS: Record<string, DeskFixture> = {
  'empty': { state: state({ available: false, waiting: [] }), view: view() },
  'waiting': { state: state(), view: view() },
  'one-passkey': { state: state({ available: false }), view: view(), me: { trial: false, passkeys: 1 } },
  'signers': { state: { ...NO_DESK, proposed: new Uint8Array(32) }, view: view({ names: {}, six: ['appel', 'boom', 'citroen', 'dadel', 'eik', 'fiets'] }), me: { trial: false } },
  'refused': { state: NO_DESK, view: view({ names: {}, failed: 'refused' }), me: { trial: false } },
  'talking': one({ typing: true }),
  'two': { state: state({ talks: [talk('one', 1), arabic] }), view: view({ focus: 'two', two: true }) },
  'hasty': { state: state({ talks: [talk('one', 1), arabic] }), view: view({ focus: 'two', two: true, hasty: 'two' }) },
  'left-quickly': one({ visitor: 'left-quickly', blockedUntil: 760_000 }),
  'lost': one({}, 'lost'),
  'vault-full': { ...one({}), state: state({ talks: [talk('one', 1)], full: true }) },
  'closing': { ...one({}), view: view({ focus: 'one', asking: { talk: 'one', what: 'close' } }) },
  'ended': one({ state: 'ended', visitor: 'left' }),
  'panel': { ...one({}), view: view({ focus: 'one', panel: true }) },
  'menu': { ...one({}), view: view({ focus: 'one', dialog: 'menu' }) },
  'keys': { ...one({}), view: view({ focus: 'one', dialog: 'keys' }) },
}
