import { zero } from '../crypto/bytes'
import { CryptoError } from '../crypto/errors'
import { Session } from '../crypto/session'
import type { Surroundings } from '../surroundings'
import { decodeState, replay } from './desk-copy'
import type { Keeper } from './desk-keeper'
import type { Conversation } from './desk-model'
import { VaultError, type KeptTalk } from './desk-vault'
import { backOff } from './limits'

type Timers = Surroundings['timers']

export interface Revived { readonly kept: KeptTalk; readonly conversation: Conversation; readonly session?: Session }

/** Read, and written once more, so that an older desk's last write comes before it or never. Rejects when it is not `wanted` any more. */
export async function takeVault(keeper: Keeper, timers: Timers, wanted: () => boolean): Promise<Revived[]> {
  for (;;) {
    const kept = await readVault(keeper, timers, wanted)
    const found = (await Promise.all(kept.map(talk => revive(talk).catch(() => undefined)))).filter(one => one !== undefined)
    const mine = await Promise.all(found.map(({ kept: talk, session }) => !session || keeper.take(talk)))
    found.forEach(({ kept: { state, lines } }) => zero(state, ...lines))
    if (!mine.includes(false)) return found
    found.forEach(({ session }) => session?.destroy())
  }
}

async function revive(kept: KeptTalk): Promise<Revived> {
  const { conversation, session } = decodeState(kept.state, replay(kept.lines))
  if (conversation.claim !== kept.claim) throw new CryptoError('malformed')
  if (!session || conversation.ended) return { kept, conversation }
  try {
    return { kept, conversation, session: await Session.importState(session) }
  } finally {
    zero(session)
  }
}

async function readVault(keeper: Keeper, timers: Timers, wanted: () => boolean): Promise<readonly KeptTalk[]> {
  for (let tries = 0; wanted(); tries++) {
    const kept = await keeper.vault.talks().catch(() => undefined)
    if (kept) return kept
    await new Promise<void>(done => void timers.set(done, backOff(tries)))
  }
  throw new VaultError('unreachable')
}
