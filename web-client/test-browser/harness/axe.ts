import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from './page'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Found { violations: { id: string; nodes: { html: string }[] }[] }

/** What axe-core finds against WCAG 2.2 A and AA on the page as it stands: `rule: element`. */
export async function axe(page: Page): Promise<string[]> {
  if (!await page.run(() => 'axe' in window)) await page.run(new Function(`${source}\nreturn true`) as () => boolean)
  const found = await page.run(() => (window as unknown as { axe: { run(options: object): Promise<Found> } }).axe
    .run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] })
    .then(({ violations }) => ({ violations: violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html: html.slice(0, 120) })) })) })))
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}
