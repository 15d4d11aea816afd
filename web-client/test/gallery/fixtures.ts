import { h } from 'preact'
import type { Language } from '../../src/i18n'
import { inOrder } from '../../src/i18n'
import type { Line, VisitorState } from '../../src/visitor/door'
import { AsideScreen, type AsideActs, type AsideModel } from '../../src/visitor/aside'
import { FIRST, type Aside, type View } from '../../src/visitor/view'

/** One screen as it can be: made-up people, plainly. */
export interface Fixture { state: VisitorState; view?: Partial<View> }

/** The same conversation on both sides. */
export const SAID = {
  nl: ['ik weet niet zo goed hoe ik moet beginnen', 'Dat geeft niks. Ik wist het toen ook niet. Je mag bij het kleinste stukje beginnen, of bij iets heel anders.',
    'hij heeft een filmpje van me', 'Wat naar. Goed dat je het hier zegt. Het is niet jouw schuld.\nWil je vertellen wat er is gebeurd, of zal ik eerst zeggen wat ik kan doen?', 'eerst wat je kan doen'],
  ar: ['لا أعرف كيف أبدأ', 'لا بأس. أنا أيضًا لم أكن أعرف. ابدأ بأصغر شيء أو بأي شيء آخر.', 'عنده فيديو لي', 'هذا مؤلم. جيد أنك قلت ذلك هنا. ليس الذنب ذنبك. هل تريد أن تحكي، أم أقول لك أولًا ماذا أستطيع أن أفعل؟', 'أولًا ماذا تستطيع أن تفعل'],
}

function lines(language: string): Line[] {
  const [a = '', b = '', c = '', d = '', e = ''] = language === 'ar' ? SAID.ar : SAID.nl
  const say = (id: string, from: 'me' | 'expert', text: string, state?: Line['state']): Line => ({ id, from, at: 0, text, ...(from === 'expert' && { alias: 'Sam' }), ...(state && { state }) })
  return [say('a', 'me', a, 'received'), say('b', 'expert', b), say('c', 'me', c, 'received'), say('d', 'expert', d), say('e', 'me', e, 'sending')]
}

const notice = (id: string, of: NonNullable<Line['notice']>): Line => ({ id, from: 'notice', at: 0, notice: of, automatic: true })
export const opening = (answer?: 'maybe'): Line[] => [
  notice('n1', { key: 'joined', alias: 'Sam' }), notice('n2', { key: 'limits' }), notice('n3', { key: 'goes-when' }),
  notice('n4', { key: 'safety-question', ...(answer && { answer }) }),
]

export const talkingState = (language: string, more: Partial<Extract<VisitorState, { kind: 'talking' }>> = {}): VisitorState => ({
  kind: 'talking', alias: 'Sam', expert: 'here', typing: false, online: true, askShare: false, askShareGuest: false, askSafety: false,
  lines: [...opening('maybe'), ...lines(language)], ...more,
})

const open = { availability: { kind: 'known', open: true, languages: ['nl', 'en', 'ar'], range: [5, 15] } } as const
const long = 'https://voorbeeld.example/' + 'eenheellangadreszonderspaties'.repeat(4)
const unsent = (language: string): Line[] => lines(language).slice(0, 1).map(line => ({ ...line, state: 'sending' as const }))

/** Somebody else is asked for, or there. */
const guest = (language: string, more: Partial<NonNullable<Extract<VisitorState, { kind: 'talking' }>['guest']>>, last: Line[] = []): Fixture => ({
  state: talkingState(language, { guest: { alias: 'Noor', for: 'transfer', state: 'in', link: 'here', ...more }, lines: [...opening('maybe'), ...lines(language), ...last] }),
})

/** "This does not feel right", as she finds it. */
const notRight = (language: string, model: { report?: Partial<AsideModel['report']>; ticked?: string[]; chooses?: boolean } = {}, state?: VisitorState): Fixture => ({
  state: state ?? talkingState(language),
  view: { aside: asideOf({ report: { readers: ['Anna', 'Bea'], busy: false, sent: 0, answers: [], ...model.report }, ticked: new Set(model.ticked ?? ['b', 'd']), chooses: model.chooses ?? true }) },
})
const ANSWER = { nl: 'Goed dat je dit zegt. Ik lees mee wat er is gezegd en praat er met iemand over. Wil je met een ander verder? Dat mag altijd.', ar: 'جيد أنك قلت هذا. سأنظر في ما قيل. إن أردت أن تكمل مع شخص آخر، فهذا ممكن دائمًا.' }

/** Every screen of the visitor's page, by name. */
export const SCREENS: Record<string, (language: string) => Fixture> = {
  'landing': () => ({ state: { kind: 'start' }, view: open }),
  'landing-closed': () => ({ state: { kind: 'start' }, view: { availability: { kind: 'known', open: false, languages: [], range: null } } }),
  'landing-static': () => ({ state: { kind: 'start' }, view: { page: 'static' } }),
  'landing-full': () => ({ state: { kind: 'start', problem: 'full' }, view: open }),
  'landing-no-network': () => ({ state: { kind: 'start', problem: 'no-network' }, view: { availability: { kind: 'silent' } } }),
  'landing-old': () => ({ state: { kind: 'start' }, view: { ...open, page: 'old' } }),
  'landing-in-app': () => ({ state: { kind: 'start' }, view: { ...open, insideApp: true } }),
  'waiting': language => ({ state: { kind: 'waiting', position: 3, range: [5, 15], online: true, lines: unsent(language) } }),
  'waiting-next': () => ({ state: { kind: 'waiting', position: 1, online: true, lines: [] } }),
  'waiting-again': language => ({ state: { kind: 'waiting', position: 1, range: [1, 5], again: 'vanished', online: true, lines: lines(language).slice(0, 4) } }),
  'joining': language => ({ state: { kind: 'joining', alias: 'Sam', online: true, lines: unsent(language) } }),
  'talking-first': () => ({ state: { kind: 'talking', alias: 'Sam', expert: 'here', typing: false, online: true, askShare: false, askShareGuest: false, askSafety: true, lines: opening() } }),
  'talking': language => ({ state: talkingState(language, { typing: true }) }),
  'talking-offline': language => ({ state: talkingState(language, { online: false }) }),
  'talking-failed': language => ({ state: talkingState(language, { expert: 'lost', lines: [...lines(language).slice(0, 4), notice('l', { key: 'expert-lost' }), { id: 'f', from: 'me', at: 0, text: long, state: 'failed' }] }) }),
  'talking-away': language => ({ state: talkingState(language, { expert: 'away', lines: [...lines(language).slice(0, 4), notice('w', { key: 'expert-away' })] }) }),
  'talking-share': language => ({ state: talkingState(language, { alias: 'Noor', askShare: true, lines: [...lines(language), notice('o', { key: 'other-expert', alias: 'Noor' })] }) }),
  'guest-asked-transfer': language => guest(language, { state: 'asked' }),
  'guest-asked-look': language => guest(language, { state: 'asked', for: 'look' }),
  'guest-joining': language => guest(language, { state: 'joining' }),
  'guest-in-transfer': language => guest(language, {}, [notice('g', { key: 'guest-in', alias: 'Noor', for: 'transfer' }), { id: 'gl', from: 'expert', alias: 'Noor', at: 0, text: language === 'ar' ? 'مرحبًا، أنا نور.' : 'Hoi, ik ben Noor. Ik lees even mee met jullie.' }]),
  'guest-in-look': language => guest(language, { for: 'look' }, [notice('g', { key: 'guest-in', alias: 'Noor', for: 'look' })]),
  'guest-in-away': language => guest(language, { for: 'look', link: 'away' }),
  'guest-share': language => ({ state: talkingState(language, { guest: { alias: 'Noor', for: 'transfer', state: 'in', link: 'here' }, askShareGuest: true }) }),
  'guest-declined': language => ({ state: talkingState(language, { lines: [...lines(language), notice('g', { key: 'guest-declined', alias: 'Noor' })] }) }),
  'guest-left': language => ({ state: talkingState(language, { lines: [...lines(language), notice('g', { key: 'guest-left', alias: 'Noor' })] }) }),
  'handed-over': language => ({ state: talkingState(language, { alias: 'Noor', lines: [...lines(language), notice('g', { key: 'handed-over', alias: 'Noor' })] }) }),
  'another': language => ({ state: talkingState(language), view: { asksAnother: true } }),
  'waiting-another': language => ({ state: { kind: 'waiting', position: 1, range: [5, 15], again: 'another', online: true, lines: [...lines(language).slice(0, 4), notice('w', { key: 'another-asked' })] } }),
  'not-right': language => notRight(language),
  'not-right-empty': language => notRight(language, { ticked: [] }, talkingState(language, { lines: opening() })),
  'not-right-one': language => notRight(language, { report: { readers: ['Anna'] }, ticked: [] }),
  'not-right-nobody': language => notRight(language, { report: { readers: [], problem: 'nobody' } }),
  'not-right-line': language => notRight(language, { report: { problem: 'line' } }),
  'not-right-much': language => notRight(language, { ticked: ['x', 'y'] }, talkingState(language, { lines: ['x', 'y'].map(id => ({ id, from: 'expert', alias: 'Sam', at: 0, text: `${long} `.repeat(30) })) })),
  'not-right-sent': language => notRight(language, { report: { sent: 1 }, chooses: false }),
  'not-right-answer': language => notRight(language, { report: { sent: 1, answers: [{ id: 'a', alias: 'Anna', text: language === 'ar' ? ANSWER.ar : ANSWER.nl }] }, chooses: false }),
  'not-right-news': language => { const { state, view } = notRight(language, { report: { sent: 1 } }); return { state, view: { aside: { ...view?.aside as Aside, shown: false, news: true } } } },
  'ended': () => ({ state: { kind: 'ended', why: 'closed' } }),
  'ended-lines': language => ({ state: { kind: 'ended', why: 'closed', online: true, lines: [...opening('maybe'), ...lines(language).slice(0, 4)] } }),
  'ended-not-arrived': language => ({ state: {
    kind: 'ended', why: 'gone', lost: 'yes', online: false, lines: [...lines(language).slice(0, 4), { id: 'f', from: 'me', at: 0, text: long, state: 'failed' }],
  } }),
  'ended-left': () => ({ state: { kind: 'ended', why: 'left', lost: 'maybe' } }),
  'ended-gone': () => ({ state: { kind: 'ended', why: 'gone' } }),
  'refused-keys': () => ({ state: { kind: 'refused', why: 'keys' } }),
  'refused-rosters': () => ({ state: { kind: 'refused', why: 'rosters' } }),
  'refused-unavailable': () => ({ state: { kind: 'refused', why: 'unavailable' } }),
  'refused-outdated': () => ({ state: { kind: 'refused', why: 'outdated' } }),
  'neutral': language => ({ state: talkingState(language), view: { covered: true } }),
}

/** With nothing behind its buttons. */
export function asideOf(model: AsideModel): Aside {
  const nothing = (): void => undefined
  const on: AsideActs = { tick: nothing, send: nothing, again: nothing, anew: nothing, back: nothing }
  return { shown: true, back: false, news: false, draw: props => h(AsideScreen, { ...props, model, on }), toggle: nothing, forget: nothing }
}

export const viewOf = (language: Language, fixture: Fixture): View =>
  ({ ...FIRST, page: 'ready', engine: 'chromium', languages: inOrder([]), ...fixture.view, language: language.tag })
