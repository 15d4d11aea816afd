import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { hex, type Bytes } from '../../src/crypto/bytes'
import { unhex } from '../support/wire'

const target = resolve(import.meta.dirname, '../../../server/target')
const classpathFile = resolve(target, 'test-classpath.txt')
const peerClass = resolve(target, 'test-classes/nl/naast/interop/MlsPeer.class')

const homes = (): string[] => {
  const installed = existsSync('/usr/lib/jvm') ? readdirSync('/usr/lib/jvm').map(name => `/usr/lib/jvm/${name}`) : []
  return [process.env['JAVA_HOME'] ?? '', ...installed].filter(home => home !== '')
}

/** A Java that runs what the server's tests are compiled for. */
function java(): string | undefined {
  return [...homes().map(home => `${home}/bin/java`), 'java'].find(program => {
    const { stderr } = spawnSync(program, ['-version'], { encoding: 'utf8' })
    return Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0) >= 25
  })
}

/** Why the peer cannot be started here; undefined when it can. */
export function missing(): string | undefined {
  if (!existsSync(classpathFile) || !existsSync(peerClass)) return 'the server\'s tests are not compiled (mvn process-test-classes)'
  return java() ? undefined : 'no Java 25 was found'
}

type Fields = Record<string, string | number | Bytes>

/** Bouncy Castle's MLS in a process of its own (server/src/test/java/nl/naast/interop). One question at a time. */
export class Peer {
  private readonly lines: AsyncIterator<string>
  private constructor(private readonly child: ChildProcessWithoutNullStreams, reader: Interface) {
    this.lines = reader[Symbol.asyncIterator]()
  }

  static start(): Peer {
    const classpath = [resolve(target, 'test-classes'), resolve(target, 'classes'), readFileSync(classpathFile, 'utf8').trim()].join(':')
    const child = spawn(java() as string, ['-Xmx256m', '-cp', classpath, 'nl.naast.interop.MlsPeer'])
    child.stderr.resume()
    return new Peer(child, createInterface(child.stdout))
  }

  async ask(op: string, member: string, fields: Fields = {}): Promise<Record<string, Bytes>> {
    const plain = Object.entries(fields).map(([name, value]) => [name, value instanceof Uint8Array ? hex(value) : value])
    this.child.stdin.write(JSON.stringify({ op, member, ...Object.fromEntries(plain) as object }) + '\n')
    const { value, done } = await this.lines.next()
    if (done) throw new Error('the peer is gone')
    const { error, ...answer } = JSON.parse(value) as Record<string, string>
    if (error !== undefined) throw new Error(error)
    return Object.fromEntries(Object.entries(answer).map(([name, text]) => [name, unhex(text)]))
  }

  stop(): void {
    this.child.stdin.end()
  }
}
