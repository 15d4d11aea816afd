import { afterEach } from 'vitest'
import { takeViolations } from './violations'

/**
 * Every story of every file (vitest.config.ts names this file): no violation is reported in any test run (slice e, headers). Registered
 * before a story's own hooks, so run after them, when its pages are closed.
 * Seen failing: harness.story.ts leaving the violation that it makes.
 */
afterEach(() => {
  const found = takeViolations()
  if (found.length) throw new Error(`violations of the policy:\n${found.join('\n')}`)
})
