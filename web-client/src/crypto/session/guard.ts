import { CryptoError, type ErrorCode } from '../errors'

/** Runs it; whatever the library throws becomes the one code. Our own refusals stay what they are. */
export async function guard<T>(code: ErrorCode, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof CryptoError ? error : new CryptoError(code)
  }
}
