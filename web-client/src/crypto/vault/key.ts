import { own, random, zero, type Bytes, type Bytes32 } from '../bytes'
import { CryptoError, demand, refuse } from '../errors'

const NONCE = 12
const TAG = 16

/**
 * Owner of the 32 bytes of an AES-256-GCM key, from its making to `destroy`. Nothing else may keep them: they are a field that neither
 * JSON nor a console prints, and WebCrypto gets a copy for each use only. After `destroy` every call is `misuse`.
 */
export class SecretKey {
  #bytes: Bytes32 | undefined

  private constructor(bytes: Bytes32) { this.#bytes = bytes }

  static make(): SecretKey { return new SecretKey(random(32)) }

  /** Takes the array over: it is overwritten by `destroy`. */
  static owning(bytes: Bytes32): SecretKey {
    demand(bytes.length === 32, 'malformed')
    return new SecretKey(bytes)
  }

  private get bytes(): Bytes32 { return this.#bytes ?? refuse('misuse') }

  private imported(usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
    return crypto.subtle.importKey('raw', this.bytes, 'AES-GCM', false, [usage])
  }

  /** Random nonce (12 bytes) ‖ ciphertext with tag. */
  async seal(plaintext: Bytes, aad: Bytes): Promise<Bytes> {
    const nonce = random(NONCE)
    const sealed = new Uint8Array(NONCE + plaintext.length + TAG)
    sealed.set(nonce)
    sealed.set(new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: aad }, await this.imported('encrypt'), plaintext)), NONCE)
    return sealed
  }

  /** Throws `unreadable` for whatever was not sealed by this key for this place. */
  async open(sealed: Uint8Array, aad: Bytes): Promise<Bytes> {
    const key = await this.imported('decrypt')
    const parameters = { name: 'AES-GCM', iv: own(sealed.subarray(0, NONCE)), additionalData: aad }
    try {
      return new Uint8Array(await crypto.subtle.decrypt(parameters, key, own(sealed.subarray(NONCE))))
    } catch {
      throw new CryptoError('unreadable')
    }
  }

  /** This key, sealed under another. */
  wrappedBy(other: SecretKey, aad: Bytes): Promise<Bytes> { return other.seal(this.bytes, aad) }

  destroy(): void {
    if (this.#bytes) zero(this.#bytes)
    this.#bytes = undefined
  }
}
