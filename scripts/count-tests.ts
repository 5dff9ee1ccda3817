/** Adds up the reports of all test suites and prints the plain line `N passed, N failed`; fails when a test failed or none ran. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? 'test-results';
const sum = { passed: 0, failed: 0 };
for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const report = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const brokenFiles = report.testResults.filter((result: { status: string; assertionResults: readonly unknown[] }) => {
    return result.status === 'failed' && result.assertionResults.length === 0;
  });
  sum.passed += report.numPassedTests;
  sum.failed += report.numFailedTests + brokenFiles.length;
}
console.log(`${sum.passed} passed, ${sum.failed} failed`);
if (sum.failed > 0 || sum.passed === 0) process.exitCode = 1;
