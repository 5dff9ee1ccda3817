import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_TOKEN } from '../../src/emulator/options.ts';
import { type RunningEmulator, startEmulator } from '../../src/emulator/server.ts';
import type { AirbyteMessage } from '../../src/protocol/messages.ts';
import { LiveProgram } from '../support/live-program.ts';
import { emailIds, memberIds, people, person, sha256 } from '../support/people.ts';
import { runProgram } from '../support/run-program.ts';
import { complete, record, state, sync } from '../support/write-records.ts';

const CATALOG = configure(['email']);
/** More than any busy machine takes, and less than the waits that would keep it. */
const STOP_SECONDS = 30;

function configure(columns: readonly string[], mode = 'append_dedup') {
  const properties = Object.fromEntries(columns.map((column) => [column, {}]));
  return {
    streams: [{ stream: { name: 'people', json_schema: { properties } }, sync_mode: 'incremental', destination_sync_mode: mode }],
  };
}

const echoes = (messages: readonly AirbyteMessage[]) =>
  messages.flatMap((message) => (message.type === 'STATE' ? [(message.state as unknown as { id: number }).id] : []));

describe('the built destination against a Graph API', () => {
  let server: RunningEmulator;
  let folder: string;
  beforeAll(async () => {
    server = await startEmulator({ audiencesPerAccount: 20 });
    folder = mkdtempSync(join(tmpdir(), 'rejects-'));
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const config = (more: object = {}) => ({
    account_id: server.emulator.truth.accounts()[0],
    credentials: { auth_type: 'Service', access_token: DEFAULT_TOKEN },
    ...more,
  });
  const run = (command: 'spec' | 'check' | 'discover' | 'write', more: object = {}) =>
    runProgram({
      program: 'destination',
      command,
      graphUrl: server.url,
      ...(command === 'spec' ? {} : { config: config() }),
      ...more,
    });

  it('tells its spec', async () => {
    const { messages, exitCode } = await run('spec');
    expect(exitCode).toBe(0);
    expect(messages).toEqual([{ type: 'SPEC', spec: JSON.parse(readFileSync('spec.destination.json', 'utf8')) }]);
  });

  it('checks a config and discovers its audiences', async () => {
    const checked = await run('check');
    expect(checked.messages).toContainEqual({ type: 'CONNECTION_STATUS', connectionStatus: { status: 'SUCCEEDED' } });
    const { messages } = await run('discover');
    const [catalog] = messages.flatMap((message) =>
      message.type === 'DESTINATION_CATALOG' ? [message.destination_catalog] : [],
    );
    expect(catalog?.operations.length).toBeGreaterThan(4);
  });

  it('writes what comes on stdin and echoes states, and nothing else than messages', async () => {
    const { messages, exitCode, stderr } = await run('write', { catalog: CATALOG, input: sync(people(500)) });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(echoes(messages)).toEqual([1]);
    expect(new Set(messages.map(({ type }) => type))).toEqual(new Set(['LOG', 'STATE']));
    expect(memberIds(server.emulator)).toEqual(emailIds(500));
  });

  it('writes nothing but what the words of a user say when they are wrong', async () => {
    const { exitCode, messages } = await run('write', { config: config({ account_id: 'x' }), catalog: CATALOG });
    expect(exitCode).toBe(1);
    expect(messages).toHaveLength(1);
    expect(JSON.stringify(messages)).not.toContain('stack_trace');
  });

  it('pipes people from a CSV file', async () => {
    const { stdout, code } = await shell(
      [
        'node_modules/.bin/node integration_tests/csv-to-messages.ts integration_tests/people.csv',
        'node_modules/.bin/node dist/destination.js write --config integration_tests/destination-config.json --catalog integration_tests/destination-catalog.json',
      ].join(' | '),
      server.url,
    );
    expect(code).toBe(0);
    expect(stdout).toContain('"records":6');
    const ids = memberIds(server.emulator);
    for (const email of ['mary@example.com', 'john_smith@gmail.com', 'valery@example.fr', 'jung@example.kr']) {
      expect(ids).toContain(`EMAIL:${sha256(email)}`);
    }
    for (const phone of ['15559876543', '16505551212', '4930901820', '8223123456'])
      expect(ids).toContain(`PHONE:${sha256(phone)}`);
  });

  it('#80 acknowledges what the request under way brought about when it is told to stop, and nothing else', async () => {
    server.emulator.configure({ latencyMs: 300 });
    try {
      const lines = people(30).flatMap((row, n) => [record(row), ...(n % 10 === 9 ? [state(n)] : [])]);
      const { echoed, signal, seconds } = await interrupt(lines, 'SIGTERM');
      expect(signal).toBe('SIGTERM');
      expect(seconds).toBeLessThan(STOP_SECONDS);
      const members = new Set(memberIds(server.emulator));
      expect(echoed.length).toBeLessThan(3);
      for (const id of echoed) for (const member of emailIds(id + 1)) expect(members).toContain(member);
    } finally {
      server.emulator.configure({ latencyMs: 0 });
    }
  });

  it('#80 stops when nobody reads its output any more', async () => {
    const { code, seconds } = await interrupt(endless(), 'close');
    expect(code).toBe(1);
    expect(seconds).toBeLessThan(STOP_SECONDS);
  });

  it('#81 holds states back while rejected rows can not be kept', async () => {
    const input = [record(person(1)), state(1), record({ email: 'broken' }), state(2), complete()];
    const { exitCode, messages } = await run('write', {
      config: config({ rejects_folder: '/proc/self/no-such' }),
      catalog: CATALOG,
      input,
    });
    expect(exitCode).toBe(1);
    expect(echoes(messages)).not.toContain(2);
  });

  it('#81 #82 keeps rejected rows with their reason, without what is personal in them', async () => {
    const secrets = ['Very.Private@Example.com', '+1 650 555 0123', 'Rumpelstilzchen', 'broken-address-of-somebody'];
    const rows = [
      { customer_id: 'c-7', email: secrets[3], first_name: null, phone: null, note: 'likes apples' },
      { customer_id: 'c-8', email: secrets[0], phone: secrets[1], first_name: secrets[2], note: 'likes pears' },
    ];
    server.emulator.configure({ invalidIdentifiers: [sha256('very.private@example.com')] });
    const catalog = configure(['customer_id', 'email', 'phone', 'first_name', 'note']);
    const [entry] = catalog.streams;
    Object.assign(entry ?? {}, { primary_key: [['customer_id']] });
    const result = await run('write', {
      config: config({ rejects_folder: folder }),
      catalog,
      input: sync(rows),
      env: { LOG_LEVEL: 'debug' },
    });
    server.emulator.configure({ invalidIdentifiers: [] });
    expect(result.exitCode).toBe(0);
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    const rejects = files
      .join('')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rejects.map((reject) => [reject.customer_id, reject._reject.reason_code])).toEqual([
      ['c-7', 'no_identifier'],
      ['c-8', 'refused_by_meta'],
    ]);
    expect(rejects[1].email).toBe(sha256('very.private@example.com'));
    const everything = JSON.stringify([result, files]).toLowerCase();
    for (const secret of [...secrets, 'likes apples', 'likes pears', DEFAULT_TOKEN])
      expect(everything).not.toContain(secret.toLowerCase());
  });

  it('leaves nothing of a replacement behind', async () => {
    const spool = mkdtempSync(join(tmpdir(), 'spool-'));
    const { exitCode } = await run('write', {
      catalog: configure(['email'], 'overwrite'),
      input: sync(people(50)),
      env: { TMPDIR: spool },
    });
    expect(exitCode).toBe(0);
    expect(readdirSync(spool)).toEqual([]);
    rmSync(spool, { recursive: true });
    expect(memberIds(server.emulator)).toEqual(emailIds(50));
  });

  /** Starts a write, feeds it the lines, and interrupts it once it has begun to upload. */
  async function interrupt(lines: Iterable<string>, how: 'SIGTERM' | 'close') {
    const program = new LiveProgram({
      program: 'destination',
      command: 'write',
      config: config({ batch_rows: 10, audiences: [{ stream_name: 'people', audience_name: `stop-${how}` }] }),
      catalog: CATALOG,
      graphUrl: server.url,
    });
    const { audiences } = server.emulator.counters;
    const before = audiences.uploads;
    for (const line of lines) {
      program.write([line]);
      if (audiences.uploads > before + 1) break;
      if (program.child.stdin.writableNeedDrain) await new Promise((resolve) => setImmediate(resolve));
    }
    await program.until(() => audiences.uploads > before);
    if (how === 'close') program.leave();
    else program.signal(how);
    const feeding = setInterval(() => program.write([record(person(1)), state(99)]), 20);
    const end = await program.end();
    clearInterval(feeding);
    return { ...end, echoed: echoes(end.messages) };
  }
});

function* endless(): Generator<string> {
  for (let n = 0; ; n += 1) {
    yield record(person(n));
    yield state(n);
  }
}

function shell(command: string, graphUrl: string): Promise<{ stdout: string; code: number | null }> {
  const child = spawn('sh', ['-c', command], {
    cwd: resolve('.'),
    env: { ...process.env, FACEBOOK_GRAPH_URL: graphUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  return new Promise((end) => child.once('close', (code) => end({ stdout, code })));
}
