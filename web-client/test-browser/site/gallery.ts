import { join } from 'node:path'
import { build } from 'vite'
import { words } from '../../scripts/words'
import { CONSOLE_SCREENS } from '../../test/gallery/console-fixtures'
import { SCREENS } from '../../test/gallery/fixtures'
import { STAFF_SCREENS } from '../../test/gallery/staff-fixtures'
import type { Page } from '../harness/page'
import { eventually } from '../harness/processes'
import { HEADERS, listen, sendFile } from './file'

export type Side = 'visitor' | 'staff' | 'console'
/** Every screen of a page, by the name of its fixture. */
export const GALLERY: Record<Side, readonly string[]> = { visitor: Object.keys(SCREENS), staff: STAFF_SCREENS, console: [...Object.keys(CONSOLE_SCREENS), 'not-here'] }
const DOCUMENTS: Record<Side, string> = { visitor: 'index.html', staff: 'desk.html', console: 'console.html' }

const home = join(import.meta.dirname, '../..')

/** Every screen of all pages, of made-up states, under the policy that the server sends: nothing behind them answers. */
export interface Gallery {
  /** Opens one screen and waits until it is drawn. `language`: a tag, or `pseudo` for words half as long again. */
  show(page: Page, side: Side, screen: string, language: string): Promise<void>
  close(): void
}

export async function serveGallery(): Promise<Gallery> {
  const root = join(home, 'test/gallery')
  const outDir = join(home, 'test-results/gallery')
  await build({
    root, configFile: false, plugins: [words()], logLevel: 'warn', json: { namedExports: false },
    build: { outDir, emptyOutDir: true, modulePreload: false, assetsInlineLimit: 0, target: 'es2020', rolldownOptions: { input: Object.values(DOCUMENTS).map(name => join(root, name)) } },
  })
  const { url, close } = await listen((request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value)
    sendFile(response, join(outDir, new URL(request.url ?? '/', 'http://gallery').pathname))
  })
  return {
    close,
    async show(page, side, screen, language) {
      await page.goto(`${url}${DOCUMENTS[side]}?screen=${screen}&lang=${language}`)
      await eventually(`${screen} in ${language}`, () => page.run(() => document.body.dataset['ready']))
    },
  }
}
