import { concat, sha256, utf8, type Bytes } from '../../src/crypto/bytes'
import { sized16 } from '../../src/crypto/reader'
import { sign } from '../../src/crypto/suite/ecdsa'
import type { SeenRoster, SpokenLanguage, SpokenWords } from '../../src/console/ports'
import { VaultKeys, type KeptPapers, type KeptSigner, type KeyVault, type RequestForms } from '../../src/console/vault-keys'

/** docs/formats.md, signer's request. */
const unsignedRequest = (key: Bytes, name: string): Bytes => concat(utf8('naast/signer-request/v1\0'), key, sized16(utf8(name)))
const forms: RequestForms = {
  async make(privateKey, key, name) {
    const unsigned = unsignedRequest(key, name)
    return concat(unsigned, sized16(await sign(privateKey, unsigned)))
  },
  hash: ({ key, name }) => sha256(unsignedRequest(key, name)),
}

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
  papers() { return structuredClone(this.coordinator) }
  async savePapers(papers: KeptPapers) {
    this.coordinator = structuredClone(papers)
    this.secrets.push(this.coordinator.signatureKey.signKey.slice(65), this.coordinator.box.scalar)
  }
}

/** The real keys over it; what was signed is noted. */
export class NotingKeys extends VaultKeys {
  readonly signed: Bytes[] = []
  constructor(readonly kept: FakeVault) { super(kept, forms) }
  override sign(bytes: Bytes): Promise<Bytes> {
    this.signed.push(bytes)
    return super.sign(bytes)
  }
}

/** Made-up words: a letter for the language and three for the number. */
const word = (language: SpokenLanguage, n: number): string =>
  language[0] + [Math.floor(n / 256), Math.floor(n / 16) % 16, n % 16].map(digit => 'abcdefghijklmnop'[digit]).join('')

const WORDS = new Map((['nl', 'en'] as const).map(language => [language, Array.from({ length: 2048 }, (_, n) => word(language, n))]))

export const fakeWords: SpokenWords = {
  async six(language, hash) {
    const bits = [...hash.subarray(0, 9)].map(byte => byte.toString(2).padStart(8, '0')).join('')
    return Array.from({ length: 6 }, (_, i) => word(language, parseInt(bits.slice(11 * i, 11 * i + 11), 2)))
  },
  async read(language, text) {
    const words = text.toLowerCase().split(/[\s,.]+/).filter(Boolean).map(one => one.slice(0, 4))
    return words.every(one => WORDS.get(language)?.includes(one)) ? words : undefined
  },
}
