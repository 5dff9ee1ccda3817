import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../../src/audiences/rejects/redact.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const NONE = { cells: new Map(), kept: new Set<string>() };

describe('redact', () => {
  it('gives mapped columns the cells that Meta is sent, and hashes what has none', () => {
    const data = {
      id: 7,
      mail: ' Mary@Example.com',
      phone: 'call me',
      city: 'São Paulo',
      age: 41,
      vip: true,
      tags: ['a', { b: 1 }],
    };
    const columns = { cells: new Map([['mail', sha256('mary@example.com')]]), kept: new Set(['id']) };
    expect(redact(data, 'hash', columns)).toEqual({
      id: 7,
      mail: 'f1904cf1a9d73a55fa5de0ac823c4403ded71afd4c3248d00bdcd0866552bb79',
      phone: sha256('call me'),
      city: sha256('São Paulo'),
      age: sha256('41'),
      vip: sha256('true'),
      tags: sha256('["a",{"b":1}]'),
    });
  });

  it('hashes the cells of keys that Meta takes in plain text', () => {
    const cells = new Map<string, string | number>([
      ['device', '38400000-8cf0-11bd-b23e-10b96e40000d'],
      ['value', 12.5],
      ['mail', ''],
    ]);
    const data = { device: '38400000-8CF0-11BD-B23E-10B96E40000D', value: '12.50', mail: 'nobody' };
    expect(redact(data, 'hash', { ...NONE, cells })).toEqual({
      device: sha256('38400000-8cf0-11bd-b23e-10b96e40000d'),
      value: sha256('12.5'),
      mail: sha256('nobody'),
    });
  });

  it('shows that a value is blank', () => {
    const data = { a: null, b: '', c: ' ' };
    expect(redact(data, 'hash', NONE)).toEqual({ a: null, b: '', c: sha256(' ') });
  });

  it('keeps a column that names the row, even one that is mapped', () => {
    const columns = { cells: new Map([['customer', 'C-1']]), kept: new Set(['customer', 'op']) };
    const data = { customer: 'C-1 ', op: 'add', mail: 'mary@example.com' };
    expect(redact(data, 'hash', columns)).toMatchObject({ customer: 'C-1 ', op: 'add' });
    expect(redact(data, 'drop', columns)).toEqual({ customer: 'C-1 ', op: 'add' });
    expect(redact(data, 'none', columns)).toEqual(data);
  });

  it('loses no column to its name', () => {
    const data = JSON.parse('{"__proto__":"mary@example.com","constructor":"mary"}');
    const redacted = redact(data, 'hash', NONE);
    expect(Object.entries(redacted)).toEqual([
      ['__proto__', sha256('mary@example.com')],
      ['constructor', sha256('mary')],
    ]);
  });

  it.each(['hash', 'drop'] as const)('#82 lets no text of the row through but in kept columns: %s', (redaction) => {
    const columns = ['id', 'mail', 'phone', 'notes', 'address', 'op'] as const;
    // A hash is made of hex digits, so that a text of such can be in it by chance.
    const text = fc.string({ unit: 'binary', minLength: 4 }).filter((value) => /[^0-9a-f]/.test(value));
    const value = fc.oneof(text, fc.jsonValue(), fc.dictionary(text, fc.array(text)), fc.double({ noNaN: true }));
    const data = fc.dictionary(fc.constantFrom(...columns), value);
    const kept = fc.subarray([...columns]).map((names) => new Set<string>(names));
    const cells = fc.dictionary(fc.constantFrom(...columns), fc.oneof(text.map(sha256), text, fc.integer()));
    fc.assert(
      fc.property(data, kept, cells, (row, keptColumns, cellsOf) => {
        const redacted = redact(row, redaction, { kept: keptColumns, cells: new Map(Object.entries(cellsOf)) });
        const hidden = Object.entries(row).filter(([column]) => !keptColumns.has(column));
        const secrets = [...hidden.map(([, item]) => item), ...Object.values(cellsOf)].flatMap(listTexts);
        const shown = Object.entries(redacted).filter(([column]) => !keptColumns.has(column));
        const output = JSON.stringify(shown.map(([, item]) => item));
        for (const secret of secrets) expect(output.includes(JSON.stringify(secret).slice(1, -1))).toBe(false);
        for (const [column, item] of Object.entries(row)) if (keptColumns.has(column)) expect(redacted[column]).toEqual(item);
      }),
    );
  });
});

/** All texts in a value that are long enough to tell something, keys included, that are no hashes. */
function listTexts(value: unknown): string[] {
  if (typeof value === 'string') return value.length >= 4 && /[^0-9a-f]/.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [...listTexts(key), ...listTexts(item)]);
}
