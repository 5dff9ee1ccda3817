/** Adds up the reports of all test suites, names the tests that failed, and ends with the plain line `N passed, N failed`; fails when a test failed or none ran. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What vitest's JSON reporter writes, as far as it is used here. */
interface SuiteReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly FileReport[];
}

interface FileReport {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly {
    readonly fullName: string;
    readonly status: string;
    readonly failureMessages: readonly string[] | null;
  }[];
}

const LINES_OF_A_MESSAGE = 12;

/** The failures of a file, a text each: the file could not be run, or tests of it failed. */
function listFailures(file: FileReport): readonly string[] {
  const name = relative(process.cwd(), file.name);
  if (file.status === 'failed' && file.assertionResults.length === 0) return [`FAILED ${name}\n${shorten(file.message)}`];
  return file.assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => `FAILED ${name} > ${test.fullName}\n${shorten((test.failureMessages ?? []).join('\n'))}`);
}

function shorten(message: string): string {
  return message.split('\n').slice(0, LINES_OF_A_MESSAGE).join('\n');
}

const folder = process.argv[2] ?? 'test-results';
const sum = { passed: 0, failed: 0 };
for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const report: SuiteReport = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const failures = report.testResults.flatMap(listFailures);
  for (const failure of failures) console.log(failure);
  sum.passed += report.numPassedTests;
  sum.failed += failures.length;
}
console.log(`${sum.passed} passed, ${sum.failed} failed`);
if (sum.failed > 0 || sum.passed === 0) process.exitCode = 1;
