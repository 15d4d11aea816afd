// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from 'vitest'
import { followViewport } from './viewport'

class View extends EventTarget { scale = 1; width = 320; height = 480; offsetLeft = 0; offsetTop = 0 }
let view: View
let exit: HTMLElement
const root = document.documentElement
const becomes = (change: Partial<View>): void => { Object.assign(view, change); view.dispatchEvent(new Event('resize')) }

beforeEach(() => {
  view = new View()
  exit = document.createElement('a')
  root.dir = 'ltr'
  Object.defineProperty(root, 'clientWidth', { value: 320, configurable: true })
  followViewport({ visualViewport: view, document } as unknown as Window, () => exit)
})

test('V33 the page is as high as what the keyboard leaves', () => {
  becomes({ height: 230 })
  expect(root.style.getPropertyValue('--h')).toBe('230px')
})

describe('V19 the exit stays on screen, at its size', () => {
  test('is not moved while all of the page is seen', () => expect(exit.style.transform).toBe('none'))
  test('when the keyboard pushes the page up', () => {
    becomes({ height: 230, offsetTop: 120 })
    expect(exit.style.transform).toBe('translate(0px,120px) scale(1)')
  })
  test('when she pinches to twice the size: at the end of what she sees', () => {
    becomes({ scale: 2, width: 160, height: 240, offsetLeft: 40, offsetTop: 100 })
    expect(exit.style.transform).toBe('translate(-120px,100px) scale(0.5)')
    expect(root.style.getPropertyValue('--h')).toBe('480px')
  })
  test('at the other end in Arabic', () => {
    root.dir = 'rtl'
    becomes({ scale: 2, width: 160, height: 240, offsetLeft: 40, offsetTop: 100 })
    expect(exit.style.transform).toBe('translate(40px,100px) scale(0.5)')
  })
})

test('a browser without a visual viewport is left as it is', () => {
  expect(() => followViewport({ document } as unknown as Window, () => exit)).not.toThrow()
})
