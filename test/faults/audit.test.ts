import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** npm's words for a registry that only gives packages out. */
const NO_ENDPOINT = /^(404|405|501)\b|ENOAUDIT/;

interface AuditAnswer {
  readonly message?: string;
  readonly metadata?: { readonly vulnerabilities: Readonly<Record<string, number>> };
}

describe('npm audit', () => {
  it('knows of no serious hole in any package', ({ skip }) => {
    const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8' });
    const { message = '', metadata }: AuditAnswer = JSON.parse(stdout);
    if (metadata === undefined && NO_ENDPOINT.test(message)) {
      const reason = `npm audit was not run: the registry that npm is set to knows no audits (${message.slice(0, 3)})`;
      process.stdout.write(`  ${reason}\n`);
      skip(reason);
    }
    expect(metadata, message).toBeDefined();
    const { high = 0, critical = 0, total = 0 } = metadata?.vulnerabilities ?? {};
    process.stdout.write(`  npm audit: ${total} known holes, ${high} high, ${critical} critical\n`);
    expect(high + critical).toBe(0);
  });
});
