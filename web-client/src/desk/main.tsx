import '../poly'
import '../ui/tokens.css'
import './desk.css'
import { StaffApi } from '../staff/api'
import { browserPasskeys } from '../staff/passkey'
import { DeskPage } from './page'

const id = (): string => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')

const root = document.getElementById('page')
if (root) new DeskPage({ window, root, api: new StaffApi((url, init) => fetch(url, init)), passkeys: browserPasskeys, id }).open()
