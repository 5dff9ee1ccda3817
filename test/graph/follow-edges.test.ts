import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { DEFAULT_TOKEN, type EmulatorOptions } from '../../src/emulator/options.ts';
import { sendBatch } from '../../src/graph/batch.ts';
import { createGraphClient } from '../../src/graph/client.ts';
import type { GraphRequest } from '../../src/graph/send.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { createScriptedGraph, partsOf } from '../support/scripted-graph.ts';
import { createTestRuntime } from '../support/test-runtime.ts';

function setUp(options: Partial<EmulatorOptions> = {}) {
  const clock = new FakeClock({ auto: true });
  const emulator = createEmulator({ accounts: 1, ...options }, clock);
  const runtime = createTestRuntime({ clock, fetch: (input, init) => clock.track(() => emulator.fetch(input, init)) });
  const [account = ''] = emulator.truth.accounts();
  return { emulator, account, graph: createGraphClient(runtime, { accessToken: DEFAULT_TOKEN }) };
}

interface Edge {
  readonly data: readonly { readonly id: string; readonly ads?: Edge; readonly adsets?: Edge }[];
  readonly paging?: unknown;
}

const idsOf = (edge: Edge | undefined) => (edge?.data ?? []).map(({ id }) => id);
const ok = (body: object) => ({ code: 200, body: JSON.stringify(body) });

describe('edges in the answers of a batch', () => {
  it.each(['plain', 'empty_pages', 'short_pages', 'trailing_empty_page', 'sticky_next'] as const)(
    'are read to their end, with %s',
    async (pageStyle) => {
      const { emulator, account, graph } = setUp({ pageStyle });
      const requests: GraphRequest[] = [
        { path: `act_${account}/ads`, params: { fields: 'id', limit: 25 } },
        { path: `act_${account}`, params: { fields: 'id,name' } },
      ];
      const [ads, self] = await sendBatch<Edge>(graph, requests, { account });
      expect(ads?.ok && idsOf(ads.body).sort()).toEqual([...emulator.truth.ids('ads', account)].sort());
      expect(self).toMatchObject({ ok: true, body: { id: `act_${account}` } });
    },
  );

  it('are read to their end where they are nested in objects', async () => {
    const { emulator, account, graph } = setUp();
    const fields = 'id,ads.limit(5){id}';
    const [outcome] = await sendBatch<Edge>(graph, [{ path: `act_${account}/campaigns`, params: { fields, limit: 2 } }], {
      account,
    });
    const campaigns = outcome?.ok ? outcome.body.data : [];
    expect(campaigns.map(({ id }) => id).sort()).toEqual([...emulator.truth.ids('campaigns', account)].sort());
    const ads = campaigns.flatMap((campaign) => idsOf(campaign.ads));
    expect(ads.sort()).toEqual([...emulator.truth.ids('ads', account)].sort());
  });

  it('are read to their end two levels down', async () => {
    const { emulator, account, graph } = setUp();
    const fields = 'id,adsets.limit(1){id,ads.limit(1){id}}';
    const [outcome] = await sendBatch<Edge>(graph, [{ path: `act_${account}/campaigns`, params: { fields, limit: 2 } }], {
      account,
    });
    const adSets = (outcome?.ok ? outcome.body.data : []).flatMap((campaign) => campaign.adsets?.data ?? []);
    expect(adSets.flatMap((adSet) => idsOf(adSet.ads)).sort()).toEqual([...emulator.truth.ids('ads', account)].sort());
  });

  it('are asked for without the secrets of the link', async () => {
    const next = 'https://graph.example/v25.0/7/ads?access_token=SECRET&appsecret_proof=PROOF&fields=id&limit=1&after=A';
    const graph = createScriptedGraph((request, count) =>
      partsOf(request).map(() =>
        count === 1
          ? ok({ id: '7', ads: { data: [{ id: '1' }], paging: { cursors: { after: 'A' }, next } } })
          : ok({ data: [{ id: '2' }], paging: { cursors: { after: 'B' } } }),
      ),
    );
    const outcomes = await sendBatch(graph, [{ path: '7', params: { fields: 'ads{id}' } }]);
    expect(outcomes).toEqual([{ ok: true, body: { id: '7', ads: { data: [{ id: '1' }, { id: '2' }] } } }]);
    expect(partsOf(graph.requests[1] as GraphRequest)).toEqual([
      { method: 'GET', relative_url: '7/ads?fields=id&limit=1&after=A' },
    ]);
  });

  it('fail their part alone, rather than come in part', async () => {
    const graph = createScriptedGraph((request) =>
      partsOf(request).map(({ relative_url: url }) => {
        if (url.includes('after')) return { code: 403, body: JSON.stringify({ error: { message: 'no', code: 200 } }) };
        if (url.startsWith('1')) return ok({ id: '1' });
        return ok({
          data: [{ id: '2' }],
          paging: { cursors: { after: 'A' }, next: 'https://graph.example/v25.0/2/ads?after=A' },
        });
      }),
    );
    const outcomes = await sendBatch(graph, [{ path: '1' }, { path: '2/ads' }]);
    expect(outcomes).toMatchObject([
      { ok: true, body: { id: '1' } },
      { ok: false, error: { failure: 'forbidden' } },
    ]);
  });

  it('end, however many pages are promised', async () => {
    const graph = createScriptedGraph((request, count) =>
      partsOf(request).map(() =>
        ok({ data: [], paging: { cursors: { after: `${count}` }, next: 'https://graph.example/v25.0/2/ads?after=A' } }),
      ),
    );
    const [outcome] = await sendBatch(graph, [{ path: '2/ads' }]);
    expect(outcome).toMatchObject({ ok: false, error: { failure: 'too_much_data' } });
  });
});
