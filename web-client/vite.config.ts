import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { landing } from './scripts/landing.ts'
import { plainImport } from './scripts/plain-import.ts'
import { wordList } from './scripts/word-list.ts'
import { words } from './scripts/words.ts'

/**
 * The organisation's public root, base64url of the 65-byte P-256 point, from the file that NAAST_ROOT_FILE names.
 * It is compiled into the pages: a server cannot give a visitor another one. Without it there is no build.
 */
function organisationRoot(): string {
  const file = resolve(import.meta.dirname, process.env['NAAST_ROOT_FILE'] ?? '../.trial/root.pub')
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch {
    throw new Error(`The organisation's public root key is missing: ${file} cannot be read. ./naast run makes a trial one; NAAST_ROOT_FILE names another.`)
  }
  const point = Buffer.from(text, 'base64url')
  if (point.length !== 65 || point[0] !== 4 || point.toString('base64url') !== text) {
    throw new Error(`The organisation's public root key in ${file} must be one line: base64url, without padding, of an uncompressed P-256 point (65 bytes).`)
  }
  return text
}

// Tests hand their own root to what they test; nothing in them reads the compiled one.
const root = process.env['VITEST'] ? '' : organisationRoot()

/**
 * What ts-mls puts its codecs together with, for every structure of MLS and both ways: calls without effect but their value, which the
 * bundler cannot know by itself. Those that the page never uses (public messages, group info, other key exchanges' private parts) are left out.
 */
const codecs = [
  'encode', 'contramapBufferEncoder', 'contramapBufferEncoders', 'composeBufferEncoders', 'mapDecoder', 'mapDecoders', 'mapDecoderOption', 'mapDecodersOption',
  'flatMapDecoder', 'flatMapDecoderAndMap', 'orDecoder', 'succeedDecoder', 'failDecoder', 'optionalEncoder', 'decodeOptional', 'varLenTypeEncoder', 'decodeVarLenType',
  'base64RecordEncoder', 'decodeBase64Record', 'numberRecordEncoder', 'decodeNumberRecord', 'bigintMapEncoder', 'decodeBigintMap', 'enumNumberToKey', 'reverseMap', 'openEnumNumberToKey', 'openEnumNumberEncoder',
]

/**
 * What `src/wire` puts its readers together with: likewise, so that a page carries no reader of what only servers and other pages read. A name here
 * makes every call on something of that name pure: `bytes` is not among them, as ts-mls says `bytes.forEach(…)`, which was left out.
 */
const readers = ['frame', 'object', 'union', 'oneOf', 'int', 'list', 'nullable', 'byId']

export default defineConfig({
  plugins: [landing(), plainImport(), words(), wordList()],
  // Said here as well as in tsconfig.json, which leaves the tests out.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: { alias: { 'preact/jsx-runtime': resolve(import.meta.dirname, 'src/ui/jsx-runtime.ts') } },
  define: { __NAAST_ROOT__: JSON.stringify(root) },
  // The words are looked up by key: one object, not an export for each.
  json: { namedExports: false },
  build: {
    target: 'es2020',
    // What older engines than this lack is left out by them (rounded corners that follow the direction); nothing leans on it.
    cssTarget: 'chrome89',
    assetsDir: 'a',
    // An inlined asset would be a data: URL, which the page's policy forbids.
    assetsInlineLimit: 0,
    modulePreload: false,
    // Vite's own minifier leaves 1 kB more after brotli, of the 50 that the visitor's page may weigh.
    minify: 'terser',
    rolldownOptions: { treeshake: { manualPureFunctions: [...codecs, ...readers] } },
    // Small functions stay calls (`inline: 1`): what is written once packs better, by 160 bytes after brotli.
    terserOptions: { ecma: 2020, compress: { passes: 3, inline: 1 } },
  },
  test: {
    // `npm run vectors` writes the shared vectors anew instead of testing against them.
    include: [process.env['NAAST_VECTORS'] === 'write' ? 'test/wire/*.make.ts' : '{src,test}/**/*.test.{ts,tsx}'],
    reporters: ['default', ['json', { outputFile: 'test-results/unit.json' }]],
    // Two cores: a worker for each, and no more.
    maxWorkers: 2,
    // Shared machines are slow at times; a test that hangs still ends.
    testTimeout: 30_000,
  },
})
