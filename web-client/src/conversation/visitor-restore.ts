import { zero, type Bytes } from '../crypto/bytes'
import { Session } from '../crypto/session'
import { restoredTalk } from './talk'
import { VisitorRunner, type VisitorCopy, type VisitorPorts } from './visitor'
import type { VisitorTalk } from './visitor-door'

class RestoredVisitor extends VisitorRunner {
  /** Goes on from a copy of itself. */
  async restore(copy: VisitorCopy, session: Bytes): Promise<void> {
    this.capability = copy.capability.slice()
    this.consentKey = copy.consentKey
    this.trust.atLeast(copy.rosterVersion)
    const { expert, guest, candidate } = copy.visitor
    await Promise.allSettled([expert, guest, candidate].map(async one => one && this.trust.check(one.proof)))
    this.talk = this.newTalk(copy.visitor.conversation)
    this.talk.adopt(await Session.importState(session, this.trust))
    zero(session)
    this.become({ ...copy.visitor, online: false, talk: restoredTalk(copy.visitor.talk) }, this.ports.clock())
    this.connect()
    await this.complete()
    if (copy.visitor.vouching) this.run(copy.visitor.vouching)
  }
}

/** Goes on from the store's copy (crypto.md 11); undefined when there is none. Rejects with a CryptoError for a damaged one. */
export async function restoreVisitorTalk(ports: VisitorPorts): Promise<VisitorTalk | undefined> {
  const copy = await ports.store?.load()
  if (!copy) return undefined
  const runner = new RestoredVisitor(ports)
  await runner.restore(copy.state, copy.session.slice())
  return runner
}
