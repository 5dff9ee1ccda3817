import { defineConfig } from 'vitest/config';

/** The suites that break things: every fault at every kind of call, crashes, bad input, limits, secrets, memory. `docs/reliability.md` tells what each shows. */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    testTimeout: 600_000,
    // Each test has both cores busy already.
    fileParallelism: false,
    setupFiles: ['test/support/seeded-chance.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: 'test-results/faults.json' },
  },
});
