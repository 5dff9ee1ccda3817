import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_FILE_NAME_FORMAT,
  DEFAULT_PATH_FORMAT,
  formatObjectKey,
  joinKey,
  type KeyValues,
} from '../../../src/audiences/rejects/object-key.ts';

const VALUES: KeyValues = {
  stream: { name: 'users', namespace: 'crm' },
  syncId: 812,
  startedAtMs: Date.UTC(2026, 0, 2, 3, 4, 5, 67),
  nowMs: Date.UTC(2026, 0, 2, 3, 9),
  partNumber: 4,
  processTag: '1a2b3c4d',
  uuid: 'd3b07384-d9a0-4c9b-8f2e-3d5c1b7a9e10',
  extension: '.jsonl.gz',
};
const DEFAULTS = { bucketPath: 'airbyte/rejects/', pathFormat: DEFAULT_PATH_FORMAT, fileNameFormat: DEFAULT_FILE_NAME_FORMAT };

/** The older way to write a variable. */
const capitals = (name: string) => `\${${name.toUpperCase()}}`;

const format = (formats: Partial<typeof DEFAULTS>, values: Partial<KeyValues> = {}) =>
  formatObjectKey({ ...DEFAULTS, ...formats }, { ...VALUES, ...values });

describe('formatObjectKey', () => {
  it('puts the objects of a sync where the platform links to', () => {
    expect(format({})).toBe(`airbyte/rejects/812/crm/users/2026_01_02_${VALUES.nowMs}_4_1a2b3c4d.jsonl.gz`);
  });

  it('fills in every variable, in small letters and in capitals after a dollar', () => {
    const names = 'sync_id namespace stream_name year month day hour minute second millis epoch date timestamp part_number uuid';
    const values = `812 crm users 2026 01 02 03 04 05 0067 ${VALUES.startedAtMs} 2026_01_02 ${VALUES.nowMs} 4 ${VALUES.uuid}`;
    const fill = (write: (name: string) => string) =>
      format({ bucketPath: '', pathFormat: '', fileNameFormat: `${names.split(' ').map(write).join('|')}{format_extension}` });
    expect(fill((name) => `{${name}}`)).toBe(`${values.replaceAll(' ', '|')}.jsonl.gz`);
    expect(fill(capitals)).toBe(`${values.replaceAll(' ', '|')}.jsonl.gz`);
    expect(format({ fileNameFormat: `${capitals('millisecond')}_{uuid}` })).toMatch(/\/0067_d3b07384/);
  });

  it('writes dates in the form that is asked for', () => {
    expect(format({ fileNameFormat: '{date:yyyy_MM}-{date:dd.HH:mm:ss}-{uuid}' })).toMatch(/\/2026_01-02\.03:04:05-d3b/);
  });

  it('leaves what is no variable as it is', () => {
    expect(format({ pathFormat: '{stream}/{constructor}/{year:yy}/$x/{}/', fileNameFormat: '{uuid}' })).toContain(
      'rejects/{stream}/{constructor}/{year:yy}/$x/{}/d3b',
    );
  });

  it('has no empty segments, and none that lead upwards', () => {
    const { namespace: _, ...users } = { ...VALUES.stream };
    expect(format({ bucketPath: '/a//b/' }, { stream: users, syncId: undefined })).toMatch(/^a\/b\/users\/2026/);
    expect(format({ bucketPath: '../a/./b' }, { stream: { name: '..' } })).toMatch(/^a\/b\/812\/2026/);
    expect(joinKey('', '/p/', 'q')).toBe('p/q');
  });

  it('joins path and file name as Airbyte does: the slash between them is the format’s', () => {
    expect(format({ pathFormat: '{stream_name}/{year}_', fileNameFormat: '{part_number}{format_extension}' })).toBe(
      'airbyte/rejects/users/2026_4_1a2b3c4d.jsonl.gz',
    );
  });

  it('makes one segment of any name', () => {
    const stream = { name: 'Müller & Söhne/2024\0#?%', namespace: '東京 ' };
    expect(format({}, { stream })).toContain('/812/東京_/Müller___Söhne_2024____/2026');
  });

  it.each([
    ['rejects.jsonl', 'rejects_4_1a2b3c4d.jsonl'],
    ['rejects.v1.jsonl.gz', 'rejects_4_1a2b3c4d.v1.jsonl.gz'],
    ['rejects', 'rejects_4_1a2b3c4d'],
    ['', '_4_1a2b3c4d'],
    [`{part_number}${capitals('format_extension')}`, '4_1a2b3c4d.jsonl.gz'],
    [capitals('part_number'), '4_1a2b3c4d'],
    [`{stream_name}${capitals('part_number')}`, 'users4_4_1a2b3c4d'],
    ['{uuid:4}', '{uuid:4}_4_1a2b3c4d'],
    ['{uuid}{format_extension}', `${VALUES.uuid}.jsonl.gz`],
  ])('makes the name %j unique before its ending', (fileNameFormat, expected) => {
    expect(format({ pathFormat: 'p/', fileNameFormat })).toBe(`airbyte/rejects/p/${expected}`);
  });

  it('gives no key twice, whatever the formats, the stream, the moment and the process', () => {
    const piece = fc.constantFrom(
      '{date}',
      '{timestamp}',
      '{part_number}',
      capitals('part_number'),
      '{stream_name}',
      '{sync_id}',
      '/',
      'a',
      '.json',
      '{format_extension}',
    );
    const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
    const stream = fc.record({ name: fc.constantFrom('a/b', 'a_b', '', '1', '11') });
    const place = fc.record({ stream, partNumber: fc.nat(12), processTag: fc.constantFrom('00000000', '11111111') });
    const places = fc.uniqueArray(place, {
      selector: ({ partNumber, processTag }) => `${partNumber} ${processTag}`,
      minLength: 2,
    });
    fc.assert(
      fc.property(text, text, places, (pathFormat, fileNameFormat, list) => {
        const keys = list.map((values) => format({ pathFormat, fileNameFormat }, values));
        expect(new Set(keys).size).toBe(list.length);
      }),
    );
  });

  it('stays short enough for any name', () => {
    const stream = { name: '𠀀'.repeat(5_000), namespace: '𠀀'.repeat(5_000) };
    expect(Buffer.byteLength(format({}, { stream }))).toBeLessThan(1_024);
  });
});
