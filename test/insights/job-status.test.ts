import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRunStatus } from '../../src/insights/job-status.ts';

const read = (status: unknown, percent?: unknown) =>
  readRunStatus({ id: '1', async_status: status, async_percent_completion: percent });

describe('readRunStatus', () => {
  it.each([
    ['Job Not Started', 0, 'running'],
    ['Job Started', 0, 'running'],
    ['Job Running', 37, 'running'],
    ['Job Running', 100, 'running'],
    ['Job Completed', 100, 'completed'],
    ['Job Completed', undefined, 'completed'],
    ['Job Completed', '100', 'completed'],
    ['Job Completed', 99, 'running'],
    ['Job Failed', 0, 'failed'],
    ['Job Skipped', 0, 'skipped'],
    [undefined, 100, 'unknown'],
    ['constructor', 5, 'unknown'],
    [7, 5, 'unknown'],
  ])('reads %s at %s %% as %s', (status, percent, state) => expect(read(status, percent).state).toBe(state));

  it('keeps the percentage between 0 and 100', () => {
    expect(read('Job Running', 37).percent).toBe(37);
    expect(read('Job Running', '37').percent).toBe(37);
    expect(read('Job Running', -1).percent).toBe(0);
    expect(read('Job Running', 250).percent).toBe(100);
    expect(read('Job Completed').percent).toBe(100);
  });

  it("reads a failed run's own reason, with codes below zero and codes in texts", () => {
    const body = {
      async_status: 'Job Failed',
      async_percent_completion: 0,
      error_code: -3,
      error_subcode: '1504045',
      error_message: 'Report Too Large',
      error_user_title: 'Too large',
      error_user_msg: 'Ask for less',
    };
    expect(readRunStatus(body)).toEqual({
      state: 'failed',
      percent: 0,
      error: { code: -3, subcode: 1504045, message: 'Report Too Large', userTitle: 'Too large', userMessage: 'Ask for less' },
    });
  });

  it('has no error where Meta tells none', () => expect(read('Job Failed', 0)).toEqual({ state: 'failed', percent: 0 }));

  it('has a reading of anything', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (body, status, code) => {
        expect(['running', 'unknown']).toContain(readRunStatus(body).state);
        const { state, percent } = readRunStatus({ async_status: status, async_percent_completion: code, error_code: code });
        expect(state).toBe('unknown');
        expect(percent >= 0 && percent <= 100).toBe(true);
      }),
    );
  });
});
