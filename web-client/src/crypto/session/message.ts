import { concat, equal, type Bytes } from '../bytes'
import { demand } from '../errors'
import { guard } from './guard'
import {
  decodeKeyPackage, decodePrivateMessage, decodeWelcome, encodeKeyPackage, encodePrivateMessage, encodeWelcome,
  type KeyPackage, type PrivateMessage, type Welcome,
} from './mls'

/**
 * MLSMessage (RFC 9420 §6): version 1, a wire format, one structure. We write and read three of them; PublicMessage and GroupInfo are
 * not even decoded.
 */
const PRIVATE_MESSAGE = 2
const WELCOME = 3
const KEY_PACKAGE = 5

const header = (format: number): Bytes => Uint8Array.of(0, 1, 0, format)

type Decoder<T> = (bytes: Uint8Array, offset: number) => [T, number] | undefined

const read = <T>(format: number, decoder: Decoder<T>) => (bytes: Bytes): Promise<T> => guard('malformed', () => {
  demand(equal(bytes.subarray(0, 4), header(format)), 'malformed')
  const decoded = decoder(bytes, 4)
  demand(decoded !== undefined && 4 + decoded[1] === bytes.length, 'malformed')
  return decoded[0]
})

export const writePrivateMessage = (message: PrivateMessage): Bytes => concat(header(PRIVATE_MESSAGE), encodePrivateMessage(message))
export const writeWelcome = (welcome: Welcome): Bytes => concat(header(WELCOME), encodeWelcome(welcome))
export const writeKeyPackage = (keyPackage: KeyPackage): Bytes => concat(header(KEY_PACKAGE), encodeKeyPackage(keyPackage))

/** Each takes the whole bytes and nothing but that structure, whatever its suite; throws `malformed`. */
export const readPrivateMessage = read(PRIVATE_MESSAGE, decodePrivateMessage)
export const readWelcome = read(WELCOME, decodeWelcome)
export const readKeyPackage = read(KEY_PACKAGE, decodeKeyPackage)
