import { defineConfig } from 'vitest/config';

/** The suites of real size: tens of thousands of objects over real HTTP, faults of every kind. Minutes, not seconds. */
export default defineConfig({
  test: {
    include: ['test/slow/**/*.test.ts'],
    testTimeout: 600_000,
    // Each test has both cores busy already.
    fileParallelism: false,
    // Which call meets a fault depends on the order in which concurrent calls arrive: a rare pile-up on one call can exhaust its retries, rightly.
    retry: 1,
    setupFiles: ['test/support/seeded-chance.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: 'test-results/slow.json' },
  },
});
