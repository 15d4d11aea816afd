import { concat, type Bytes65 } from '../bytes'
import { demand } from '../errors'
import { P, inverse, mod, toBytes, toNumber } from './field'

/** A point of P-256 in Jacobian coordinates: x = X/Z², y = Y/Z³; Z = 0 is the point at infinity. */
export type Point = readonly [X: bigint, Y: bigint, Z: bigint]

const INFINITY: Point = [0n, 1n, 0n]
const B = BigInt('0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b')
const G: Point = [
  BigInt('0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296'),
  BigInt('0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5'),
  1n,
]

/**
 * The point behind 65 uncompressed bytes. Format, range and curve equation are checked here and not left to the engine
 * (RFC 9180 §7.1.4, SP 800-56A §5.6.2.3): WebKitGTK and WPE take points that are not on the curve.
 * The cofactor is 1, so a point on the curve is in the group. Throws `malformed`.
 */
export function toPoint(key: Uint8Array): Point {
  demand(key.length === 65 && key[0] === 4, 'malformed')
  const [x, y] = [toNumber(key.subarray(1, 33)), toNumber(key.subarray(33))]
  demand(x < P && y < P && mod(y * y - x * x * x + 3n * x - B) === 0n, 'malformed')
  return [x, y, 1n]
}

/** Uncompressed bytes of a point that is not infinity. */
export function fromPoint([X, Y, Z]: Point): Bytes65 {
  demand(Z !== 0n, 'malformed')
  const z = inverse(Z)
  const zz = mod(z * z)
  return concat(Uint8Array.of(4), toBytes(mod(X * zz)), toBytes(mod(Y * mod(zz * z))))
}

/** Doubling for a = −3 (Bernstein and Lange, dbl-2001-b without its shortcuts). */
export function double([X, Y, Z]: Point): Point {
  const delta = mod(Z * Z)
  const gamma = mod(Y * Y)
  const beta = mod(X * gamma)
  const alpha = mod(3n * (X - delta) * (X + delta))
  const x = mod(alpha * alpha - 8n * beta)
  return [x, mod(alpha * (4n * beta - x) - 8n * gamma * gamma), mod(2n * Y * Z)]
}

/** Addition, complete: equal, opposite and infinite operands too (add-1998-cmo-2). */
export function add(p: Point, q: Point): Point {
  if (p[2] === 0n) return q
  if (q[2] === 0n) return p
  const [z1, z2] = [mod(p[2] * p[2]), mod(q[2] * q[2])]
  const [u, s] = [mod(p[0] * z2), mod(p[1] * z2 * q[2])]
  const h = mod(q[0] * z1 - u)
  const r = mod(q[1] * z1 * p[2] - s)
  if (h === 0n) return r === 0n ? double(p) : INFINITY
  const hh = mod(h * h)
  const [v, hhh] = [mod(u * hh), mod(hh * h)]
  const x = mod(r * r - hhh - 2n * v)
  return [x, mod(r * (v - x) - s * hhh), mod(p[2] * q[2] * h)]
}

const TEETH = 4
const STEP = 256 / TEETH
let comb: Point[] | undefined

/** Sums of G, 2^64·G, 2^128·G and 2^192·G for each subset of the four; made on first use, since many pages never need it. */
function combTable(): Point[] {
  const table: Point[] = [INFINITY]
  let base = G
  for (let tooth = 0; tooth < TEETH; tooth++) {
    const half = [...table]
    const tip = base
    table.push(...half.map(point => add(point, tip)))
    for (let i = 0; i < STEP; i++) base = double(base)
  }
  return table
}

/** scalar·G for 0 ≤ scalar < 2^256 by a Lim–Lee comb: 64 doublings and at most 64 additions. Variable time: see scalar.ts. */
export function multiplyG(scalar: bigint): Point {
  const table = (comb ??= combTable())
  const bits = scalar.toString(2).padStart(256, '0')
  let result = INFINITY
  for (let i = 0; i < STEP; i++) {
    let index = 0
    for (let tooth = 0; tooth < TEETH; tooth++) index |= Number(bits[i + STEP * (TEETH - 1 - tooth)]) << tooth
    result = add(double(result), table[index] as Point)
  }
  return result
}
