import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldChange, JsonObject } from '../../src/protocol/messages.ts';
import type { RecordChunk } from '../../src/protocol/record-chunk.ts';
import { serializeRecords } from '../../src/protocol/serialize-records.ts';
import { attachRowText, findRowText } from '../../src/text/row-text.ts';

describe('serializeRecords', () => {
  it('writes every row as one RECORD line that JSON reads back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), { maxLength: 20 }),
        fc.string({ minLength: 1 }),
        (rows, name) => {
          const text = [...serializeRecords({ descriptor: { name }, rows, emittedAtMs: 7 })].map(({ lines }) => lines).join('');
          const records = text
            .split('\n')
            .slice(0, -1)
            .map((line) => JSON.parse(line) as unknown);
          const expected = rows.map((data) => ({ type: 'RECORD', record: { stream: name, emitted_at: 7, data } }));
          expect(records).toEqual(JSON.parse(JSON.stringify(expected)));
        },
      ),
    );
  });

  it('names the namespace, and the fields of a row that could not be read', () => {
    const row = { id: '1' };
    const changes = new Map<JsonObject, readonly FieldChange[]>([
      [row, [{ field: 'thumbnail_url', change: 'NULLED', reason: 'SOURCE_RETRIEVAL_ERROR' }]],
    ]);
    const page = { descriptor: { name: 'ads', namespace: 'n' }, rows: [row, { id: '2' }], changes, emittedAtMs: 1 };
    const [chunk] = [...serializeRecords(page)];
    const [first, second] = String(chunk?.lines ?? '')
      .split('\n')
      .map((line) => (line === '' ? undefined : JSON.parse(line)));
    expect(first.record).toEqual({
      stream: 'ads',
      namespace: 'n',
      emitted_at: 1,
      data: row,
      meta: { changes: changes.get(row) },
    });
    expect(second.record).not.toHaveProperty('meta');
  });

  it('makes chunks of whole lines of about 64 KiB', () => {
    const rows = Array.from({ length: 200 }, (_, index) => ({ id: index, text: 'x'.repeat(1000) }));
    const chunks = [...serializeRecords({ descriptor: { name: 'ads' }, rows, emittedAtMs: 1 })];
    expect(chunks.length).toBeGreaterThan(2);
    for (const { lines } of chunks) expect(String(lines).endsWith('}\n')).toBe(true);
    for (const { lines } of chunks) expect(lines.length).toBeLessThan(66 * 1024);
    expect(chunks.reduce((sum, { records }) => sum + records, 0)).toBe(200);
  });

  it('leaves out and does not count rows without a field, which the platform drops', () => {
    const rows = [{}, { id: '1' }, { id: undefined }];
    const chunks = [...serializeRecords({ descriptor: { name: 'ads' }, rows, emittedAtMs: 1 })];
    expect(chunks.map(({ records }) => records)).toEqual([1]);
    expect([...serializeRecords({ descriptor: { name: 'ads' }, rows: [{}], emittedAtMs: 1 })]).toEqual([]);
  });

  it('passes rows on that came as text, among others, in order and with what could not be read', () => {
    const asText = (id: number) => attachRowText({ id }, Buffer.from(`{"id": ${id} ,"name":"é"}`));
    const rows = [asText(1), { id: 2 }, { id: 3 }, asText(4), attachRowText({ id: 5 }, Buffer.from('{}')), asText(6)];
    const changes = new Map<JsonObject, readonly FieldChange[]>([
      [rows[3] ?? {}, [{ field: 'spend', change: 'NULLED', reason: 'SOURCE_RETRIEVAL_ERROR' }]],
    ]);
    const chunks = [...serializeRecords({ descriptor: { name: 's' }, rows, changes, emittedAtMs: 7 })];
    expect(chunks.map(({ lines, records }) => [typeof lines, records])).toEqual([
      ['object', 1],
      ['string', 2],
      ['object', 2],
    ]);
    const lines = chunks.flatMap(({ lines }) => toText(lines).trimEnd().split('\n'));
    const records = lines.map((line) => (JSON.parse(line) as { record: { data: { id: number }; meta?: object } }).record);
    expect(records.map(({ data }) => data)).toEqual([
      { id: 1, name: 'é' },
      { id: 2 },
      { id: 3 },
      { id: 4, name: 'é' },
      { id: 6, name: 'é' },
    ]);
    expect(records.map(({ meta }) => meta !== undefined)).toEqual([false, false, false, true, false]);
  });

  it('writes text in pieces too', () => {
    const row = attachRowText({}, Buffer.from(JSON.stringify({ text: 'x'.repeat(30_000) })));
    const chunks = [...serializeRecords({ descriptor: { name: 's' }, rows: [row, row, row, row, row], emittedAtMs: 7 })];
    expect(chunks.map(({ records }) => records)).toEqual([3, 2]);
    // The rows themselves, not copies of them.
    expect(
      chunks
        .flatMap(({ lines }): readonly unknown[] => (typeof lines === 'string' ? [lines] : lines))
        .filter((piece) => piece === findRowText(row)),
    ).toHaveLength(5);
    const lines = chunks.map(({ lines }) => toText(lines)).join('');
    expect(
      lines
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { record: object }).record),
    ).toEqual(Array.from({ length: 5 }, () => ({ stream: 's', emitted_at: 7, data: { text: 'x'.repeat(30_000) } })));
  });

  it('joins short rows that came as text', () => {
    const rows = Array.from({ length: 100 }, (_, id) => attachRowText({ id }, Buffer.from(`{"id":${id}}`)));
    const [chunk] = [...serializeRecords({ descriptor: { name: 's' }, rows, emittedAtMs: 7 })];
    expect(chunk?.records).toBe(100);
    expect(chunk?.lines).toHaveLength(1);
  });
});

function toText(lines: RecordChunk['lines']): string {
  return typeof lines === 'string' ? lines : Buffer.concat(lines).toString();
}
