// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest'
import { arabic, talk } from '../../test/gallery/desk-fixtures'
import { appears, asked, atWork, CANARY, CREDENTIAL, desk, ON, part, routes, second, settled, shown, stage, type } from '../../test/support/desk-page'
import { HIDDEN_MS, QUIET_MS } from '../staff/idle'
import { NO_DESK } from './view-state'

stage()

describe('a lock', () => {
  // seen failing: the words left in the state of the workplace
  test('D3 a lock takes every word away before the server has answered', async () => {
    await atWork({ ...ON, talks: [talk('one', 1, { lines: [{ id: 'a', from: 'visitor', at: 0, text: CANARY }] })] })
    expect(shown()).toContain('De bezoeker leest dan dat je even weg bent')
    type(`${CANARY} klad`)
    const before = asked.length
    part('lock').click()
    expect(desk.calls).toContain('lock')
    expect(document.documentElement.outerHTML).not.toContain(CANARY)
    await settled()
    expect(document.documentElement.outerHTML).not.toContain(CANARY)
    expect(part('unlock')).toBeTruthy()
    expect(asked.length).toBe(before)
  })
  // seen failing: begin() in the place of unlock()
  test('D3 unlocked by one tap: the same desk, the same name, the same conversation in front; the draft is gone', async () => {
    const talks = [talk('one', 1, { lines: [{ id: 'a', from: 'visitor', at: 0, text: CANARY }] }), arabic]
    await atWork({ ...ON, talks })
    const [name, first] = [part('conversation').querySelector('h2')?.textContent, desk]
    type('klad')
    desk.after = { ...ON, talks }
    part('lock').click()
    await settled()
    part('unlock').click()
    await appears('conversation')
    await settled()
    expect(desk).toBe(first)
    expect(desk.calls.filter(call => ['open', 'lock', 'unlock', 'wipe'].includes(call))).toEqual(['open', 'lock', 'unlock'])
    expect(part('conversation').querySelector('h2')?.textContent).toBe(name)
    expect(part('conversation').className).toContain('front')
    expect(part<HTMLTextAreaElement>('composer').value).toBe('')
    expect(shown()).toContain(CANARY)
  })
  // seen failing: a page that forgets them neither with the lock nor on the way to them
  test('D3 takes new recovery words off the screen, and they are not there after it; the old ones stay hers', async () => {
    const now = vi.spyOn(Date, 'now').mockReturnValue(1_000_000)
    routes['passkeys'] = { passkeys: [{ id: 'p1', made: 20_700, synced: false, credential: CREDENTIAL }] }
    await atWork()
    const toPasskeys = async (): Promise<void> => { part('passkeys').click(); await appears('words-new') }
    await toPasskeys()
    for (let press = 0; press < 2; press++) { part('words-new').click(); await settled() }
    await appears('recovery-words')
    const puts = asked.length
    now.mockReturnValue(1_000_000 + QUIET_MS)
    second()
    await settled()
    expect([part('recovery-words'), part('unlock') !== undefined]).toEqual([undefined, true])
    part('unlock').click()
    await appears('lock')
    await toPasskeys()
    expect(part('recovery-words')).toBeUndefined()
    expect(asked.slice(puts)).toEqual(['/api/passkeys'])
  })
  test('D3 another place takes over while it is locked: stopped, and said', async () => {
    await atWork({ ...ON, talks: [talk('one', 1)] })
    part('lock').click()
    await settled()
    desk.becomes({ ...NO_DESK, link: 'lease-lost', locked: true })
    await settled()
    expect(desk.calls).toContain('wipe')
    expect(part('sign-in')).toBeTruthy()
  })
  test('D3 two minutes without input lock a desk without a conversation', async () => {
    const now = vi.spyOn(Date, 'now').mockReturnValue(1_000_000)
    await atWork()
    now.mockReturnValue(1_000_000 + QUIET_MS - 1)
    second()
    expect(part('lock')).toBeTruthy()
    window.dispatchEvent(new Event('pointermove'))
    now.mockReturnValue(1_000_000 + QUIET_MS)
    second()
    expect(part('lock')).toBeTruthy()
    now.mockReturnValue(1_000_000 + 2 * QUIET_MS)
    second()
    await appears('unlock')
    expect(desk.calls).toContain('lock')
  })
  // seen failing: the veil drawn over the words, which stayed in the document
  test('D3 with a conversation open a veil takes their place; the key that lifts it does nothing else, and the draft is there', async () => {
    const now = vi.spyOn(Date, 'now').mockReturnValue(1_000_000)
    const lines = [{ id: 'a', from: 'visitor' as const, at: 0, text: CANARY }]
    await atWork({ ...ON, talks: [talk('one', 1, { lines })] })
    type('klad')
    now.mockReturnValue(1_000_000 + QUIET_MS)
    second()
    expect(document.documentElement.outerHTML).not.toContain(CANARY)
    expect(desk.calls).not.toContain('lock')
    desk.becomes({ ...ON, talks: [talk('one', 1, { lines: [...lines, { id: 'b', from: 'visitor', at: 0, text: `${CANARY} 2` }] })] })
    expect(document.documentElement.outerHTML).not.toContain(CANARY)
    expect(shown()).toContain('1 nieuw bericht')
    const key = new KeyboardEvent('keydown', { code: 'KeyE', key: 'e', altKey: true, cancelable: true, bubbles: true })
    window.dispatchEvent(key)
    expect(key.defaultPrevented).toBe(true)
    expect(shown()).toContain(CANARY)
    expect(shown()).not.toContain('Gesprek afsluiten?')
    expect(part<HTMLTextAreaElement>('composer').value).toBe('klad')
    expect(document.activeElement).toBe(part('composer'))
  })
  test('D3 the tap on the veil lifts it; a mouse that moves does not', async () => {
    const now = vi.spyOn(Date, 'now').mockReturnValue(1_000_000)
    await atWork({ ...ON, talks: [talk('one', 1)] })
    now.mockReturnValue(1_000_000 + QUIET_MS)
    second()
    window.dispatchEvent(new Event('pointermove'))
    window.dispatchEvent(new Event('pointerdown'))
    expect(part('conversation')).toBeUndefined()
    part('veil').click()
    expect(part('conversation')).toBeTruthy()
  })
  test('D3 hidden for five minutes it locks, whatever goes on', async () => {
    const now = vi.spyOn(Date, 'now').mockReturnValue(1_000_000)
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
    await atWork({ ...ON, talks: [talk('one', 1, { lines: [{ id: 'a', from: 'visitor', at: 0, text: CANARY }] })] })
    document.dispatchEvent(new Event('visibilitychange'))
    for (let at = 60_000; at < HIDDEN_MS; at += 60_000) { now.mockReturnValue(1_000_000 + at); second() }
    expect(desk.calls).not.toContain('lock')
    now.mockReturnValue(1_000_000 + HIDDEN_MS)
    hidden.mockReturnValue(false)
    document.dispatchEvent(new Event('visibilitychange'))
    await appears('unlock')
    expect(document.documentElement.outerHTML).not.toContain(CANARY)
  })
  test('D2 her passkeys are one tap away, and back', async () => {
    routes['passkeys'] = { passkeys: [{ id: 'p', made: 20_700, synced: true, credential: 'a' }] }
    await atWork()
    part('passkeys').click()
    await appears('passkey')
    expect(part('passkey').textContent).toContain('Passkey van')
    expect(part('passkey-remove')).toBeUndefined()
    part('back').click()
    expect(part('available')).toBeTruthy()
  })
})
