import { describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { emailId, emailIds, emailOf, memberIds, people, person } from '../support/people.ts';
import { setUpWriting } from '../support/set-up-writing.ts';
import { audienceIds, complete, record, state, sync } from '../support/write-records.ts';

const setUp = (options: Partial<EmulatorOptions> = {}) => setUpWriting({ audiencesPerAccount: 40, ...options });

const idsOf = (result: { readonly states: readonly { readonly id?: number }[] }) => result.states.map(({ id }) => id);
const email = { columns: ['email'] };

describe('the end of the input', () => {
  it('#71 without COMPLETE writes what has come, acknowledges it, and fails', async () => {
    const { emulator, write } = setUp();
    const result = await write([...people(3).map((row) => record(row)), state(1), record(person(3))]);
    expect(result.exitCode).toBe(1);
    expect(memberIds(emulator)).toEqual(emailIds(4));
    expect(idsOf(result)).toEqual([1]);
    expect(result.errors[0]).toMatchObject({ failure_type: 'transient_error', stream: 'people' });
  });

  it('within a line loses nothing that came before', async () => {
    const { emulator, write } = setUp();
    async function* cutOff() {
      yield Buffer.from(`${record(person(0))}\n${state(1)}\n${record(person(1)).slice(0, 40)}`);
    }
    const result = await write(cutOff(), { streams: [email] });
    expect(result.exitCode).toBe(1);
    expect(memberIds(emulator)).toEqual(emailIds(1));
    expect(idsOf(result)).toEqual([1]);
    expect(result.logs.some(({ level, message }) => level === 'warn' && message.includes('line 3'))).toBe(true);
  });

  it('without a line feed is as good as with one', async () => {
    const { emulator, write } = setUp();
    async function* unterminated() {
      yield Buffer.from(`${record(person(0))}\n${state(1)}\n${complete()}`);
    }
    expect((await write(unterminated(), { streams: [email] })).exitCode).toBe(0);
    expect(memberIds(emulator)).toEqual(emailIds(1));
  });
});

describe('odd lines', () => {
  it('#72 are warned of, counted and left out; the others work', async () => {
    const { emulator, write } = setUp();
    const secret = 'very-private@example.com';
    async function* lines() {
      yield Buffer.from(`\uFEFF${record(person(0))}\r\n\r\n   \n`);
      yield Buffer.from(`{"type":"RECORD","record":{"stream":"people","data":{"email":"${secret}"\n`);
      yield Buffer.from(`nonsense\n[1]\n"text"\n{"type":"RECORD","record":5}\nnull\n{{\n`);
      yield Buffer.concat([
        Buffer.from('{"type":"RECORD","record":{"stream":"people","data":{"email":"'),
        Buffer.from([0xff, 0xfe]),
        Buffer.from('"},"emitted_at":1}}\n'),
      ]);
      yield Buffer.from(`${record(person(1))}\n${state(1)}\n${complete()}\n`);
    }
    const result = await write(lines(), { streams: [email] });
    expect(result.exitCode).toBe(0);
    expect(memberIds(emulator)).toEqual(emailIds(2));
    const warnings = result.logs.filter(({ level }) => level === 'warn').map(({ message }) => message);
    expect(warnings).toContain('line 4 of the input is no Airbyte message and is left out');
    expect(warnings).toContain('7 lines of the input could not be read and were left out');
    expect(JSON.stringify(result)).not.toContain(secret);
    // The row with the broken characters is a row, though not a good one.
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 2, rejectedRecordCount: 1 });
  });

  it('#72 may be as long as 50 MB', async () => {
    const { emulator, write } = setUp();
    const rows = [{ ...person(0), note: 'x'.repeat(50_000_000) }, person(1)];
    const result = await write(sync(rows));
    expect(result.exitCode).toBe(0);
    expect(memberIds(emulator)).toEqual(emailIds(2));
  }, 60_000);

  it('#73 are ignored where they are JSON of other kinds', async () => {
    const { emulator, write } = setUp();
    const others = [
      '{"type":"LOG","log":{"level":"INFO","message":"x"}}',
      '{"hello":1}',
      '{"type":"NEW","new":{}}',
      '{"type":"CONTROL"}',
    ];
    const result = await write([...others, ...sync(people(2)), ...others]);
    expect(result.exitCode).toBe(0);
    expect(result.logs.filter(({ level }) => level === 'warn')).toEqual([]);
    expect(memberIds(emulator)).toEqual(emailIds(2));
  });

  it('#74 of a stream that the catalog does not have are left out with a warning', async () => {
    const { emulator, write } = setUp();
    const result = await write([record(person(7), 'strangers'), state(9, 'strangers'), ...sync(people(2))], { streams: [email] });
    expect(result.exitCode).toBe(0);
    expect(idsOf(result)).toEqual([1]);
    expect(memberIds(emulator)).toEqual(emailIds(2));
    expect(result.logs.some(({ message }) => message.includes('2 messages of the stream strangers'))).toBe(true);
  });

  it('#74 of one name in two namespaces go to two audiences', async () => {
    const { emulator, write } = setUp();
    const [first = '', second = ''] = audienceIds(emulator);
    const streams = [
      { ...email, namespace: 'a', objectName: first },
      { ...email, namespace: 'b', objectName: second },
    ];
    const lines = [
      record(person(1), 'people', 'a'),
      record(person(2), 'people', 'b'),
      complete('people', 'a'),
      complete('people', 'b'),
    ];
    const result = await write(lines, { streams });
    expect(result.exitCode).toBe(0);
    expect(memberIds(emulator, first)).toEqual([emailId(1)]);
    expect(memberIds(emulator, second)).toEqual([emailId(2)]);
  });
});

describe('states', () => {
  it('#75 leave in order, once each, with all that is in them', async () => {
    const { write } = setUp();
    const lines = [
      state(1),
      state(1),
      ...people(2).map((row) => record(row)),
      state(2).replace('{"at":2}', '{"at":2.50,"new":[1e3]}'),
      complete(),
    ];
    const result = await write(lines);
    expect(idsOf(result)).toEqual([1, 1, 2]);
    expect(result.text).toContain('"stream_state":{"at":2.50,"new":[1e3]}');
  });

  it.each([
    ['GLOBAL', { type: 'GLOBAL', global: { stream_states: [], shared_state: {} } }],
    ['LEGACY', { type: 'LEGACY', data: { people: 1 } }],
  ])('#75 of all streams (%s) wait for all of them', async (_, contents) => {
    const { emulator, write } = setUp();
    const [first = '', second = ''] = audienceIds(emulator);
    const streams = [
      { ...email, name: 'one', objectName: first },
      { ...email, name: 'two', objectName: second },
    ];
    const lines = [
      record(person(1), 'one'),
      record(person(2), 'two'),
      JSON.stringify({ type: 'STATE', state: contents }),
      complete('one'),
      complete('two'),
    ];
    const good = await write(lines, { streams });
    expect(good.states).toHaveLength(1);
    expect(good.states[0]?.destinationStats).toMatchObject({ recordCount: 2 });
    emulator.configure({ audienceStates: { [second]: { flagged: true } } });
    const bad = await write(lines, { streams });
    expect(bad.exitCode).toBe(1);
    expect(bad.states).toEqual([]);
  });

  it('#76 count what was delivered and what was rejected', async () => {
    const { write } = setUp();
    const line = state(1).replace('"type":"STREAM"', '"type":"STREAM","sourceStats":{"recordCount":3.0}');
    const result = await write([record(person(1)), record({ email: 'broken' }), record(person(2)), line, complete()]);
    expect(result.text).toContain('"destinationStats":{"recordCount":2.0,"rejectedRecordCount":1.0');
  });

  it('warn where the source counts other records than have come', async () => {
    const { write } = setUp();
    const line = state(1).replace('"type":"STREAM"', '"type":"STREAM","sourceStats":{"recordCount":5.0}');
    const result = await write([record(person(1)), line, complete()]);
    expect(result.logs.some(({ level, message }) => level === 'warn' && message.includes('5 records'))).toBe(true);
  });

  it('leave while the source is still running, when its rows have waited long enough', async () => {
    const { clock, emulator, write } = setUp();
    const seen: string[][] = [];
    async function* slowly() {
      yield Buffer.from(`${record(person(0))}\n${state(1)}\n`);
      for (let minute = 0; minute < 20; minute += 1) await clock.sleep(60_000);
      seen.push(memberIds(emulator));
      yield Buffer.from(`${complete()}\n`);
    }
    const result = await write(slowly(), { streams: [email] });
    expect(seen).toEqual([emailIds(1)]);
    expect(result.exitCode).toBe(0);
  });
});

describe('what PyAirbyte sends', () => {
  it('is understood: nulls for all that is absent, added columns, numbers as texts', async () => {
    const { emulator, write } = setUp();
    const row = {
      type: 'RECORD',
      log: null,
      spec: null,
      state: null,
      trace: null,
      control: null,
      record: {
        stream: 'people',
        namespace: null,
        data: { email: emailOf(1), phone: '15559876543.000000000', _airbyte_raw_id: 'x', _airbyte_meta: {} },
        emitted_at: 1_700_000_000,
        meta: null,
        file_reference: null,
      },
    };
    const held = {
      type: 'STATE',
      record: null,
      state: {
        type: 'STREAM',
        stream: { stream_descriptor: { name: 'people', namespace: null }, stream_state: null },
        global: null,
        global_: null,
        data: null,
        sourceStats: null,
        destinationStats: null,
      },
    };
    const result = await write([JSON.stringify(row), JSON.stringify(held), complete()], {
      streams: [{ columns: ['email', 'phone'] }],
    });
    expect(result.exitCode).toBe(0);
    expect(memberIds(emulator)).toContain(emailId(1));
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 1, rejectedRecordCount: 0 });
  });
});
