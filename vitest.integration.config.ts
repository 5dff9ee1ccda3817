import { defineConfig } from 'vitest/config';

/** The suites with programs that others wrote: Airbyte's own connector, PyAirbyte, the protocol's models. `integration_tests/setup-python.sh` installs them. */
export default defineConfig({
  test: {
    include: ['integration_tests/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Each file starts programs of its own, and the machine that runs them has two cores.
    maxWorkers: 2,
    setupFiles: ['test/support/seeded-chance.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: 'test-results/integration.json' },
  },
});
