// @vitest-environment happy-dom
import { render } from 'preact'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ExitNow } from './ExitNow'
import { leave, wipe } from './leave'
import { enough, NO_PRESSES, press, type Presses } from './shift'

const WEATHER = 'https://weather.example/'
let root: HTMLElement
beforeEach(() => {
  document.documentElement.innerHTML = '<head><title>Welkom</title></head><body><div id="page"></div></body>'
  root = document.getElementById('page') as HTMLElement
})

describe('the link', () => {
  test('V16 is an ordinary link to the neutral site, so it needs no script and no confirmation', () => {
    render(<ExitNow to={WEATHER} words="Snel weg" />, root)
    const link = root.querySelector('a')
    expect(link?.href).toBe(WEATHER)
    expect(link?.textContent).toBe('Snel weg')
  })

  // seen failing: rel removed
  test('V12 tells the next site nothing', () => {
    render(<ExitNow to={WEATHER} words="Snel weg" />, root)
    expect(root.querySelector('a')?.rel).toBe('nofollow noreferrer')
  })
})

describe('V17 leaving', () => {
  const leaving = (forget: () => void) => {
    const replace = vi.fn()
    document.body.innerHTML = '<p>woorden</p>'
    return { replace, go: () => leave({ document, location: { replace } }, WEATHER, forget) }
  }

  // seen failing: forget() moved before wipe(); replace() moved first
  test('empties the page, then keys and socket, then puts the neutral site in its place', () => {
    const order: string[] = []
    const { replace, go } = leaving(() => order.push(`forget, page says "${document.documentElement.textContent}"`))
    replace.mockImplementation((url: string) => order.push(`replace by ${url}`))
    go()
    expect(order).toEqual(['forget, page says ""', `replace by ${WEATHER}`])
  })

  // seen failing: try/finally removed
  test('leaves even when forgetting fails', () => {
    const { replace, go } = leaving(() => { throw new Error('broken') })
    expect(go).toThrow('broken')
    expect(document.documentElement.textContent).toBe('')
    expect(replace).toHaveBeenCalledWith(WEATHER)
  })

  test('leaves the system\'s own empty page: no style of ours, no flash of white in the dark', () => {
    wipe(document)
    expect(document.querySelectorAll('*').length).toBe(1)
    expect(document.documentElement.style.colorScheme).toBe('light dark')
  })
})

describe('V21 three presses of Shift', () => {
  const shift = (presses: Presses, at: number): Presses =>
    press(press(presses, { type: 'keydown', key: 'Shift' }, at), { type: 'keyup', key: 'Shift' }, at)
  const after = (...times: number[]): Presses => times.reduce(shift, NO_PRESSES)

  test('at most 5 s apart, lead away', () => {
    expect(enough(after(0, 5000, 10_000))).toBe(true)
    expect(enough(after(0, 5000))).toBe(false)
  })
  test('further apart, count from one again', () => expect(after(0, 5001).count).toBe(1))
  test('are not counted where Shift makes capitals', () => {
    const capital = press(press(after(0, 1), { type: 'keydown', key: 'Shift' }, 2), { type: 'keydown', key: 'A' }, 2)
    expect(press(capital, { type: 'keyup', key: 'Shift' }, 3).count).toBe(0)
  })
  test('holding it down is no press', () => {
    const held = press(NO_PRESSES, { type: 'keydown', key: 'Shift' }, 0)
    expect(press(held, { type: 'keydown', key: 'Shift', repeat: true }, 600)).toBe(held)
  })
  test('Escape does nothing', () => expect(press(after(0), { type: 'keydown', key: 'Escape' }, 1).count).toBe(0))

  test('its progress is shown by three dots', () => {
    render(<ExitNow to={WEATHER} words="Snel weg" shifts={2} />, root)
    expect(root.querySelector('[aria-hidden]')?.textContent).toBe('●●○')
  })
})
