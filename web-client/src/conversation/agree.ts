import type { Bytes } from '../crypto/bytes'
import type { Trust } from '../crypto/statement'
import type { Surroundings } from '../surroundings'
import { readHello } from './body'

/** A newer roster than ours is waited for: so often, a second each. */
const TRIES = 10

/**
 * Whether what a member's hello says of the roster can stand beside ours (docs/formats.md §7): the same one under its version, or an
 * older one that we never saw. Of a newer one ours must become that one or a newer: `reread` asks for it.
 */
export async function agree(trust: Trust, named: Bytes, timers: Surroundings['timers'], reread?: () => Promise<unknown>): Promise<boolean> {
  const version = readHello(named)
  if (version === undefined) return false
  trust.atLeast(version)
  for (let tries = 0; trust.rosterVersion < version; tries++) {
    if (tries === TRIES) return false
    if (reread) await reread().catch(() => undefined)
    if (trust.rosterVersion < version) await new Promise<void>(done => void timers.set(done, 1_000))
  }
  return !trust.denies(version, named)
}
