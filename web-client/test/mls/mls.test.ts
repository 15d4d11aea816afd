import { describe, expect, test } from 'vitest'
import { basics, keySchedule, pskSecret, secretTree } from './basics'
import { protection, transcript, welcome } from './framing'
import { passive } from './passive'
import { treeKem, treeValidation } from './trees'
import { entries, missing } from './vectors'

// Formats: test-vectors.md of mlswg/mls-implementations. Through the published ts-mls, with our own provider.
// Seen failing: "candidate" in kem.ts, DER in ecdsa.ts and the KEM context changed, one at a time.
const suites: [string, number, (vector: never) => Promise<void>][] = [
  ['crypto-basics', 1, basics], ['key-schedule', 1, keySchedule], ['message-protection', 1, protection], ['transcript-hashes', 1, transcript],
  ['welcome', 1, welcome], ['psk_secret', 11, pskSecret], ['secret-tree', 3, secretTree], ['tree-validation', 14, treeValidation],
  ['treekem', 11, treeKem], ['passive-client-welcome', 8, passive], ['passive-client-handling-commit', 13, passive],
]

if (missing) {
  console.log(`NOT RUN: ${missing}`)
  test.skip(`NOT RUN: ${missing}`, () => undefined)
} else {
  describe.each(suites)('%s', (name, count, check) => {
    const vectors = entries<never>(name)
    test(`has ${count} of suite 2`, () => expect(vectors).toHaveLength(count))
    test.each(vectors.map((vector, i): [number, never] => [i, vector]))('%i', (_, vector) => check(vector))
  })
}
