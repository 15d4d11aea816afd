/**
 * Keeps the page in what can be seen of it. Where the on-screen keyboard only covers the page (iOS, and Chrome and Firefox
 * that do not honour `interactive-widget`), `--h` is the height that is left (V33). Pinched to a larger scale, or moved up by
 * the keyboard, the exit follows the part that is on screen, at its usual size (V19).
 */
export function followViewport(window: Window, exit: () => HTMLElement | null): void {
  const view = window.visualViewport
  if (!view) return
  const follow = (): void => {
    const root = window.document.documentElement
    if (view.scale <= 1.01) root.style.setProperty('--h', `${view.height}px`)
    const x = root.dir === 'rtl' ? view.offsetLeft : view.offsetLeft + view.width - root.clientWidth
    const moved = view.scale > 1.01 || view.offsetTop > 1
    exit()?.style.setProperty('transform', moved ? `translate(${x}px,${view.offsetTop}px) scale(${1 / view.scale})` : 'none')
  }
  view.addEventListener('resize', follow)
  view.addEventListener('scroll', follow)
  follow()
}
