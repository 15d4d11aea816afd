import type { Surroundings } from '../surroundings'

/** What every side has: a state, events that move it, one timer for what happens by itself, and who listens. */
export abstract class Runner<Model, Event, Effect, Shown> {
  private listeners: ((shown: Shown) => void)[] = []
  private timer: unknown

  protected constructor(protected readonly surroundings: Surroundings, protected model: Model, private shown: Shown) {}

  get state(): Shown {
    return this.shown
  }

  subscribe(listener: (shown: Shown) => void): () => void {
    this.listeners.push(listener)
    return () => {
      this.listeners = this.listeners.filter(other => other !== listener)
    }
  }

  protected abstract step(model: Model, event: Event, now: number): readonly [Model, readonly Effect[]]
  protected abstract run(effect: Effect): void
  protected abstract show(model: Model, now: number): Shown
  protected abstract due(model: Model, now: number): number
  protected abstract readonly tick: Event

  /** One event: the state moves, the screens are told, then the effects run. */
  protected readonly feed = (event: Event): void => {
    const now = this.surroundings.clock()
    const [model, effects] = this.step(this.model, event, now)
    this.become(model, now)
    effects.forEach(effect => this.run(effect))
  }

  protected become(model: Model, now: number): void {
    this.model = model
    this.shown = this.show(model, now)
    this.wake(this.due(model, now) - now)
    this.listeners.forEach(listener => this.tell(listener))
  }

  /** A screen that fails must not take the conversation with it. Nothing is told of it anywhere: it might hold words. */
  private tell(listener: (shown: Shown) => void): void {
    try {
      listener(this.shown)
    } catch { /* the next state is another chance */ }
  }

  private wake(ms: number): void {
    const { timers } = this.surroundings
    timers.clear(this.timer)
    this.timer = ms === Infinity ? undefined : timers.set(() => this.feed(this.tick), Math.max(ms, 0))
  }
}
