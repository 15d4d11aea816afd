import type { DeskState } from '../conversation'

/** How much there is to look at: grows when somebody new waits or asks for her, and when a visitor says something. No words are looked at. */
export function stirrings({ waiting, talks, calls }: DeskState): { waiting: number; lines: number; calls: number } {
  return {
    waiting: waiting.reduce((sum, { count }) => sum + count, 0),
    calls: calls.length,
    lines: talks.reduce((sum, talk) => sum + talk.lines.filter(line => line.from === 'visitor').length, 0),
  }
}

/** Whether something happened that she may want to be told of. People who wait matter only to who is available. */
export function stirred(before: DeskState, after: DeskState): boolean {
  const [was, is] = [stirrings(before), stirrings(after)]
  return is.lines > was.lines || is.calls > was.calls || (after.available && is.waiting > was.waiting)
}

/** Whether a browser lets it be done: Chrome for Android has `Notification` and refuses to make one, a locked-down phone has no audio. */
export function works(it: () => void): boolean {
  try {
    it()
    return true
  } catch {
    return false
  }
}

/** D21: the words are always the same. Not over the page that is looked at, and without the system's own sound. */
export function notify(window: Window & typeof globalThis, words: string): void {
  if (!window.document.hidden || window.Notification?.permission !== 'granted') return
  new window.Notification(words, { tag: 'desk', silent: true })
}

/** A soft tone of a quarter of a second, made here: no file to fetch. */
export function tone(window: Window & typeof globalThis): void {
  const audio = new window.AudioContext()
  const volume = audio.createGain()
  volume.gain.setValueAtTime(0.0001, audio.currentTime)
  volume.gain.exponentialRampToValueAtTime(0.06, audio.currentTime + 0.04)
  volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 0.25)
  const wave = audio.createOscillator()
  wave.frequency.value = 520
  wave.connect(volume).connect(audio.destination)
  wave.onended = () => void audio.close()
  wave.start()
  wave.stop(audio.currentTime + 0.26)
}
