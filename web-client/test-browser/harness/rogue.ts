import WebSocket from 'ws'
import { encodeMlsMessage } from 'ts-mls/message.js'
import { memoryVault } from '../../test/support/memory-vault'
import { createDesk, type Desk } from '../../src/conversation/desk'
import { browserSurroundings } from '../../src/surroundings'
import { fromBase64Url, random, toBase64Url, type Bytes } from '../../src/crypto/bytes'
import { newSignatureKey, prepareJoin, type Session } from '../../src/crypto/session'
import { config } from '../../src/crypto/session/config'
import { readKeyPackage } from '../../src/crypto/session/message'
import { createCommit, type ClientState } from '../../src/crypto/session/mls'
import { suite } from '../../src/crypto/session/provider'
import { createDeskNet } from '../../src/net/desk-net'
import type { ToDesk } from '../../src/wire/to-desk'
import { eventually } from './processes'

type Me = { alias: string; organisation: string; languages: string[] }
interface Inside { talks: Map<string, { session: Session }>; ask(frame: object): Promise<ToDesk | undefined>; model: { conversations: { conversation: string }[] } }

/** A desk whose program was changed, in this process: it talks with the real server on somebody's session. */
export class RogueDesk {
  private constructor(readonly desk: Desk) {}

  static async open(origin: string, cookie: string, trustRoot: Bytes): Promise<RogueDesk> {
    const headers = { cookie: `__Host-naast=${cookie}`, origin, 'content-type': 'application/json', 'x-naast': '1' }
    const me = await (await fetch(`${origin}/api/session`, { headers })).json() as Me
    const net = createDeskNet({ origin, makeSocket: url => new WebSocket(url, { headers: { cookie: headers.cookie }, origin, perMessageDeflate: false }) as never })
    const registerStatement = async (unsigned: Bytes) => {
      const answer = await fetch(`${origin}/api/statement`, { method: 'POST', headers, body: JSON.stringify({ unsigned: toBase64Url(unsigned) }) })
      const { statement, roster } = await answer.json() as { statement: string; roster: string }
      return { state: 'signed' as const, statement: fromBase64Url(statement), roster: fromBase64Url(roster) }
    }
    const desk = createDesk({ ...browserSurroundings(), net, trustRoot, vault: memoryVault(), staff: { me: { ...me, languages: [...me.languages].sort() }, registerStatement } })
    await desk.open()
    await eventually('the lease', () => desk.state.link === 'on')
    return new RogueDesk(desk)
  }

  /** Takes the next in line and waits until they talk. */
  async claim(): Promise<void> {
    this.desk.available(true)
    await eventually('somebody waits', () => this.desk.state.waiting.length > 0)
    this.desk.claim(1)
    await eventually('they talk', () => this.desk.state.talks.some(talk => talk.state === 'talking'), 30_000)
  }

  /** Commits a third member into the group, which no desk of ours would, and hands it to the server. Answers what that said. */
  async letIn(): Promise<string | undefined> {
    const inside = this.desk as unknown as Inside
    const session = [...inside.talks.values()][0]?.session
    const { state } = (session as unknown as { stored: { state: ClientState } }).stored
    const third = await prepareJoin({ signatureKey: await newSignatureKey(), statementId: random(16) })
    const changed = { ...state, clientConfig: config({ validateCredential: async () => true }) }
    const { commit } = await createCommit({ state: changed, cipherSuite: suite }, { extraProposals: [{ proposalType: 'add', add: { keyPackage: await readKeyPackage(third.keyPackage) } }] })
    const conversation = inside.model.conversations[0]?.conversation
    return (await inside.ask({ t: 'append', conversation, id: toBase64Url(random(16)), kind: 'commit', body: new Uint8Array(encodeMlsMessage(commit)) }))?.t
  }
}
