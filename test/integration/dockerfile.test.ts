import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const TARGETS = ['source', 'destination'] as const;
const LABELS = { source: 'airbyte/source-facebook-marketing', destination: 'airbyte/destination-facebook-custom-audiences' };

/** The instructions of each stage, as far as no instruction spans lines. */
const stages = new Map(
  readFileSync(join(import.meta.dirname, '../../Dockerfile'), 'utf8')
    .split(/^FROM /m)
    .slice(1)
    .map((stage) => [/ AS (\S+)/.exec(stage)?.[1], stage] as const),
);

describe.each(TARGETS)('the image of the %s', (target) => {
  const stage = stages.get(target) ?? '';

  it('names the same words in AIRBYTE_ENTRYPOINT as in ENTRYPOINT, with absolute paths', () => {
    const words = JSON.parse(/^ENTRYPOINT (.*)$/m.exec(stage)?.[1] ?? '[]') as string[];
    expect(/^ENV AIRBYTE_ENTRYPOINT="(.*)"$/m.exec(stage)?.[1]).toBe(words.join(' '));
    expect(words.at(0)).toMatch(/^\//);
    expect(words.at(-1)).toBe(`/airbyte/dist/${target}.js`);
    for (const word of words) expect(word).toMatch(/^[\w./=-]+$/);
  });

  it('has Airbyte’s labels, and is not run by root', () => {
    expect(stage).toContain(`LABEL io.airbyte.name=${LABELS[target]}\n`);
    expect(stage).toMatch(/^connector AS /);
    const base = stages.get('connector') ?? '';
    expect(base).toMatch(/^LABEL io\.airbyte\.version=\$VERSION$/m);
    expect(base).toMatch(/^USER node$/m);
  });
});
