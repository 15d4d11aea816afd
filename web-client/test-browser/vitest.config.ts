import { defineConfig } from 'vitest/config'

/** Stories in real browsers: in Node, one after the other (two cores; each story starts browsers and a server). `run.mjs` starts this. */
export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['**/*.story.ts'],
    environment: 'node',
    setupFiles: [import.meta.dirname + '/harness/no-violations.ts'],
    pool: 'forks',
    fileParallelism: false,
    isolate: true,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    reporters: [import.meta.dirname + '/reporter.ts'],
  },
})
