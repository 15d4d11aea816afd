import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ComponentChildren } from 'preact'
import { PRIVATE } from '../../ui/Composer/Composer'
import { languageName } from '../../i18n/desk'
import { SHORTCUTS } from '../keys'
import type { DeskTalk } from '../../conversation'
import { freeSlot, live, mayWrite, talksHerself, type DeskProps } from '../view'
import { nameOf } from './Side'

/** A native modal dialog: focus, Escape and what lies behind are the browser's. */
function Modal({ title, done, onClose, children }: { title: string; done: string; onClose: () => void; children: ComponentChildren }) {
  const box = useRef<HTMLDialogElement>(null)
  // In the same turn as it is drawn: a key pressed right after must already meet the dialog, not what lies behind it.
  useLayoutEffect(() => { box.current?.showModal() }, [])
  return (
    <dialog ref={box} aria-label={title} onClose={onClose}>
      <div class="stack">
        <h2>{title}</h2>
        {children}
        <button type="button" class="second" onClick={() => box.current?.close()}>{done}</button>
      </div>
    </dialog>
  )
}

interface Action { name: string; run: () => void }

/** With the third person of a conversation: ask in, take back, hand over, leave. */
function third(props: DeskProps, { id, part, state, guest }: DeskTalk): Action[] {
  const { act, t } = props
  const who = nameOf(props, { id })
  if (part === 'guest') return [{ name: `${t('desk.guest.leave')}: ${who}`, run: () => act.uncall(id) }]
  if (!guest) return state === 'talking' ? [
    { name: `${t('desk.third.warm')}: ${who}`, run: () => act.call(id, 'transfer', true) },
    { name: `${t('desk.third.cold')}: ${who}`, run: () => act.call(id, 'transfer', false) },
    { name: `${t('desk.third.look')}: ${who}`, run: () => act.call(id, 'look', true) },
  ] : []
  const hands = guest.state === 'in' && guest.for === 'transfer'
  const alias = guest.alias ?? t('desk.colleague')
  return [
    ...(hands ? [{ name: `${t('desk.hand-over')}: ${who}`, run: () => act.ask(id, 'hand-over') }] : []),
    { name: `${guest.state === 'in' ? t('desk.third.without', { alias }) : t('desk.third.back')}: ${who}`, run: () => act.uncall(id) },
  ]
}

/** Everything that can be done now, by name. */
export function actions(props: DeskProps): Action[] {
  const { me, state, view, act, t } = props
  const front = state.talks.find(talk => talk.id === view.focus)
  return [
    ...(talksHerself(me) ? [{ name: t(state.available ? 'desk.menu.unavailable' : 'desk.menu.available'), run: () => act.available(!state.available) }] : []),
    ...(freeSlot(state, view.two) === undefined ? [] : [
      ...(talksHerself(me) ? [{ name: t('desk.claim'), run: act.claim }] : []),
      ...state.calls.map(({ call, for: purpose, language }) => ({ name: `${t(`desk.answer.${purpose}`)}: ${languageName(language, view.language)}`, run: () => act.answer(call) })),
    ]),
    ...state.talks.map(talk => ({ name: t('desk.menu.go', { who: nameOf(props, talk) }), run: () => act.focus(talk.id) })),
    ...(front && live(front) && front.part === 'lead' ? [
      { name: t('desk.menu.close', { who: nameOf(props, front) }), run: () => act.close(front.id) },
      { name: t('desk.menu.release', { who: nameOf(props, front) }), run: () => act.ask(front.id, 'release') },
    ] : []),
    ...(front && live(front) ? third(props, front) : []),
    ...(front && live(front) && mayWrite(front) ? [
      { name: t('desk.phrase.limits'), run: () => act.phrase(front.id, 'limits') },
      { name: t('desk.phrase.safety-question'), run: () => act.phrase(front.id, 'safety-question') },
    ] : []),
    ...(me.roles.includes('administrator') ? [{ name: t('desk.people'), run: act.people }] : []),
    { name: t('desk.passkeys'), run: act.passkeys },
    { name: t('desk.keys'), run: () => act.dialog('keys') },
    { name: t('desk.lock'), run: act.lock },
    { name: t('desk.sign-out'), run: act.signOut },
  ]
}

function Menu(props: DeskProps) {
  const { act, t } = props
  const [wanted, setWanted] = useState('')
  const found = actions(props).filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase()))
  const run = (action: (() => void) | undefined): void => { act.dialog(undefined); action?.() }
  return (
    <Modal title={t('desk.menu')} done={t('desk.done')} onClose={() => act.dialog(undefined)}>
      <input type="text" aria-label={t('desk.menu.find')} placeholder={t('desk.menu.find')} {...PRIVATE} onInput={event => setWanted(event.currentTarget.value)}
        onKeyDown={event => { if (event.key === 'Enter') run(found[0]?.run) }} />
      <div class="stack" role="group" aria-label={t('desk.menu')}>
        {found.map(({ name, run: action }) => <button key={name} type="button" class="second say" onClick={() => run(action)}>{name}</button>)}
      </div>
    </Modal>
  )
}

function Keys({ act, t }: DeskProps) {
  return (
    <Modal title={t('desk.keys')} done={t('desk.done')} onClose={() => act.dialog(undefined)}>
      <dl class="keys">{SHORTCUTS.map(({ shortcut, keys }) => <div key={shortcut}><dt><kbd>{keys}</kbd></dt><dd>{t(`desk.key.${shortcut}`)}</dd></div>)}</dl>
    </Modal>
  )
}

export function Dialogs(props: DeskProps) {
  if (props.view.dialog === 'menu') return <Menu {...props} />
  return props.view.dialog === 'keys' ? <Keys {...props} /> : null
}
