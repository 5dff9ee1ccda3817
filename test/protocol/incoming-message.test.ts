import { describe, expect, it } from 'vitest';
import { parseIncoming } from '../../src/protocol/incoming-message.ts';

const parse = (message: unknown) => parseIncoming(JSON.stringify(message));

describe('parseIncoming', () => {
  it('reads a record; null stands for an absent namespace', () => {
    const record = { stream: 'people', data: { email: 'a@b.co' }, emitted_at: 1, namespace: null, meta: null };
    expect(parse({ type: 'RECORD', record })).toEqual({
      type: 'RECORD',
      stream: 'people',
      namespace: undefined,
      data: { email: 'a@b.co' },
    });
  });

  it('#26 keeps integers beyond 2^53 to the digit', () => {
    const line = '{"type":"RECORD","record":{"stream":"people","data":{"id": 12345678901234567890},"emitted_at":1}}';
    expect(parseIncoming(line)).toMatchObject({ data: { id: '12345678901234567890' } });
  });

  it('tells whose state it is, and how many records the source counts', () => {
    const stream = { stream_descriptor: { name: 'people', namespace: 'crm' }, stream_state: {} };
    expect(parse({ type: 'STATE', state: { type: 'STREAM', stream, sourceStats: { recordCount: 3.0 } } })).toMatchObject({
      type: 'STATE',
      descriptor: { name: 'people', namespace: 'crm' },
      sourceRecords: 3,
    });
  });

  it('takes GLOBAL and LEGACY states, and states without a type, for those of all streams', () => {
    for (const state of [{ type: 'GLOBAL', global: {} }, { type: 'LEGACY', data: {} }, { data: {} }, { type: null, data: {} }]) {
      expect(parse({ type: 'STATE', state })).toMatchObject({ type: 'STATE' });
      expect(parse({ type: 'STATE', state })).not.toHaveProperty('descriptor');
    }
  });

  it('reads the end of a stream and no other status', () => {
    const trace = (status: string) => ({
      type: 'TRACE',
      trace: { type: 'STREAM_STATUS', emitted_at: 1, stream_status: { stream_descriptor: { name: 'people' }, status } },
    });
    expect(parse(trace('COMPLETE'))).toEqual({ type: 'COMPLETE', descriptor: { name: 'people' } });
    expect(parse(trace('RUNNING'))).toEqual({ type: 'OTHER' });
    expect(parse(trace('INCOMPLETE'))).toEqual({ type: 'OTHER' });
  });

  it.each(['LOG', 'SPEC', 'CONTROL', 'SOMETHING_NEW'])('#73 leaves messages of the type %s alone', (type) => {
    expect(parse({ type })).toEqual({ type: 'OTHER' });
  });

  it('takes nothing that is nested so deep that nobody could walk through it', () => {
    const nested = (levels: number) =>
      parseIncoming(`{"type":"RECORD","record":{"stream":"people","data":{"tags":${'['.repeat(levels)}${']'.repeat(levels)}}}}`);
    expect(nested(400)?.type).toBe('RECORD');
    for (const levels of [600, 200_000]) expect(nested(levels)).toBeUndefined();
  });

  it('#73 leaves JSON alone that is no message', () => {
    expect(parse({ hello: 1 })).toEqual({ type: 'OTHER' });
  });

  it.each([
    '{',
    'null',
    '[]',
    '1',
    '{"type":"RECORD"}',
    '{"type":"RECORD","record":{"stream":"a","data":null}}',
    '{"type":"STATE"}',
  ])('#72 tells that %s can not be read', (line) => {
    expect(parseIncoming(line)).toBeUndefined();
  });
});
