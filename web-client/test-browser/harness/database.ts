import { accessSync, constants } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { eventually, freePort, freshFolder, Program } from './processes'

const nx = join(import.meta.dirname, '../../../server/target/nx/bin/nx-27017')

/** A server of MongoDB's protocol, looked for in the order of docs/testing.md. */
export interface Database { name: string; uri: string; end(): Promise<void> }

const canRun = (path: string): boolean => { try { accessSync(path, constants.X_OK); return true } catch { return false } }
const mongod = (): string | undefined => (process.env['PATH'] ?? '').split(':').map(folder => join(folder, 'mongod')).find(canRun)

/** Why there is none here, or undefined. */
export const missingDatabase = (): string | undefined =>
  process.env['NAAST_MONGO_URI'] || mongod() || canRun(nx) ? undefined : 'no server of MongoDB\'s protocol: NAAST_MONGO_URI is not set, no mongod on the PATH, no NX-27017 (./naast test makes it)'

const listens = (port: number): Promise<boolean> => new Promise(done => {
  const socket = connect(port, '127.0.0.1', () => { socket.destroy(); done(true) }).on('error', () => done(false))
})

/** An empty database. One that is named by its address is somebody else's: nothing there is ended. */
export async function openDatabase(): Promise<Database> {
  const name = `naast_story_${process.pid}_${Date.now()}`
  const named = process.env['NAAST_MONGO_URI']
  if (named) {
    const uri = new URL(named)
    uri.pathname = `/${name}`
    return { name: 'NAAST_MONGO_URI', uri: uri.href, end: async () => {} }
  }
  const [port, folder, real] = [await freePort(), freshFolder('database'), mongod()]
  const program = real
    ? Program.start('mongod', real, ['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket'])
    : Program.start('nx-27017', nx, ['--data-dir', folder, '-p', String(port), '--log-file', join(folder, 'log'), '--pid-file', join(folder, 'pid')])
  await eventually('the database', () => listens(port), 30_000)
  return { name: program.name, uri: `mongodb://127.0.0.1:${port}/${name}`, end: () => program.end() }
}
