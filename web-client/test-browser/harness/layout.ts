/**
 * What must not be on any screen of ours, found in the page as it stands. Runs in the page: it may use nothing from outside.
 * `exit`: the page has the visitor's exit, which is always wholly on screen, free and large enough for a thumb (V19).
 */
export function layoutFaults(exit: boolean): string[] {
  const faults: string[] = []
  const name = (element: Element): string => `${element.localName}.${element.className} “${(element.textContent ?? '').slice(0, 30)}”`
  const seen = (element: Element): boolean => {
    const box = element.getBoundingClientRect()
    return element.checkVisibility() && box.width > 1 && box.height > 1
  }
  for (const box of [document.documentElement, ...document.querySelectorAll('.scroll, .side, main, dialog')])
    if (box.scrollWidth > box.clientWidth + 1) faults.push(`wider than its place: ${name(box)}`)
  // Only the lines scroll there: the composer, and on the desk the lock, stay where they are.
  if (document.querySelector('.room, .working') && document.documentElement.scrollHeight > innerHeight + 1) faults.push('taller than the screen')
  for (const element of document.querySelectorAll('button, a, summary, h1, h2, h3, label, p, li')) {
    if (!seen(element) || element.closest('.sr')) continue
    if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible') faults.push(`cut off: ${name(element)}`)
    const { left, right } = element.getBoundingClientRect()
    if (left < -1 || right > innerWidth + 1) faults.push(`beside the screen: ${name(element)}`)
  }
  for (const element of document.querySelectorAll('button, .button, summary'))
    if (seen(element) && element.getBoundingClientRect().height < 44) faults.push(`lower than 44 px: ${name(element)}`)
  if (!exit) return faults
  const box = document.querySelector('[data-part=exit]')?.getBoundingClientRect()
  if (!box) return [...faults, 'there is no exit']
  if (box.left < 0 || box.right > innerWidth || box.top < 0 || box.bottom > innerHeight) faults.push('the exit is not wholly on screen')
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
  if (!top?.closest('[data-part=exit]')) faults.push('the exit is covered')
  return faults
}
