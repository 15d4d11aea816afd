import type { Bytes32 } from '../bytes'

/** Arithmetic modulo the prime of P-256 (FIPS 186-5, SP 800-186 §3.2.1.3) in BigInt: variable time, so never over a secret (see scalar.ts). */
export const P = BigInt('0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff')
/** Order of the group. */
export const N = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')

/** The least non-negative residue. */
export function mod(a: bigint, m: bigint = P): bigint {
  const rest = a % m
  return rest < 0n ? rest + m : rest
}

/** Inverse modulo P by the extended Euclidean algorithm; 0 gives 0. */
export function inverse(a: bigint): bigint {
  let [x, y, s, t] = [mod(a), P, 1n, 0n]
  while (x !== 0n) {
    const q = y / x
    ;[y, x] = [x, y - q * x]
    ;[t, s] = [s, t - q * s]
  }
  return mod(t)
}

/** Big-endian bytes as a number. */
export function toNumber(bytes: Uint8Array): bigint {
  let digits = '0x0'
  for (const byte of bytes) digits += byte.toString(16).padStart(2, '0')
  return BigInt(digits)
}

/** A number below 2^256 as 32 big-endian bytes. */
export function toBytes(n: bigint): Bytes32 {
  const digits = n.toString(16).padStart(64, '0')
  return Uint8Array.from({ length: 32 }, (_, i) => parseInt(digits.slice(2 * i, 2 * i + 2), 16))
}
