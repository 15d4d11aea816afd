import type { Bytes } from '../../src/crypto/bytes'
import { makeSignerRequest, signerRequestHash } from '../../src/crypto/statement'
import { withRevoked } from '../../src/crypto/vault'
import type { SeenRevoked, SeenRoster, SpokenWords } from '../../src/console/ports'
import { VaultKeys, type KeptPapers, type KeptSigner, type KeyVault } from '../../src/console/vault-keys'
import { loadWords, sixWords } from '../../src/words'

/** An opened vault in memory: it hands out copies and keeps copies. Every secret it ever held stays in `secrets`, to be looked for. */
export class FakeVault implements KeyVault {
  readonly secrets: Bytes[] = []
  private mine: KeptSigner | undefined
  private coordinator: KeptPapers | undefined

  signer() { return structuredClone(this.mine) }
  async saveSigner(signer: KeptSigner) { this.mine = structuredClone(signer); this.secrets.push(this.mine.key.scalar) }
  private newest: SeenRoster | undefined
  seenRoster() { return this.newest }
  async saveSeenRoster(roster: SeenRoster) { this.newest = roster }
  private gone: readonly SeenRevoked[] = []
  seenRevoked() { return this.gone }
  async saveSeenRevoked(more: readonly SeenRevoked[], now: number) { this.gone = withRevoked(this.gone, more, now) }
  papers() { return structuredClone(this.coordinator) }
  async savePapers(papers: KeptPapers) {
    this.coordinator = structuredClone(papers)
    this.secrets.push(this.coordinator.signatureKey.signKey.slice(65), this.coordinator.box.scalar)
  }
}

/** The real keys over it; what was signed is noted. */
export class NotingKeys extends VaultKeys {
  readonly signed: Bytes[] = []
  constructor(readonly kept: FakeVault) { super(kept, { make: makeSignerRequest, hash: signerRequestHash }) }
  override sign(bytes: Bytes): Promise<Bytes> {
    this.signed.push(bytes)
    return super.sign(bytes)
  }
}

/** The real lists: what the pages are given. */
export const spokenWords: SpokenWords = { six: sixWords, read: async (language, text) => (await loadWords(language)).read(text) }
