import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import type { JsonObject } from '../../src/protocol/messages.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { emailId, emailIds, emailOf, memberIds, people, person, sha256, uploadsOf } from '../support/people.ts';
import { sync, type WriteOptions, write } from '../support/write-records.ts';

function setUp(options: Partial<EmulatorOptions> = {}) {
  const clock = new FakeClock({ auto: true });
  const emulator = createEmulator(options, clock);
  return {
    emulator,
    write: (rows: readonly JsonObject[], more: WriteOptions = {}) => write(emulator, sync(rows), { clock, ...more }),
  };
}

const add = (n: number) => ({ ...person(n), _airbyte_op: 'insert' });
const remove = (n: number) => ({ ...person(n), _airbyte_op: 'delete' });

describe('operations', () => {
  it.each(['delete', 'remove', 'd', 'D', '-1', -1, 'false', false])('takes %j for a removal', async (word) => {
    const { emulator, write } = setUp();
    await write([...people(3), { ...person(2), _airbyte_op: word }]);
    expect(memberIds(emulator)).toEqual([emailId(0), emailId(1)].sort());
  });

  it.each(['add', 'insert', 'upsert', 'UPDATE', 'c', 'u', 'r', '1', 1, 'true', true, null, ''])(
    'takes %j for an addition',
    async (word) => {
      const { emulator, write } = setUp();
      await write([{ ...person(0), op: word }]);
      expect(memberIds(emulator)).toEqual([emailId(0)]);
    },
  );

  it('#37 rejects a row whose operation is unknown', async () => {
    const { write } = setUp();
    const result = await write([{ ...person(0), _airbyte_op: 'maybe' }, person(1)]);
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 1, rejectedRecordCount: 1 });
    expect(result.exitCode).toBe(0);
  });

  it('heeds the column that the config names, and no other', async () => {
    const { emulator, write } = setUp();
    const rows = [
      { ...person(0), kind: 'add', op: 'delete' },
      { ...person(1), kind: 'remove', op: 'add' },
    ];
    await write([...people(2), ...rows], { config: { operation_field: 'kind' } });
    expect(memberIds(emulator)).toEqual([emailId(0)]);
  });

  it('#38 removes what a database has deleted', async () => {
    const { emulator, write } = setUp();
    const rows = [null, '2026-11-21T10:00:00Z', ''].map((at, n) => ({ ...person(n), _ab_cdc_deleted_at: at }));
    await write([...people(3), ...rows]);
    expect(memberIds(emulator)).toEqual([emailId(0), emailId(2)].sort());
  });

  it('removes every row of a stream in the mode soft_delete', async () => {
    const { emulator, write } = setUp();
    await write(people(5));
    await write(people(2), { streams: [{ mode: 'soft_delete' }] });
    expect(memberIds(emulator)).toEqual(emailIds(3, 2));
  });
});

describe('the order of one person', () => {
  it('#35 ends with a removal that comes after an addition, within a request and across requests', async () => {
    for (const batch_rows of [100, 2, 1]) {
      const { emulator, write } = setUp();
      await write([add(1), add(2), add(3), remove(1)], { config: { batch_rows } });
      expect(memberIds(emulator)).toEqual([emailId(2), emailId(3)].sort());
    }
  });

  it('#36 ends with an addition that comes after a removal', async () => {
    for (const batch_rows of [100, 2, 1]) {
      const { emulator, write } = setUp();
      await write([add(1), add(2), remove(1), add(1)], { config: { batch_rows } });
      expect(memberIds(emulator)).toEqual([emailId(1), emailId(2)].sort());
    }
  });

  it('sends the last of several operations alone, and counts the others as superseded', async () => {
    const { emulator, write } = setUp();
    const result = await write([add(1), remove(1), add(1), remove(1)]);
    expect(uploadsOf(emulator)).toEqual(['remove 1']);
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 4, additionalStats: { removed: 1, superseded: 3 } });
  });

  it('is kept where two rows share an identifier without having the same strongest one', async () => {
    const { emulator, write } = setUp();
    await write([
      { external_id: 'c-1', email: emailOf(1) },
      { email: emailOf(1), _airbyte_op: 'delete' },
      { external_id: 'c-2', email: emailOf(2), _airbyte_op: 'delete' },
      { email: emailOf(2) },
    ]);
    expect(memberIds(emulator)).toEqual([emailId(2)]);
  });

  it('is kept where a removal has taken the place of a row with more identifiers', async () => {
    const { emulator, write } = setUp();
    await write([
      { email: emailOf(1), phone: '+15559876543' },
      { email: emailOf(1), _airbyte_op: 'delete' },
      { phone: '+15559876543', first_name: 'Mary' },
    ]);
    expect(memberIds(emulator)).toHaveLength(1);
    expect(memberIds(emulator)[0]).toMatch(/^PHONE:/);
  });

  it('takes the old address out where a changed one comes as a removal and an addition', async () => {
    const { emulator, write } = setUp();
    const customer = { external_id: 'c-1', email: emailOf(1) };
    await write([customer]);
    const changes = [
      { ...customer, _airbyte_op: 'delete' },
      { external_id: 'c-1', email: emailOf(2), _airbyte_op: 'insert' },
    ];
    const result = await write(changes);
    expect(memberIds(emulator)).toEqual([emailId(2), 'EXTERN_ID:c-1'].sort());
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 2, additionalStats: { removed: 1, added: 1 } });
  });

  it('is kept between rows that share an identifier by way of a third one', async () => {
    const { emulator, write } = setUp();
    const phone = '+15559876543';
    await write([
      person(9),
      { email: emailOf(2), phone },
      { email: emailOf(1), phone },
      { email: emailOf(1), _airbyte_op: 'delete' },
      { phone, _airbyte_op: 'delete' },
    ]);
    expect(memberIds(emulator)).toEqual([emailId(9)]);
  });

  it('is kept where a row counts again because the one in its place was refused', async () => {
    const { emulator, write } = setUp({ invalidIdentifiers: ['aaaaaaaa-1234-4321-abcd-1234567890ab'] });
    const phone = '+15559876543';
    await write([
      { email: emailOf(1), phone, _airbyte_op: 'delete' },
      { email: emailOf(1), madid: 'AAAAAAAA-1234-4321-ABCD-1234567890AB', _airbyte_op: 'insert' },
      { phone, _airbyte_op: 'insert' },
    ]);
    expect(memberIds(emulator)).toEqual([`PHONE:${sha256('15559876543')}`]);
  });

  it('is kept among rows with weak keys alone, whatever only an addition has beside them', async () => {
    const { emulator, write } = setUp();
    const rows = [person(9), { first_name: 'Mary' }, { first_name: 'Mary', _airbyte_op: 'delete' }];
    await write(rows, { config: { weak_removals: true, limited_data_use: { mode: 'all' } } });
    expect(memberIds(emulator)).toEqual([emailId(9)]);
  });

  it('never leaves anybody in who was removed last, nor out who was added last, whatever the rows share', async () => {
    const pools = {
      external_id: ['c-1', 'c-2', 'c-3'],
      email: [1, 2, 3].map(emailOf),
      phone: ['+15559876543', '+15559876544', '+15559876545'],
    };
    const ids: Readonly<Record<string, (value: string) => string>> = {
      external_id: (value) => `EXTERN_ID:${value}`,
      email: (value) => `EMAIL:${sha256(value)}`,
      phone: (value) => `PHONE:${sha256(value.slice(1))}`,
    };
    const pick = (values: readonly string[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 2 });
    const row = fc
      .record({ external_id: pick(pools.external_id), email: pick(pools.email), phone: pick(pools.phone) })
      .filter((cells) => Object.values(cells).some((cell) => cell !== undefined));
    const change = fc.tuple(row, fc.constantFrom('insert', 'delete')).map(([cells, _airbyte_op]) => ({ ...cells, _airbyte_op }));
    const namesOf = (cells: JsonObject) =>
      Object.entries(cells).flatMap(([column, value]) => (value === undefined ? [] : (ids[column]?.(String(value)) ?? [])));
    const everybody = Object.entries(pools).flatMap(([column, values]) => values.map((value) => ({ [column]: value })));
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 10 }),
        fc.constantFrom(3, 100),
        async (changes, batch_rows) => {
          const { emulator, write } = setUp();
          await write(everybody);
          expect((await write(changes, { config: { batch_rows } })).exitCode).toBe(0);
          const members = new Set(memberIds(emulator));
          const last = new Map(changes.flatMap((each) => namesOf(each).map((name) => [name, each._airbyte_op] as const)));
          for (const [name, operation] of last) if (operation === 'delete') expect(members).not.toContain(name);
          const final = changes.at(-1);
          if (final?._airbyte_op === 'insert') for (const name of namesOf(final)) expect(members).toContain(name);
        },
      ),
      { numRuns: 60 },
    );
  });

  /** What the audience must hold when each row is applied by itself, in order. */
  async function applyOneByOne(rows: readonly JsonObject[]): Promise<string[]> {
    const { emulator, write } = setUp();
    await write([person(999)]);
    for (const row of rows) await write([row]);
    return memberIds(emulator);
  }

  it('gives the same audience as one request for each row would', async () => {
    const persons = [
      { external_id: 'c-1', email: emailOf(1) },
      { external_id: 'c-2', email: emailOf(2), phone: '+15559876543' },
      { email: emailOf(3) },
      { email: emailOf(4), phone: '+15559876544' },
      { phone: '+15559876545' },
    ];
    const row = fc.tuple(fc.constantFrom(...persons), fc.constantFrom('insert', 'delete')).map(([who, _airbyte_op]) => ({
      ...who,
      _airbyte_op,
    }));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), fc.constantFrom(2, 3, 100), async (rows, batch_rows) => {
        const { emulator, write } = setUp();
        const result = await write([person(999), ...rows], { config: { batch_rows } });
        expect(result.exitCode).toBe(0);
        expect(memberIds(emulator)).toEqual(await applyOneByOne(rows));
      }),
      { numRuns: 30 },
    );
  });

  it('falls back to the row before where Meta refuses the last one', async () => {
    const { emulator, write } = setUp({ invalidIdentifiers: ['c-bad'] });
    // The same person by the e-mail address; the second row is refused for its external id.
    const rows = [
      { email: emailOf(1), phone: '+15559876543' },
      { email: emailOf(1), madid: 'AAAAAAAA-1234-4321-ABCD-1234567890AB' },
    ];
    const refuse = setUp({ invalidIdentifiers: ['aaaaaaaa-1234-4321-abcd-1234567890ab'] });
    const result = await refuse.write(rows);
    expect(result.states[0]?.destinationStats).toMatchObject({ recordCount: 1, rejectedRecordCount: 1 });
    expect(memberIds(refuse.emulator)).toContain(emailId(1));
    await write(rows);
    expect(memberIds(emulator)).toHaveLength(2);
  });
});
