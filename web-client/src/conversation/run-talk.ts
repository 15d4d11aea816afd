import { EMPTY } from '../crypto/bytes'
import { CryptoError, type ErrorCode } from '../crypto/errors'
import { decodePayload, encodePayload, type Session, type Staged } from '../crypto/session'
import type { Envelope } from '../wire/envelope'
import type { Id } from '../wire/read'
import type { ToDesk } from '../wire/to-desk'
import type { ToVisitor } from '../wire/to-visitor'
import { idBytes, idOf, newId } from './id'
import type { Surroundings } from '../surroundings'
import type { AppendAnswer, Group, TalkEffect, TalkEvent, Unsealed, Wish } from './talk'

/** Answers of the server that a talk understands; undefined = lost on the way. */
export type Answer = ToVisitor | ToDesk | undefined

export interface TalkPorts {
  readonly surroundings: Surroundings
  readonly conversation: Id
  /** Asks the server one thing; the fence and the number are added on the way. */
  ask(frame: { readonly t: string } & Record<string, unknown>): Promise<Answer>
  /** The result of an effect. */
  feed(event: TalkEvent): void
  save(session: Session): Promise<void>
  /** The expert's: joins by this add. The visitor's never asks for it. */
  join?(envelope: Envelope): Promise<Session>
  /** The expert's: whoever an add brings must be believed before it is followed. Settles when that may be. */
  believed?(): Promise<unknown>
}

export const codeOf = (error: unknown): ErrorCode => (error instanceof CryptoError ? error.code : 'misuse')

export const groupOf = (session: Session): Group => ({
  epoch: session.epoch(),
  self: session.ownLeaf(),
  others: session.members().map(member => member.leaf).filter(leaf => leaf !== session.ownLeaf()),
})

/** Carries out a talk's effects with a real session; every result is fed back as an event. */
export class TalkRunner {
  session: Session | undefined
  private staged: Staged | undefined

  constructor(private readonly ports: TalkPorts) {}

  /** Goes on with a session, made or restored, and the commit that waits in it. */
  adopt(session: Session): void {
    this.session = session
    this.staged = session.staged()
  }

  /** Settles when the effect's result has been fed. */
  async run(effect: TalkEffect): Promise<void> {
    switch (effect.do) {
      case 'append': case 'fetch': case 'ack': return this.ask(effect)
      case 'drop': return this.staged?.drop().catch(() => undefined)
      case 'tell': return undefined
      default: return this.work(effect)
    }
  }

  private async work(effect: Exclude<TalkEffect, { do: 'append' | 'fetch' | 'ack' | 'drop' | 'tell' }>): Promise<void> {
    // What goes wrong in whoever is fed is no failure of the encryption.
    const event = await this.worked(effect).catch((error: unknown): TalkEvent => ({ kind: 'failed', code: codeOf(error) }))
    this.ports.feed(event)
  }

  private async worked(effect: Parameters<TalkRunner['work']>[0]): Promise<TalkEvent> {
    switch (effect.do) {
      case 'seal': return this.seal(effect)
      case 'open': return { kind: 'opened', result: await this.open(effect.envelope) }
      case 'join': return this.join(effect.envelope)
      case 'stage': return this.stage(effect.wish)
      case 'confirm': return this.confirm()
      case 'save': return this.save()
    }
  }

  private get live(): Session {
    if (!this.session) throw new CryptoError('misuse')
    return this.session
  }

  private async seal({ payload, message }: Extract<TalkEffect, { do: 'seal' }>): Promise<TalkEvent> {
    const { surroundings } = this.ports
    const id = message ? idBytes(message.id) : surroundings.random(16)
    const body = message?.parts[payload.part.i] ?? EMPTY
    const sealed = await this.live.seal(encodePayload({ ...payload, id, kind: message?.kind ?? 'ack', body }))
    return { kind: 'sealed', envelope: newId(surroundings), body: sealed, counter: payload.counter, ...(message && { message }) }
  }

  private async open({ body, kind }: Envelope): Promise<Unsealed> {
    const opened = await this.live.open(body).catch(async (error: unknown) => {
      if (kind !== 'add' || !this.ports.believed) throw error
      await this.ports.believed()
      return this.live.open(body)
    })
    switch (opened.kind) {
      case 'message': {
        const payload = decodePayload(opened.payload)
        return { kind: 'message', leaf: opened.leaf, payload: { ...payload, id: idOf(payload.id) } }
      }
      case 'commit': return { kind: 'commit', change: opened.change, group: groupOf(this.live) }
      case 'removed': case 'own': return { kind: opened.kind }
      // An own commit is known by its flight: one that comes without is a lie.
      case 'own-commit': throw new CryptoError('unreadable')
    }
  }

  private async join(envelope: Envelope): Promise<TalkEvent> {
    if (!this.ports.join) throw new CryptoError('misuse')
    this.adopt(await this.ports.join(envelope))
    return { kind: 'group', group: groupOf(this.live) }
  }

  private async stage(wish: Wish): Promise<TalkEvent> {
    this.staged = await this.stagedFor(wish)
    return { kind: 'staged', envelope: newId(this.ports.surroundings), body: this.staged.envelope, wish }
  }

  private stagedFor(wish: Wish): Promise<Staged> {
    switch (wish.what) {
      case 'update': return this.live.stageUpdate()
      case 'remove': return this.live.stageRemove(wish.leaf)
      case 'add': return this.live.stageAdd(wish.keyPackage, wish.proof)
    }
  }

  private async confirm(): Promise<TalkEvent> {
    if (!this.staged) throw new CryptoError('misuse')
    await this.staged.confirm()
    this.staged = undefined
    return { kind: 'confirmed', group: groupOf(this.live) }
  }

  private async save(): Promise<TalkEvent> {
    if (this.session) await this.ports.save(this.session)
    return { kind: 'saved' }
  }

  private async ask(effect: Extract<TalkEffect, { do: 'append' | 'fetch' | 'ack' }>): Promise<void> {
    const { conversation, feed } = this.ports
    switch (effect.do) {
      case 'append': {
        const { id, kind, body } = effect
        const answer = await this.ports.ask({ t: 'append', conversation, id, kind, body })
        return feed({ kind: 'answered', envelope: id, answer: appendAnswer(answer) })
      }
      case 'fetch': return feed(fetchAnswer(await this.ports.ask({ t: 'fetch', conversation, after: effect.after, limit: 100 })))
      case 'ack': return feed({ kind: 'acked', ok: (await this.ports.ask({ t: 'ack', conversation, seq: effect.seq }))?.t === 'acked' })
    }
  }
}

const appendAnswer = (answer: Answer): AppendAnswer => (answer?.t === 'stored' || answer?.t === 'refused' ? answer : undefined)

function fetchAnswer(answer: Answer): TalkEvent {
  if (answer?.t === 'refused') return { kind: 'fetched', code: answer.code }
  return answer?.t === 'envelopes' ? { kind: 'fetched', items: answer.items, more: answer.more } : { kind: 'fetched' }
}
