import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBody } from '../../src/graph/body.ts';
import { DEFAULT_DEADLINES, Deadline } from '../../src/graph/deadline.ts';
import type { PageTextOptions } from '../../src/graph/page-text.ts';
import { createRedactor, createSecretFinder } from '../../src/graph/redactor.ts';
import { planRowText } from '../../src/streams/row-text/plan-row-text.ts';
import { TextRowReader } from '../../src/streams/row-text/text-row-reader.ts';
import { findRowText } from '../../src/text/row-text.ts';
import { readRow } from '../support/read-row.ts';
import { createTestRuntime } from '../support/test-runtime.ts';

const TOKEN = 'EAAtokenTOKENtoken0123456789';
const redact = createRedactor([TOKEN]);
const plan = planRowText({
  schema: { properties: { id: { type: 'string' }, name: { type: 'string' }, clicks: { type: 'integer' } } },
  kept: { allBut: new Set() },
  columns: ['id'],
});
if (plan === undefined) throw new Error('no plan');
const page: PageTextOptions = {
  openRows: (piece) => new TextRowReader(plan, piece),
  redact,
  holdsSecret: createSecretFinder([TOKEN]),
};

type Row = Record<string, unknown>;

async function readRows(text: string, options: PageTextOptions): Promise<readonly Row[]> {
  return ((await read(text, undefined, options)) as { readonly data: readonly Row[] }).data;
}

/** `sizes` of the chunks, in turn. */
async function read(
  text: string | Uint8Array,
  sizes: number | readonly number[] = 16_384,
  options: PageTextOptions = page,
): Promise<unknown> {
  const bytes = Buffer.from(text);
  const turns = [sizes].flat();
  let position = 0;
  let turn = 0;
  const response = new Response(
    new ReadableStream({
      pull(controller) {
        if (position >= bytes.length) return controller.close();
        const size = turns[turn++ % turns.length] ?? 1;
        controller.enqueue(Uint8Array.from(bytes.subarray(position, position + size)));
        position += size;
      },
    }),
  );
  using deadline = new Deadline(createTestRuntime(), DEFAULT_DEADLINES);
  deadline.startBody();
  return (await readBody(response, { deadline, redact: options.redact, page: options })).value;
}

async function readPage(
  rows: readonly unknown[],
  sizes?: number | readonly number[],
): Promise<{ readonly data: readonly Row[]; readonly paging?: object }> {
  const body = { data: rows, paging: { cursors: { after: 'a' }, next: `https://graph.facebook.com/?access_token=${TOKEN}` } };
  return (await read(JSON.stringify(body), sizes)) as { readonly data: readonly Row[] };
}

function isText(row: Row): boolean {
  return findRowText(row) !== undefined;
}

describe('a page that is read as text', () => {
  it.each([1, 7, 1_000, 16_384, 10_000_000])('has all rows once and in order, in chunks of %i bytes', async (size) => {
    // More than one piece; the small chunks need not go on that long.
    const count = size < 100 ? 50 : 9_000;
    const rows = Array.from({ length: count }, (_, place) => ({
      id: `${place}`,
      name: 'é'.repeat(place % 50),
      clicks: `${place}`,
    }));
    const { data, paging } = await readPage(rows, size);
    expect(data.every(isText)).toBe(true);
    expect(data.map(readRow)).toEqual(rows.map((row) => ({ ...row, clicks: Number(row.clicks) })));
    expect(data.map((row) => row['id'])).toEqual(rows.map(({ id }) => id));
    expect(paging).toEqual({ cursors: { after: 'a' }, next: 'https://graph.facebook.com/?access_token=***' });
  });

  it('has all rows however it is cut, and whatever stands in them', async () => {
    // Within a row too there is what usually stands between two.
    const list = fc.array(fc.record({ id: fc.stringMatching(/^[0-9]{1,9}$/) }), { maxLength: 3 });
    const name = fc.oneof(
      fc.string(),
      fc.integer({ min: 0, max: 120_000 }).map((length) => ',{"id":é'.repeat(length / 8)),
    );
    const row = fc.record(
      { id: fc.string({ minLength: 1 }), name, list, clicks: fc.nat().map(String) },
      { requiredKeys: ['id'] },
    );
    const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 20_000, max: 300_000 })), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 60 }), sizes, async (rows, cuts) => {
        const { data } = await readPage(rows, cuts);
        expect(data.map(readRow)).toEqual(
          rows.map((given) => (given.clicks === undefined ? given : { ...given, clicks: Number(given.clicks) })),
        );
      }),
      // To make such an example small takes minutes.
      { numRuns: 60, endOnFailure: true },
    );
  });

  it('is read where it has come, without a copy of it', async () => {
    const rows = Array.from({ length: 40 }, (_, place) => ({ id: `${place}`, name: 'x'.repeat(30_000) }));
    const { data } = await readPage(rows, 300_000);
    // Each chunk is a buffer of its own, and the rows that stand in two of them are copied.
    const buffers = new Map<ArrayBufferLike | undefined, number>();
    for (const row of data) {
      const buffer = findRowText(row)?.buffer;
      buffers.set(buffer, (buffers.get(buffer) ?? 0) + 1);
    }
    const sizes = [...buffers].map(([buffer, count]) => [count, (buffer?.byteLength ?? 0) === 300_000]);
    expect(sizes.filter(([count, isChunk]) => isChunk && Number(count) >= 8).length).toBeGreaterThanOrEqual(3);
  });

  it('may be empty', async () => {
    expect(await readPage([])).toMatchObject({ data: [], paging: { cursors: { after: 'a' } } });
    expect(await read('{"data":[]}', 3)).toEqual({ data: [] });
  });

  it('has rows larger than a piece, and rows whose first name is not that of the others', async () => {
    const rows = [
      { name: 'x'.repeat(700_000), id: '1' },
      { id: '2', name: 'y'.repeat(300_000) },
      { clicks: '1', id: '3' },
      { id: '4' },
    ];
    const { data } = await readPage(rows);
    expect(data.map(readRow)).toEqual(rows.map((row) => ('clicks' in row ? { ...row, clicks: 1 } : row)));
  });

  it('has parsed rows among the others where they can not be read as text', async () => {
    const rows = [{ id: '1' }, { name: 'no id' }, { id: '2', clicks: 'many' }, { id: '3', clicks: '7' }];
    const { data } = await readPage(rows);
    expect(data.map(isText)).toEqual([true, false, false, true]);
    expect(data.map(readRow)).toEqual([{ id: '1' }, { name: 'no id' }, { id: '2', clicks: 'many' }, { id: '3', clicks: 7 }]);
  });

  it('keeps big integers whole', async () => {
    const { data } = (await read('{"data":[{"id":"1","run":23842500000123456789},{"id":"2"}]}')) as { data: Row[] };
    expect(data.map(readRow)).toEqual([{ id: '1', run: '23842500000123456789' }, { id: '2' }]);
  });

  it('has no secret in any row, as text or as column', async () => {
    const rows = [{ id: '1', name: `https://x/?access_token=${TOKEN}` }, { id: TOKEN, clicks: '5' }, { clicks: TOKEN }];
    const { data } = await readPage(rows);
    expect(data.map(readRow)).toEqual([
      { id: '1', name: 'https://x/?access_token=***' },
      { id: '***', clicks: 5 },
      { clicks: '***' },
    ]);
    expect(data[1]?.['id']).toBe('***');
  });

  it('has no secret with slashes either, which Meta escapes', async () => {
    const secret = 'abc/def/0123456789';
    const body = Buffer.from(`{"data":[{"id":"1","name":"abc\\/def\\/0123456789"}]}`);
    expect(createSecretFinder([secret])(body)).toBe(true);
    expect(createRedactor([secret])(body.toString())).toContain('"***"');
  });

  it('stays JSON where a secret of digits stands as a number', async () => {
    const options = {
      openRows: page.openRows,
      redact: createRedactor(['12345678']),
      holdsSecret: createSecretFinder(['12345678']),
    };
    const [row] = await readRows('{"data":[{"id":"1","clicks":"12345678","name":"x 12345678"}]}', options);
    expect(readRow(row ?? {})).toEqual({ id: '1', clicks: '***', name: 'x ***' });
  });

  it.each(['{"data":[ ]}', '{"data":[\n{"id":"1"}\t]}', '{"data":[{"id":"1"} , {"id":"2"}\n,{"id":"3"} ],"paging":{}}'])(
    'may have blanks between its rows: %j',
    async (text) => {
      const { data } = (await read(text, 5)) as { data: Row[] };
      expect(data.map(readRow)).toEqual((JSON.parse(text) as { data: Row[] }).data);
    },
  );

  it('goes on reading text where rows before were odd', async () => {
    const odd = plan && Array.from({ length: 100 }, (_, place) => ({ id: `${place}`, list: [[1e-7]] }));
    const { data } = await readPage([...(odd ?? []), { id: 'a', list: [[1]] }]);
    expect(data.map(isText)).toEqual([...(odd ?? []).map(() => false), true]);
  });

  it('is decoded as far as possible where it is not UTF-8', async () => {
    const bytes = Buffer.from('{"data":[{"id":"1","name":"a?b"},{"id":"2"}]}');
    bytes[bytes.indexOf('?')] = 0xff;
    const { data } = (await read(bytes)) as { data: Row[] };
    expect(data.map(readRow)).toEqual([{ id: '1', name: 'a\ufffdb' }, { id: '2' }]);
  });

  it.each([
    '{"data":[{"id":"1"}',
    '{"data":[{"id":"1"},',
    '{"data":[{"id":"1"},]}',
    '{"data":[{"id":"1"}{"id":"2"}]}',
    '{"data":[{"id":"1"}]',
    '{"data":[{"id":"1"}]}]',
    '{"data":[{"id":1 2}]}',
    '{"data":[{"id":"1","clicks":1.5null}]}',
    '{"data":[,]}',
    '{"data":[',
  ])('is the beginning of its text where that is no JSON: %s', async (text) => {
    expect(await read(text)).toBe(text);
    expect(text.startsWith(String(await read(text, 2)))).toBe(true);
  });

  it.each([
    '{"error":{"code":190}}',
    '{"id":"1"}',
    '{ "data": [{"id":"1"}] }',
    '[]',
    '{"data":{"id":"1"}}',
    '{"data":[1,"a",null]}',
    '',
    '{}',
  ])('is parsed where it is none, or is written in another way: %s', async (text) => {
    expect(await read(text)).toEqual(text === '' ? undefined : JSON.parse(text));
  });
});
