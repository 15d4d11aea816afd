import { hex, toBase64Url, type Bytes } from '../../src/crypto/bytes'
import { suite } from '../../src/crypto/session/provider'

interface Seal { key: string; nonce: string; sealed: Buffer }

/** Every AEAD seal that MLS asks the provider for, and what left some client of it. */
export class Seals {
  private readonly all: Seal[] = []
  private readonly original = suite.hpke.encryptAead

  /** From here until `end`. */
  begin(): this {
    suite.hpke.encryptAead = async (key, nonce, aad, plain) => {
      // The key may be overwritten while it is being used.
      const used = { key: hex(key), nonce: hex(nonce) }
      const sealed = await this.original(key, nonce, aad, plain)
      this.all.push({ ...used, sealed: Buffer.from(sealed) })
      return sealed
    }
    return this
  }

  end(): void {
    suite.hpke.encryptAead = this.original
  }

  get count(): number {
    return this.all.length
  }

  /** A key with a nonce that sealed twice. */
  doubled(): string[] {
    const seen = new Set<string>()
    return this.all.map(({ key, nonce }) => `${key} ${nonce}`).filter(pair => seen.has(pair) || !seen.add(pair))
  }

  /** A key, so a generation of a ratchet, of which two different ciphertexts left: `bodies` are all that were sent. */
  reused(bodies: readonly Bytes[]): string[] {
    const sent = [...new Map(bodies.map(body => [toBase64Url(body), Buffer.from(body)])).values()]
    const left = new Map<string, number>()
    for (const { key, sealed } of this.all) if (sent.some(body => body.includes(sealed))) left.set(key, (left.get(key) ?? 0) + 1)
    return [...left].filter(([, times]) => times > 1).map(([key, times]) => `${key} sent ${times} times`)
  }
}
