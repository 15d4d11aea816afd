import type { SpokenWords } from './ports'

/** In place of the vault and the word lists, until they are there: without keys nothing is signed, and the page says so. */
export const noKeys = (): undefined => undefined
const missing = (): never => { throw new Error('not there yet') }
export const noWords: SpokenWords = { six: async () => missing(), read: async () => missing() }
