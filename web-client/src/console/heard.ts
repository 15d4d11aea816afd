import { equal, type Bytes } from '../crypto/bytes'
import type { Proposal } from './ledger'
import type { SpokenLanguage, SpokenWords } from './ports'

const LANGUAGES: readonly SpokenLanguage[] = ['nl', 'en']

/**
 * That the bytes of one proposal are those of the person they name: somebody typed its six words here, as she said them, or it is my own and the vault made it.
 * There is no other way to one of these, and nothing is signed without.
 */
export class Heard {
  private constructor(readonly key: string) {}

  /** Undefined when these are not its six words, in no language: who says them may read another page than who types them. */
  static async words(typed: string, proposal: Proposal, words: SpokenWords): Promise<Heard | undefined> {
    for (const language of LANGUAGES) {
      const [read, six] = [await words.read(language, typed), await words.six(language, proposal.hash)]
      if (read && six.length === 6 && read.length === six.length && six.every((word, i) => word === read[i])) return new Heard(proposal.key)
    }
    return undefined
  }

  static own(mine: Bytes | undefined, proposal: Proposal): Heard | undefined {
    return mine && equal(mine, proposal.unsigned) ? new Heard(proposal.key) : undefined
  }
}
