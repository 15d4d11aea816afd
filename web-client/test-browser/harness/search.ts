import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The forms in which secret bytes may travel: as they are (inside a DER structure, too), in hex, in base64 at any place of something longer (JWK, PKCS#8), and as numbers. */
function formsOfBytes(secret: Buffer): { form: string; bytes: Buffer }[] {
  const hex = secret.toString('hex')
  return [{ form: 'raw', bytes: secret }, { form: 'hex', bytes: Buffer.from(hex) }, { form: 'HEX', bytes: Buffer.from(hex.toUpperCase()) }, { form: 'numbers', bytes: Buffer.from([...secret].join()) },
    { form: 'array', bytes: Buffer.from(JSON.stringify(new Uint8Array(secret)).slice(1, -1)) }, ...inBase64(secret)]
}

/** Base64 has three alignments; the characters that depend on neighbours are left off at both ends. */
const inBase64 = (inside: Buffer): { form: string; bytes: Buffer }[] => [0, 1, 2].flatMap(shift => {
  const text = Buffer.concat([Buffer.alloc(shift), inside]).toString('base64')
  const inner = text.slice(shift === 0 ? 0 : shift + 1, Math.floor((shift + inside.length) / 3) * 4)
  const url = inner.replaceAll('+', '-').replaceAll('/', '_')
  return [{ form: `base64+${shift}`, bytes: Buffer.from(inner) }, ...url === inner ? [] : [{ form: `base64url+${shift}`, bytes: Buffer.from(url) }]]
})

/** The forms in which a text may lie in bytes: as it is, as Java or JavaScript hold it, and as it would be packed into JSON, a URL or base64. */
export function forms(canary: string): { form: string; bytes: Buffer }[] {
  const utf8 = Buffer.from(canary)
  const utf16 = Buffer.from(canary, 'utf16le')
  const all = [{ form: 'utf-8', bytes: utf8 }, { form: 'utf-16le', bytes: utf16 }, { form: 'utf-16be', bytes: Buffer.from(utf16).swap16() },
    { form: 'hex', bytes: Buffer.from(utf8.toString('hex')) }]
  // What is not ASCII has more forms: Java keeps what fits in Latin-1 so, and JSON may be escaped.
  if (utf8.length > canary.length) {
    const escaped = canary.replace(/[^\x20-\x7e]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    all.push({ form: 'latin-1', bytes: Buffer.from(canary, 'latin1') }, { form: 'json', bytes: Buffer.from(escaped) })
  }
  return [...all, ...inBase64(utf8)]
}

/** In which forms which secrets lie in some bytes: `name (form)`. */
export const secretsIn = (bytes: Buffer, secrets: Readonly<Record<string, Uint8Array>>): string[] => Object.entries(secrets)
  .flatMap(([name, secret]) => formsOfBytes(Buffer.from(secret)).filter(({ bytes: form }) => bytes.includes(form)).map(({ form }) => `${name} (${form})`))

/** Where canaries lie in some bytes: `canary (form)`. */
export function hitsIn(bytes: Buffer, canaries: readonly string[]): string[] {
  return canaries.flatMap(canary => forms(canary).filter(({ bytes: form }) => bytes.includes(form)).map(({ form }) => `${canary} (${form})`))
}

/** Where canaries lie in the files of a folder, names included: `path: canary (form)`. Files of any size, in steps that overlap. */
export function hitsUnder(folder: string, canaries: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap(name => {
    const path = join(folder, name)
    const inName = hitsIn(Buffer.from(name), canaries)
    const inside = statSync(path, { throwIfNoEntry: false })?.isFile() ? hitsInFile(path, canaries) : []
    return [...new Set([...inName, ...inside])].map(hit => `${name}: ${hit}`)
  })
}

export function hitsInFile(path: string, canaries: readonly string[]): string[] {
  const step = 16 * 1024 * 1024
  const overlap = 4096
  const buffer = Buffer.alloc(step + overlap)
  const found = new Set<string>()
  const file = openSync(path, 'r')
  try {
    for (let at = 0; ; at += step) {
      const read = readSync(file, buffer, 0, buffer.length, at)
      for (const hit of hitsIn(buffer.subarray(0, read), canaries)) found.add(hit)
      if (read < buffer.length) return [...found]
    }
  } finally { closeSync(file) }
}
