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

  it('keeps the id of an object that is gone', async () => {
    const graph = createScriptedGraph((request) =>
      partsOf(request).map(() => ({
        code: 400,
        body: JSON.stringify({ error: { message: 'Unsupported get request', code: 100, error_subcode: 33 } }),
      })),
    );
    const [detail] = await readDetails(graph, { ids: ['9'], fields: ['id', 'name'] });
    expect(detail).toMatchObject({ object: { id: '9' }, flaws: ['name'], error: { failure: 'missing' } });
    expect(graph.requests).toHaveLength(1);
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

  it('stops asking for a field that no object could give', async () => {
    const ids = ['1', '2', '3', '4'];
    const poison = new Set(ids.map((id) => `${id}.c`));
    const memory = new FieldMemory();
    await readDetails(graphWithPoison(poison), { ids: ids.slice(0, 3), fields: FIELDS, memory });
    expect([...memory.refused.keys()]).toEqual(['c']);
    const graph = graphWithPoison(poison);
    const [detail] = await readDetails(graph, { ids: ['4'], fields: FIELDS, memory });
    expect(graph.requests).toHaveLength(1);
    expect(detail?.object).toMatchObject({ a: '4a', g: '4g' });
  });
});
