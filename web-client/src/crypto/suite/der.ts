import { concat, type Bytes } from '../bytes'

const SEQUENCE = 0x30
const INTEGER = 0x02

function integer(value: Uint8Array): Bytes {
  const first = value.findIndex((byte, i) => byte !== 0 || i === value.length - 1)
  const digits = value.subarray(first)
  const sign = (digits[0] ?? 0) & 0x80 ? Uint8Array.of(0) : new Uint8Array(0)
  return concat(Uint8Array.of(INTEGER, sign.length + digits.length), sign, digits)
}

/** WebCrypto's r ‖ s (64 bytes) as DER (RFC 3279 §2.2.3), which MLS and statements carry. */
export function toDer(signature: Uint8Array): Bytes {
  const body = concat(integer(signature.subarray(0, 32)), integer(signature.subarray(32)))
  return concat(Uint8Array.of(SEQUENCE, body.length), body)
}

/** The digits of one minimal, non-negative INTEGER of at most 32 bytes, and what follows it. */
function readInteger(der: Uint8Array): [digits: Uint8Array, rest: Uint8Array] | undefined {
  const length = der[1] ?? 0
  const value = der.subarray(2, 2 + length)
  if (der[0] !== INTEGER || length === 0 || value.length !== length) return undefined
  const [first = 0, second = 0] = value
  if (first & 0x80) return undefined
  if (length > 1 && first === 0 && !(second & 0x80)) return undefined
  const digits = first === 0 ? value.subarray(1) : value
  return digits.length > 32 ? undefined : [digits, der.subarray(2 + length)]
}

/**
 * r ‖ s of a strict DER signature: definite short lengths, minimal positive integers, no trailing byte.
 * Anything else gives undefined, so that one signature has one encoding.
 */
export function fromDer(der: Uint8Array): Bytes | undefined {
  if (der[0] !== SEQUENCE || der[1] !== der.length - 2) return undefined
  const r = readInteger(der.subarray(2))
  const s = r && readInteger(r[1])
  if (!r || !s || s[1].length !== 0) return undefined
  const out = new Uint8Array(64)
  out.set(r[0], 32 - r[0].length)
  out.set(s[0], 64 - s[0].length)
  return out
}
