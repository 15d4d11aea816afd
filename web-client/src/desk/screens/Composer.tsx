import { useRef } from 'preact/hooks'
import { LONGEST, PRIVATE } from '../../ui/Composer/Composer'
import type { Acts } from '../view'

interface Props {
  talk: string
  /** Whom it goes to, in colour, animal and language; stands above the field. */
  to: string
  label: string
  send: string
  draft: string
  /** Nothing can be sent now; the field stays open, what is in it stays. */
  waits: boolean
  /** D7: asked once more. */
  hasty: string | undefined
  act: Acts
}

/** Enter sends, Shift and Enter make a new line; while an input method composes a word, Enter belongs to that. */
const sends = (event: KeyboardEvent): boolean => event.key === 'Enter' && !event.shiftKey && !event.isComposing

/**
 * Where the expert writes. What is refused (too soon after a change, no longer possible) stays in the field: only what was
 * taken leaves it. The text is the field's own and is never written into the document.
 */
export function Composer({ talk, to, label, send, draft, waits, hasty, act }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const start = useRef(draft)
  const submit = (): void => {
    const area = field.current
    if (!area || waits || area.value.trim() === '') return
    if (act.send(talk, area.value)) area.value = ''
    area.focus()
  }
  return (
    <div class="write">
      <p class="to">{to}</p>
      {hasty && <p class="care" role="alert">{hasty}</p>}
      <textarea ref={field} data-part="composer" rows={2} maxLength={LONGEST} aria-label={label} dir="auto" {...PRIVATE} defaultValue={start.current}
        onFocus={() => act.writing(talk)} onInput={event => act.text(talk, event.currentTarget.value)}
        onKeyDown={event => { if (sends(event)) { event.preventDefault(); submit() } }} />
      <button type="button" class="first" data-part="send" disabled={waits} onClick={submit}>{send}</button>
    </div>
  )
}
