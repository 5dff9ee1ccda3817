import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { AirbyteMessage } from '../../src/protocol/messages.ts';
import { selectStreams, shortenStream } from '../run/run-command.ts';

const FIXTURE = join(import.meta.dirname, 'fixtures/fake-connector.ts');
const SOURCE = join(import.meta.dirname, '../../src/main.source.ts');
const MIB = 1024 * 1024;

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
}

describe('a connector as a process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wire-'));
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function start(words: readonly string[], program = FIXTURE) {
    const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    const { stdout, stderr } = child;
    if (stdout === null || stderr === null) throw new Error('the child has no pipes');
    children.push(child);
    const ended = once(child, 'exit').then(([code, signal]): Ended => ({ code, signal }));
    return { child, stdout, stderr, ended };
  }

  function read(...streams: readonly string[]) {
    const [config, catalog] = [join(folder, 'config.json'), join(folder, `${streams.join('-')}.json`)];
    writeFileSync(config, JSON.stringify({ token: 'EAAB/secret+token' }));
    writeFileSync(catalog, JSON.stringify(selectStreams(...streams)));
    return start(['read', '--config', config, '--catalog', catalog]);
  }

  async function collect(stream: NodeJS.ReadableStream): Promise<string> {
    stream.setEncoding('utf8');
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    return text;
  }

  /** Fails where a line is no JSON, or the last one is not ended. */
  function parseLines(text: string): AirbyteMessage[] {
    const lines = text.split('\n');
    expect(lines.pop()).toBe('');
    return lines.map((line) => JSON.parse(line) as AirbyteMessage);
  }

  it('delivers every line before it ends, and exits with 0 when all is complete', async () => {
    const { stdout, ended } = read('finite');
    const messages = parseLines(await collect(stdout));
    const lines = shortenStream(messages, 'finite');
    expect(lines.filter((line) => line === 'record')).toHaveLength(5000);
    expect(lines.filter((line) => line === 'state')).toHaveLength(50);
    expect(lines.at(-1)).toBe('COMPLETE');
    expect(await ended).toEqual({ code: 0, signal: null });
  });

  it('exits with 1 when a stream has failed, after the others were read', async () => {
    const { stdout, ended } = read('failing', 'finite');
    const messages = parseLines(await collect(stdout));
    expect(shortenStream(messages, 'failing').slice(-2)).toEqual(['error: system_error', 'INCOMPLETE']);
    expect(shortenStream(messages, 'finite').at(-1)).toBe('COMPLETE');
    expect(await ended).toEqual({ code: 1, signal: null });
  });

  it('stops asking for pages while nobody reads, in little memory, and dies of SIGTERM even so', async () => {
    const { child, ended } = read('endless');
    const [{ pulledPages, rssBytes }] = (await once(child, 'message')) as [{ pulledPages: number; rssBytes: number }];
    expect(pulledPages).toBeGreaterThan(0);
    expect(pulledPages).toBeLessThan(20);
    expect(rssBytes).toBeLessThan(200 * MIB);
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: null, signal: 'SIGTERM' });
  });

  it('goes on when a stalled reader reads again', async () => {
    const { child, stdout, ended } = read('finite');
    await once(child, 'message');
    const messages = parseLines(await collect(stdout));
    expect(shortenStream(messages, 'finite').filter((line) => line === 'record')).toHaveLength(5000);
    expect(await ended).toEqual({ code: 0, signal: null });
  });

  it('ends with 1 when its reader goes away', async () => {
    const { stdout, stderr, ended } = read('endless');
    await once(stdout, 'data');
    stdout.destroy();
    expect(await ended).toEqual({ code: 1, signal: null });
    expect(await collect(stderr)).toBe('');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('dies of %s with whole lines, and completes nothing', async (signal) => {
    const { child, stdout, ended } = read('waiting');
    stdout.once('data', () => child.kill(signal));
    const messages = parseLines(await collect(stdout));
    expect(shortenStream(messages, 'waiting').slice(0, 1)).toEqual(['STARTED']);
    expect(shortenStream(messages, 'waiting')).not.toContain('COMPLETE');
    expect(messages.filter((message) => message.type === 'TRACE' && message.trace.type === 'ERROR')).toEqual([]);
    expect(await ended).toEqual({ code: null, signal });
  });

  it('tells of an error that nobody caught, and exits with 1', async () => {
    const { stdout, ended } = read('crashing');
    const messages = parseLines(await collect(stdout));
    expect(messages.at(-1)).toMatchObject({
      trace: { error: { failure_type: 'system_error', internal_message: 'TypeError: nobody caught this' } },
    });
    expect(await ended).toEqual({ code: 1, signal: null });
  });

  it('lets the token out in no line', async () => {
    const { stdout } = read('leaking');
    const text = await collect(stdout);
    expect(text).not.toContain('EAAB');
    expect(text.match(/\*\*\*\*/g)?.length).toBeGreaterThanOrEqual(4);
    expect(shortenStream(parseLines(text), 'leaking')).toContain('record');
  });

  it('answers wrong words on stderr alone, with exit code 2', async () => {
    const { stdout, stderr, ended } = start(['read', '--config', 'c.json'], SOURCE);
    const [out, err] = await Promise.all([collect(stdout), collect(stderr)]);
    expect(out).toBe('');
    expect(err).toContain('Missing required argument: catalog');
    expect(await ended).toEqual({ code: 2, signal: null });
  });
});
