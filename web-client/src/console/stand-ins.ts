import type { SignerRequests, SpokenWords } from './ports'

/** In place of the vault, the word lists and the signer's request, until they are there: without keys nothing is signed, and the page says so. */
export const noKeys = (): undefined => undefined
const missing = (): never => { throw new Error('not there yet') }
export const noWords: SpokenWords = { six: async () => missing(), read: async () => missing() }
export const noRequests: SignerRequests = { unsigned: missing, whole: missing }
