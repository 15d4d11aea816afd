import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

const SUFFIX = '.words'
const read = (file: string): Record<string, unknown> => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>

/**
 * `ar.words`: the words of `ar.json` without their keys, in the order of `nl.json`, which travels with the page and has them all; null where there are none. The keys are a quarter of what a language
 * file weighs on the line.
 */
export function words(): Plugin {
  return {
    name: 'words', enforce: 'pre',
    resolveId: (source, importer) => (source.endsWith(SUFFIX) && importer ? `\0${join(dirname(importer), source)}` : null),
    load(id) {
      if (!id.startsWith('\0') || !id.endsWith(SUFFIX)) return null
      const file = `${id.slice(1, -SUFFIX.length)}.json`
      const nl = join(dirname(file), 'nl.json')
      for (const one of [file, nl]) this.addWatchFile(one)
      const own = read(file)
      return `export default ${JSON.stringify(Object.keys(read(nl)).map(key => own[key] ?? null))}`
    },
  }
}
