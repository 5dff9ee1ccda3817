import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../../../src/audiences/rejects/csv.ts';
import { contentTypeOf, encodeRejects, extensionOf, type ObjectFormat } from '../../../src/audiences/rejects/encode-rejects.ts';
import { formatReject } from '../../../src/audiences/rejects/format-reject.ts';
import { AT, makeReject } from './reject-fixtures.ts';

const JSONL: ObjectFormat = { type: 'JSONL', flattening: 'none', compression: 'none' };
const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const ENVELOPE = { _airbyte_raw_id: UUID, _airbyte_extracted_at: Date.parse(AT), _airbyte_meta: { sync_id: 812, changes: [] } };

async function encode(
  rejects: Parameters<typeof encodeRejects>[0],
  format: Partial<ObjectFormat>,
  syncId: number | undefined = 812,
) {
  return Buffer.from(await encodeRejects(rejects, { format: { ...JSONL, ...format }, syncId }));
}

const parseLines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('encodeRejects', () => {
  const rejects = [makeReject({ data: { id: 1, mail: null } }), makeReject({ data: { id: 2, city: 'x, "y"\nz' } })];

  it('puts rejects into the envelope of Airbyte’s object storage destinations', async () => {
    const lines = parseLines((await encode(rejects, {})).toString());
    expect(lines).toEqual(rejects.map((reject) => ({ ...ENVELOPE, _airbyte_data: formatReject(reject) })));
    expect(new Set(lines.map((line) => line._airbyte_raw_id)).size).toBe(2);
  });

  it('writes no number of a job where there is none', async () => {
    const bytes = await encodeRejects(rejects, { format: JSONL });
    expect(parseLines(Buffer.from(bytes).toString())[0]).toMatchObject({ _airbyte_meta: { changes: [] } });
  });

  it('gives each column of a row a column beside the envelope, which wins over columns of a warehouse', async () => {
    const row = makeReject({ data: { id: 1, _airbyte_raw_id: 'old' } });
    const [line] = parseLines((await encode([row], { flattening: 'root' })).toString());
    expect(line).toEqual({ ...formatReject(row), ...ENVELOPE });
    expect(Object.keys(line)).toEqual(['_airbyte_raw_id', '_airbyte_extracted_at', '_airbyte_meta', 'id', '_reject']);
  });

  it('writes the envelope as CSV', async () => {
    const [header, ...lines] = parseCsv((await encode(rejects, { type: 'CSV' })).toString());
    expect(header).toEqual(['_airbyte_raw_id', '_airbyte_extracted_at', '_airbyte_meta', '_airbyte_data']);
    expect(lines.map(([, at, meta, data]) => [at, JSON.parse(meta ?? ''), JSON.parse(data ?? '')])).toEqual(
      rejects.map((reject) => [String(Date.parse(AT)), { sync_id: 812, changes: [] }, formatReject(reject)]),
    );
  });

  it('writes all columns of all rows as CSV, empty where a row has none', async () => {
    const [header, ...lines] = parseCsv((await encode(rejects, { type: 'CSV', flattening: 'root' })).toString());
    expect(header?.slice(3)).toEqual(['id', 'mail', '_reject', 'city']);
    expect(lines.map((line) => [line[3], line[4], line[6]])).toEqual([
      ['1', '', ''],
      ['2', '', 'x, "y"\nz'],
    ]);
  });

  it('compresses', async () => {
    const plain = gunzipSync(await encode(rejects, { compression: 'gzip' })).toString();
    expect(parseLines(plain)).toHaveLength(2);
  });

  it.each([
    ['JSONL', 'none', '.jsonl', 'application/x-ndjson; charset=utf-8'],
    ['JSONL', 'gzip', '.jsonl.gz', 'application/gzip'],
    ['CSV', 'none', '.csv', 'text/csv; charset=utf-8'],
    ['CSV', 'gzip', '.csv.gz', 'application/gzip'],
  ] as const)('says what it is: %s, %s', (type, compression, extension, contentType) => {
    const format = { ...JSONL, type, compression };
    expect([extensionOf(format), contentTypeOf(format)]).toEqual([extension, contentType]);
  });
});

describe('toCsv', () => {
  it('tells a blank text from none', () => {
    expect(toCsv([{ a: '', b: null, c: 1.5, d: false, e: [1] }])).toBe('"a","b","c","d","e"\r\n"",,1.5,"false","[1]"\r\n');
  });

  it('can be read back, whatever texts and columns hold', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(fc.array(fc.dictionary(text, text, { minKeys: 1 }), { minLength: 1 }), (rows) => {
        const [header = [], ...lines] = parseCsv(toCsv(rows));
        expect(lines).toHaveLength(rows.length);
        for (const [index, row] of rows.entries()) {
          expect(lines[index]).toEqual(header.map((column) => (Object.hasOwn(row, column) ? row[column] : '')));
        }
      }),
    );
  });
});

/** RFC 4180. */
function parseCsv(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, bare = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
