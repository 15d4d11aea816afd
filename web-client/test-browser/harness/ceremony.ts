import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freshFolder, typed } from './processes'
import type { Own } from './server'

const checkout = join(import.meta.dirname, '../../..')
const PASSPHRASE = 'zaag boom wolk lamp tafel anker stoel'

/** What two people do by docs/key-ceremony.md with `./naast keys` and two sticks, the root's and the one that carries files. Nothing here talks with a server. */
export class Ceremony {
  private readonly root = freshFolder('root')
  private readonly carry = freshFolder('carry')

  private constructor() {}

  /** Steps 1 to 4: a root, and its public half to carry away. */
  static async begin(): Promise<Ceremony> {
    const ceremony = new Ceremony()
    await ceremony.keys([PASSPHRASE, PASSPHRASE], 'init')
    writeFileSync(join(ceremony.carry, 'root.pub'), readFileSync(join(ceremony.folder, 'root.pub')))
    return ceremony
  }

  private get folder(): string { return join(this.root, 'naast-keys') }

  /** As it is compiled into pages. */
  get publicRoot(): string { return readFileSync(join(this.carry, 'root.pub'), 'utf8').trim() }

  private keys(lines: readonly string[], ...args: string[]): Promise<string> {
    return typed(join(checkout, 'naast'), ['keys', ...args, '--dir', this.folder], lines, { cwd: this.carry })
  }

  /** Pages that believe this root, as `./naast build` makes them, only faster; and what a server needs beside them. */
  async pages(): Promise<Own> {
    const [pages, rootFile] = [join(this.carry, 'pages'), join(this.carry, 'root.pub')]
    mkdirSync(pages)
    const home = join(checkout, 'web-client')
    await typed(process.execPath, ['scripts/build.mjs', '--out', pages, '--quick'], [], { cwd: home, env: { ...process.env, NODE_ENV: 'production', NAAST_ROOT_FILE: rootFile, VITEST: '' } })
    return { pages, rootFile }
  }

  /** Steps 5 and 6: her request from the stick, her six words as they were heard. */
  enroll(name: string, request: string, heard: string): Promise<string> {
    writeFileSync(join(this.carry, `${name}.request`), `${request}\n`)
    return this.keys([heard, PASSPHRASE], 'enroll', `${name}.request`)
  }

  /** Steps 8 to 10; answers the certificates, each one line of text, the first enrolled first. */
  async certify(): Promise<string[]> {
    await this.keys([PASSPHRASE], 'certify')
    return readdirSync(this.folder).filter(file => file.endsWith('.certificate')).sort().map(file => readFileSync(join(this.folder, file), 'utf8').trim())
  }

  /** Step 9. */
  show(): Promise<string> { return this.keys([], 'show') }
}
