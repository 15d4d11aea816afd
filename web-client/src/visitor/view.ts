import type { ComponentChildren } from 'preact'
import { inOrder, type Translate } from '../i18n'
import type { Availability } from './availability'
import type { Engine } from './browser'
import type { SafetyAnswer, VisitorState } from './door'

/** What comes when somebody comes to her: see there. */
export type More = typeof import('./more')

/** What she opened beside the conversation, in its place on the screen (aside.tsx). */
export interface Aside {
  readonly shown: boolean
  /** She came back from there. */
  readonly back: boolean
  /** Something came that she has not seen. */
  readonly news: boolean
  draw(props: ScreenProps): ComponentChildren
  /** In front, or not. */
  toggle(): void
  /** Nothing of it is left in memory. */
  forget(): void
}

/** What the screen depends on besides the conversation itself. */
export interface View {
  readonly language: string
  readonly languages: readonly { tag: string; name: string }[]
  readonly availability: Availability
  readonly engine: Engine
  /** What this browser cannot do or should not be trusted with. `static`: no script has run yet. */
  readonly page: 'static' | 'ready' | 'old'
  readonly insideApp: boolean
  /** The page was hidden and nobody has tapped since (V2). */
  readonly covered: boolean
  /** She would rather not answer the safety question (V59). */
  readonly ratherNot: boolean
  /** She asked for another person, and is asked once more. */
  readonly asksAnother: boolean
  readonly typingShown: boolean
  readonly shifts: number
  /** What stands in the composer: memory only, so that covering the page does not lose it. */
  readonly draft: string
  readonly more?: More
  readonly aside?: Aside | undefined
}

/** Everything a person can do on the page. */
export interface Acts {
  exit(event?: Event): void
  uncover(): void
  language(tag: string): void
  start(): void
  /** Whether it was taken. */
  compose(text: string): boolean
  text(text: string): void
  retry(lineId: string): void
  answer(answer: SafetyAnswer): void
  ratherNot(): void
  share(yes: boolean): void
  /** May the third person come in? */
  admit(yes: boolean): void
  shareGuest(yes: boolean): void
  sendAway(): void
  /** Another person, please: asks, or leaves it at that. */
  asksAnother(yes: boolean): void
  another(): void
  showTyping(yes: boolean): void
  leave(): void
  /** Opens what stands beside the conversation. */
  aside(): void
  /** A page that is too old: its address anew. */
  reload(): void
}

export interface ScreenProps<S extends VisitorState = VisitorState> {
  readonly state: S
  readonly view: View
  readonly act: Acts
  readonly t: Translate
}

export type StateOf<K extends VisitorState['kind']> = Extract<VisitorState, { kind: K }>

/** Words of the page, and of the rest of it once that is there. */
export function withMore(t: Translate, { more, language }: Pick<View, 'more' | 'language'>): Translate {
  const words = more?.words(language)
  return words ? (key, values) => t(key, values) || words(key, values) : t
}

/** What the page is before any script ran: also what the static document is made of. */
export const FIRST: View = {
  language: 'nl', languages: inOrder([]), availability: { kind: 'asking' }, engine: 'other', page: 'static', insideApp: false,
  covered: false, ratherNot: false, asksAnother: false, typingShown: true, shifts: 0, draft: '',
}
