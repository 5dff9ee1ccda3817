import { describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { emailId, emailIds, memberIds, people, person, uploadsOf } from '../support/people.ts';
import { setUpWriting } from '../support/set-up-writing.ts';
import { audienceIds, complete, record, state, sync } from '../support/write-records.ts';

const setUp = (options: Partial<EmulatorOptions> = {}) => setUpWriting({ audiencesPerAccount: 40, ...options });

const idsOf = (result: { readonly states: readonly { readonly id?: number }[] }) => result.states.map(({ id }) => id);
const email = { columns: ['email'] };

describe('the catalog', () => {
  it('#77 must not ask for a mode that there is not', async () => {
    const { emulator, write } = setUp();
    const result = await write(sync(people(1)), { streams: [{ mode: 'update' }] });
    expect(result.exitCode).toBe(1);
    expect(result.errors[0]).toMatchObject({ failure_type: 'config_error' });
    expect(result.errors[0]?.message).toMatch(/"update" is not supported/);
    expect(uploadsOf(emulator)).toEqual([]);
  });

  it('#77 must choose an object for each stream once it chooses any, and one to remove from', async () => {
    const { emulator, write } = setUp();
    const [first = ''] = audienceIds(emulator);
    const streams = [
      { ...email, name: 'one', objectName: first },
      { ...email, name: 'two' },
    ];
    const missing = await write([complete('one'), complete('two')], { streams });
    expect(missing.errors[0]).toMatchObject({ failure_type: 'config_error' });
    expect(missing.errors[0]?.message).toMatch(/Stream two: no audience \(destination_object_name\)/);
    const nobody = await write(sync(people(1)), { streams: [{ mode: 'soft_delete' }] });
    expect(nobody.errors[0]?.message).toMatch(/no audience named "people" to remove people from/);
    const unknown = await write(sync(people(1)), { streams: [{ objectName: 'Customers' }] });
    expect(unknown.errors[0]?.message).toMatch(/"Customers" is no audience/);
  });

  it('#77 may have no streams', async () => {
    const { write } = setUp();
    const result = await write([], { streams: [] });
    expect(result).toMatchObject({ exitCode: 0, errors: [], states: [] });
  });

  it('is matched by the config’s entries, by namespace where they have one, and those that match nothing are told', async () => {
    const { emulator, write } = setUp();
    const [first = '', second = ''] = audienceIds(emulator);
    const audiences = [
      { stream_name: 'people', audience_id: first },
      { stream_name: 'people', stream_namespace: 'b', audience_id: second },
      { stream_name: 'persons', audience_name: 'typo' },
    ];
    const streams = ['a', 'b'].map((namespace) => ({ ...email, namespace }));
    const lines = [
      record(person(1), 'people', 'a'),
      record(person(2), 'people', 'b'),
      complete('people', 'a'),
      complete('people', 'b'),
    ];
    const result = await write(lines, { streams, config: { audiences } });
    expect(result.errors).toEqual([]);
    expect(memberIds(emulator, first)).toEqual([emailId(1)]);
    expect(memberIds(emulator, second)).toEqual([emailId(2)]);
    const warnings = result.logs.filter(({ level }) => level === 'warn').map(({ message }) => message);
    expect(warnings).toEqual(['The catalog has no stream that these settings could be meant for: audiences[2] (persons)']);
  });

  it('makes an audience where a new one is chosen', async () => {
    const { emulator, write } = setUp();
    for (const [objectName, name] of [
      ['new', 'people'],
      ['new:VIP', 'VIP'],
    ] as const) {
      expect((await write(sync(people(1)), { streams: [{ objectName }] })).errors).toEqual([]);
      expect(emulator.truth.object(emulator.audiences.uploads().at(-1)?.target ?? '')?.['name']).toBe(name);
    }
  });

  it('must have a column that says who a person is', async () => {
    const { emulator, write } = setUp();
    const result = await write(sync([{ note: 'x', total: 3 }]));
    expect(result.errors[0]).toMatchObject({ failure_type: 'config_error', stream: 'people' });
    expect(result.errors[0]?.message).toMatch(/none of its columns \(note, total\)/);
    expect(emulator.counters.writes).toBe(0);
  });

  it('must have the columns that the config maps', async () => {
    const { write } = setUp();
    const columns = [{ column: 'mail', match_key: 'EMAIL' }];
    const result = await write(sync(people(1)), { config: { audiences: [{ stream_name: 'people', columns }] } });
    expect(result.errors[0]?.message).toMatch(/has no column mail/);
  });

  it('must have the columns that say what a row does', async () => {
    const { emulator, write } = setUp();
    const audiences = [{ stream_name: 'people', operation_field: 'action' }];
    const own = await write(sync(people(1)), { config: { audiences } });
    expect(own.errors[0]).toMatchObject({ failure_type: 'config_error', stream: 'people' });
    expect(own.errors[0]?.message).toMatch(/has no column action/);
    expect(emulator.counters.writes).toBe(0);
    const config = { operation_field: 'action', limited_data_use: { mode: 'column', column: 'opted_out' } };
    const { logs } = await write(sync(people(1)), { config });
    expect(logs.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual([
      'Stream people has no column that these settings name: operation_field (action), limited_data_use (opted_out)',
    ]);
  });

  it('#79 may write two streams to one audience, one after another', async () => {
    const { emulator, write } = setUp();
    const [audience = ''] = audienceIds(emulator);
    const streams = ['one', 'two'].map((name) => ({ ...email, name, objectName: audience }));
    const lines = [
      ...people(30).map((row, n) => record(row, n % 2 === 0 ? 'one' : 'two')),
      state(1, 'one'),
      state(2, 'two'),
      complete('one'),
      complete('two'),
    ];
    const result = await write(lines, { streams, config: { batch_rows: 10 } });
    expect(result.exitCode).toBe(0);
    expect(idsOf(result).sort()).toEqual([1, 2]);
    expect(memberIds(emulator, audience)).toEqual(emailIds(30));
  });

  it('#79 may write two streams to one audience that is yet to be made, described in two ways', async () => {
    const { emulator, write } = setUp();
    const before = audienceIds(emulator).length;
    const audiences = [
      { stream_name: 'one', audience_name: 'VIP', retention_days: 30 },
      { stream_name: 'two', audience_name: 'VIP' },
    ];
    const streams = ['one', 'two'].map((name) => ({ ...email, name }));
    const lines = [record(person(1), 'one'), record(person(2), 'two'), complete('one'), complete('two')];
    const result = await write(lines, { streams, config: { audiences } });
    expect(result.errors).toEqual([]);
    expect(audienceIds(emulator)).toHaveLength(before + 1);
    expect(memberIds(emulator)).toEqual([emailId(1), emailId(2)].sort());
  });

  it('#79 must not overwrite an audience that another stream writes to', async () => {
    const { emulator, write } = setUp();
    const [audience = ''] = audienceIds(emulator);
    const streams = [
      { ...email, name: 'one', objectName: audience },
      { ...email, name: 'two', objectName: audience, mode: 'overwrite' },
    ];
    const result = await write([record(person(1), 'one'), complete('one'), complete('two')], { streams });
    expect(result.exitCode).toBe(1);
    expect(result.errors[0]?.message).toMatch(/write to the same audience/);
    expect(uploadsOf(emulator)).toEqual([]);
  });
});
