import { Component, createRef } from 'preact'
import { write } from '../attributes'
import './composer.css'

interface Props {
  label: string
  hint: string
  send: string
  /** What was being written before the page was covered; the field keeps its own text otherwise. */
  draft?: string
  /** Whether it was taken; what was not stays in the field. */
  onSend: (text: string) => boolean
  /** At each change of the text. It stays on this device: only that somebody types may leave, as yes or no (V32). */
  onText?: (text: string) => void
}

/** Longest message, in UTF-16 units. */
export const LONGEST = 4000

// V6: none of this may reach the browser's session file, its form memory, a cloud spell checker or a writing assistant.
// There is no `name` either. In camel case, so that Preact, where it is given them, writes attributes: as properties, `spellcheck` and `autocorrect` are booleans, and the
// word 'false' or 'off' would switch them on (seen in Chromium).
export const PRIVATE = { autocomplete: 'off', autoCorrect: 'off', spellCheck: 'false', writingsuggestions: 'false', 'data-gramm': 'false' } as const

/**
 * Enter sends where a mouse or trackpad is the main pointer, which is where the keyboard is one of keys; on touch it makes
 * a new line (V36). While an input method composes a word, Enter belongs to that.
 */
export const sendsByEnter = (event: KeyboardEvent, byKeys: boolean): boolean =>
  byKeys && event.key === 'Enter' && !event.shiftKey && !event.isComposing

const hasKeys = (): boolean => matchMedia('(hover: hover) and (pointer: fine)').matches

export class Composer extends Component<Props> {
  private readonly field = createRef<HTMLTextAreaElement>()
  // Only what it starts with: a later default would be written into the document as text.
  private readonly start = this.props.draft ?? ''

  override componentDidMount(): void { write(this.field.current, PRIVATE) }

  private readonly submit = (): void => {
    const area = this.field.current
    if (!area || area.value.trim() === '') return
    // That nobody types any more is said by what is sent.
    if (this.props.onSend(area.value)) area.value = ''
    area.focus()
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (!sendsByEnter(event, hasKeys())) return
    event.preventDefault()
    this.submit()
  }

  override render({ label, hint, send, onText }: Props) {
    return (
      <div class="composer">
        <textarea ref={this.field} data-part="composer" rows={1} maxLength={LONGEST} aria-label={label} placeholder={hint} dir="auto"
          defaultValue={this.start} onKeyDown={this.onKeyDown} onInput={event => onText?.(event.currentTarget.value)} />
        <button type="button" class="first" data-part="send" onClick={this.submit}>{send}</button>
      </div>
    )
  }
}
