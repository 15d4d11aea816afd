import type { Frame, Net } from '../net/net'
import type { Surroundings } from '../surroundings'
import type { Purpose } from '../wire/guest'
import type { Id } from '../wire/read'
import type { ToDesk } from '../wire/to-desk'
import type { DeskState } from './desk-door'
import { newDesk, type Conversation, type ConversationEffect, type ConversationEvent, type DeskEffect, type DeskEvent, type DeskModel } from './desk-model'
import { deskDue, show } from './desk-show'
import { backOff } from './limits'
import { Runner } from './runner'
import { stepDesk } from './step-desk'

/** A desk's model, and what it asks of the server. */
export abstract class DeskLine extends Runner<DeskModel, DeskEvent, DeskEffect, DeskState> {
  protected readonly tick = { kind: 'tick' } as const
  protected readonly step = stepDesk
  protected readonly show = show
  protected readonly due = deskDue

  protected constructor(private readonly line: Surroundings & { readonly net: Net<ToDesk> }) {
    super(line, newDesk, show(newDesk, 0))
  }

  protected find(talk: string): Conversation | undefined {
    return this.model.conversations.find(c => c.claim === talk)
  }

  protected roleIn(talk: string): Purpose | undefined {
    return this.find(talk)?.role
  }

  protected into(talk: string, event: ConversationEvent): void {
    this.feed({ kind: 'in', claim: talk as Id, event })
  }

  /** With the fence of our lease on every write (crypto.md 3). */
  protected ask(frame: Frame): Promise<ToDesk | undefined> {
    return this.line.net.ask({ ...frame, fence: this.model.fence })
  }

  protected async tellAvailable(yes: boolean): Promise<void> {
    const answer = await this.ask({ t: 'available', yes })
    this.feed({ kind: 'noted', ok: answer?.t === 'noted' })
  }

  protected async tellAway(yes: boolean): Promise<void> {
    const answer = await this.ask({ t: 'away', yes })
    this.feed({ kind: 'away-noted', ok: answer?.t === 'noted' })
  }

  protected async giveBack({ conversation, call }: Extract<DeskEffect, { do: 'give-back' }>): Promise<void> {
    this.feed({ kind: 'gave', conversation, answer: await this.ask(call ? { t: 'uncall', conversation, call } : { t: 'release', conversation, again: true }) })
  }

  protected async askClaim({ claim, slot, keyPackage, call }: Extract<DeskEffect, { do: 'claim' }>): Promise<void> {
    const answer = await this.ask(call ? { t: 'answer', call: claim, slot, keyPackage } : { t: 'claim', claim, slot, keyPackage })
    this.feed({ kind: 'claimed', claim, answer })
  }

  /** Asked until it is answered, for as long as the conversation is hers. */
  protected async askFor(claim: Id, conversation: Id, { do: _, ...about }: Extract<ConversationEffect, { do: 'ask' }>): Promise<void> {
    for (let tries = 0; ; tries++) {
      const answer = await this.ask({ ...about, conversation })
      const c = this.find(claim)
      if (!c || c.ended) return
      if (answer && !(answer.t === 'refused' && (answer.code === 'busy' || answer.code === 'too-fast'))) return this.into(claim, { kind: 'asked', t: about.t, call: about.call, answer })
      await new Promise<void>(done => void this.line.timers.set(done, backOff(tries)))
    }
  }

  protected async end(claim: Id, conversation: Id, { t, again }: Extract<ConversationEffect, { do: 'end' }>): Promise<void> {
    const answer = await this.ask({ t, conversation, ...(t === 'uncall' ? { call: claim } : t === 'release' && again && { again }) })
    this.into(claim, { kind: 'ended', answer })
  }
}
