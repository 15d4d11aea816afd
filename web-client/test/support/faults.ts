import { Session, type Staged } from '../../src/crypto/session'
import type { Frame } from '../../src/net/net'
import type { Gate } from './fake-vault'
import type { DeskSide } from './world'

const SESSION = ['seal', 'open', 'stageUpdate', 'exportState'] as const
const FRAMES = ['append', 'fetch', 'ack']

/**
 * Every place where a desk waits for something on the way of a message or a commit: its vault, its line, its encryption; each before the
 * work is done and after it, before it is heard. At the `at`th of them `hit` is called, and whoever waits there waits for what `hit` gives.
 */
export class Faults {
  readonly points: string[] = []
  /** Undefined: not hit. */
  hitAt: string | undefined
  private armed = false

  constructor(private readonly at: number, private readonly hit: () => Promise<unknown>) {}

  readonly gate: Gate = async (what, work) => {
    await this.point(`before ${what}`)
    const result = await work()
    await this.point(`after ${what}`)
    return result
  }

  private async point(name: string): Promise<void> {
    if (!this.armed) return
    this.points.push(name)
    if (this.points.length - 1 !== this.at) return
    this.armed = false
    this.hitAt = name
    await this.hit()
  }

  /** Watches this desk and the sessions of experts. Answers what puts everything back. */
  watch({ net, vault }: DeskSide): () => void {
    this.armed = true
    vault.gate = this.gate
    const { ask } = net
    net.ask = frame => (FRAMES.includes(frame.t) ? this.gate(named(frame), () => ask.call(net, frame)) : ask.call(net, frame))
    const unwatch = this.watchSessions()
    return () => {
      this.armed = false
      vault.gate = (_, work) => work()
      net.ask = ask
      unwatch()
    }
  }

  private watchSessions(): () => void {
    const { gate } = this
    const methods = Session.prototype as unknown as Record<string, (this: Session, ...args: unknown[]) => Promise<unknown>>
    const originals = SESSION.map(name => [name, methods[name]] as const)
    for (const [name, original] of originals) {
      if (!original) continue
      methods[name] = async function (...args) {
        if (this.ownLeaf() === 0) return original.apply(this, args)
        const result = await gate(name, () => original.apply(this, args))
        return name === 'stageUpdate' ? confirming(result as Staged, gate) : result
      }
    }
    return () => { for (const [name, original] of originals) if (original) methods[name] = original }
  }
}

const named = (frame: Frame): string => (frame.t === 'append' ? `append ${String(frame['kind'])}` : frame.t)
const confirming = (staged: Staged, gate: Gate): Staged => ({ ...staged, confirm: () => gate('confirm', () => staged.confirm()), drop: () => gate('drop', () => staged.drop()) })
