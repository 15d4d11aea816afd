import type { DeskState, DeskTalk, PhraseId } from '../conversation'
import type { DeskLanguage, DeskTranslate } from '../i18n/desk'
import type { Me } from '../staff/api'
import type { Guides } from './guide'
import type { Names } from './names'

export type Asking = 'close' | 'release' | 'hand-over' | 'third'

/** What the desk's screens depend on besides the conversations. All of it lives in memory and goes with a lock. */
export interface View {
  readonly language: DeskLanguage
  readonly names: Names
  /** The conversation in front, if any: the one the panel is about, and on a small screen the only one shown. */
  readonly focus?: string
  /** D6: by own choice two at a time. */
  readonly two: boolean
  readonly quiet: { readonly notify: boolean; readonly sound: boolean }
  readonly guides?: Guides
  readonly phases: Readonly<Record<string, string>>
  readonly ticked: Readonly<Record<string, readonly string[]>>
  /** Which conversation is about to be closed, given over or handed over, or where somebody is about to be asked in, and waits for the second press. */
  readonly asking?: { readonly talk: string; readonly what: Asking }
  /** D7: where "send" was pressed too soon after a change. */
  readonly hasty?: string
  /** The folded panel is open (small screens). */
  readonly panel: boolean
  /** Opening failed: `refused`, her keys were, twice; `desk`, no answer about them, or this browser cannot keep a secret. Nothing can be done here. */
  readonly failed?: 'desk' | 'refused'
  /** The six words of the statement that waits for two signers, in the language of the page. */
  readonly six?: readonly string[]
  readonly dialog?: 'menu' | 'keys'
  /** Milliseconds; moves once a second while something counts, else once a minute. */
  readonly now: number
}

export interface Acts {
  available(yes: boolean): void
  claim(): void
  two(yes: boolean): void
  focus(talk: string | undefined): void
  writing(talk: string): void
  text(talk: string, text: string): void
  /** False: not sent, the words stay in the field. */
  send(talk: string, text: string): boolean
  retry(talk: string, line: string): void
  phrase(talk: string, id: PhraseId): void
  ask(talk: string, what: Asking): void
  unask(): void
  close(talk: string): void
  release(talk: string): void
  call(talk: string, purpose: 'transfer' | 'look', warm: boolean): void
  uncall(talk: string): void
  answer(call: string): void
  handOver(talk: string): void
  forget(talk: string): void
  phase(talk: string, phase: string): void
  tick(talk: string, step: string, on: boolean): void
  /** Puts a prompt into the composer; nothing is sent. */
  say(talk: string, text: string): void
  panel(open: boolean): void
  dialog(which: 'menu' | 'keys' | undefined): void
  notify(on: boolean): void
  sound(on: boolean): void
  language(tag: DeskLanguage): void
  people(): void
  passkeys(): void
  lock(): void
  signOut(): void
}

export interface DeskProps {
  readonly me: Me
  readonly state: DeskState
  readonly view: View
  readonly act: Acts
  readonly t: DeskTranslate
  readonly draft: (talk: string) => string
}

export const live = (talk: DeskTalk): boolean => talk.state !== 'ended'

/** Who looks along reads only; who comes to take over writes once she is in. */
export const mayWrite = (talk: DeskTalk): boolean => talk.part === 'lead' || (talk.for === 'transfer' && talk.state === 'talking')

/** Talks with visitors, and so has the line; a coordinator who does not comes only where she is asked to look along. */
export const talksHerself = ({ roles }: Me): boolean => roles.includes('expert')
/** Who talks with visitors is their expert; who only looks along is so as a coordinator, and her statement says that. */
export const sitsAs = (me: Me): 'expert' | 'coordinator' => (talksHerself(me) ? 'expert' : 'coordinator')

/** Has a desk at all. */
export const hasDesk = (me: Me): boolean => talksHerself(me) || me.roles.includes('coordinator')

/** D1: outside trial nobody is claimed before she has two. */
export const needsPasskey = ({ trial, passkeys, roles }: Me): boolean => !trial && passkeys < 2 && roles.includes('expert')

/** Keys that two coordinators have to sign first. In a trial that is done in a moment. */
export const waitsForSigners = ({ me, state }: Pick<DeskProps, 'me' | 'state'>): boolean => !me.trial && state.proposed !== undefined

/** The conversations that stand side by side: the one in front, then those that go on, two at the most. */
export function shown(talks: readonly DeskTalk[], focus: string | undefined): DeskTalk[] {
  const order = [...talks.filter(talk => talk.id === focus), ...talks.filter(live), ...talks]
  const first = [...new Set(order)].slice(0, 2)
  return talks.filter(talk => first.includes(talk))
}

/** A place for one more, within what she chose and what the server allows. */
export function freeSlot({ talks, claiming, slots }: DeskState, two: boolean): 1 | 2 | undefined {
  const taken = [...talks.filter(live).map(talk => talk.slot), ...claiming]
  const mine: (1 | 2)[] = two && slots > 1 ? [1, 2] : [1]
  return taken.length < mine.length ? mine.find(slot => !taken.includes(slot)) : undefined
}

export const blocked = (talk: DeskTalk, now: number): boolean => talk.blockedUntil !== undefined && now < talk.blockedUntil

export const minutes = (from: number, now: number): number => Math.max(0, Math.floor((now - from) / 60_000))
