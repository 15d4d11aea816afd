import type { Plugin } from 'vite'

const HELPER = '\0vite/preload-helper.js'

/**
 * `import()` as the browser has it. Vite wraps each one in a helper of 1 kB (brotli) that loads styles and other chunks
 * beforehand; ours have neither.
 */
export function plainImport(): Plugin {
  return { name: 'plain-import', enforce: 'pre', load: id => (id === HELPER ? 'export const __vitePreload = load => load()' : null) }
}
