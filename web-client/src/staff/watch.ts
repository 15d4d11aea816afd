import { awake, stepIdle, type Idle, type IdleEvent } from './idle'

export interface Watched {
  /** Whether a conversation is open. */
  talking(): boolean
  lock(): void
  /** The veil fell or was lifted. */
  veil(): void
}

const INPUTS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const

/** Looks whether somebody is there, while something is open: `idle.ts` decides, this hears and acts. */
export class Watch {
  private idle: Idle | undefined

  constructor(private readonly window: Window & typeof globalThis, private readonly watched: Watched) {}

  get veiled(): boolean { return this.idle?.veiled ?? false }

  /** Once for a page, before its own listeners: a key that lifts the veil does nothing else. */
  listen(): void {
    const { window } = this
    for (const name of INPUTS) window.addEventListener(name, event => this.heard(event), { capture: true, passive: false })
    window.document.addEventListener('visibilitychange', () => this.step({ kind: window.document.hidden ? 'hidden' : 'visible' }))
  }

  begin(): void { this.idle = awake(Date.now(), this.window.document.hidden) }
  end(): void { this.idle = undefined }
  tick(): void { this.step({ kind: 'tick', talking: this.watched.talking() }) }
  lift(): void { this.step({ kind: 'lift' }) }

  private heard(event: Event): void {
    if (!this.veiled || event.type !== 'keydown') return this.step({ kind: 'input' })
    event.preventDefault()
    event.stopImmediatePropagation()
    this.lift()
  }

  private step(event: IdleEvent): void {
    const before = this.idle
    if (!before) return
    const after = stepIdle(before, event, Date.now())
    if (after === 'lock') {
      this.idle = undefined
      return this.watched.lock()
    }
    this.idle = after
    if (after.veiled !== before.veiled) this.watched.veil()
  }
}
