import { describe, expect, it } from 'vitest';
import type { GraphRequest } from '../../src/graph/send.ts';
import { findInsightsFaults } from '../../src/source/check-insights.ts';
import { parseConfig } from '../../src/source/parse-config.ts';
import { createScriptedGraph, graphError } from '../support/scripted-graph.ts';

const CONFIG = { account_ids: ['1', '2'], credentials: { auth_type: 'Service', access_token: 'x' } };

async function check(items: readonly object[], answer: (request: GraphRequest) => unknown = () => ({ data: [] }), left = 1_000) {
  const graph = createScriptedGraph(answer);
  const settings = parseConfig({ ...CONFIG, custom_insights: items });
  const faults = await findInsightsFaults({ graph, settings, deadlineMs: graph.runtime.clock.now() + left });
  return { faults, requests: graph.requests, log: graph.runtime.lines.map(({ message }) => message).join('\n') };
}

describe('findInsightsFaults', () => {
  it('asks for one row of one recent day of each report and account, and of no preset', async () => {
    const { faults, requests } = await check([{ name: 'One', breakdowns: ['age'], fields: ['spend'], level: 'campaign' }]);
    expect(faults).toEqual([]);
    expect(requests.map(({ path }) => path)).toEqual(['act_1/insights', 'act_2/insights']);
    const { params, useCase, account } = requests[0] as GraphRequest;
    expect({ useCase, account }).toEqual({ useCase: 'ads_insights', account: '1' });
    expect(params).toMatchObject({ level: 'campaign', fields: 'account_id,campaign_id,spend', breakdowns: ['age'], limit: 1 });
    const range = params?.['time_range'] as { since: string; until: string };
    expect(range.since).toBe(range.until);
  });

  it('names the bad report alone, with the words of Meta, and tries it once', async () => {
    const { faults, requests } = await check([{ name: 'Bad', breakdowns: ['age'] }, { name: 'Good' }], ({ params }) => {
      if (params?.['breakdowns'] !== undefined) throw graphError('invalid', { code: 2, subcode: 1504041 });
      return { data: [] };
    });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^Custom report custom_bad, ad account 1: .*2\/1504041: scripted: invalid/);
    expect(requests).toHaveLength(3);
  });

  it.each(['throttled', 'transient', 'too_much_data'] as const)(
    'lets a report pass that is %s, with a warning',
    async (failure) => {
      const { faults, log } = await check([{ name: 'One' }], () => {
        throw graphError(failure);
      });
      expect(faults).toEqual([]);
      expect(log).toContain('Custom report custom_one, ad account 2: it could not be tried');
    },
  );

  it('does not try what Meta makes asynchronously only', async () => {
    expect((await check([{ name: 'One', breakdowns: ['mmm'] }])).requests).toEqual([]);
  });

  it('warns of what Meta will leave out, and asks by the new names for what has one', async () => {
    const { log, requests } = await check([{ name: 'One', breakdowns: ['dma'], fields: ['spend', 'labels'] }]);
    expect(log).toContain('Custom report custom_one: Expect no values of labels');
    expect(requests[0]?.params?.['breakdowns']).toEqual(['comscore_market']);
  });

  it('warns of a report that takes the name of a stream of objects', async () => {
    expect((await check([{ name: 'Audiences' }])).log).toContain('takes the place of the stream custom_audiences');
  });

  it('finds dates that can not be', async () => {
    const dates = { start_date: '2026-02-01T00:00:00Z', end_date: '2026-01-01T00:00:00Z' };
    expect((await check([{ name: 'One', ...dates }])).faults).toEqual([
      'Custom report custom_one: its end_date is before its start_date.',
    ]);
    const { faults } = await check([{ name: 'One', start_date: '2999-01-01T00:00:00Z' }]);
    expect(faults).toEqual(['Custom report custom_one: its start_date lies in the future.']);
  });

  it('leaves the rest to the sync when its time is over', async () => {
    const { faults, requests, log } = await check([{ name: 'One' }], undefined, -1);
    expect([faults, requests]).toEqual([[], []]);
    expect(log).toContain('ran out of time');
  });

  it('passes on what is wrong with the config itself', async () => {
    await expect(check([{ name: 'One', fields: ['unique_ctr'] }])).rejects.toThrow('custom_one');
  });
});
