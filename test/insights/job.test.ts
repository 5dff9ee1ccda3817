import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphFailure } from '../../src/graph/graph-error.ts';
import { decideNext, type JobOutcome } from '../../src/insights/job.ts';

const failed = (failure: GraphFailure): JobOutcome => ({ type: 'failed', error: { failure } });
const refused = (failure: GraphFailure): JobOutcome => ({ type: 'refused', error: { failure } });

/** The decisions on one outcome after another. */
function decide(...outcomes: JobOutcome[]): string[] {
  return outcomes.map((outcome, index) => decideNext(outcomes.slice(0, index), outcome));
}

describe('decideNext', () => {
  it('is done when the report is', () => expect(decide({ type: 'timed_out' }, { type: 'completed' })).toEqual(['retry', 'done']));

  it('splits at once what is too much', () => {
    expect(decide(failed('too_much_data'))).toEqual(['split']);
    expect(decide(refused('too_much_data'))).toEqual(['split']);
  });

  it.each<[string, JobOutcome]>([
    ['passing failure', failed('transient')],
    ['failure without a reason', { type: 'failed' }],
    ['timeout', { type: 'timed_out' }],
    ['passing refusal', refused('transient')],
  ])('tries once more after a %s, then splits', (_, outcome) => expect(decide(outcome, outcome)).toEqual(['retry', 'split']));

  it('has one more try for all passing failures together', () => {
    expect(decide({ type: 'timed_out' }, failed('transient'))).toEqual(['retry', 'split']);
  });

  it('ends where a limit hides the run: another one would be hidden as well', () => {
    expect(decide({ type: 'hidden', error: { failure: 'throttled' } })).toEqual(['fail']);
  });

  it('submits a skipped run up to three times again', () => {
    const skipped: JobOutcome = { type: 'skipped' };
    expect(decide(skipped, skipped, skipped, skipped)).toEqual(['retry', 'retry', 'retry', 'split']);
  });

  it('makes two new reports for one that can not be read', () => {
    const unreadable: JobOutcome = { type: 'unreadable' };
    expect(decide(unreadable, { type: 'timed_out' }, unreadable, unreadable)).toEqual(['retry', 'retry', 'retry', 'split']);
  });

  it.each<GraphFailure>(['invalid', 'forbidden', 'expired_token', 'missing'])('never tries again what is %s', (failure) => {
    expect(decide(failed(failure))).toEqual(['fail']);
    expect(decide(refused(failure))).toEqual(['fail']);
  });

  it('does not make more reports where there are too many', () => {
    expect(decide(...new Array<JobOutcome>(11).fill(refused('throttled'))).at(-2)).toBe('retry');
    expect(decide(...new Array<JobOutcome>(11).fill(refused('throttled'))).at(-1)).toBe('fail');
  });

  it('comes to an end, whatever happens', () => {
    const outcomes = fc.constantFrom<JobOutcome>(
      failed('transient'),
      { type: 'failed' },
      { type: 'skipped' },
      { type: 'timed_out' },
      { type: 'unreadable' },
      refused('throttled'),
    );
    fc.assert(
      fc.property(fc.array(outcomes, { minLength: 17, maxLength: 17 }), (list) => {
        expect(decide(...list).some((decision) => decision !== 'retry')).toBe(true);
      }),
    );
  });
});
