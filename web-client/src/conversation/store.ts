import type { Bytes } from '../crypto/bytes'

/**
 * Where a side keeps what it needs to go on (crypto.md 11). What it is given holds secrets and words: whoever implements this seals it.
 * `save` resolves only when it would survive; a commit is sent after that and not before.
 */
export interface Store<S> {
  save(copy: Copy<S>): Promise<void>
  load(): Promise<Copy<S> | undefined>
  wipe(): void
}

/** `session`: what `Session.exportState` gave. `state`: plain, immutable data. */
export interface Copy<S> {
  readonly session: Bytes
  readonly state: S
}

/** Memory, gone with the page. */
export function memoryStore<S>(): Store<S> {
  let kept: Copy<S> | undefined
  const wipe = (): void => {
    kept?.session.fill(0)
    kept = undefined
  }
  return {
    async save(copy) {
      wipe()
      kept = copy
    },
    load: async () => kept,
    wipe,
  }
}
