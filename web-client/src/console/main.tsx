import '../poly'
import '../ui/tokens.css'
import '../staff/staff.css'
import './console.css'
import { random, toBase64Url } from '../crypto/bytes'
import { makeSignerRequest, signerRequestHash } from '../crypto/statement'
import { StaffApi } from '../staff/api'
import { browserPasskeys } from '../staff/passkey'
import { StaffVault } from '../staff/vault'
import { VaultApi } from '../staff/vault-api'
import { trustRoot } from '../trust-root'
import { loadWords, sixWords } from '../words'
import { ConsolePage } from './page'
import { VaultReportKeys } from './report-keys'
import { VaultKeys } from './vault-keys'

const api = new StaffApi((url, init) => fetch(url, init))
const forms = { make: makeSignerRequest, hash: signerRequestHash }

const root = document.getElementById('page')
if (root) {
  new ConsolePage({
    window, root, api, passkeys: browserPasskeys, trustRoot: trustRoot(), id: () => random(16), words: loadWords,
    vault: me => new StaffVault(new VaultApi(api), me.id, { id: () => toBase64Url(random(16)), pause: ms => new Promise(done => setTimeout(done, ms)) }),
    keys: vault => new VaultKeys(vault, forms), reportKeys: vault => new VaultReportKeys(vault), spoken: { six: sixWords, read: async (language, text) => (await loadWords(language)).read(text) },
  }).open()
}
