import type { Clock, Log, LogFields, Runtime } from '../../src/runtime.ts';
import { FakeClock } from './fake-clock.ts';

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: LogFields;
}

export interface TestRuntime extends Runtime {
  readonly lines: LogLine[];
}

/** A runtime with nothing real in it: the clock stands still unless another is given, jitter is always one half, logs are kept. */
export function createTestRuntime(overrides: Partial<Runtime> = {}): TestRuntime {
  const lines: LogLine[] = [];
  return {
    fetch: globalThis.fetch,
    clock: new FakeClock() as Clock,
    random: () => 0.5,
    signal: new AbortController().signal,
    ...overrides,
    log: overrides.log ?? createMemoryLog(lines),
    lines,
  };
}

function createMemoryLog(lines: LogLine[]): Log {
  const write =
    (level: LogLine['level']) =>
    (message: string, fields: LogFields = {}) => {
      lines.push({ level, message, fields });
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
