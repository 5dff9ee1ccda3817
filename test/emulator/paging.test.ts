import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFields } from '../../src/emulator/fields/field-parser.ts';
import { pageStyles } from '../../src/emulator/paging/page.ts';
import { ACCOUNT, createCaller } from './caller.ts';

const path = `act_${ACCOUNT}/adimages`;

describe('paging', () => {
  it('has 25 rows a page and ends where next is absent', async () => {
    const { walk } = createCaller();
    expect((await walk(path)).sizes).toEqual([25, 5]);
  });

  it('loses and repeats nothing, whatever the style and the limit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...pageStyles), fc.integer({ min: 1, max: 40 }), async (pageStyle, limit) => {
        const { walk, emulator } = createCaller({ pageStyle });
        const { ids } = await walk(path, { limit: String(limit) }, 100);
        expect(ids).toEqual([...emulator.truth.ids('adimages', ACCOUNT)].reverse());
      }),
      { numRuns: 25 },
    );
  });

  it('ends in the way its style says', async () => {
    const sizes = async (pageStyle: (typeof pageStyles)[number]) =>
      (await createCaller({ pageStyle }).walk(path, { limit: '15' }, 5)).sizes;
    expect(await sizes('plain')).toEqual([15, 15]);
    expect(await sizes('empty_pages')).toEqual([15, 0, 15]);
    expect(await sizes('trailing_empty_page')).toEqual([15, 15, 0]);
    expect(await sizes('sticky_next')).toEqual([15, 15, 0, 0, 0]);
  });

  it('answers an empty page behind the last cursor', async () => {
    const { get } = createCaller();
    const last = await get(path, { limit: '100' });
    expect(await get(path, { after: last.paging?.cursors.after ?? '' })).toEqual({ data: [] });
  });

  it('goes back with before', async () => {
    const { get } = createCaller();
    const first = await get(path, { limit: '10' });
    const second = await get(path, { limit: '10', after: first.paging?.cursors.after ?? '' });
    const back = await get(path, { limit: '10', before: second.paging?.cursors.before ?? '' });
    expect(back.data).toEqual(first.data);
  });

  it('keeps a cursor alive when the limit changes and objects come and go', async () => {
    const { emulator, get } = createCaller();
    const first = await get(path, { limit: '10' });
    emulator.remove('image', first.data[9]?.id ?? '');
    emulator.add('image', { account: ACCOUNT });
    const second = await get(path, { limit: '3', after: first.paging?.cursors.after ?? '' });
    const expected = [...emulator.truth.ids('adimages', ACCOUNT)].reverse().slice(10, 13);
    expect(second.data.map(({ id }) => id)).toEqual(expected);
  });

  it('refuses cursors that are made up or of another edge with 2642', async () => {
    const { get, fail } = createCaller();
    const other = await get(`act_${ACCOUNT}/ads`, { limit: '1' });
    expect(await fail(path, { after: other.paging?.cursors.after ?? '' })).toBe('400 2642');
    expect(await fail(path, { after: 'MAZDZD' })).toBe('400 2642');
  });

  it('puts the token and all parameters into next, and lets the address grow with repeated ones', async () => {
    const { get, emulator, fetch } = createCaller();
    const [token = ''] = Object.keys(emulator.options.tokens);
    const { paging } = await get(path, { limit: '1', fields: 'id' });
    const next = new URL(paging?.next ?? '');
    expect(Object.fromEntries(next.searchParams)).toMatchObject({ access_token: token, limit: '1', fields: 'id' });
    const grown = (await (await fetch(`${next.pathname}${next.search}&access_token=${token}`)).json()) as Awaited<
      ReturnType<typeof get>
    >;
    expect(new URL(grown.paging?.next ?? '').searchParams.getAll('access_token')).toHaveLength(2);
  });

  it('counts all rows when a summary is asked for', async () => {
    const { get } = createCaller();
    expect((await get(path, { limit: '1', summary: 'true' })).summary).toEqual({ total_count: 30 });
  });
});

describe('the fields parameter', () => {
  it('reads back every nested list it is given', () => {
    const tree = fc.letrec((tie) => ({
      list: fc.array(tie('field'), { minLength: 1, maxLength: 3 }).map((fields) => fields.join(',')),
      field: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom('id', 'name'),
        tie('list').map((list) => `ads.limit(2){${list}}`),
      ),
    }));
    const write = (fields: ReturnType<typeof parseFields>): string =>
      fields
        .map(({ name, modifiers, children }) => {
          const dots = modifiers.map(([modifier, argument]) => `.${modifier}(${argument})`).join('');
          return `${name}${dots}${children === undefined ? '' : `{${write(children)}}`}`;
        })
        .join(',');
    fc.assert(fc.property(tree.list, (text) => write(parseFields(text)) === text));
  });

  it('takes a JSON list', () => {
    expect(parseFields('["id","creative{id}"]').map(({ name }) => name)).toEqual(['id', 'creative']);
  });
});
