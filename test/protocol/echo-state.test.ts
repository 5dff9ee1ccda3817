import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { echoState } from '../../src/protocol/echo-state.ts';

const STATS = { recordCount: 2, rejectedRecordCount: 1 };
const ADDED = '"destinationStats":{"recordCount":2.0,"rejectedRecordCount":1.0}';

describe('echoState', () => {
  it('#76 adds what became of the records, as doubles', () => {
    const line = '{"type":"STATE","state":{"type":"STREAM","sourceStats":{"recordCount":3.0}}}';
    expect(echoState(line, STATS)).toBe(`${line.slice(0, -2)},${ADDED}}}\n`);
  });

  it('#75 changes nothing else: numbers, spaces, order, unknown keys and the id stay to the letter', () => {
    const head = '{ "type" : "STATE", "state":{"id":7, "type":"STREAM","stream":{"stream_descriptor":{"name":"a}"},';
    const line = `${head}"stream_state":{"cursor":1.50,"big":12345678901234567890,"é":"\\u00e9"}},"x":[1, 2] } , "more": null}`;
    const echo = echoState(line, STATS);
    expect(echo.replace(`,${ADDED}`, '')).toBe(`${line}\n`);
    expect(JSON.parse(echo).state.destinationStats).toEqual(STATS);
  });

  it('takes the place of what stood there before, null too', () => {
    const line = (stats: string) => `{"state":{"destinationStats":${stats},"type":"LEGACY","data":{}},"type":"STATE"}`;
    for (const stats of ['null', '{"recordCount":0}']) {
      expect(echoState(line(stats), STATS)).toBe(`${line('{"recordCount":2.0,"rejectedRecordCount":1.0}')}\n`);
    }
  });

  it('adds to a state that is empty', () => {
    expect(echoState('{"type":"STATE","state":{}}', STATS)).toBe(`{"type":"STATE","state":{${ADDED}}}\n`);
  });

  it('adds further counts', () => {
    const echo = echoState('{"type":"STATE","state":{}}', { ...STATS, additionalStats: { added: 2, superseded: 0.5 } });
    expect(echo).toContain('"additionalStats":{"added":2.0,"superseded":0.5}');
  });

  it('keeps any state whole', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(0, 2), (state, indent) => {
        const line = JSON.stringify({ type: 'STATE', state: { ...state, stream_state: state } }, null, indent);
        const { destinationStats, ...rest } = JSON.parse(echoState(line, STATS)).state;
        const { destinationStats: _, ...before } = JSON.parse(line).state;
        expect(rest).toEqual(before);
        expect(destinationStats).toEqual(STATS);
      }),
    );
  });
});
