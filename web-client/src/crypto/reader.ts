import { concat, utf8, type Bytes } from './bytes'
import { demand, refuse, type ErrorCode } from './errors'

/** Big-endian numbers and length-prefixed bytes, for the layouts of docs/formats.md. */
export const u8 = (n: number): Bytes => Uint8Array.of(n)
export const u16 = (n: number): Bytes => Uint8Array.of(n >>> 8, n)
export const u32 = (n: number): Bytes => Uint8Array.of(n >>> 24, n >>> 16, n >>> 8, n)
export const u64 = (n: number): Bytes => concat(u32(Math.floor(n / 2 ** 32)), u32(n % 2 ** 32 >>> 0))
export const sized8 = (bytes: Uint8Array): Bytes => concat(u8(bytes.length), bytes)
export const sized16 = (bytes: Uint8Array): Bytes => concat(u16(bytes.length), bytes)
export const sized32 = (bytes: Uint8Array): Bytes => concat(u32(bytes.length), bytes)

/**
 * Reads such a layout from front to back and never past the end; every fault throws the one code it was made with,
 * so that a refusal says nothing about where. `end()` refuses what is left over.
 */
export class Reader {
  private at = 0
  constructor(private readonly bytes: Uint8Array, private readonly code: ErrorCode = 'malformed') {}

  check(condition: boolean): void {
    demand(condition, this.code)
  }

  /** How many are not read yet. */
  get left(): number { return this.bytes.length - this.at }

  bytesOf(length: number): Bytes {
    this.check(this.at + length <= this.bytes.length)
    this.at += length
    return new Uint8Array(this.bytes.subarray(this.at - length, this.at))
  }

  /** A number of up to eight bytes that JavaScript holds exactly. */
  number(length: number): number {
    const value = this.bytesOf(length).reduce((sum, byte) => sum * 256 + byte, 0)
    this.check(Number.isSafeInteger(value))
    return value
  }

  u8(): number { return this.number(1) }
  u16(): number { return this.number(2) }
  u32(): number { return this.number(4) }
  u64(): number { return this.number(8) }
  sized8(): Bytes { return this.bytesOf(this.u8()) }
  sized16(): Bytes { return this.bytesOf(this.u16()) }
  sized32(): Bytes { return this.bytesOf(this.u32()) }

  /** The bytes that open a form: its name and version. */
  name(expected: string): void {
    const name = utf8(expected)
    this.check(this.bytesOf(name.length).every((byte, i) => byte === name[i]))
  }

  /** Valid UTF-8 without a byte order mark. */
  text(bytes: Uint8Array): string {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch {
      return refuse(this.code)
    }
  }

  list<T>(count: number, read: () => T): T[] {
    return Array.from({ length: count }, read)
  }

  /** What is left, and then nothing is. */
  rest(): Bytes {
    return this.bytesOf(this.bytes.length - this.at)
  }

  end(): void {
    this.check(this.at === this.bytes.length)
  }
}
