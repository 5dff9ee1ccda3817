import { describe, expect, it } from 'vitest';
import { createGraphClient, type GraphClient, type GraphClientOptions } from '../../src/graph/client.ts';
import { FieldMemory } from '../../src/graph/field-memory.ts';
import { PageSize } from '../../src/graph/page-size.ts';
import { type Page, readPages } from '../../src/graph/paging.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { createTestRuntime } from '../support/test-runtime.ts';

const PLACES = 8;

interface Asked {
  readonly path: string;
  readonly answer: (body: unknown, status?: number) => void;
}

/** A client whose calls are answered by hand, or at once by `answer`. */
function setUp(
  answer?: (path: string, fields: string | null) => { body: unknown; status?: number } | undefined,
  options: Partial<GraphClientOptions> = {},
) {
  const clock = new FakeClock();
  const stop = new AbortController();
  const open: Asked[] = [];
  const paths: string[] = [];
  const fetch: typeof globalThis.fetch = (input) => {
    const { pathname, searchParams } = new URL(String(input));
    const path = pathname.replace('/v25.0/', '');
    paths.push(path);
    const known = answer?.(path, searchParams.get('fields'));
    if (known) return Promise.resolve(Response.json(known.body, { status: known.status ?? 200 }));
    return new Promise((resolve) => {
      open.push({ path, answer: (body, status = 200) => resolve(Response.json(body, { status })) });
    });
  };
  const runtime = createTestRuntime({ clock, fetch, signal: stop.signal });
  return { graph: createGraphClient(runtime, { accessToken: 'token', ...options }), clock, stop, open, paths };
}

/** Lets everything happen that no timer of the clock keeps waiting; Bottleneck takes a few turns of the real event loop. */
async function settle(clock: FakeClock): Promise<void> {
  for (let turns = 0; turns < 25; turns += 1) await clock.advance(0);
}

function walk(graph: GraphClient, account: string, edge: string): AsyncGenerator<Page> {
  return readPages(graph, {
    path: `act_${account}/${edge}`,
    fields: ['id', 'name'],
    account,
    pageSize: new PageSize({ initial: 2, ceiling: 2 }),
    memory: new FieldMemory(),
    hasNodes: true,
  });
}

const walks = (graph: GraphClient, account: string, count: number) =>
  Array.from({ length: count }, (_, index) => walk(graph, account, `edge${index}`));
const page = { body: { data: [{ id: '1' }], paging: { cursors: { after: 'A' }, next: 'https://graph.example/?after=A' } } };
const limitHit = { status: 400, body: { error: { message: 'too many calls', code: 80004, error_subcode: 2446079 } } };

describe('the places of pages in flight', () => {
  it('are not held by pages that a limit keeps waiting', async () => {
    const { graph, clock, paths } = setUp((path) => (path.startsWith('act_1/') ? limitHit : page));
    const throttled = walks(graph, '1', 3 * PLACES);
    for (const pages of throttled) void pages.next();
    await settle(clock);
    const { value } = await walk(graph, '2', 'ads').next();
    expect(value).toMatchObject({ rows: [{ id: '1' }] });
    // Those that were under way when the limit came to light; nobody else has tried.
    expect(paths.filter((path) => path.startsWith('act_1/')).length).toBeLessThanOrEqual(PLACES);
  });

  it('are given back by a page that is read object by object and meets a limit half way', async () => {
    const spoiled = { status: 400, body: { error: { message: 'incomplete', code: 100, error_subcode: 2446289 } } };
    const part = { code: limitHit.status, body: JSON.stringify(limitHit.body) };
    const { graph, clock } = setUp((path, fields) => {
      if (path === '') return { body: [part] };
      return path.startsWith('act_1/') && fields !== 'id' ? spoiled : page;
    });
    for (const pages of walks(graph, '1', PLACES)) void pages.next();
    await settle(clock);
    const { value } = await walk(graph, '2', 'ads').next();
    expect(value).toMatchObject({ rows: [{ id: '1' }] });
  });

  it('bound how many pages are asked for and not taken', async () => {
    const { graph, clock, open } = setUp();
    const accounts = Array.from({ length: PLACES + 2 }, (_, index) => walk(graph, `${index}`, 'ads'));
    const pages = accounts.map((generator) => generator.next());
    await settle(clock);
    await settle(clock);
    expect(open).toHaveLength(PLACES);
    open[0]?.answer(page.body);
    await pages[0];
    await settle(clock);
    expect(open).toHaveLength(PLACES);
    void accounts[0]?.return(undefined);
    await settle(clock);
    expect(open).toHaveLength(PLACES + 1);
    open[1]?.answer({ error: { message: 'gone', code: 100, error_subcode: 33 } }, 400);
    await expect(pages[1]).rejects.toMatchObject({ failure: 'missing' });
    await settle(clock);
    expect(open).toHaveLength(PLACES + 2);
  });

  it('do not keep whoever holds one from making other calls for the account', async () => {
    const { graph, clock } = setUp(() => page, { concurrency: 1 });
    const holders = walks(graph, '1', PLACES);
    for (const pages of holders) await pages.next();
    for (const pages of walks(graph, '1', 3)) void pages.next();
    await settle(clock);
    const { body } = await graph.send({ path: '77', account: '1' });
    expect(body).toEqual(page.body);
  });

  it('end their waits when the run is to stop', async () => {
    const { graph, clock, stop } = setUp(() => page);
    for (const pages of walks(graph, '1', PLACES)) await pages.next();
    const waiting = walk(graph, '1', 'ads').next();
    await settle(clock);
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });
});
