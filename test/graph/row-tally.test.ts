import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowTally } from '../../src/graph/row-tally.ts';

describe('RowTally', () => {
  it('counts as a map from texts would', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 4 }), { maxLength: 400 }), (texts) => {
        const tally = new RowTally();
        const counts = new Map<string, number>();
        for (const text of texts) {
          counts.set(text, (counts.get(text) ?? 0) + 1);
          tally.add(text);
        }
        expect(tally.size).toBe(counts.size);
        for (const [text, count] of counts) expect(tally.count(text)).toBe(count);
        expect(tally.count('never added')).toBe(0);
      }),
    );
  });

  it('knows without counts as much as a set', () => {
    const tally = new RowTally({ counts: false });
    for (let id = 0; id < 10_000; id += 1) tally.add(`${id % 5_000}`);
    const copy = tally.copy();
    copy.add('new');
    expect([tally.size, tally.count('4999'), tally.count('5000'), tally.count('new')]).toEqual([5_000, 1, 0, 0]);
    expect([copy.size, copy.count('4999'), copy.count('new')]).toEqual([5_001, 1, 1]);
  });

  it('has copies that go their own way', () => {
    const tally = new RowTally();
    tally.add('a');
    const copy = tally.copy();
    copy.add('a');
    copy.add('b');
    tally.add('c');
    expect([tally, copy].map((each) => [each.count('a'), each.count('b'), each.count('c'), each.size])).toEqual([
      [1, 0, 1, 2],
      [2, 1, 0, 2],
    ]);
  });

  it('tells hundreds of thousands of ids in a row, and long texts that differ in one place, apart', () => {
    const tally = new RowTally();
    for (let id = 0; id < 300_000; id += 1) tally.add(`${120_210_000_000_000_000n + BigInt(id)}`);
    const filler = 'x'.repeat(500);
    for (let at = 0; at < 500; at += 1) {
      tally.add(`${filler.slice(at)}y${filler.slice(0, at)}`);
      tally.add(`${filler.slice(at)}z${filler.slice(0, at)}`);
    }
    expect(tally.size).toBe(301_000);
  });
});
