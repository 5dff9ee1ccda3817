import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../../../src/protocol/messages.ts';
import { compileCast } from '../../../src/streams/cast-row.ts';
import { planRowText, type RowTextOptions } from '../../../src/streams/row-text/plan-row-text.ts';
import { TextRowReader } from '../../../src/streams/row-text/text-row-reader.ts';
import { findRowText } from '../../../src/text/row-text.ts';

const ACTION = {
  type: 'object',
  properties: { action_type: { type: ['null', 'string'] }, value: { type: 'number' }, '1d_click': { type: 'number' } },
};
const SCHEMA: JsonSchema = {
  properties: {
    id: { type: ['null', 'string'] },
    spend: { type: ['null', 'number'] },
    clicks: { type: ['null', 'integer'] },
    is_on: { type: 'boolean' },
    actions: { type: ['null', 'array'], items: ACTION },
    creative: { type: 'object', properties: { id: { type: 'string' }, size: { type: 'integer' } } },
    free: {},
  },
};
const EVERYTHING: RowTextOptions = {
  schema: SCHEMA,
  kept: { only: new Set(Object.keys(SCHEMA['properties'] as object)) },
  columns: ['id'],
};

interface ReadRow {
  readonly row: Record<string, unknown>;
  readonly record: unknown;
  readonly text: string;
}

/** Undefined where the row has to be parsed. */
function read(row: object | string, options: Partial<RowTextOptions> = {}): ReadRow | undefined {
  const plan = planRowText({ ...EVERYTHING, ...options });
  if (plan === undefined) throw new Error('not to be read as text');
  const page = Buffer.from(`${typeof row === 'string' ? row : JSON.stringify(row)},`);
  const reader = new TextRowReader(plan, page);
  const result = reader.read(0);
  if (result === undefined) return undefined;
  expect(reader.end).toBe(page.length - 1);
  const text = Buffer.from(findRowText(result) ?? []).toString();
  return { row: { ...result }, record: JSON.parse(text), text };
}

function cast(row: object, isKept: (name: string) => boolean): object {
  const copy = JSON.parse(JSON.stringify(row)) as Record<string, unknown>;
  compileCast(SCHEMA, () => undefined)(copy);
  return Object.fromEntries(Object.entries(copy).filter(([name]) => isKept(name)));
}

/** What Meta usually sends, and sometimes does not. */
function often<T, U>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<U>): fc.Arbitrary<T | U> {
  return fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: odd });
}

describe('TextRowReader', () => {
  const usual = fc.oneof(
    fc.nat(),
    fc.nat().map(String),
    fc.tuple(fc.nat(9_999), fc.nat(999_999)).map(([whole, fraction]) => `${whole}.${fraction}`),
  );
  const odd = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom('0', '0.00', '1.50', '-2', '-0', '007', '1e3', 'x', '', '12345678901234567', null),
  );
  const number = often(usual, odd);
  const action = fc.record(
    { action_type: fc.string(), value: number, '1d_click': number, other: fc.string() },
    { requiredKeys: [] },
  );
  const anyRow = fc.record(
    {
      id: often(fc.string({ unit: 'grapheme' }), fc.constantFrom(null, 5)),
      spend: number,
      clicks: often(fc.nat().map(String), number),
      is_on: often(fc.boolean(), fc.constantFrom('true', 1, null)),
      actions: often(fc.array(action, { maxLength: 5 }), fc.constantFrom(null, 'none', {})),
      creative: often(fc.record({ id: fc.string(), size: fc.nat() }, { requiredKeys: [] }), fc.constantFrom(null, [])),
      free: often(fc.string(), fc.jsonValue()),
      unknown: often(fc.array(fc.string()), fc.jsonValue()),
    },
    { requiredKeys: ['id'] },
  );

  it('makes of a row what parsing, casting and leaving out would make of it, or leaves it to them', () => {
    let texts = 0;
    const names = fc.uniqueArray(fc.constantFrom('id', 'spend', 'clicks', 'actions', 'creative', 'unknown', 'never'));
    fc.assert(
      fc.property(anyRow, names, fc.boolean(), (row, named, isOnly) => {
        const kept = isOnly ? { only: new Set(named) } : { allBut: new Set(named) };
        const result = read(row, { kept });
        if (result === undefined) return;
        texts += 1;
        expect(result.record).toEqual(
          JSON.parse(JSON.stringify(cast(row, (name) => named.some((other) => other === name) === isOnly))),
        );
        expect(result.row['id']).toBe(row['id']);
        expect(result.text).not.toContain('\n');
      }),
      { numRuns: 3_000 },
    );
    expect(texts).toBeGreaterThan(500);
  });

  it('reads what a report usually holds', () => {
    const row = {
      id: '7',
      spend: '12.30',
      clicks: '4',
      actions: [{ action_type: 'link_click', value: '3', '1d_click': '1' }, { value: '2' }],
    };
    const result = read(row);
    expect(result?.record).toEqual({
      id: '7',
      spend: 12.3,
      clicks: 4,
      actions: [{ action_type: 'link_click', value: 3, '1d_click': 1 }, { value: 2 }],
    });
    expect(result?.row).toMatchObject({ id: '7' });
  });

  it.each([
    ['the first member', 'spend', { spend: '1', id: '2', clicks: '3' }],
    ['a member between', 'spend', { id: '2', spend: '1', clicks: '3' }],
    ['the last member', 'spend', { id: '2', clicks: '3', spend: '1' }],
    ['two at the end', 'spend', { id: '2', clicks: '3', unknown: [1], spend: '1' }],
    ['the only other one', 'spend', { spend: '1', id: '2' }],
  ])('leaves out %s', (_name, left, row) => {
    const kept = new Set(['id', 'clicks']);
    expect(kept).not.toContain(left);
    expect(read(row, { kept: { only: kept } })?.record).toEqual(cast(row, (name) => kept.has(name)));
  });

  it('gives columns that are not in the record, and reads escapes in them', () => {
    const result = read('{"id":"caf\\u00e9 \\/ \\"x\\"","clicks":"3"}', { kept: { only: new Set(['clicks']) } });
    expect(result?.row['id']).toBe('café / "x"');
    expect(result?.record).toEqual({ clicks: 3 });
  });

  it.each([
    ['lacks a column', { clicks: '3' }],
    ['has null in a column', { id: null, clicks: '3' }],
    ['would be empty', { id: '1' }],
  ])('leaves a row that %s to the parser', (_name, row) => {
    expect(read(row, { kept: { only: new Set(['clicks', 'spend']) } })).toBeUndefined();
  });

  it('leaves a row to the parser that is changed in part, and still means the same', () => {
    const row = { id: '1', spend: '1.5', clicks: '3', actions: 'none', unknown: 1 };
    const plan = planRowText(EVERYTHING);
    if (plan === undefined) throw new Error('no plan');
    const page = Buffer.from(`${JSON.stringify(row)},`);
    expect(new TextRowReader(plan, page).read(0)).toBeUndefined();
    const parsed = JSON.parse(page.toString('utf8', 0, page.length - 1)) as object;
    expect(cast(parsed, () => true)).toEqual(cast(row, () => true));
    expect(parsed).toMatchObject({ id: '1', unknown: 1 });
  });
});

describe('planRowText', () => {
  it('is not for columns that are no strings, whose values a row would have in two forms', () => {
    expect(planRowText({ ...EVERYTHING, columns: ['id', 'clicks'] })).toBeUndefined();
    expect(planRowText({ ...EVERYTHING, columns: ['nowhere'] })).toBeUndefined();
  });
});
