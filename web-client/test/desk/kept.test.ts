import { expect, test } from 'vitest'
import { CryptoError } from '../../src/crypto/errors'
import { keptIn } from '../../src/desk/kept'
import { StaffError } from '../../src/staff/api'
import { VaultError, type StaffVault } from '../../src/staff/vault'

// seen failing: FULL left empty (a conversation too large to keep was "unreachable" for ever).
test.each([
  [new StaffError('too-large'), 'full'], [new StaffError('limit'), 'full'], [new CryptoError('misuse'), 'full'],
  [new VaultError('lost'), 'lost'], [new VaultError('closed'), 'unreachable'], [new StaffError('unreachable'), 'unreachable'],
])('what stopped a vault, as the desk hears it: %o is %s', async (error, code) => {
  const vault = keptIn({ save: () => Promise.reject(error) } as unknown as StaffVault, 'expert')
  await expect(vault.save('x' as never, new Uint8Array(1), [])).rejects.toMatchObject({ code })
})
