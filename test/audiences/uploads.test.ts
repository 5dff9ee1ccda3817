import { describe, expect, it } from 'vitest';
import { makeBatches } from '../../src/audiences/batch.ts';
import { matchSamples } from '../../src/audiences/match-samples.ts';
import { createBatchId, createSessionId } from '../../src/audiences/session-id.ts';
import { readUploadAnswer } from '../../src/audiences/upload-answer.ts';
import { UploadSize } from '../../src/audiences/upload-size.ts';
import { draftOf } from '../support/draft-of.ts';
import { rowOf, shapeOf } from './rows.ts';

const LIMITS = { rows: 3, bytes: 1_000 };
const shape = shapeOf('EXTERN_ID', 'EMAIL');
const EMAIL = 'a'.repeat(64);

describe('makeBatches', () => {
  it('keeps operations, shapes, and rows with and without an external id apart, removals first', () => {
    const other = shapeOf('EMAIL');
    const rows = [rowOf(shape, ['1', 'a']), rowOf(shape, ['', 'b']), rowOf(other, ['c']), rowOf(shape, ['2', 'd'], 'remove')];
    const batches = makeBatches(rows, LIMITS);
    expect(batches.map(({ operation, keys, rows: found }) => [operation, keys.join(), found.length])).toEqual([
      ['remove', 'EXTERN_ID,EMAIL', 1],
      ['add', 'EXTERN_ID,EMAIL', 1],
      ['add', 'EMAIL', 1],
      ['add', 'EMAIL', 1],
    ]);
  });

  it('cuts by rows and by bytes', () => {
    const rows = Array.from({ length: 7 }, (_, n) => rowOf(shape, [String(n), '']));
    expect(makeBatches(rows, LIMITS).map((batch) => batch.rows.length)).toEqual([3, 3, 1]);
    expect(makeBatches(rows, { rows: 100, bytes: 25 }).map((batch) => batch.rows.length)).toEqual([2, 2, 2, 1]);
  });
});

describe('matchSamples', () => {
  const rows = [rowOf(shape, ['1', EMAIL]), rowOf(shape, ['2', 'b']), rowOf(shape, ['2', 'b'])];
  const [batch] = makeBatches(rows, LIMITS);
  const match = (row: string) =>
    [...(batch ? matchSamples(batch, [{ row, reason: 'bad' }]) : new Map()).keys()].map((found) => rows.indexOf(found));

  it('finds rows by their JSON, all that are equal, however it is spaced', () => {
    expect(match(JSON.stringify(['1', EMAIL]))).toEqual([0]);
    expect(match('[ "2", "b" ]')).toEqual([1, 2]);
  });

  it('shows no value of the row in the reason', () => {
    const reason = 'external id customer-17 is unknown';
    const sample = { row: JSON.stringify(['customer-17', EMAIL]), reason };
    const [own] = makeBatches([rowOf(shape, ['customer-17', EMAIL])], LIMITS);
    expect([...(own ? matchSamples(own, [sample]) : new Map()).values()]).toEqual(['external id *** is unknown']);
  });

  it('finds a row by one of its long values, and none by what says nothing', () => {
    expect(match(EMAIL)).toEqual([0]);
    expect(match('2')).toEqual([]);
    expect(match('')).toEqual([]);
  });
});

describe('readUploadAnswer', () => {
  it('reads numbers and texts of numbers, and takes what is missing for unknown', () => {
    expect(readUploadAnswer({ num_received: '10', num_invalid_entries: 2 })).toEqual({ received: 10, invalid: 2, samples: [] });
    expect(readUploadAnswer({})).toEqual({ received: undefined, invalid: 0, samples: [] });
    expect(readUploadAnswer(null)).toEqual({ received: undefined, invalid: 0, samples: [] });
    expect(readUploadAnswer({ num_received: -1, num_invalid_entries: 'x' })).toEqual({
      received: undefined,
      invalid: 0,
      samples: [],
    });
  });

  it('reads samples in each of their forms, without what looks like a hash in the reason', () => {
    const samples = (invalid_entry_samples: unknown) => readUploadAnswer({ invalid_entry_samples }).samples;
    expect(samples({ '["x"]': `bad ${EMAIL}` })).toEqual([{ row: '["x"]', reason: 'bad ***' }]);
    expect(samples(['["x"]', ['y']])).toMatchObject([{ row: '["x"]' }, { row: '["y"]' }]);
    expect(samples([{ '["x"]': 'bad' }])).toEqual([{ row: '["x"]', reason: 'bad' }]);
    for (const nothing of [[], {}, null, undefined, 'text', 5]) expect(samples(nothing)).toEqual([]);
  });
});

describe('createSessionId', () => {
  const identity = { accountId: '1', audienceId: '2', runId: '3', sequence: 0, batchId: 'b', attempt: 1 };

  it('is the same for the same request, another for every other, and fits a JSON number', () => {
    const id = createSessionId(identity);
    expect(createSessionId({ ...identity })).toBe(id);
    const others = [{ accountId: '9' }, { audienceId: '9' }, { runId: '9' }, { sequence: 9 }, { batchId: '9' }, { attempt: 9 }];
    const ids = others.map((other) => createSessionId({ ...identity, ...other }));
    expect(new Set([id, ...ids]).size).toBe(7);
    for (const each of ids) expect(Number.isSafeInteger(each) && each > 0).toBe(true);
  });

  it('names contents by what is in them and what is done with them', () => {
    const [payload, other] = [draftOf('a'), draftOf('b')];
    expect(createBatchId('add', payload)).toMatch(/^[0-9a-f]{64}$/);
    expect(createBatchId('add', payload)).not.toBe(createBatchId('remove', payload));
    expect(createBatchId('add', payload)).not.toBe(createBatchId('add', other));
  });
});

describe('UploadSize', () => {
  it('halves what was refused, and grows again with successes, up to where it began', () => {
    const size = new UploadSize({ rows: 1_000, bytes: 100_000 });
    size.noteRefusal({ rows: 800, bytes: 90_000 });
    expect(size.current).toEqual({ rows: 400, bytes: 45_000 });
    for (let n = 0; n < 8; n += 1) size.noteSuccess();
    expect(size.current).toEqual({ rows: 800, bytes: 90_000 });
    for (let n = 0; n < 80; n += 1) size.noteSuccess();
    expect(size.current).toEqual({ rows: 1_000, bytes: 100_000 });
  });

  it('ends at one row', () => {
    const size = new UploadSize({ rows: 4, bytes: 100_000 });
    for (let n = 0; n < 5; n += 1) size.noteRefusal({ rows: 1, bytes: 100 });
    expect(size.current.rows).toBe(1);
  });
});
