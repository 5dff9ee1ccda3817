import { describe, expect, it } from 'vitest';
import { createAirbyteLog, type LogThreshold, parseLogThreshold } from '../../src/protocol/airbyte-log.ts';

function createLog(threshold: LogThreshold) {
  const entries: unknown[] = [];
  return { entries, log: createAirbyteLog({ threshold, write: (entry) => entries.push(JSON.parse(entry)) }) };
}

describe('createAirbyteLog', () => {
  it('writes level and message as Airbyte names them, and nothing else', () => {
    const { log, entries } = createLog('debug');
    log.debug('a');
    log.info('b %s');
    log.warn('c');
    log.error('d');
    expect(entries).toEqual([
      { level: 'DEBUG', message: 'a' },
      { level: 'INFO', message: 'b %s' },
      { level: 'WARN', message: 'c' },
      { level: 'ERROR', message: 'd' },
    ]);
  });

  it('keeps fields apart, so that none can pass for the message or the level', () => {
    const { log, entries } = createLog('info');
    log.info('real', { message: 'false', level: 'FATAL', waitMs: 5 });
    expect(entries).toEqual([{ level: 'INFO', message: 'real', fields: { message: 'false', level: 'FATAL', waitMs: 5 } }]);
  });

  it('leaves out what is below its threshold', () => {
    const { log, entries } = createLog('warn');
    log.debug('a');
    log.info('b');
    log.warn('c');
    expect(entries).toHaveLength(1);
  });
});

describe('parseLogThreshold', () => {
  it.each([
    ['debug', 'debug'],
    ['TRACE', 'debug'],
    [' INFO ', 'info'],
    ['WARNING', 'warn'],
    ['warn', 'warn'],
    ['FATAL', 'error'],
    ['loud', 'info'],
    ['', 'info'],
    [undefined, 'info'],
  ])('takes %o for %s', (level, threshold) => {
    expect(parseLogThreshold(level)).toBe(threshold);
  });
});
