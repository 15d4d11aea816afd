import '../poly'
import '../ui/tokens.css'
import '../staff/staff.css'
import './console.css'
import { random } from '../crypto/bytes'
import { StaffApi } from '../staff/api'
import { browserPasskeys } from '../staff/passkey'
import { trustRoot } from '../trust-root'
import { ConsolePage } from './page'
import { noKeys, noWords } from './stand-ins'

const root = document.getElementById('page')
if (root) {
  new ConsolePage({
    window, root, api: new StaffApi((url, init) => fetch(url, init)), passkeys: browserPasskeys, trustRoot: trustRoot(), id: () => random(16),
    keys: noKeys, words: noWords,
  }).open()
}
