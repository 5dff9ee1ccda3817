import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { emailId, emailOf, memberIds, people, person, sha256, uploadsOf } from '../support/people.ts';
import { complete, record, state, sync, type WriteOptions, write } from '../support/write-records.ts';

function setUp(options: Partial<EmulatorOptions> = {}) {
  const clock = new FakeClock({ auto: true });
  const emulator = createEmulator(options, clock);
  return { emulator, write: (lines: readonly string[], more: WriteOptions = {}) => write(emulator, lines, { clock, ...more }) };
}

const schemas = (emulator: ReturnType<typeof setUp>['emulator']) =>
  emulator.audiences.uploads().map(({ schema }) => schema.join());

describe('which rows are sent', () => {
  it('#1 rejects a row without any identifier', async () => {
    const { emulator, write } = setUp();
    const result = await write(sync([person(1), { email: null }, { email: '' }, {}]));
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 1, rejectedRecordCount: 3 });
    expect(memberIds(emulator)).toEqual([emailId(1)]);
    expect(result.exitCode).toBe(0);
  });

  it('#4 keeps a row whose e-mail address is broken where another key names the person', async () => {
    const { emulator, write } = setUp();
    await write(sync([{ email: 'broken', phone: '+15559876543' }]));
    expect(memberIds(emulator)).toEqual([`PHONE:${sha256('15559876543')}`]);
  });

  it('#25 never sends rows with and without an external id together', async () => {
    const { emulator, write } = setUp();
    const result = await write(
      sync([
        { external_id: 'c-1', email: emailOf(1) },
        { external_id: '', email: emailOf(2) },
        { external_id: 'c-3', email: emailOf(3) },
      ]),
    );
    expect(schemas(emulator).sort()).toEqual(['EMAIL', 'EXTERN_ID,EMAIL']);
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 3, rejectedRecordCount: 0 });
    expect(memberIds(emulator)).toEqual([emailId(1), emailId(2), emailId(3), 'EXTERN_ID:c-1', 'EXTERN_ID:c-3'].sort());
  });

  it('#26 sends external ids beyond 2^53 to the digit', async () => {
    const { emulator, write } = setUp();
    const line = record({ external_id: 1 }).replace('"external_id":1', '"external_id":12345678901234567890');
    await write([line, complete()], { streams: [{ columns: ['external_id'] }] });
    expect(memberIds(emulator)).toEqual(['EXTERN_ID:12345678901234567890']);
  });

  it('#27 rejects rows of a value-based audience whose value can not be used', async () => {
    const { emulator, write } = setUp();
    const config = { audiences: [{ stream_name: 'people', is_value_based: true }] };
    const rows = [
      { ...person(1), value: '5' },
      { ...person(2), value: -1 },
      { ...person(3), value: null },
      { ...person(4), value: 12.5 },
    ];
    const overflowing = record({ ...person(5), value: 0 }).replace('"value":0', '"value":1e400');
    const result = await write([...rows.map((row) => record(row)), overflowing, state(1), complete()], { config });
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 2, rejectedRecordCount: 3 });
    const [audience] = emulator.audiences.uploads();
    const members = emulator.audiences.members(audience?.target ?? '');
    expect(members.map(({ value }) => value).sort()).toEqual([12.5, 5]);
  });

  it('#29 #30 gives every row the cells of the schema, whatever the order of its columns and whatever else it has', async () => {
    const { emulator, write } = setUp();
    const result = await write(
      sync([
        { email: emailOf(1), first_name: 'Mary', note: 'x' },
        { note: 'y', first_name: 'John', email: emailOf(2), extra: { nested: true } },
        { first_name: 'Zoe' },
      ]),
    );
    expect(result.errors).toEqual([]);
    expect(schemas(emulator)).toEqual(['EMAIL,FN']);
    expect(memberIds(emulator)).toEqual([emailId(1), emailId(2), `FN:${sha256('zoe')}`].sort());
  });

  it('#31 rejects a list where one value belongs', async () => {
    const { write } = setUp();
    const result = await write(sync([{ email: [emailOf(1), emailOf(2)] }, { email: { address: emailOf(3) } }]));
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 0, rejectedRecordCount: 2 });
  });

  it('#31 takes lists apart where it is told to, and counts the record once', async () => {
    const { emulator, write } = setUp();
    const rows = [{ external_id: 'c-1', email: [emailOf(1), 'broken', emailOf(2)], phone: '+15559876543' }];
    const result = await write(sync(rows), { config: { flatten_lists: true } });
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 1, rejectedRecordCount: 0 });
    expect(memberIds(emulator)).toEqual([emailId(1), emailId(2), 'EXTERN_ID:c-1', `PHONE:${sha256('15559876543')}`].sort());
  });

  it('#32 rejects a row that is larger than a request may be', async () => {
    const { emulator, write } = setUp();
    const known = {
      phone: '+15559876543',
      gender: 'f',
      dob: '1997-02-16',
      city: 'Springfield',
      state: 'IL',
      zip: '62704',
      country: 'US',
    };
    const names = { first_name: 'Mary', last_name: 'Smith', FI: 'm', madid: 'AAAAAAAA-1234-4321-ABCD-1234567890AB' };
    const rows = [
      { external_id: 'x'.repeat(200), email: emailOf(1), ...known, ...names },
      { external_id: 'c-2', email: emailOf(2) },
    ];
    const result = await write(sync(rows), { config: { batch_bytes: 1_024 } });
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 1, rejectedRecordCount: 1 });
    expect(memberIds(emulator)).toContain('EXTERN_ID:c-2');
  });

  it.each([
    [10_000, {}, ['add 10000']],
    [10_001, {}, ['add 10000', 'add 1']],
    [100, { batch_bytes: 3_500 }, ['add 50', 'add 50']],
  ])('#33 sends %i rows with %o as %j', async (count, config, uploads) => {
    const { emulator, write } = setUp();
    await write(sync(people(count)), { config });
    expect(uploadsOf(emulator)).toEqual(uploads);
  });

  it('#34 sends rows that come twice once', async () => {
    const { emulator, write } = setUp();
    const rows = [...people(3), ...people(3), ...people(2)];
    const result = await write(sync(rows), { config: { batch_rows: 3 } });
    expect(uploadsOf(emulator)).toEqual(['add 3']);
    expect(result.states[0]?.destinationStats).toEqual({
      recordCount: 8,
      rejectedRecordCount: 0,
      additionalStats: { added: 3, superseded: 5 },
    });
  });

  it('#39 rejects a removal by name alone, and sends it where it is told to', async () => {
    const rows = [{ first_name: 'Mary', last_name: 'Smith', _airbyte_op: 'delete' }];
    const { write } = setUp();
    expect((await write(sync(rows))).states[0]?.destinationStats).toMatchObject({ recordCount: 0, rejectedRecordCount: 1 });
    const { emulator, write: allow } = setUp();
    const result = await allow(sync([{ first_name: 'Mary', last_name: 'Smith' }, ...rows]), { config: { weak_removals: true } });
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 2 });
    expect(memberIds(emulator)).toEqual([]);
  });

  it('#84 marks rows under Limited Data Use, locates those in California, and warns of those elsewhere', async () => {
    const { emulator, write } = setUp();
    const config = { limited_data_use: { mode: 'column', column: 'opted_out' } };
    const rows = [
      { ...person(1), state: 'California', country: 'US', opted_out: true },
      { ...person(2), state: 'TX', country: 'US', opted_out: 'yes' },
      { ...person(3), state: '', country: 'US', opted_out: 1 },
      { ...person(4), state: 'CA', country: 'US', opted_out: false },
    ];
    const result = await write(sync(rows), { config });
    const [upload] = emulator.audiences.uploads();
    const use = emulator.audiences.members(upload?.target ?? '').map(({ limitedUse }) => limitedUse);
    expect(upload?.schema.slice(-3)).toEqual([
      'DATA_PROCESSING_OPTIONS',
      'DATA_PROCESSING_OPTIONS_COUNTRY',
      'DATA_PROCESSING_OPTIONS_STATE',
    ]);
    expect(use).toEqual([{ country: 1, state: 1000 }, { country: 0, state: 0 }, { country: 0, state: 0 }, undefined]);
    expect(
      result.logs.some(({ level, message }) => level === 'warn' && message.includes('1 rows of people outside California')),
    ).toBe(true);
  });

  it('sends page-scoped ids raw, with their page', async () => {
    const { emulator, write } = setUp();
    const audience = { stream_name: 'people', page_id: '77', columns: [{ column: 'psid', match_key: 'PAGEUID' }] };
    const result = await write(sync([{ psid: '1234567890' }]), { config: { audiences: [audience] } });
    expect(result.errors).toEqual([]);
    expect(memberIds(emulator)).toEqual(['PAGEUID:1234567890']);
  });

  it('#82 keeps no primary key as it came that says who a person is, though the catalog names no columns', async () => {
    const { write } = setUp();
    const folder = await mkdtemp(join(tmpdir(), 'rejects-'));
    const row = { email: 'somebody-at-example', customer: 'c-7' };
    const streams = [{ columns: [], primaryKey: ['email', 'customer'] }];
    await write(sync([row, person(1)]), { streams, config: { rejects_folder: folder } });
    const [name = ''] = await readdir(folder);
    const text = await readFile(join(folder, name), 'utf8');
    expect(text).toContain('"customer":"c-7"');
    expect(text).not.toContain('somebody-at-example');
    const columns = [{ column: 'email', match_key: 'IGNORE' }];
    const ignoring = [{ columns: ['email', 'customer', 'phone'], primaryKey: ['email', 'customer'] }];
    const config = { rejects_folder: folder, audiences: [{ stream_name: 'people', columns }] };
    await write(sync([row]), { streams: ignoring, config });
    const names = await readdir(folder);
    for (const each of names) expect(await readFile(join(folder, each), 'utf8')).not.toContain('somebody-at-example');
    await rm(folder, { recursive: true });
    expect(names.length).toBeGreaterThan(1);
  });

  it('learns the columns from the records where the catalog names none', async () => {
    const { emulator, write } = setUp();
    const result = await write([...sync([person(1), { phone: '+15559876543' }])], { streams: [{ columns: [] }] });
    expect(result.errors).toEqual([]);
    expect(memberIds(emulator)).toEqual([emailId(1), `PHONE:${sha256('15559876543')}`].sort());
  });
});
