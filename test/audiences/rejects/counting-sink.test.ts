import { describe, expect, it } from 'vitest';
import { openRejectSink } from '../../../src/audiences/rejects/open-reject-sink.ts';
import { createTestRuntime } from '../../support/test-runtime.ts';
import { makeReject } from './reject-fixtures.ts';

async function setUp() {
  const runtime = createTestRuntime();
  return { runtime, sink: await openRejectSink({ type: 'count' }, runtime) };
}

describe('a sink that only counts', () => {
  it('#82 logs what was wrong with a row, and nothing of the row', async () => {
    const { runtime, sink } = await setUp();
    await sink.write([makeReject({ field: 'EMAIL', data: { mail: 'mary@example.com' } })]);
    expect(runtime.lines).toEqual([
      {
        level: 'warn',
        message: 'A row of users rejected (no_identifier, EMAIL): No column of the row tells who the person is.',
        fields: { code: 'no_identifier', field: 'EMAIL', reason: 'No column of the row tells who the person is.' },
      },
    ]);
  });

  it('says how many rows a reject stands for', async () => {
    const { runtime, sink } = await setUp();
    await sink.write([makeReject({ code: 'refused_by_meta', count: 250, message: 'Meta did not say which.' })]);
    expect(runtime.lines[0]?.message).toBe('250 rows of users rejected (refused_by_meta): Meta did not say which.');
  });

  it('logs twenty rejects of a sync, and says once that there were more', async () => {
    const { runtime, sink } = await setUp();
    for (let call = 0; call < 5; call += 1) await sink.write(Array.from({ length: 9 }, () => makeReject()));
    const rejected = runtime.lines.filter(({ message }) => message.startsWith('A row'));
    expect(rejected).toHaveLength(20);
    expect(runtime.lines).toHaveLength(21);
    expect(runtime.lines.at(-1)?.message).toBe('Only the first 20 rejected rows are logged; the rest are counted.');
  });

  it('has nothing to try and nothing to close', async () => {
    const { runtime, sink } = await setUp();
    await sink.probe();
    await sink.close();
    expect(runtime.lines).toEqual([]);
  });
});
