import '../poly'
import '../ui/tokens.css'
import '../staff/staff.css'
import './desk.css'
import type { Desk } from '../conversation'
import { browserSurroundings } from '../surroundings'
import { createDesk } from '../conversation/desk'
import type { DeskVault } from '../conversation/desk-vault'
import { fromBase64Url, random, toBase64Url } from '../crypto/bytes'
import { createDeskNet } from '../net/desk-net'
import { StaffApi, type Me } from '../staff/api'
import { browserPasskeys } from '../staff/passkey'
import { StaffVault } from '../staff/vault'
import { VaultApi } from '../staff/vault-api'
import { trustRoot } from '../trust-root'
import { loadWords, sixWords } from '../words'
import { DeskPage } from './page'
import { sitsAs } from './view'

const api = new StaffApi((url, init) => fetch(url, init))

const id = (): string => toBase64Url(random(16))
const vault = (me: Me): StaffVault => new StaffVault(new VaultApi(api), me.id, { id, pause: ms => new Promise(done => setTimeout(done, ms)) })

const desk = (me: Me, kept: DeskVault): Desk => createDesk({
  ...browserSurroundings(), net: createDeskNet(), trustRoot: trustRoot(), vault: kept,
  staff: {
    me: { alias: me.alias, organisation: me.organisation, languages: [...me.languages].sort(), role: sitsAs(me) },
    async registerStatement(unsigned) {
      const answer = await api.statement(toBase64Url(unsigned))
      return answer.state === 'signed' ? { state: 'signed', statement: fromBase64Url(answer.statement), roster: fromBase64Url(answer.roster) } : answer
    },
  },
})

const root = document.getElementById('page')
if (root) new DeskPage({ window, root, api, passkeys: browserPasskeys, vault, words: loadWords, six: sixWords, desk, id }).open()
