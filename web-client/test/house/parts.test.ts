import { expect, test } from 'vitest'
import { code, files, read } from '../support/source'

/** Parts whose names are put together in the code. */
const MADE: Record<string, readonly string[]> = {
  '`recovery-word-${i + 1}`': ['recovery-word-1', 'recovery-word-2'],
  '`safety-${answer}`': ['safety-no', 'safety-maybe', 'safety-yes'],
  '`invite-${role}`': ['invite-expert', 'invite-coordinator', 'invite-administrator'],
  '`show-${part}`': ['show-signing', 'show-reports', 'show-people', 'show-key'],
  'card': ['guest-asked', 'share-guest'],
  'part': ['refuse', 'revoke', 'reset', 'signer-make', 'roster-sign', 'roster-make', 'signer-words', 'statement-words'],
  'what': ['close', 'release', 'hand-over'],
}

const inCode = (text: string): string[] => [...text.matchAll(/data-part=(?:"([^"]+)"|\{(`[^`]*`|\w+)\})/g)].flatMap(([, name, made = '']) => name ?? MADE[made] ?? [`${made}: not known to this test`])
const inDocument = (text: string): string[] => text.split('\n').filter(line => /^\| `/.test(line) && !line.startsWith('| `data-part`')).flatMap(line => [...(line.split('|')[1] ?? '').matchAll(/`([\w-]+)`/g)].map(found => found[1] as string))
const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort()

const contract = read('../docs/testing.md').split('## Commands')[0] ?? ''
const [visitor = '', staff = '', coordinator = ''] = contract.split(/### The (?:staff|coordinator)/)
const parts = (...folders: readonly string[]): string[] => sorted(folders.flatMap(folder => files(folder, /\.tsx$/)).flatMap(file => inCode(code(file))))

// seen failing: a part without its line
test('docs/testing.md names every part of the visitor\'s page, and no other', () => {
  expect(sorted(inDocument(visitor))).toEqual(parts('src/visitor', 'src/ui'))
})

test('docs/testing.md names every part of the staff\'s pages, and no other', () => {
  expect(sorted(inDocument(staff))).toEqual(sorted(['message', ...parts('src/desk', 'src/staff')]))
})

test('docs/testing.md names every part of the coordinator\'s page, and no other', () => {
  expect(sorted(inDocument(coordinator))).toEqual(parts('src/console'))
})
