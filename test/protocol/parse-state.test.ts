import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseState } from '../../src/protocol/parse-state.ts';

const FILE = { option: '--state', path: 'state.json' };
const parse = (value: unknown) => parseState(value, FILE);

const ADS = { stream_descriptor: { name: 'ads', namespace: null }, stream_state: { at: 1 } };
const EXPECTED = [{ descriptor: { name: 'ads' }, state: { at: 1 } }];

describe('parseState', () => {
  it.each([
    ['a list of stream states', [{ type: 'STREAM', stream: ADS, id: 4, sourceStats: { recordCount: 1 } }]],
    ['states within their messages', [{ type: 'STATE', state: { type: 'STREAM', stream: ADS } }]],
    ['a state without its type', [{ stream: ADS }]],
    ['one bare state message', { type: 'STREAM', stream: ADS }],
    ['one bare state message without its type', { stream: ADS }],
    ['a global state', [{ type: 'GLOBAL', global: { shared_state: {}, stream_states: [ADS] } }]],
    ['a global state without its type', [{ global: { stream_states: [ADS] } }]],
    ['a legacy message', [{ type: 'LEGACY', data: { ads: { at: 1 } } }]],
    ['a legacy message without its type', [{ data: { ads: { at: 1 } } }]],
    ['one bare legacy message', { type: 'LEGACY', data: { ads: { at: 1 } } }],
    ['the oldest form', { ads: { at: 1 } }],
    ['a message that has every key, most of them null', [{ type: 'STREAM', stream: ADS, global: null, data: null }]],
  ])('reads %s', (_name, value) => {
    expect(parse(value)).toEqual(EXPECTED);
  });

  it.each([
    ['an empty list', []],
    ['an empty object', {}],
    ['null', null],
    ['a legacy message without data', [{ type: 'LEGACY', data: null }]],
  ])('finds nothing in %s', (_name, value) => {
    expect(parse(value)).toEqual([]);
  });

  it('takes a state that is null or absent for a reset', () => {
    const streams = [{ ...ADS, stream_state: null }, { stream_descriptor: { name: 'ads' } }];
    for (const stream of streams) expect(parse([{ type: 'STREAM', stream }])).toEqual([{ descriptor: { name: 'ads' } }]);
    expect(parse({ ads: null })).toEqual([{ descriptor: { name: 'ads' } }]);
  });

  it('reads the oldest form even where a stream has the name of a key of the protocol', () => {
    expect(parse({ stream: { at: 1 }, data: { at: 2 } })).toEqual([
      { descriptor: { name: 'stream' }, state: { at: 1 } },
      { descriptor: { name: 'data' }, state: { at: 2 } },
    ]);
  });

  it.each([
    [7, 'it must hold a list of state messages'],
    ['text', 'it must hold a list of state messages'],
    [[7], 'entry 1 must be an object'],
    [[{ type: 'STREAM', stream: ADS }, { type: 'OTHER' }], 'entry 2 is no state message'],
    [[{}], 'entry 1 is no state message'],
    [[{ type: 'STREAM' }], 'entry 1 must have a stream_descriptor with a name'],
    [[{ type: 'STREAM', stream: { stream_descriptor: {} } }], 'entry 1 must have a stream_descriptor with a name'],
    [[{ type: 'STREAM', stream: { ...ADS, stream_state: 'secret' } }], 'stream_state of "ads" must be an object'],
    [[{ type: 'GLOBAL', global: {} }], 'entry 1 must have a list global.stream_states'],
    [[{ type: 'LEGACY', data: [] }], 'data of entry 1 must be an object'],
    [{ ads: 'secret' }, 'the state of "ads" in the file must be an object'],
  ])('refuses %j', (value, reason) => {
    expect(() => parse(value)).toThrow(`--state state.json: ${reason}`);
    expect(() => parse(value)).not.toThrow('secret');
  });

  it('either reads any JSON or says what is wrong with it', () => {
    const keys = fc.constantFrom(
      'type',
      'stream',
      'stream_descriptor',
      'stream_state',
      'name',
      'global',
      'stream_states',
      'data',
      'ads',
    );
    const leaves = fc.oneof(fc.constantFrom('STREAM', 'GLOBAL', 'LEGACY', 'STATE', 'ads'), fc.jsonValue({ maxDepth: 1 }));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        leaves,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(keys, tie('tree'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        try {
          for (const { descriptor } of parse(JSON.parse(JSON.stringify(value)))) expect(typeof descriptor.name).toBe('string');
        } catch (error) {
          expect(error).toMatchObject({ name: 'ConnectorError', failureType: 'config_error' });
        }
      }),
      { numRuns: 500 },
    );
  });
});
