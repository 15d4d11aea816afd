import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Plugin } from 'vite'

const SUFFIX = '.list'
/** Of an id `\0nl.list`. */
const fileOf = (id: string): string => resolve(import.meta.dirname, '../../config/words', `${id.slice(1, -SUFFIX.length)}.txt`)

/** `nl.list`: the words of `config/words/nl.txt`, which the server's half reads too, as one text with a blank between them: a file of its own, fetched when somebody needs words. */
export function wordList(): Plugin {
  return {
    name: 'word-list', enforce: 'pre',
    resolveId: (source, importer) => (source.endsWith(SUFFIX) && importer ? `\0${basename(source)}` : null),
    load(id) {
      if (!id.startsWith('\0') || !id.endsWith(SUFFIX)) return null
      this.addWatchFile(fileOf(id))
      return `export default ${JSON.stringify(readFileSync(fileOf(id), 'utf8').trimEnd().split('\n').join(' '))}`
    },
  }
}
