import { ack } from './ack'
import { append } from './append'
import { fetch } from './fetch'
import { another, decline } from './guest'
import { hello } from './hello'
import { join } from './join'
import { leave } from './leave'
import { ping } from './ping'
import { poll } from './poll'
import { union, type Of } from './read'
import { askAnswers, askCoordinators, report } from './report'
import { signal } from './signal'

/** Everything a visitor's page says. */
export const fromVisitor = union('t', { hello, join, leave, append, fetch, ack, signal, coordinators: askCoordinators, report, answers: askAnswers, ping, poll, decline, another })
export type FromVisitor = Of<typeof fromVisitor>
