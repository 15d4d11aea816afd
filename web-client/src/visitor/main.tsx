import '../poly'
import './look'
import { browserSurroundings } from '../surroundings'
import { createVisitorTalk } from '../conversation/visitor'
import { createVisitorNet } from '../net/visitor-net'
import { trustRoot } from '../trust-root'
import { canTalk } from './browser'
import { Page } from './page'

// The root is the one compiled into this script, and no other (crypto.md, Identities).
const talk = () => createVisitorTalk({ ...browserSurroundings(), net: createVisitorNet(), trustRoot: trustRoot() })

const root = document.getElementById('page')
if (root) new Page({ window, root }).open(canTalk(window) ? talk() : undefined)
