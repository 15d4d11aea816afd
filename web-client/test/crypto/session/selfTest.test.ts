import { afterEach, expect, test, vi } from 'vitest'
import { selfTest } from '../../../src/crypto/session'

afterEach(() => vi.restoreAllMocks())

test('passes where everything works', () => selfTest())

// V-side promise: no silent downgrade. Each lack by itself is enough to refuse.
test.each(['generateKey', 'exportKey', 'importKey', 'sign', 'verify', 'deriveBits', 'encrypt', 'decrypt'] as const)('refuses an engine without %s', async method => {
  vi.spyOn(crypto.subtle, method).mockRejectedValue(new DOMException('no', 'NotSupportedError'))
  await expect(selfTest()).rejects.toMatchObject({ code: 'unavailable' })
})

test('refuses an engine that calls every signature good', async () => {
  vi.spyOn(crypto.subtle, 'verify').mockResolvedValue(true)
  await expect(selfTest()).rejects.toMatchObject({ code: 'unavailable' })
})

test('refuses an engine that calls none good', async () => {
  vi.spyOn(crypto.subtle, 'verify').mockResolvedValue(false)
  await expect(selfTest()).rejects.toMatchObject({ code: 'unavailable' })
})

test('refuses an engine whose agreement gives each side another secret', async () => {
  vi.spyOn(crypto.subtle, 'deriveBits').mockImplementation(async () => crypto.getRandomValues(new Uint8Array(32)).buffer)
  await expect(selfTest()).rejects.toMatchObject({ code: 'unavailable' })
})
