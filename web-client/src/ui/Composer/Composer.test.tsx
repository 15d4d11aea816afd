// @vitest-environment happy-dom
import { render } from 'preact'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Composer, LONGEST, sendsByEnter } from './Composer'

const WORDS = { label: 'Jouw bericht', hint: 'Schrijf hier', send: 'Stuur' }
const onSend = vi.fn(() => true)
const onText = vi.fn()
let root: HTMLElement
const field = (): HTMLTextAreaElement => root.querySelector('textarea') as HTMLTextAreaElement
const draw = (draft?: string): void => render(<Composer {...WORDS} {...(draft && { draft })} onSend={onSend} onText={onText} />, root)
const type = (text: string): void => {
  field().value = text
  field().dispatchEvent(new Event('input', { bubbles: true }))
}

beforeEach(() => {
  vi.resetAllMocks()
  document.body.innerHTML = '<div></div>'
  root = document.body.firstElementChild as HTMLElement
})

// seen failing: each attribute removed in turn; a name given
test('V6 keeps what is typed out of form memory, spell checkers, writing assistants and the session file', () => {
  draw()
  for (const [name, value] of Object.entries({ autocomplete: 'off', spellcheck: 'false', autocorrect: 'off', writingsuggestions: 'false' })) {
    expect(field().getAttribute(name), name).toBe(value)
  }
  expect(field().hasAttribute('name')).toBe(false)
  expect(root.querySelector('form')).toBeNull()
})

// seen failing: defaultValue={draft} instead of what it started with
test('V6 what is typed never becomes part of the document\'s text', () => {
  draw()
  type('geheim')
  draw('geheim')
  expect(root.innerHTML).not.toContain('geheim')
})

test('sends the text once, empties the field and keeps the cursor there', () => {
  draw()
  document.body.append(root)
  type('hallo')
  root.querySelector('button')?.click()
  expect(onSend.mock.calls).toEqual([['hallo']])
  expect(field().value).toBe('')
  expect(document.activeElement).toBe(field())
  root.querySelector('button')?.click()
  expect(onSend).toHaveBeenCalledTimes(1)
})

// seen failing: with the field emptied first
test('what was not taken stays in the field', () => {
  onSend.mockReturnValueOnce(false)
  draw()
  type('hallo')
  root.querySelector('button')?.click()
  expect(field().value).toBe('hallo')
})

test('white space alone is no message', () => {
  draw()
  type(' \n ')
  root.querySelector('button')?.click()
  expect(onSend).not.toHaveBeenCalled()
})

test('takes up what was being written before the page was covered, and no more than 4,000 characters', () => {
  draw('ik was')
  expect(field().value).toBe('ik was')
  expect(field().maxLength).toBe(LONGEST)
})

describe('V36 Enter', () => {
  const enter = (more: KeyboardEventInit = {}): KeyboardEvent => new KeyboardEvent('keydown', { key: 'Enter', ...more })
  test('sends where there are keys', () => expect(sendsByEnter(enter(), true)).toBe(true))
  test('makes a new line on touch', () => expect(sendsByEnter(enter(), false)).toBe(false))
  test('with Shift makes a new line everywhere', () => expect(sendsByEnter(enter({ shiftKey: true }), true)).toBe(false))
  test('belongs to the input method while it composes a word', () => expect(sendsByEnter(enter({ isComposing: true }), true)).toBe(false))
})
