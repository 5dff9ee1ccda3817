import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { RunContext } from '../../src/run/run-context.ts';
import { type Host, runProcess } from '../../src/run/run-process.ts';
import { CollectingOutput } from '../protocol/collecting-output.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { createTestRuntime } from '../support/test-runtime.ts';

/** A process that ends by being told so, and writes down how. */
class FakeHost extends EventEmitter implements Host {
  readonly stdout = new CollectingOutput();
  readonly env: Record<string, string> = {};
  readonly endings: string[] = [];
  readonly pid: number;
  exitCode?: number | string | null | undefined;

  constructor(pid = 42) {
    super();
    this.pid = pid;
  }

  kill(pid: number, signal: string): void {
    this.endings.push(`kill ${pid} ${signal}, ${this.listenerCount(signal)} listeners`);
  }

  readonly exit = ((code: number) => {
    this.endings.push(`exit ${code}`);
  }) as Host['exit'];
}

const untilStopped = ({ runtime: { signal } }: RunContext) =>
  new Promise<number>((resolve) => signal.addEventListener('abort', () => resolve(1)));

function start(host: FakeHost, work: (context: RunContext) => Promise<number>, debug = false) {
  const clock = new FakeClock();
  const ended = runProcess({ host, debug, work, createRuntime: (parts) => ({ ...createTestRuntime({ clock }), ...parts }) });
  return { clock, ended };
}

describe('runProcess', () => {
  it('leaves the work’s exit code when everything is written, and lets the process end by itself', async () => {
    const host = new FakeHost();
    await start(host, async ({ runtime }) => {
      runtime.log.info('hello');
      return 1;
    }).ended;
    expect(host.stdout.messages).toEqual([{ type: 'LOG', log: { level: 'INFO', message: 'hello' } }]);
    expect([host.exitCode, host.endings, host.eventNames()]).toEqual([1, [], []]);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('stops the work at %s and dies of it', async (signal) => {
    const host = new FakeHost();
    const { ended } = start(host, untilStopped);
    host.emit(signal, signal);
    await ended;
    expect(host.endings).toEqual([`kill 42 ${signal}, 0 listeners`]);
  });

  it('exits with the signal’s code where it is the first process, which a signal does not kill', async () => {
    const host = new FakeHost(1);
    const { ended } = start(host, untilStopped);
    host.emit('SIGTERM');
    await ended;
    expect(host.endings).toEqual(['exit 143']);
  });

  it('waits 1.75 seconds, and no longer, for work or a reader that does not end', async () => {
    const host = new FakeHost();
    const { ended, clock } = start(host, () => Promise.withResolvers<number>().promise);
    host.emit('SIGTERM');
    await clock.advance(0);
    await clock.advance(1749);
    expect(host.endings).toEqual([]);
    await clock.advance(1);
    await ended;
    expect(host.endings).toHaveLength(1);
  });

  it.each([
    ['work that rejects', () => Promise.reject(new TypeError('lost'))],
    ['an error that nobody caught', untilStopped],
  ])('reports %s as a defect, and exits with 1', async (_name, work) => {
    const host = new FakeHost();
    const { ended } = start(host, work);
    if (work === untilStopped) host.emit('uncaughtException', new TypeError('lost'));
    await ended;
    expect(host.stdout.messages).toMatchObject([
      { trace: { error: { failure_type: 'system_error', internal_message: 'TypeError: lost' } } },
    ]);
    expect(host.endings).toEqual(['exit 1']);
  });

  it('stops the work and exits with 1 when nobody reads its output any more', async () => {
    const host = new FakeHost();
    const { ended } = start(host, untilStopped);
    host.stdout.destroy(Object.assign(new Error('broken pipe'), { code: 'EPIPE' }));
    await ended;
    expect(host.endings).toEqual(['exit 1']);
  });

  it.each([
    [undefined, false, ['INFO']],
    ['DEBUG', false, ['DEBUG', 'INFO']],
    ['error', false, []],
    ['error', true, ['DEBUG', 'INFO']],
  ])('logs at LOG_LEVEL %o, with --debug %s', async (level, debug, expected) => {
    const host = new FakeHost();
    if (level !== undefined) host.env['LOG_LEVEL'] = level;
    const work = async ({ runtime: { log } }: RunContext) => {
      log.debug('a');
      log.info('b');
      return 0;
    };
    await start(host, work, debug).ended;
    expect(host.stdout.messages.map((message) => message.type === 'LOG' && message.log.level)).toEqual(expected);
  });
});
