import { concat, utf8, type Bytes } from '../../src/crypto/bytes'
import { sized16 } from '../../src/crypto/reader'
import { sign } from '../../src/crypto/suite/ecdsa'
import { generateKey, saveKey, type KeyPair } from '../../src/crypto/suite/keys'
import type { MySigner, MyStatement, SeenRoster, SignerKeys, SignerRequests, SpokenLanguage, SpokenWords } from '../../src/console/ports'

/** The vault's part of the console, in memory: real keys, and every secret it ever held stays in `secrets` to be looked for. */
export class FakeKeys implements SignerKeys {
  readonly secrets: Bytes[] = []
  /** What was signed, in order. */
  readonly signed: Bytes[] = []
  private pair: KeyPair | undefined
  private mine: MySigner | undefined
  private own: MyStatement | undefined
  private newest: SeenRoster | undefined

  private async fresh(algorithm: 'ECDSA' | 'ECDH'): Promise<KeyPair> {
    const pair = await generateKey(algorithm)
    this.secrets.push(pair.scalar)
    return pair
  }

  signer() { return this.mine }
  async makeSigner(name: string) {
    this.pair = await this.fresh('ECDSA')
    return this.mine = { key: this.pair.publicKey, name }
  }
  async keepCertificate(certificate: Bytes) { if (this.mine) this.mine = { ...this.mine, certificate } }
  async sign(bytes: Bytes) {
    if (!this.pair) throw new Error('no signer')
    this.signed.push(bytes)
    return sign(saveKey(this.pair), bytes)
  }
  statement() { return this.own }
  async makeStatement(unsigned: Parameters<SignerKeys['makeStatement']>[0]) {
    const [a, b] = [await this.fresh('ECDSA'), await this.fresh('ECDH')]
    return this.own = { unsigned: unsigned({ signatureKey: a.publicKey, hpkeKey: b.publicKey }) }
  }
  async keepStatement(signed: Bytes) { if (this.own) this.own = { ...this.own, signed } }
  seen() { return this.newest }
  async saw(roster: SeenRoster) { this.newest = roster }
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

/** docs/formats.md, signer's request. */
export const fakeRequests: SignerRequests = {
  unsigned: (key, name) => concat(utf8('naast/signer-request/v1\0'), key, sized16(utf8(name))),
  whole: (unsigned, signature) => concat(unsigned, sized16(signature)),
}
