import { describe, expect, it } from 'vitest';
import type { AudienceCall } from '../../src/audiences/audience-call.ts';
import { makeBatches } from '../../src/audiences/batch.ts';
import { ReplaceSession } from '../../src/audiences/replace/replace-session.ts';
import { createTestRuntime } from '../support/test-runtime.ts';
import { rowOf, shapeOf } from './rows.ts';

const shape = shapeOf('EMAIL');
const [batch] = makeBatches(
  Array.from({ length: 10 }, (_, n) => rowOf(shape, [String(n)])),
  { rows: 10, bytes: 1_000 },
);

/** What the session makes of these counts of Meta's, one for each batch. */
async function countReceived(counts: readonly number[]): Promise<(number | undefined)[]> {
  const answers = counts.map((num_received) => ({ body: { audience_id: '7', num_received, num_invalid_entries: 0 } }));
  const call = {
    audience: { id: '7', name: 'people', accountId: '1', isValueBased: false, isNew: false },
    graph: { runtime: createTestRuntime(), patience: 'wait' },
    send: async () => answers.shift(),
  } as unknown as AudienceCall;
  const session = new ReplaceSession({ call, runId: '3', attempt: 1, total: 30 });
  const received: (number | undefined)[] = [];
  for (const _ of counts) if (batch !== undefined) received.push((await session.send(batch, false)).received);
  return received;
}

describe('a session of a replacement', () => {
  it('counts what Meta has received of each batch, though Meta counts from the first one on', async () => {
    expect(await countReceived([10, 20, 30])).toEqual([10, 10, 10]);
  });

  it('counts what is missing of a batch once', async () => {
    expect(await countReceived([9, 19, 29])).toEqual([9, 10, 10]);
  });

  it('takes a count that does not go up for the batch’s own', async () => {
    expect(await countReceived([10, 10, 9])).toEqual([10, 10, 9]);
  });
});
