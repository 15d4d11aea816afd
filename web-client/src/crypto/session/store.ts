import { decodeGroupState, encodeGroupState, type ClientState } from './mls'
import { EMPTY, concat, sha256, type Bytes, type Bytes32 } from '../bytes'
import { demand } from '../errors'
import { Reader, sized16, sized32, u8 } from '../reader'
import { decodeUnsignedStatement, encodeUnsignedStatement } from '../statement'
import type { Pending } from './commit'
import { config } from './config'
import { guard } from './guard'
import { Members } from './members'

/** All that a session is, for the sealed store. The bytes hold secrets: seal them, and overwrite them after. */
export interface Stored {
  state: ClientState
  members: Members
  /** Hashes of our own commits that came into force, newest last. */
  ownCommits: Bytes32[]
  staged: Pending | undefined
}

const VERSION = 1

const encodeMembers = (members: Members): Bytes => {
  const { visitorKey, staff } = members.export()
  const statements = staff.map(s => sized16(encodeUnsignedStatement(s)))
  return concat(members.ownKey, sized16(visitorKey ?? EMPTY), u8(statements.length), ...statements)
}

const encodeStaged = (staged: Pending | undefined): Bytes =>
  staged ? concat(u8(1), sized32(staged.envelope), sized32(encodeGroupState(staged.next))) : u8(0)

export function encodeStored({ state, members, ownCommits, staged }: Stored): Bytes {
  return concat(
    u8(VERSION), sized32(encodeGroupState(state)), encodeMembers(members),
    u8(ownCommits.length), ...ownCommits, encodeStaged(staged),
  )
}

function readMembers(r: Reader): Members {
  const [ownKey, visitorKey] = [r.bytesOf(65), r.sized16()]
  const members = new Members(ownKey, visitorKey.length ? visitorKey : undefined)
  r.list(r.u8(), () => decodeUnsignedStatement(r.sized16())).forEach(statement => members.vouch(statement))
  return members
}

/** Throws `malformed`. */
export function decodeStored(bytes: Uint8Array): Promise<Stored> {
  return guard('malformed', async () => {
    const r = new Reader(bytes)
    demand(r.u8() === VERSION, 'malformed')
    const groupState = r.sized32()
    const members = readMembers(r)
    const read = (encoded: Bytes): ClientState => {
      const [state, end] = decodeGroupState(encoded, 0) ?? [undefined, 0]
      demand(state !== undefined && end === encoded.length, 'malformed')
      return { ...state, clientConfig: config(members) }
    }
    const ownCommits = r.list(r.u8(), () => r.bytesOf(32))
    const envelope = r.u8() === 1 ? r.sized32() : undefined
    const staged = envelope && { envelope, hash: await sha256(envelope), next: read(r.sized32()), consumed: [] }
    r.end()
    return { state: read(groupState), members, ownCommits, staged }
  })
}
