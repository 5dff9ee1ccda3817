import { describe, expect, it } from 'vitest';
import { parseCatalog } from '../../src/protocol/parse-catalog.ts';

const FILE = { option: '--catalog', path: 'catalog.json' };
const parse = (...streams: unknown[]) => parseCatalog({ streams }, FILE);

describe('parseCatalog', () => {
  it('takes names, sync modes and selected properties, and ignores what it does not know', () => {
    const entry = {
      stream: { name: 'ads', namespace: null, json_schema: { properties: { id: {}, name: {} } }, is_new: true },
      sync_mode: 'incremental',
      cursor_field: null,
      generation_id: null,
      unknown: 1,
    };
    expect(parse(entry)).toEqual([{ descriptor: { name: 'ads' }, syncMode: 'incremental', properties: ['id', 'name'] }]);
  });

  it.each([{}, { json_schema: null }, { json_schema: {} }, { json_schema: { properties: null } }])(
    'finds no selection in %j',
    (schema) => {
      expect(parse({ stream: { name: 'ads', ...schema }, sync_mode: 'full_refresh' })).toMatchObject([{ properties: [] }]);
    },
  );

  it('leaves it to others to judge the sync mode, and keeps equal names of different namespaces apart', () => {
    const streams = [
      { stream: { name: 'ads' }, sync_mode: 'INVALID' },
      { stream: { name: 'ads', namespace: 'n' }, sync_mode: 'full_refresh' },
    ];
    expect(parse(...streams)).toMatchObject([{ syncMode: 'INVALID' }, { descriptor: { name: 'ads', namespace: 'n' } }]);
  });

  it.each([
    [null, 'it must hold an object with a list "streams"'],
    [[], 'it must hold an object with a list "streams"'],
    [{ streams: {} }, 'it must hold an object with a list "streams"'],
    [{ streams: [7] }, 'streams[0] must be an object'],
    [{ streams: [{ sync_mode: 'full_refresh' }] }, 'streams[0].stream must be an object'],
    [{ streams: [{ stream: {}, sync_mode: 'full_refresh' }] }, 'streams[0].stream.name must be a text'],
    [{ streams: [{ stream: { name: 'a' } }] }, 'streams[0].sync_mode must be a text'],
    [
      { streams: [{ stream: { name: 'a', namespace: 1 }, sync_mode: 'full_refresh' }] },
      'streams[0].stream.namespace must be a text',
    ],
    [
      { streams: [{ stream: { name: 'a', json_schema: [] }, sync_mode: 'full_refresh' }] },
      'streams[0].stream.json_schema must be an object',
    ],
    [
      { streams: [{ stream: { name: 'a', json_schema: { properties: [] } }, sync_mode: 'full_refresh' }] },
      'streams[0].stream.json_schema.properties must be an object',
    ],
  ])('refuses %j', (catalog, reason) => {
    expect(() => parseCatalog(catalog, FILE)).toThrow(`--catalog catalog.json: ${reason}.`);
  });

  it('refuses a stream that is in it twice', () => {
    const entry = { stream: { name: 'ads' }, sync_mode: 'full_refresh' };
    expect(() => parse(entry, entry)).toThrow('the stream "ads" is in it twice');
  });
});
