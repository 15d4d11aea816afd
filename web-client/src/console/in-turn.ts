/**
 * What a screen stands on: a state, and things that are done one after the other, each followed by a fresh look at the server. No method rejects: what went wrong stands in the state.
 */
export abstract class InTurn<S extends { readonly busy: boolean; readonly problem?: string }> {
  state: S
  private listener: () => void = () => {}
  private last: Promise<void> = Promise.resolve()
  private looking = false
  /** Grows when everything is forgotten: an answer under way then is nobody's. */
  private turn = 0

  /** `passing`: what goes away with the next thing that is done. */
  constructor(private readonly nothing: S, private readonly passing: readonly (keyof S)[]) {
    this.state = nothing
  }

  subscribe(listener: () => void): void { this.listener = listener }

  protected set(change: Partial<S>, without: readonly (keyof S)[] = []): void {
    const state = { ...this.state, ...change }
    for (const key of without) delete state[key]
    this.state = state
    this.listener()
  }

  protected abstract read(): Promise<Partial<S>>
  protected abstract problem(error: unknown): Partial<S>

  /** A second press while the first is under way is none; a look that is under way is waited for. */
  protected run(act: () => Promise<Partial<S> | undefined | void>): Promise<void> {
    if (this.state.busy) return this.last
    this.set({ busy: true } as Partial<S>, this.passing)
    return this.after(async () => {
      const done = await act().catch(error => this.problem(error))
      const read = await this.read().catch(error => this.problem(error))
      return { busy: false, ...read, ...done } as Partial<S>
    })
  }

  private after(act: () => Promise<Partial<S>>, quietly = false): Promise<void> {
    const { turn } = this
    this.last = this.last.then(async () => {
      if (turn !== this.turn) return
      const change = await act()
      // That there was no connection is no longer true once there is an answer.
      if (turn === this.turn) this.set(change, quietly && !change.problem && this.state.problem === 'unreachable' ? ['problem'] : [])
    })
    return this.last
  }

  open(): Promise<void> { return this.run(async () => {}) }

  /** What others did meanwhile: nothing that is asked or said on the screen goes away by it. */
  look(): Promise<void> {
    if (this.looking || this.state.busy) return this.last
    this.looking = true
    return this.after(() => this.read().catch(error => this.problem(error)), true).finally(() => { this.looking = false })
  }

  /** Locked or signed out: everything leaves the memory. */
  forget(): void {
    this.turn++
    this.last = Promise.resolve()
    this.state = this.nothing
  }
}
