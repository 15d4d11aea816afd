import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ComponentChildren } from 'preact'
import { PRIVATE } from '../../ui/Composer/Composer'
import { SHORTCUTS } from '../keys'
import { freeSlot, live, type DeskProps } from '../view'
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

/** Everything that can be done now, by name. */
export function actions(props: DeskProps): { name: string; run: () => void }[] {
  const { me, state, view, act, t } = props
  const front = state.talks.find(talk => talk.id === view.focus)
  return [
    { name: t(state.available ? 'desk.menu.unavailable' : 'desk.menu.available'), run: () => act.available(!state.available) },
    ...(freeSlot(state, view.two) === undefined ? [] : [{ name: t('desk.claim'), run: act.claim }]),
    ...state.talks.map(talk => ({ name: t('desk.menu.go', { who: nameOf(props, talk) }), run: () => act.focus(talk.id) })),
    ...(front && live(front) ? [
      { name: t('desk.menu.close', { who: nameOf(props, front) }), run: () => act.close(front.id) },
      { name: t('desk.menu.release', { who: nameOf(props, front) }), run: () => act.ask(front.id, 'release') },
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
