import { concat, sha256, utf8, type Bytes, type Bytes32, type Bytes65 } from '../bytes'
import { demand } from '../errors'
import { Reader, sized16 } from '../reader'
import { sign, verify } from '../suite/ecdsa'

/** A coordinator's wish to become a roster signer (docs/formats.md §2): her key and her name, signed with that key. It goes to whoever keeps the organisation root; six words of its hash are compared by voice. */
export interface SignerRequest { key: Bytes65; name: string; signature: Bytes }

const NAME = 'naast/signer-request/v1\0'
/** What shows nothing, or shows in another order than it is written: in a name it would let two different ones look the same. */
const UNSEEN = /[\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]/

/** A name as it may stand in a request: 1 … 100 bytes, NFC, blanks only single and inside, nothing unseen. */
export const isSignerName = (name: string): boolean =>
  utf8(name).length >= 1 && utf8(name).length <= 100 && name === name.normalize('NFC') && !UNSEEN.test(name) && !/^ | {2}| $/.test(name)

const unsignedOf = (key: Bytes65, name: string): Bytes => concat(utf8(NAME), key, sized16(utf8(name)))

/** A name as somebody typed it, in the form that may be asked for; undefined when nothing does it. */
export function signerName(typed: string): string | undefined {
  const name = typed.normalize('NFC').trim().replace(/\s+/g, ' ')
  return isSignerName(name) ? name : undefined
}

/** The request, signed. Throws `misuse` for a name that is no {@link isSignerName}. */
export async function makeSignerRequest(privateKey: Uint8Array, key: Bytes65, name: string): Promise<Bytes> {
  demand(isSignerName(name), 'misuse')
  const unsigned = unsignedOf(key, name)
  return concat(unsigned, sized16(await sign(privateKey, unsigned)))
}

/** Throws `malformed` for anything that is no request, or not signed with its own key. */
export async function readSignerRequest(bytes: Uint8Array): Promise<SignerRequest> {
  const r = new Reader(bytes)
  r.name(NAME)
  const key = r.bytesOf(65)
  const name = r.text(r.sized16())
  const signature = r.sized16()
  r.end()
  r.check(isSignerName(name) && await verify(key, unsignedOf(key, name), signature))
  return { key, name, signature }
}

/** What the six words are of: everything but the signature. */
export const signerRequestHash = ({ key, name }: Pick<SignerRequest, 'key' | 'name'>): Promise<Bytes32> => sha256(unsignedOf(key, name))
