/**
 * What ts-mls needs and engines before Chrome 92, Firefox 90 and Safari 15.4 lack: `at` on arrays and typed arrays, and
 * 64-bit reads and writes on DataView. Imported first by every entry. With it the floor is Chrome 80, Firefox 78, Safari 14.
 */

/** `at(-1)` is the last element; an index outside the list gives undefined (ECMA-262 §23.1.3.1). */
function at<T>(this: ArrayLike<T>, index: number): T | undefined {
  const i = Math.trunc(index) || 0
  return this[i < 0 ? i + this.length : i]
}

const define = (on: object, name: string, value: unknown): void => {
  if (!(name in on)) Object.defineProperty(on, name, { value, configurable: true, writable: true })
}

function getBigUint64(this: DataView, offset: number, little?: boolean): bigint {
  const [high, low] = little ? [4, 0] : [0, 4]
  return (BigInt(this.getUint32(offset + high, little)) << 32n) | BigInt(this.getUint32(offset + low, little))
}

function setBigUint64(this: DataView, offset: number, value: bigint, little?: boolean): void {
  const [high, low] = little ? [4, 0] : [0, 4]
  this.setUint32(offset + high, Number((value >> 32n) & 0xffffffffn), little)
  this.setUint32(offset + low, Number(value & 0xffffffffn), little)
}

/** Adds what is missing to these prototypes; a parameter so that a test can look at what it does on bare objects. */
export function fill(array: object, typedArray: object, dataView: object): void {
  define(array, 'at', at)
  define(typedArray, 'at', at)
  define(dataView, 'getBigUint64', getBigUint64)
  define(dataView, 'setBigUint64', setBigUint64)
}

fill(Array.prototype, Object.getPrototypeOf(Uint8Array.prototype) as object, DataView.prototype)
