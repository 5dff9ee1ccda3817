import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinByKey } from '../../src/insights/merge.ts';

const KEY = ['date_start', 'ad_id', 'age'];
const METRICS = ['clicks', 'spend', 'actions', 'reach'];

/** Rows of distinct keys, sparse as Meta's are. */
const tables = fc.uniqueArray(
  fc.record(
    {
      date_start: fc.constantFrom('2026-01-01', '2026-01-02'),
      ad_id: fc.constantFrom('1', '2', '3'),
      age: fc.constantFrom('18-24', '25-34', undefined),
      clicks: fc.nat().map(String),
      spend: fc.nat().map(String),
      actions: fc.array(fc.record({ action_type: fc.string(), value: fc.nat().map(String) }), { maxLength: 2 }),
      reach: fc.nat().map(String),
    },
    { requiredKeys: ['date_start', 'ad_id', 'age'] },
  ),
  { selector: (row) => JSON.stringify([row.date_start, row.ad_id, row.age ?? null]) },
);

const pick = (row: object, columns: readonly string[]) =>
  Object.fromEntries(Object.entries(row).filter(([name]) => KEY.includes(name) || columns.includes(name)));
const sorted = (rows: readonly object[]) =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => a.localeCompare(b)))).sort();

describe('joinByKey', () => {
  it('puts the columns of a row together again', () => {
    const rows = joinByKey(
      [
        [
          { ad_id: '1', age: '18-24', clicks: '3' },
          { ad_id: '1', age: '25-34', clicks: '4' },
        ],
        [
          { ad_id: '1', age: '25-34', spend: '0.40' },
          { ad_id: '1', age: '18-24', spend: '0.30' },
        ],
      ],
      ['ad_id', 'age'],
    );
    expect(rows).toEqual([
      { ad_id: '1', age: '18-24', clicks: '3', spend: '0.30' },
      { ad_id: '1', age: '25-34', clicks: '4', spend: '0.40' },
    ]);
  });

  it('keeps a row that one part alone has', () => {
    expect(joinByKey([[{ ad_id: '1', clicks: '3' }], [{ ad_id: '2', spend: '1' }], []], ['ad_id'])).toEqual([
      { ad_id: '1', clicks: '3' },
      { ad_id: '2', spend: '1' },
    ]);
  });

  it('knows an asset by its value, whatever the order of its keys', () => {
    const parts = [[{ body_asset: { id: '7', text: 'a' }, clicks: '3' }], [{ body_asset: { text: 'a', id: '7' }, spend: '1' }]];
    expect(joinByKey(parts, ['body_asset'])).toEqual([{ body_asset: { id: '7', text: 'a' }, clicks: '3', spend: '1' }]);
  });

  it('loses no row where a key comes with different values', () => {
    const parts = [
      [
        { ad_id: '1', clicks: '3' },
        { ad_id: '1', clicks: '4' },
      ],
      [{ ad_id: '1', spend: '1' }],
    ];
    expect(joinByKey(parts, ['ad_id'])).toEqual([
      { ad_id: '1', clicks: '3', spend: '1' },
      { ad_id: '1', clicks: '4' },
    ]);
  });

  it('makes the table again out of any division of its columns, with rows in any order, some of them twice', () => {
    fc.assert(
      fc.property(tables, fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }), fc.nat(3), (table, places, turn) => {
        const parts = [0, 1, 2].map((part) => {
          const columns = METRICS.filter((_, index) => places[index] === part);
          const rows = table.map((row) => pick(row, columns));
          return [...rows.slice(turn), ...rows.slice(0, turn), ...rows.slice(0, 1)];
        });
        expect(sorted(joinByKey(parts, KEY))).toEqual(sorted(table.map((row) => pick(row, METRICS))));
        expect(sorted(joinByKey(parts.toReversed(), KEY))).toEqual(sorted(joinByKey(parts, KEY)));
      }),
    );
  });

  it('leaves the rows it is given as they are', () => {
    const part = [{ ad_id: '1', clicks: '3' }];
    joinByKey([part, [{ ad_id: '1', spend: '1' }]], ['ad_id']);
    expect(part).toEqual([{ ad_id: '1', clicks: '3' }]);
  });
});
