import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const home = join(import.meta.dirname, '../..')
export const read = (file: string): string => readFileSync(join(home, file), 'utf8')
/** The files in a folder whose names end so, tests left out. */
export const files = (folder: string, end: RegExp): string[] => readdirSync(join(home, folder), { recursive: true, encoding: 'utf8' })
  .filter(name => end.test(name) && !/\.test\.tsx?$/.test(name)).map(name => join(folder, name))
/** Without comments: they may name what the code must not use. */
export const code = (file: string): string => read(file).replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '').replace(/(\s)\/\/ .*$/gm, '$1')

/** What no script of either page may touch, and the requirement that says so. */
export const FORBIDDEN = {
  'V4 storage': /\b(localStorage|sessionStorage|indexedDB|caches|cookie)\b/,
  'V5 service worker, push': /\b(serviceWorker|PushManager|rel="manifest")/,
  'V8 a title that changes': /document\.title|\.title\s*=[^=]/,
  'V37 files, voice, camera': /\b(getUserMedia|FileReader|type="file"|clipboard)\b/,
  'V40 text that becomes markup': /\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|DOMParser|eval\(|new Function)\b/,
} as const satisfies Record<string, RegExp>

/** What no stylesheet may say. */
export const UNSTYLISH = {
  'V48 a side of the screen in place of a direction of writing': /(^|[\s;{-])(left|right)\b|(margin|padding|border)-(top|bottom)\b|text-align:\s*(left|right)|\b(float|clear):/,
  'V28 movement': /\b(animation|transition|@keyframes|scroll-behavior)\b/,
  'V49 V54 something to load: a font, an image, another sheet': /url\(|@import|@font-face/,
} as const satisfies Record<string, RegExp>

export const faultsIn = (rules: Readonly<Record<string, RegExp>>, text: string): string[] =>
  Object.entries(rules).filter(([, pattern]) => pattern.test(text)).map(([what]) => what)
