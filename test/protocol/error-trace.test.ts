import { describe, expect, it } from 'vitest';
import { ConnectorError } from '../../src/protocol/connector-error.ts';
import { describeError } from '../../src/protocol/error-trace.ts';

describe('describeError', () => {
  it('tells the user what to do, and names the stream, without a stack', () => {
    const error = new ConnectorError('Log in again.', { failureType: 'config_error', internalMessage: '190/463' });
    expect(describeError(error, { name: 'ads' })).toEqual({
      message: 'Log in again.',
      internal_message: '190/463',
      failure_type: 'config_error',
      stream_descriptor: { name: 'ads' },
    });
  });

  it('takes every error it does not know for a defect, with the stacks of its causes', () => {
    const error = new TypeError('x is undefined', { cause: new RangeError('deeper', { cause: 'a text' }) });
    const trace = describeError(error);
    expect(trace).toMatchObject({ failure_type: 'system_error', internal_message: 'TypeError: x is undefined' });
    expect(trace.stack_trace).toContain('error-trace.test.ts');
    expect(trace.stack_trace).toContain('Caused by: RangeError: deeper');
    expect(trace.stack_trace).toMatch(/Caused by: a text$/);
  });

  it('gives a connector error that is a defect its stack', () => {
    const error = new ConnectorError('Oh.', { failureType: 'system_error' });
    expect(describeError(error).stack_trace).toContain('error-trace.test.ts');
  });

  it('cuts messages at 50,000 characters and stacks at 100,000, never through a pair of surrogates', () => {
    const error = new Error(`${'x'.repeat(49_987)}😀${'y'.repeat(100_000)}`);
    const { internal_message: message = '', stack_trace: stack = '' } = describeError(error);
    expect(message).toHaveLength(50_000);
    expect(message.isWellFormed()).toBe(true);
    expect(stack).toHaveLength(100_000);
    expect(describeError(new ConnectorError('z'.repeat(60_000), { failureType: 'config_error' })).message).toHaveLength(50_000);
  });

  it('survives what is thrown though it is no error, and causes that go around in a circle', () => {
    expect(describeError(null).internal_message).toBe('a thrown null');
    expect(describeError('text').internal_message).toBe('text');
    expect(describeError({ token: 'x' }).internal_message).toBe('a thrown object');
    const error = new Error('round');
    error.cause = error;
    expect(describeError(error).stack_trace).toContain('Caused by');
  });
});
