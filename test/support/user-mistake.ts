import { expect } from 'vitest';
import type { AirbyteMessage, ErrorTrace } from '../../src/protocol/messages.ts';

/** A line of a stack, or a place in the program. */
const STACK = /\n\s+at |\bat [\w.<>]+ \(|\.(?:ts|js):\d+/;
const INTERNALS =
  /is not a function|undefined \(reading|is not iterable|call stack|defect of the connector|\[object Object\]|Cannot read prop/i;

export interface Ended {
  readonly exitCode: number | null;
  readonly messages: readonly AirbyteMessage[];
}

export function errorsOf(messages: readonly AirbyteMessage[]): readonly ErrorTrace[] {
  return messages.flatMap((message) => (message.type === 'TRACE' && message.trace.type === 'ERROR' ? [message.trace.error] : []));
}

/** What a run has told the user who brought bad input: its errors and the answer of a check. */
export function toldBy(messages: readonly AirbyteMessage[]): readonly string[] {
  const statuses = messages.flatMap((message) => (message.type === 'CONNECTION_STATUS' ? [message.connectionStatus] : []));
  return [...statuses, ...errorsOf(messages)].flatMap(({ message }) => message ?? []);
}

/** Whatever came in, it is not taken for a defect: no stack, nothing of the program's inside, an exit code of 0 or 1 and an error wherever it is 1. */
export function checkNoCrash({ exitCode, messages }: Ended): void {
  expect([0, 1]).toContain(exitCode);
  for (const error of errorsOf(messages)) {
    expect(error.failure_type, error.message).not.toBe('system_error');
    expect(error.stack_trace).toBeUndefined();
  }
  for (const text of toldBy(messages)) {
    expect(text).not.toMatch(STACK);
    expect(text).not.toMatch(INTERNALS);
    // A sentence that says what to mend, not a page.
    expect(text.length).toBeGreaterThan(20);
    expect(text.length).toBeLessThan(2_000);
  }
  if (exitCode === 1) expect(errorsOf(messages)).not.toEqual([]);
}

/** It could do nothing with the input, and says so in one sentence: the answer to a check, or a config_error and exit code 1. */
export function expectRefusal(command: string, ended: Ended, says: string | RegExp): void {
  checkNoCrash(ended);
  const told = toldBy(ended.messages);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(says);
  if (command === 'check' && ended.exitCode === 0) {
    const [answer] = ended.messages.flatMap((message) =>
      message.type === 'CONNECTION_STATUS' ? [message.connectionStatus] : [],
    );
    expect(answer?.status).toBe('FAILED');
    return;
  }
  expect(ended.exitCode).toBe(1);
  expect(errorsOf(ended.messages)[0]?.failure_type).toBe('config_error');
}
