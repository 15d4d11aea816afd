import { selfTest } from '../crypto/session'

let passed: Promise<void> | undefined

/** The engine's self-test, once for a page: it does not change. Rejects with a CryptoError `unavailable`. */
export const testedOnce = (): Promise<void> => (passed ??= selfTest())
