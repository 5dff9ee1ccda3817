import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emailId, emailIds, emailOf, memberIds, people, person, uploadsOf } from '../support/people.ts';
import { complete, record, type StreamSetup, state, sync } from '../support/write-records.ts';
import { listReplacements, setUpReplacement } from './replace-setup.ts';

describe('what keeps a replacement from being made', () => {
  it('#69 leaves the audience alone and acknowledges nothing where the source has not finished', async () => {
    const { emulator, audience, replace, add } = setUpReplacement();
    await add(5);
    const before = listReplacements(emulator).length;
    const result = await replace([state(1), ...people(3, 20).map((row) => record(row)), record({ email: 'broken' }), state(2)]);
    expect(result.exitCode).toBe(1);
    expect(result.states).toEqual([]);
    expect(listReplacements(emulator)).toHaveLength(before);
    expect(memberIds(emulator, audience)).toEqual(emailIds(5));
    expect(result.errors[0]).toMatchObject({ failure_type: 'transient_error', stream: 'people' });
  });

  it('#69 #81 is not made of a part of the stream, where the rest could not be taken', async () => {
    const { emulator, audience, replace, add } = setUpReplacement();
    await add(5);
    const folder = await mkdtemp(join(tmpdir(), 'no-folder-'));
    const file = join(folder, 'file');
    await writeFile(file, '');
    const broken = Array.from({ length: 10_000 }, () => ({ email: 'broken' }));
    const result = await replace(sync([...people(3, 20), ...broken, ...people(3, 30)]), { config: { rejects_folder: file } });
    await rm(folder, { recursive: true });
    expect(result.exitCode).toBe(1);
    expect(result.states).toEqual([]);
    expect(listReplacements(emulator)).toEqual([]);
    expect(memberIds(emulator, audience)).toEqual(emailIds(5));
  });

  it('#70 is not made of nothing', async () => {
    const { emulator, audience, replace, add } = setUpReplacement();
    await add(5);
    const failed = await replace([state(1), complete()], { stream: { columns: ['email'] } });
    expect(failed.errors[0]).toMatchObject({ failure_type: 'config_error', stream: 'people' });
    expect(failed.errors[0]?.message).toMatch(/replace\.on_empty/);
    expect(failed.states).toEqual([]);
    const skipped = await replace([state(1), complete()], {
      stream: { columns: ['email'] },
      config: { replace: { on_empty: 'skip' } },
    });
    expect(skipped.exitCode).toBe(0);
    expect(skipped.states).toHaveLength(1);
    expect(memberIds(emulator, audience)).toEqual(emailIds(5));
    expect(listReplacements(emulator)).toEqual([]);
  });

  it('does not let an audience shrink by more than the config allows', async () => {
    const { emulator, audience, replace } = setUpReplacement();
    emulator.configure({ audienceStates: { [audience]: { otherMembers: 50_000 } } });
    const failed = await replace(sync(people(10)));
    expect(failed.errors[0]?.message).toMatch(/replace\.on_shrink/);
    const skipped = await replace(sync(people(10)), { config: { replace: { on_shrink: 'skip' } } });
    expect(skipped.exitCode).toBe(0);
    expect(skipped.states[0]?.destinationStats).toMatchObject({ recordCount: 0, rejectedRecordCount: 10 });
    expect(listReplacements(emulator)).toEqual([]);
    const allowed = await replace(sync(people(10)), { config: { replace: { max_shrink_percent: 100 } } });
    expect(allowed.errors).toEqual([]);
    expect(listReplacements(emulator)).toHaveLength(1);
  });

  it('is not made of the few rows that are left where more are rejected than the config allows', async () => {
    const { emulator, audience, replace, add } = setUpReplacement();
    await add(5);
    const rows = Array.from({ length: 200 }, (_, n) => (n % 4 === 0 ? person(n) : { email: 'broken' }));
    const result = await replace(sync(rows), { config: { max_reject_ratio: 0.5 } });
    expect(result.errors[0]).toMatchObject({ failure_type: 'config_error', stream: 'people' });
    expect(result.errors[0]?.message).toMatch(/max_reject_ratio/);
    expect(result.states).toEqual([]);
    expect(listReplacements(emulator)).toEqual([]);
    expect(memberIds(emulator, audience)).toEqual(emailIds(5));
  });

  it('leaves external ids out, or rejects rows without one, where only some have one', async () => {
    const rows = [
      { external_id: 'c-1', email: emailOf(1) },
      { external_id: '', email: emailOf(2) },
      { external_id: 'c-3', email: '' },
    ];
    const dropping = setUpReplacement();
    const dropped = await dropping.replace(sync(rows));
    expect(dropped.states[0]?.destinationStats).toMatchObject({ recordCount: 2, rejectedRecordCount: 1 });
    expect(memberIds(dropping.emulator, dropping.audience)).toEqual([emailId(1), emailId(2)].sort());
    const rejecting = setUpReplacement();
    const rejected = await rejecting.replace(sync(rows), { config: { replace: { mixed_extern_ids: 'reject_rows' } } });
    expect(rejected.states[0]?.destinationStats).toMatchObject({ recordCount: 2, rejectedRecordCount: 1 });
    expect(memberIds(rejecting.emulator, rejecting.audience)).toEqual(['EXTERN_ID:c-1', 'EXTERN_ID:c-3', emailId(1)].sort());
  });

  it('#78 is what a truncating refresh asks for, and no other', async () => {
    const cases: readonly [StreamSetup, string[]][] = [
      [{ mode: 'append', generationId: 5, minimumGenerationId: 5 }, ['replace 2']],
      [{ mode: 'append', generationId: 5, minimumGenerationId: 0 }, ['add 2']],
      [{ mode: 'append_dedup' }, ['add 2']],
      [{ mode: 'overwrite', generationId: 5, minimumGenerationId: 0 }, ['replace 2']],
    ];
    for (const [stream, uploads] of cases) {
      const { emulator, replace } = setUpReplacement();
      expect((await replace(sync(people(2)), { stream })).errors).toEqual([]);
      expect(uploadsOf(emulator)).toEqual(uploads);
    }
    const { emulator, replace } = setUpReplacement();
    const hybrid = await replace(sync(people(2)), { stream: { mode: 'append', generationId: 5, minimumGenerationId: 3 } });
    expect(hybrid.errors[0]).toMatchObject({ failure_type: 'config_error' });
    expect(uploadsOf(emulator)).toEqual([]);
  });
});
