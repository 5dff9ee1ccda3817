import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDetails } from '../../src/graph/details.ts';
import { FieldMemory } from '../../src/graph/field-memory.ts';
import { createScriptedGraph, partsOf } from '../support/scripted-graph.ts';

const FIELDS = ['id', 'a', 'b', 'c', 'd', 'e', 'f', 'g'];

/** A Graph where single fields of single objects fail the request that asks for them. */
function graphWithPoison(poison: ReadonlySet<string>) {
  return createScriptedGraph((request) =>
    partsOf(request).map(({ relative_url: url }) => {
      const [id = '', query] = url.split('?');
      const fields = (new URLSearchParams(query).get('fields') ?? '').split(',');
      if (fields.some((field) => poison.has(`${id}.${field}`))) {
        return { code: 400, body: JSON.stringify({ error: { message: 'incomplete', code: 100, error_subcode: 2446289 } }) };
      }
      return {
        code: 200,
        body: JSON.stringify(Object.fromEntries(fields.map((field) => [field, field === 'id' ? id : `${id}${field}`]))),
      };
    }),
  );
}

describe('readDetails', () => {
  it('answers every id in order with everything but the poisoned fields, whatever is poisoned', async () => {
    const cells = fc.constantFrom(...['1', '2', '3'].flatMap((id) => FIELDS.slice(1).map((field) => `${id}.${field}`)));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(cells, { maxLength: 6 }), async (poisoned) => {
        const poison = new Set(poisoned);
        const details = await readDetails(graphWithPoison(poison), { ids: ['1', '2', '3'], fields: FIELDS });
        for (const [index, id] of ['1', '2', '3'].entries()) {
          const good = FIELDS.filter((field) => !poison.has(`${id}.${field}`));
          expect(details[index]?.id).toBe(id);
          expect(Object.keys(details[index]?.object ?? {}).sort()).toEqual([...good].sort());
          expect([...(details[index]?.flaws ?? [])].sort()).toEqual(FIELDS.filter((field) => !good.includes(field)).sort());
        }
      }),
      { numRuns: 60 },
    );
  });

  it('tells an object that is gone from one with flaws', async () => {
    const graph = createScriptedGraph((request) =>
      partsOf(request).map(() => ({
        code: 400,
        body: JSON.stringify({ error: { message: 'Unsupported get request', code: 100, error_subcode: 33 } }),
      })),
    );
    const [detail] = await readDetails(graph, { ids: ['9'], fields: ['id', 'name'] });
    expect(detail).toMatchObject({ object: { id: '9' }, isGone: true, flaws: [], error: { failure: 'missing' } });
    expect(graph.requests).toHaveLength(2);
  });

  it('does not take an object for gone that is said to be missing once', async () => {
    const graph = createScriptedGraph((request, count) =>
      partsOf(request).map(({ relative_url: url }) =>
        count === 1 && url.startsWith('2')
          ? { code: 400, body: JSON.stringify({ error: { message: 'Unsupported get request', code: 100, error_subcode: 33 } }) }
          : { code: 200, body: JSON.stringify({ id: url.split('?')[0], name: 'a' }) },
      ),
    );
    const details = await readDetails(graph, { ids: ['1', '2', '3'], fields: ['id', 'name'] });
    expect(details.map(({ object }) => object)).toEqual(['1', '2', '3'].map((id) => ({ id, name: 'a' })));
    expect(graph.requests.map((request) => partsOf(request).length)).toEqual([3, 1]);
  });

  it('does not take an outage for flawed objects', async () => {
    const graph = createScriptedGraph((request) => partsOf(request).map(() => ({ code: 503, body: '<html>gateway</html>' })));
    await expect(readDetails(graph, { ids: ['1'], fields: FIELDS })).rejects.toMatchObject({ failure: 'transient' });
  });

  it('rejects when the token is at fault', async () => {
    const graph = createScriptedGraph((request) =>
      partsOf(request).map(() => ({
        code: 400,
        body: JSON.stringify({ error: { message: 'expired', code: 190, error_subcode: 463 } }),
      })),
    );
    await expect(readDetails(graph, { ids: ['1'], fields: FIELDS })).rejects.toMatchObject({ failure: 'expired_token' });
  });

  it('fails rather than leave a field empty that fails for the moment', async () => {
    const graph = graphOf((id, field) => (id === '2' && field === 'c' ? PASSING : undefined));
    await expect(readDetails(graph, { ids: ['1', '2', '3'], fields: FIELDS })).rejects.toMatchObject({ failure: 'transient' });
  });

  it('takes an object for flawed, not gone, when some of its fields come', async () => {
    const graph = graphOf((_, field) => (field === 'c' ? MISSING : undefined), { isWholeForbidden: true });
    const [detail] = await readDetails(graph, { ids: ['1'], fields: FIELDS });
    expect(detail).toMatchObject({ isGone: false, flaws: ['c'], object: { a: '1a' } });
  });

  it('gives up a field that fails for a second object which is good otherwise, says so once, and says it of every object', async () => {
    const memory = new FieldMemory();
    const graph = graphOf((_, field) => (field === 'c' ? TOO_MUCH : undefined));
    const ids = Array.from({ length: 120 }, (_, index) => `${index}`);
    const details = await readDetails(graph, { ids, fields: FIELDS, memory });
    expect([...memory.refused.keys()]).toEqual(['c']);
    expect(details.map(({ flaws }) => flaws)).toEqual(ids.map(() => ['c']));
    expect(details.every(({ object }) => object['g'] !== undefined)).toBe(true);
    // The first fifty in vain, two objects taken apart, then every object once.
    expect(graph.requests.flatMap((request) => partsOf(request)).length).toBeLessThan(50 + 2 * FIELDS.length + 120);
    expect(graph.runtime.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    const [later] = await readDetails(graph, { ids: ['200'], fields: FIELDS, memory });
    expect(later).toMatchObject({ flaws: ['c'], isGone: false });
    expect(later?.error).toBeUndefined();
  });

  it.each([
    ['spoils its own answer', (id: string, field: string) => (id !== '9' && field !== 'id' ? SPOILED : undefined)],
    ['is gone', (id: string) => (id !== '9' ? MISSING : undefined)],
    ['refuses everything but its id', (id: string, field: string) => (id !== '9' && field !== 'id' ? FORBIDDEN : undefined)],
  ])('does not give up a field because object after object %s', async (_, failureOf) => {
    const memory = new FieldMemory();
    const graph = graphOf(failureOf);
    await readDetails(graph, { ids: ['1', '2', '3', '4'], fields: FIELDS, memory });
    expect(memory.refused.size).toBe(0);
    const [good] = await readDetails(graph, { ids: ['9'], fields: FIELDS, memory });
    expect(good).toMatchObject({ flaws: [], object: { a: '9a', g: '9g' } });
  });

  it('does not give up a field that any object has answered', async () => {
    const memory = new FieldMemory();
    await readDetails(
      graphOf(() => undefined),
      { ids: ['0'], fields: FIELDS, memory },
    );
    const graph = graphOf((_, field) => (field === 'c' ? TOO_MUCH : undefined));
    const details = await readDetails(graph, { ids: ['1', '2', '3', '4'], fields: FIELDS, memory });
    expect(memory.refused.size).toBe(0);
    expect(details.map(({ flaws }) => flaws)).toEqual([['c'], ['c'], ['c'], ['c']]);
  });
});

interface PartError {
  readonly message: string;
  readonly code: number;
  readonly error_subcode?: number;
}

const PASSING: PartError = { message: 'Service temporarily unavailable', code: 2 };
const TOO_MUCH: PartError = { message: 'An unknown error occurred', code: 1 };
const SPOILED: PartError = { message: 'incomplete', code: 100, error_subcode: 2446289 };
const MISSING: PartError = { message: 'Unsupported get request', code: 100, error_subcode: 33 };
const FORBIDDEN: PartError = { message: 'no permission', code: 200 };

/** A Graph where a part fails as the first of its fields that `failureOf` has a failure for. With `isWholeForbidden`, asking for all fields at once is. */
function graphOf(failureOf: (id: string, field: string) => PartError | undefined, { isWholeForbidden = false } = {}) {
  return createScriptedGraph((request) =>
    partsOf(request).map(({ relative_url: url }) => {
      const [id = '', query] = url.split('?');
      const fields = (new URLSearchParams(query).get('fields') ?? '').split(',');
      const isWhole = isWholeForbidden && fields.length === FIELDS.length;
      const error = isWhole ? FORBIDDEN : fields.map((field) => failureOf(id, field)).find((failure) => failure !== undefined);
      if (error !== undefined) return { code: error.code === 1 ? 500 : 400, body: JSON.stringify({ error }) };
      const values = fields.map((field) => [field, field === 'id' ? id : `${id}${field}`] as const);
      return { code: 200, body: JSON.stringify(Object.fromEntries(values)) };
    }),
  );
}
