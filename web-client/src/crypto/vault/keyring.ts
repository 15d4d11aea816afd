import { concat, equal, random, utf8, zero, type Bytes, type Bytes32 } from '../bytes'
import { CryptoError, demand } from '../errors'
import { Reader, sized16, sized8, u32, u8 } from '../reader'
import { SecretKey } from './key'
import { keyOfPrf, keyOfWords, type Opener } from './secrets'

/** The vault's key, sealed for the seven words (docs/formats.md §10). */
export interface WordsWrap { readonly salt: Bytes32; readonly iterations: number; readonly sealed: Bytes }
/** The same key, sealed for one passkey. */
export interface PasskeyWrap { readonly credential: Bytes; readonly salt: Bytes32; readonly sealed: Bytes }
export interface Keyring { readonly words: WordsWrap; readonly passkeys: readonly PasskeyWrap[] }

/** Fewer are refused before anything is derived: whoever keeps the keyring must not make the words cheap to guess. More would only stop her computer. */
export const LEAST_ITERATIONS = 600_000
const MOST_ITERATIONS = 10_000_000
const NAME = 'naast/keyring/v1\0'
const SEALED = 12 + 32 + 16
const MOST_PASSKEYS = 20
/** One passkey on two devices is known to have given two answers; more than that is not kept. */
const SAME_PASSKEY = 2

const WORDS = 1
const PASSKEY = 2
const place = (person: string, ...head: Bytes[]): Bytes => concat(utf8(NAME), sized8(utf8(person)), ...head)
const placeOfWords = (person: string, salt: Bytes32, iterations: number): Bytes => place(person, u8(WORDS), salt, u32(iterations))
const placeOfPasskey = (person: string, credential: Bytes, salt: Bytes32): Bytes => place(person, u8(PASSKEY), sized16(credential), salt)

export async function wrapForWords(key: SecretKey, person: string, words: string, iterations = LEAST_ITERATIONS): Promise<WordsWrap> {
  const salt = random(32)
  const wrapping = await keyOfWords(words, salt, iterations)
  const sealed = await key.wrappedBy(wrapping, placeOfWords(person, salt, iterations))
  wrapping.destroy()
  return { salt, iterations, sealed }
}

export async function wrapForPasskey(key: SecretKey, person: string, credential: Bytes, prf: Bytes32): Promise<PasskeyWrap> {
  const salt = random(32)
  const wrapping = await keyOfPrf(prf, salt)
  const sealed = await key.wrappedBy(wrapping, placeOfPasskey(person, credential, salt))
  wrapping.destroy()
  return { credential, salt, sealed }
}

/** The newest wraps of a passkey stay, beside those of the others. */
export function withPasskey({ words, passkeys }: Keyring, wrap: PasskeyWrap): Keyring {
  const same = passkeys.filter(one => equal(one.credential, wrap.credential)).slice(1 - SAME_PASSKEY)
  const others = passkeys.filter(one => !equal(one.credential, wrap.credential))
  demand(others.length + same.length < MOST_PASSKEYS, 'misuse')
  return { words, passkeys: [...others, ...same, wrap] }
}

/** Opens nothing any more by that passkey. The vault's key stays: who kept an older keyring and has the passkey can still open it. */
export const withoutPasskey = ({ words, passkeys }: Keyring, credential: Bytes): Keyring =>
  ({ words, passkeys: passkeys.filter(one => !equal(one.credential, credential)) })

export const encodeKeyring = ({ words, passkeys }: Keyring): Bytes => concat(
  utf8(NAME), words.salt, u32(words.iterations), words.sealed,
  u8(passkeys.length), ...passkeys.flatMap(one => [sized16(one.credential), one.salt, one.sealed]),
)

/** Throws `malformed`, also for a number of iterations that is not ours to accept. */
export function decodeKeyring(bytes: Uint8Array): Keyring {
  const r = new Reader(bytes)
  r.name(NAME)
  const words = { salt: r.bytesOf(32), iterations: r.u32(), sealed: r.bytesOf(SEALED) }
  r.check(words.iterations >= LEAST_ITERATIONS && words.iterations <= MOST_ITERATIONS)
  const count = r.u8()
  r.check(count <= MOST_PASSKEYS)
  const passkeys = r.list(count, () => ({ credential: r.sized16(), salt: r.bytesOf(32), sealed: r.bytesOf(SEALED) }))
  r.end()
  return { words, passkeys }
}

async function unwrap(wrapping: SecretKey, sealed: Bytes, aad: Bytes): Promise<SecretKey> {
  try {
    return SecretKey.owning(await wrapping.open(sealed, aad))
  } finally {
    wrapping.destroy()
  }
}

/** The vault's key; throws `unreadable` for other words, another passkey, another person's keyring, or one that was changed. */
export async function openKeyring({ words, passkeys }: Keyring, person: string, by: Opener): Promise<SecretKey> {
  if ('words' in by) {
    const wrapping = await keyOfWords(by.words, words.salt, words.iterations)
    return unwrap(wrapping, words.sealed, placeOfWords(person, words.salt, words.iterations))
  }
  for (const { credential, salt, sealed } of passkeys.filter(one => equal(one.credential, by.credential))) {
    const key = await unwrap(await keyOfPrf(by.prf, salt), sealed, placeOfPasskey(person, credential, salt)).catch(() => undefined)
    if (key) return key
  }
  throw new CryptoError('unreadable')
}

/** What a passkey answered, once it is needed no more. */
export const forgetOpener = (by: Opener | undefined): void => { if (by && 'prf' in by) zero(by.prf) }
