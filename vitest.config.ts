import { defineConfig } from 'vitest/config';

/** The fast suites: nothing they need is outside the repository. The report is for `.ci/run`, which adds up all suites. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/slow/**', 'test/faults/**', 'node_modules/**'],
    // Programs are started and awaited; how long that takes on a busy machine is no failure.
    testTimeout: 180_000,
    setupFiles: ['test/support/seeded-chance.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: 'test-results/fast.json' },
  },
});
