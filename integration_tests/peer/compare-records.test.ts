import { describe, expect, it } from 'vitest';
import { compareRecords } from './compare-records.ts';

describe('the comparison of records', () => {
  it('passes over the order of rows and of keys', () => {
    const peer = [{ id: '1', spec: { a: 1, b: [{ c: 2, d: 3 }] } }, { id: '2' }];
    const ours = [{ id: '2' }, { spec: { b: [{ d: 3, c: 2 }], a: 1 }, id: '1' }];
    expect(compareRecords({ peer, ours }, ['id'])).toEqual([]);
  });

  it('names the field of a row that differs, the rows that one side lacks, and the order of a list', () => {
    const peer = [{ id: '1', list: [1, 2], same: 0 }, { id: '2' }];
    const ours = [{ id: '1', list: [2, 1], same: 0 }, { id: '3' }];
    expect(compareRecords({ peer, ours }, ['id'])).toEqual([
      { type: 'changed', field: 'list', peer: peer[0], ours: ours[0] },
      { type: 'peer only', row: peer[1] },
      { type: 'ours only', row: ours[1] },
    ]);
  });

  it('counts equal rows, and tells an absent value from null', () => {
    const row = { time: 1 };
    expect(compareRecords({ peer: [row, row], ours: [row] }, [])).toEqual([{ type: 'peer only', row }]);
    expect(compareRecords({ peer: [{ id: '1', a: null }], ours: [{ id: '1' }] }, ['id'])).toHaveLength(1);
  });
});
