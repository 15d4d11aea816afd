import { describe, expect, test } from 'vitest'
import { awake, HIDDEN_MS, QUIET_MS, stepIdle, type Idle, type IdleEvent } from '../../src/staff/idle'

const TALKING: IdleEvent = { kind: 'tick', talking: true }
const ALONE: IdleEvent = { kind: 'tick', talking: false }

/** What becomes of a desk that is opened at 0: a tick each second, and what happens at some of them. */
function life(until: number, tick: IdleEvent | ((at: number) => IdleEvent), events: Record<number, IdleEvent['kind'] & ('input' | 'lift' | 'hidden' | 'visible')> = {}): { at: number; idle: Idle | 'lock' } {
  let idle = awake(0, false)
  for (let at = 1_000; at <= until; at += 1_000) {
    const kind = events[at]
    for (const event of [...(kind ? [{ kind }] : []), typeof tick === 'function' ? tick(at) : tick]) {
      const next = stepIdle(idle, event, at)
      if (next === 'lock') return { at, idle: next }
      idle = next
    }
  }
  return { at: until, idle }
}

describe('D3 without a conversation', () => {
  // seen failing: QUIET_MS of 3 minutes
  test('two minutes without input lock it, not a second before', () => {
    expect([QUIET_MS, HIDDEN_MS]).toEqual([120_000, 300_000])
    expect(life(10 * 60_000, ALONE).at).toBe(QUIET_MS)
    expect(life(QUIET_MS - 1_000, ALONE).idle).not.toBe('lock')
  })
  test('input begins the two minutes anew', () => expect(life(10 * 60_000, ALONE, { 60_000: 'input', 150_000: 'input' }).at).toBe(270_000))
  test('hidden or not', () => expect(life(10 * 60_000, ALONE, { 1_000: 'hidden' }).at).toBe(QUIET_MS))
})

describe('D3 with a conversation open: an expert listens', () => {
  // seen failing: locked in the place of the veil
  test('after two minutes without input a veil covers the words, and nothing is locked', () => {
    expect(life(QUIET_MS - 1_000, TALKING).idle).toMatchObject({ veiled: false })
    expect(life(60 * 60_000, TALKING).idle).toMatchObject({ veiled: true })
  })
  test('one tap or key lifts it, and the two minutes begin anew; a mouse that moves does not', () => {
    expect(life(200_000, TALKING, { 190_000: 'input' }).idle).toMatchObject({ veiled: true })
    expect(life(200_000, TALKING, { 190_000: 'lift' }).idle).toMatchObject({ veiled: false, input: 190_000 })
    expect(life(310_000, TALKING, { 190_000: 'lift' }).idle).toMatchObject({ veiled: true })
  })
  // seen failing: without `away`
  test('hidden for five minutes it locks in any case', () => {
    expect(life(60 * 60_000, TALKING, { 10_000: 'hidden' })).toEqual({ at: 10_000 + HIDDEN_MS, idle: 'lock' })
    expect(life(20 * 60_000, TALKING, { 10_000: 'hidden', 300_000: 'visible' }).idle).not.toBe('lock')
  })
  test('the conversation ends under the veil: locked', () => {
    expect(life(60 * 60_000, at => (at < 600_000 ? TALKING : ALONE)).at).toBe(600_000)
  })
})

describe('a computer that slept', () => {
  // seen failing: without `ran`
  test.each([['a tick', TALKING], ['a key', { kind: 'input' }], ['the tap on the veil', { kind: 'lift' }], ['shown again', { kind: 'visible' }]] as [string, IdleEvent][])('is locked by the first thing after five minutes, here %s', (_, event) => {
    expect(stepIdle(awake(0, false), event, HIDDEN_MS)).toBe('lock')
    expect(stepIdle(awake(0, false), event, HIDDEN_MS - 1)).not.toBe('lock')
  })
})
