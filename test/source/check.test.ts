import { expect, it } from 'vitest';
import { checkConnection } from '../../src/source/check.ts';
import { parseConfig } from '../../src/source/parse-config.ts';
import { createScriptedGraph } from '../support/scripted-graph.ts';

const CONFIG = { account_ids: ['1'], credentials: { auth_type: 'Service', access_token: 'x' } };

async function check(more: object) {
  const graph = createScriptedGraph(() => ({ id: 'act_1', account_id: '1', name: 'One' }));
  const deadlineMs = graph.runtime.clock.now() + 1_000;
  const settings = parseConfig({ ...CONFIG, ...more });
  const status = await checkConnection({ graph, settings, deadline: new AbortController().signal, deadlineMs });
  return { status, log: graph.runtime.lines.map(({ message }) => message).join('\n'), requests: graph.requests };
}

it('makes one call where there are no custom reports', async () => {
  const { status, requests } = await check({});
  expect(status).toEqual({ status: 'SUCCEEDED' });
  expect(requests).toHaveLength(1);
});

it('tells of withdrawn names that were replaced', async () => {
  const { log } = await check({ custom_insights: [{ name: 'One', breakdowns: ['dma'] }] });
  expect(log).toContain('The custom report One has the breakdown dma');
});
