import '../poly'
import '../ui/tokens.css'
import '../staff/staff.css'
import './desk.css'
import type { Desk } from '../conversation'
import { browserSurroundings } from '../surroundings'
import { createDesk } from '../conversation/desk'
import { fromBase64Url, random, toBase64Url } from '../crypto/bytes'
import { createDeskNet } from '../net/desk-net'
import { StaffApi, type Me } from '../staff/api'
import { browserPasskeys } from '../staff/passkey'
import { trustRoot } from '../trust-root'
import { DeskPage } from './page'

const api = new StaffApi((url, init) => fetch(url, init))

const desk = ({ alias, organisation, languages }: Me): Desk => createDesk({
  ...browserSurroundings(), net: createDeskNet(), trustRoot: trustRoot(),
  staff: {
    me: { alias, organisation, languages: [...languages].sort() },
    async registerStatement(unsigned) {
      const { statement, roster } = await api.statement(toBase64Url(unsigned))
      return { statement: fromBase64Url(statement), roster: fromBase64Url(roster) }
    },
  },
})

const root = document.getElementById('page')
if (root) new DeskPage({ window, root, api, passkeys: browserPasskeys, desk, id: () => toBase64Url(random(16)) }).open()
