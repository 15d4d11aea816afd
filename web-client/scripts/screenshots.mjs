// npm run screenshots [-- --only talking] [-- --all]: every screen of the visitor's page (Dutch, Arabic) and of the staff's
// two (Dutch) as a picture in test-results/screenshots, at 360×640 and 1280×800. To be looked at by a person; what a machine can
// check on the same screens is test-browser/pages/gallery.story.ts. --all: dark, forced colours, English, words half as long
// again, 320×480, the keyboard open, and 200 %. --engine 83: the visitor's page as an old phone draws it. --both: only the
// picture of both sides talking, docs/both-sides.png.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'

const home = resolve(import.meta.dirname, '..')
const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, all: { type: 'boolean' }, engine: { type: 'string', default: '' }, both: { type: 'boolean' } } })
const module = async path => (await runnerImport(join(home, path), { logLevel: 'warn', configFile: false })).module
const { CHROMIUM, CHROMIUM_83, CHROMIUM_109, ChromiumPage, isHere } = await module('test-browser/harness/chromium.ts')
const { GALLERY, serveGallery } = await module('test-browser/site/gallery.ts')

const PHONE = [360, 640]
const TABLE = [1280, 800]
const SIDES = {
  visitor: {
    plain: [['nl', 'light', PHONE], ['nl', 'light', TABLE], ['ar', 'light', PHONE], ['ar', 'light', TABLE]],
    // With the keyboard open 230 of 480 px are left.
    more: [['en', 'light', PHONE], ['pseudo', 'light', PHONE], ['nl', 'dark', PHONE], ['ar', 'dark', PHONE], ['nl', 'forced', PHONE], ['nl', 'light', [320, 480]], ['nl', 'light', [320, 230]], ['ar', 'light', [320, 230]]],
  },
  staff: {
    plain: [['nl', 'light', PHONE], ['nl', 'light', TABLE]],
    more: [['en', 'light', TABLE], ['pseudo', 'light', TABLE], ['nl', 'dark', TABLE], ['nl', 'forced', TABLE], ['nl', 'light', [640, 400]], ['nl', 'light', [1024, 768]]],
  },
  console: {
    plain: [['nl', 'light', PHONE], ['nl', 'light', TABLE]],
    more: [['en', 'light', TABLE], ['pseudo', 'light', TABLE], ['nl', 'dark', TABLE], ['nl', 'forced', TABLE], ['nl', 'light', [640, 400]], ['nl', 'light', [1024, 768]]],
  },
}

const engine = { 83: CHROMIUM_83, 109: CHROMIUM_109 }[values.engine] ?? CHROMIUM
if (!isHere(engine)) throw new Error(`${engine.program} is not there${values.engine && ': npm run test:browser puts it there'}`)
const folder = join(home, 'test-results/screenshots')
mkdirSync(folder, { recursive: true })
const gallery = await serveGallery()
const page = await ChromiumPage.open(engine)
let count = 0

async function take(side, screen, language, theme, [width, height]) {
  await page.cdp('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: theme === 'dark' ? 'dark' : 'light' }, { name: 'forced-colors', value: theme === 'forced' ? 'active' : 'none' }] })
  await page.size(width, height)
  // As on a phone, where they show only while something moves.
  await page.cdp('Emulation.setScrollbarsHidden', { hidden: width < 700 })
  await gallery.show(page, side, screen, language)
  count++
  return page.picture()
}

async function all() {
  for (const [side, { plain, more }] of Object.entries(SIDES)) {
    for (const screen of GALLERY[side].filter(name => `${side}.${name}`.includes(values.only))) {
      for (const [language, theme, size] of values.all ? [...plain, ...more] : plain) {
        const name = `${side}.${screen}.${language}.${theme}.${size.join('x')}${values.engine && `.chromium${values.engine}`}`
        writeFileSync(join(folder, `${name}.png`), await take(side, screen, language, theme, size))
      }
    }
  }
}

/** Runs in the page: the phone beside the desk, at the same height. Pictures go in and out as base64. */
async function beside(phone, desk) {
  const load = async data => { const image = new Image(); image.src = `data:image/png;base64,${data}`; await image.decode(); return image }
  const [left, right] = [await load(phone), await load(desk)]
  const canvas = document.createElement('canvas')
  const width = Math.round(right.width * left.height / right.height)
  Object.assign(canvas, { width: left.width + width + 72, height: left.height + 48 })
  const paper = canvas.getContext('2d')
  paper.fillStyle = '#dddcd5'
  paper.fillRect(0, 0, canvas.width, canvas.height)
  paper.imageSmoothingQuality = 'high'
  paper.drawImage(left, 24, 24)
  paper.drawImage(right, left.width + 48, 24, width, left.height)
  return canvas.toDataURL('image/png').split(',')[1]
}

async function both() {
  const [phone, desk] = [await take('visitor', 'talking', 'nl', 'light', PHONE), await take('staff', 'talking', 'nl', 'light', TABLE)]
  writeFileSync(join(home, '../docs/both-sides.png'), Buffer.from(await page.run(beside, phone.toString('base64'), desk.toString('base64')), 'base64'))
}

await (values.both ? both() : all())
for (const problem of page.problems) console.error(problem)
await page.close()
gallery.close()
console.log(values.both ? 'docs/both-sides.png' : `${count} screenshots in ${folder}`)
process.exitCode = page.problems.length ? 1 : 0
