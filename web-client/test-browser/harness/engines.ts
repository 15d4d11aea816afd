import { existsSync } from 'node:fs'
import { CHROMIUM, CHROMIUM_109, CHROMIUM_83, ChromiumPage, isHere } from './chromium'
import { FIREFOX, FirefoxPage } from './firefox'
import type { Page } from './page'
import { NO_LEAVING, WebKitPage, withoutWebKit } from './webkit'

/**
 * An engine that a visitor may come with. `missing`: why this machine cannot run it, or undefined. `noLeaving`: why its driver cannot be told the stories of Back and of
 * the way to the neutral site: those are NOT RUN in it.
 */
export interface VisitorEngine { name: string; missing(): string | undefined; noLeaving?: string; open(): Promise<Page> }

const chromium = (engine: typeof CHROMIUM): VisitorEngine => ({
  name: engine.name,
  missing: () => isHere(engine) ? undefined : `${engine.program} is not there`,
  open: () => ChromiumPage.open(engine),
})

export const ENGINES: readonly VisitorEngine[] = [
  chromium(CHROMIUM),
  { name: FIREFOX.name, missing: () => existsSync(FIREFOX.program) ? undefined : `${FIREFOX.program} is not there`, open: () => FirefoxPage.open() },
  chromium(CHROMIUM_83),
  chromium(CHROMIUM_109),
  ...process.env['NAAST_ALL'] === '1' ? [{ name: 'webkit', missing: withoutWebKit, noLeaving: NO_LEAVING, open: () => WebKitPage.open() }] : [],
]
