import { describe, expect, it } from 'vitest';
import { FieldMemory } from '../../src/graph/field-memory.ts';
import { GivenRows } from '../../src/graph/given-rows.ts';
import { PageSize } from '../../src/graph/page-size.ts';
import type { PageWalk } from '../../src/graph/page-walk.ts';
import { type Page, readPages } from '../../src/graph/paging.ts';
import type { GraphRequest } from '../../src/graph/send.ts';
import { createScriptedGraph, graphError, partsOf, type ScriptedGraph } from '../support/scripted-graph.ts';

const FIELDS = ['id', 'name', 'targeting', 'rule'];

function walkOf(changes: Partial<PageWalk> = {}): PageWalk {
  return {
    path: 'act_1/ads',
    fields: FIELDS,
    account: '1',
    pageSize: new PageSize({ initial: 4, ceiling: 8 }),
    memory: new FieldMemory(),
    hasNodes: true,
    ...changes,
  };
}

async function readAll(graph: ScriptedGraph, walk: PageWalk = walkOf()): Promise<{ ids: string[]; pages: Page[] }> {
  const pages: Page[] = [];
  for await (const page of readPages(graph, walk)) pages.push(page);
  return { ids: pages.flatMap((page) => page.rows.map((row) => String(row['id']))), pages };
}

/** An edge of `count` objects that pages as Meta does: the cursor is an offset, `next` is absent on the last page. */
function edgePage(request: GraphRequest, count: number) {
  const offset = Number(request.params?.['after'] ?? 0);
  const end = Math.min(count, offset + Number(request.params?.['limit']));
  const data = Array.from({ length: end - offset }, (_, index) => ({ id: `${offset + index}` }));
  const cursors = { before: `${offset}`, after: `${end}` };
  return { data, paging: end < count ? { cursors, next: `https://graph.example/?access_token=T&after=${end}` } : { cursors } };
}

const idsUpTo = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);

describe('readPages', () => {
  it('walks to the page without next and makes no call beyond it', async () => {
    const graph = createScriptedGraph((request) => edgePage(request, 10));
    expect((await readAll(graph)).ids).toEqual(idsUpTo(10));
    expect(graph.requests).toHaveLength(3);
  });

  it('goes on after an empty page that has a next one', async () => {
    const graph = createScriptedGraph((request, count) => {
      if (count === 2) return { data: [], paging: { cursors: { after: '4x' }, next: 'https://graph.example/?after=4x' } };
      const after = request.params?.['after'] === '4x' ? '4' : request.params?.['after'];
      return edgePage({ ...request, params: { ...request.params, after } }, 6);
    });
    expect((await readAll(graph)).ids).toEqual(idsUpTo(6));
  });

  it('ends where a cursor repeats', async () => {
    const graph = createScriptedGraph(() => ({
      data: [{ id: '1' }],
      paging: { cursors: { after: 'A' }, next: 'https://graph.example/?after=A' },
    }));
    expect((await readAll(graph)).ids).toEqual(['1']);
    expect(graph.requests).toHaveLength(2);
  });

  it('fails rather than follow empty pages with new cursors for ever', async () => {
    const graph = createScriptedGraph((_, count) => ({
      data: [],
      paging: { cursors: { after: `${count}` }, next: 'https://graph.example/?' },
    }));
    await expect(readAll(graph)).rejects.toMatchObject({ failure: 'transient' });
  });

  it('starts again after a dead cursor without giving a row twice', async () => {
    let isDead = true;
    const graph = createScriptedGraph((request) => {
      if (isDead && request.params?.['after'] === '8') {
        isDead = false;
        throw graphError('invalid', { code: 2642, remedy: 'restart_walk' });
      }
      return edgePage(request, 12);
    });
    expect((await readAll(graph)).ids).toEqual(idsUpTo(12));
  });

  it('gives up a walk whose cursors always die', async () => {
    const graph = createScriptedGraph((request) => {
      if (request.params?.['after'] !== undefined) throw graphError('invalid', { code: 2642, remedy: 'restart_walk' });
      return edgePage(request, 12);
    });
    await expect(readAll(graph)).rejects.toMatchObject({ failure: 'invalid' });
  });

  it('halves the page when Meta asks for less data and reads on from the same place', async () => {
    const graph = createScriptedGraph((request) => {
      if (Number(request.params?.['limit']) > 2) throw graphError('too_much_data');
      return edgePage(request, 6);
    });
    expect((await readAll(graph)).ids).toEqual(idsUpTo(6));
  });

  it('reads an object that is too much by its parts and leaves only the bad field empty', async () => {
    const graph = createScriptedGraph((request) => {
      if (request.method === 'POST') return partsOf(request).map((part) => answerPart(part.relative_url));
      const offset = Number(request.params?.['after'] ?? 0);
      const end = offset + Number(request.params?.['limit']);
      if (request.params?.['fields'] !== 'id' && offset <= 3 && end > 3) throw graphError('too_much_data');
      return edgePage(request, 6);
    });
    const { ids, pages } = await readAll(graph);
    expect(ids).toEqual(idsUpTo(6));
    const flaws = pages.flatMap((page) => [...page.flaws]).map(([row, fields]) => [row['id'], fields]);
    expect(flaws).toEqual([['3', ['targeting']]]);
    const row = pages.flatMap((page) => page.rows).find(({ id }) => id === '3');
    expect(row).toEqual({ id: '3', name: 'name of 3', rule: 'rule of 3' });
  });

  it('saves the other objects of a page with one poisoned object', async () => {
    const graph = createScriptedGraph((request) => {
      if (request.method === 'POST') {
        return partsOf(request).map((part) =>
          part.relative_url.startsWith('1?') ? poisonedPart(part.relative_url) : answerPart(part.relative_url),
        );
      }
      if (request.params?.['fields'] !== 'id' && request.params?.['after'] === undefined) {
        throw graphError('invalid', { code: 100, subcode: 2446289, remedy: 'isolate' });
      }
      return edgePage(request, 6);
    });
    const { ids, pages } = await readAll(graph, walkOf({ pageSize: new PageSize({ initial: 3, ceiling: 3 }) }));
    expect(ids).toEqual(idsUpTo(6));
    expect(pages[0]?.rows[1]).toEqual({ id: '1' });
    expect(pages[0]?.rows[2]).toMatchObject({ id: '2', name: 'name of 2' });
    expect([...(pages[0]?.flaws.values() ?? [])]).toEqual([['name', 'targeting', 'rule']]);
    expect(graph.runtime.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  it('finds a field that Meta refuses, drops it with one warning and says of every row that it is missing', async () => {
    const graph = createScriptedGraph((request) => {
      if (request.method === 'POST') return partsOf(request).map((part) => answerNode(part.relative_url, ['rule'], REFUSAL));
      if (String(request.params?.['fields']).includes('rule')) throw graphError('invalid', { code: 100 });
      return edgePage(request, 6);
    });
    const walk = walkOf();
    const { ids, pages } = await readAll(graph, walk);
    expect(ids).toEqual(idsUpTo(6));
    expect([...walk.memory.refused.keys()]).toEqual(['rule']);
    expect(pages.flatMap(({ rows, flaws }) => rows.map((row) => flaws.get(row)))).toEqual(idsUpTo(6).map(() => ['rule']));
    expect(warningsOf(graph)).toEqual([expect.stringContaining('rule')]);
  });

  it('drops a refused field of rows that are no nodes without asking for nodes', async () => {
    const graph = createScriptedGraph((request) => {
      if (String(request.params?.['fields']).includes('rule')) throw graphError('invalid', { code: 100 });
      return edgePage(request, 6);
    });
    const { ids, pages } = await readAll(graph, walkOf({ hasNodes: false }));
    expect(ids).toEqual(idsUpTo(6));
    expect(graph.requests.every(({ method }) => method !== 'POST')).toBe(true);
    expect([...(pages[0]?.flaws.values() ?? [])]).toEqual([['rule'], ['rule'], ['rule'], ['rule']]);
  });

  it.each([0, 1, 3, 5])('keeps a field for the other objects when object %i alone refuses it', async (refusing) => {
    const graph = createScriptedGraph((request) => {
      if (request.method === 'POST') {
        return partsOf(request).map(({ relative_url: url }) =>
          answerNode(url, url.startsWith(`${refusing}?`) ? ['rule'] : [], REFUSAL),
        );
      }
      const page = edgePage(request, 6);
      const isAsked = String(request.params?.['fields']).includes('rule');
      if (isAsked && page.data.some(({ id }) => id === `${refusing}`)) throw graphError('forbidden', { code: 200 });
      return page;
    });
    const { ids, pages } = await readAll(graph);
    expect(ids).toEqual(idsUpTo(6));
    const flaws = pages.flatMap((page) => [...page.flaws]).map(([row, fields]) => [row['id'], fields]);
    expect(flaws).toEqual([[`${refusing}`, ['rule']]]);
  });

  it('reads a page object by object when no field alone explains why it fails', async () => {
    const graph = createScriptedGraph((request) => {
      if (request.method === 'POST') return partsOf(request).map((part) => answerNode(part.relative_url, [], REFUSAL));
      const page = edgePage(request, 6);
      const isBroad = String(request.params?.['fields']).split(',').length > 2;
      if (isBroad && page.data.some(({ id }) => id === '5')) throw graphError('invalid', { code: 100 });
      return page;
    });
    const { ids, pages } = await readAll(graph);
    expect(ids).toEqual(idsUpTo(6));
    expect(pages.flatMap((page) => [...page.flaws])).toEqual([]);
  });

  it('leaves out objects that are gone before they can be read, and says so once a page', async () => {
    const graph = createScriptedGraph((request) => {
      if (request.method === 'POST') {
        return partsOf(request).map(({ relative_url: url }) =>
          /^[13]\?/.test(url) ? answerNode(url, ['id'], GONE) : answerNode(url, [], GONE),
        );
      }
      if (request.params?.['fields'] !== 'id') throw graphError('invalid', { code: 100, subcode: 2446289, remedy: 'isolate' });
      return edgePage(request, 6);
    });
    const { ids, pages } = await readAll(graph);
    expect(ids).toEqual(['0', '2', '4', '5']);
    expect(pages.flatMap((page) => [...page.flaws])).toEqual([]);
    expect(warningsOf(graph)).toEqual([expect.stringMatching(/^2 objects of act_1\/ads .*: 1, 3$/)]);
  });

  it('keeps equal rows that are no nodes, as many as there are', async () => {
    const graph = createScriptedGraph((request) => ({ ...edgePage(request, 6), data: [{ type: 'a' }, { type: 'a' }] }));
    const { pages } = await readAll(
      graph,
      walkOf({ hasNodes: false, given: new GivenRows({ identify: JSON.stringify, equals: 'several' }) }),
    );
    expect(pages.map(({ rows }) => rows.length)).toEqual([2, 2]);
  });

  it('drops after a restart as many equal rows as were given before it', async () => {
    let isDead = true;
    const types = ['a', 'a', 'b', 'a', 'c', 'a', 'b', 'a'];
    const graph = createScriptedGraph((request) => {
      if (request.params?.['after'] === '4' && isDead) {
        isDead = graph.requests.length < 3;
        throw graphError('invalid', { code: 2642, remedy: 'restart_walk' });
      }
      const page = edgePage(request, types.length);
      return { ...page, data: page.data.map(({ id }) => ({ type: types[Number(id)] })) };
    });
    const { pages } = await readAll(
      graph,
      walkOf({ hasNodes: false, given: new GivenRows({ identify: (row) => String(row['type']), equals: 'several' }) }),
    );
    expect(pages.flatMap(({ rows }) => rows.map((row) => row['type'])).sort()).toEqual([...types].sort());
  });

  it('comes by as many pages as it has to whose rows were all given by another walk', async () => {
    const given = new GivenRows({ identify: (row) => String(row['id']), equals: 'same' });
    given.take(Array.from({ length: 700 }, (_, id) => ({ id: String(id) })));
    const graph = createScriptedGraph((request) => edgePage(request, 701));
    const pageSize = new PageSize({ initial: 1, ceiling: 1 });
    const { ids } = await readAll(graph, walkOf({ given, pageSize }));
    expect(ids).toEqual(['700']);
  });

  it('fails rather than follow new cursors to the same rows for ever', async () => {
    const graph = createScriptedGraph((_request, count) => ({
      data: [{ id: '1' }, { id: '2' }],
      paging: { cursors: { after: `${count}` }, next: `https://graph.example/?after=${count}` },
    }));
    await expect(readAll(graph)).rejects.toMatchObject({ failure: 'transient' });
    expect(graph.requests.length).toBeLessThan(600);
  });

  it('is given up where its cursors die again and again, whatever others give meanwhile', async () => {
    const given = new GivenRows({ identify: (row) => String(row['id']), equals: 'same' });
    let other = 0;
    const graph = createScriptedGraph((request) => {
      if (request.params?.['after'] === undefined) return edgePage(request, 100);
      other += 1;
      given.take([{ id: `other ${other}` }]);
      throw graphError('invalid', { code: 2642, remedy: 'restart_walk' });
    });
    await expect(readAll(graph, walkOf({ given }))).rejects.toMatchObject({ details: { code: 2642 } });
    expect(graph.requests.length).toBeLessThan(40);
  });

  it('does not blame the fields when the whole edge is forbidden', async () => {
    const graph = createScriptedGraph(() => {
      throw graphError('forbidden', { code: 200 });
    });
    await expect(readAll(graph)).rejects.toMatchObject({ failure: 'forbidden' });
    expect(graph.requests).toHaveLength(2);
  });

  it('asks for the number of objects with the first page only', async () => {
    const graph = createScriptedGraph((request) => ({ ...edgePage(request, 6), summary: { total_count: 6 } }));
    const { pages } = await readAll(graph, walkOf({ counted: true }));
    expect(pages.map((page) => page.total)).toEqual([6, undefined]);
    expect(graph.requests.map((request) => request.params?.['summary'])).toEqual(['total_count', undefined]);
  });
});

const REFUSAL = { code: 400, error: { message: 'refused', code: 100 } };
const GONE = { code: 400, error: { message: 'Unsupported get request', code: 100, error_subcode: 33 } };

/** A node whose `refused` fields fail the part that asks for them. */
function answerNode(url: string, refused: readonly string[], failure: { readonly code: number; readonly error: object }) {
  const [id, query] = url.split('?');
  const fields = (new URLSearchParams(query).get('fields') ?? '').split(',');
  if (fields.some((field) => refused.includes(field))) {
    return { code: failure.code, body: JSON.stringify({ error: failure.error }) };
  }
  const values = fields.map((field) => [field, field === 'id' ? id : `${field} of ${id}`] as const);
  return { code: 200, body: JSON.stringify(Object.fromEntries(values)) };
}

function warningsOf(graph: ScriptedGraph): string[] {
  return graph.runtime.lines.filter(({ level }) => level === 'warn').map(({ message }) => message);
}

function answerPart(url: string) {
  const [id, query] = url.split('?');
  const fields = (new URLSearchParams(query).get('fields') ?? '').split(',');
  if (id === '3' && fields.includes('targeting')) {
    return {
      code: 500,
      body: JSON.stringify({ error: { message: "Please reduce the amount of data you're asking for", code: 1 } }),
    };
  }
  return {
    code: 200,
    body: JSON.stringify(Object.fromEntries(fields.map((field) => [field, field === 'id' ? id : `${field} of ${id}`]))),
  };
}

function poisonedPart(url: string) {
  const fields = new URLSearchParams(url.split('?')[1]).get('fields');
  if (fields === 'id') return { code: 200, body: '{"id":"1"}' };
  return {
    code: 400,
    body: JSON.stringify({ error: { message: 'Ad Creative Is Incomplete', code: 100, error_subcode: 2446289 } }),
  };
}
