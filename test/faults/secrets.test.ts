import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../src/emulator/server.ts';
import { type Canaries, findLeaks, SECRETS } from '../support/canaries.ts';
import { LiveProgram, type ProgramEnd } from '../support/live-program.ts';
import { sha256 } from '../support/people.ts';
import { S3Server } from '../support/s3-server.ts';
import type { ProgramCall } from '../support/spawn-program.ts';
import { sync } from '../support/write-records.ts';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error'];
const CLIENT = {
  auth_type: 'Client',
  client_id: '119211728144504',
  client_secret: SECRETS.clientSecret,
  access_token: SECRETS.accessToken,
};

/** What people are told by; each is long enough to be looked for in pieces. */
const PERSON = {
  email: 'rumpelstilzchen.privat@example-canary.org',
  phone: '+49 1512 9876543210',
  first_name: 'Rumpelstilzchenius',
  last_name: 'Geheimniskraemerova',
  city: 'Verstecktestadtlein',
} satisfies Canaries;
/** The same as they are made ready for hashing. */
const NORMALISED = { phone: '4915129876543210', local_part: 'rumpelstilzchen.privat' } satisfies Canaries;
const PERSONAL: Canaries = { ...PERSON, 'normalised phone': NORMALISED.phone, 'local part': NORMALISED.local_part };

let server: RunningEmulator;
beforeAll(async () => {
  server = await startEmulator({
    accounts: 1,
    campaignsPerAccount: 2,
    tokens: { [SECRETS.accessToken]: {} },
    appSecret: SECRETS.appSecret,
    reportDelayMs: 50,
  });
});
afterAll(() => server.close());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
});
afterEach(() => {
  server.emulator.configure({ faults: {}, invalidIdentifiers: [], latencyMs: 0 });
  rmSync(folder, { recursive: true });
});

/** Everything in a folder, compressed or not. */
function readAll(path: string): string {
  if (!existsSync(path)) return '';
  if (!statSync(path).isDirectory()) return `${path}\n${readFileSync(path, 'utf8')}`;
  return readdirSync(path)
    .map((name) => readAll(join(path, name)))
    .join('\n');
}

/** What a process has open in the folder, though it has no name there any more. */
function readOpen(pid: number | undefined): string {
  try {
    const open = `/proc/${pid}/fd`;
    return readdirSync(open)
      .map((number) => join(open, number))
      .filter((path) => readlinkSync(path).startsWith(folder))
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
  } catch {
    // It has closed them meanwhile, or has ended.
    return '';
  }
}

/** Runs to the end, and looks all the while for canaries in whatever the program writes anywhere. */
async function watch(
  call: Omit<ProgramCall, 'graphUrl'>,
  { input = [], personal = {} }: { input?: readonly string[]; personal?: Canaries } = {},
) {
  const program = new LiveProgram({ ...call, graphUrl: server.url, env: { TMPDIR: folder, ...call.env } });
  const canaries = { ...SECRETS, ...personal };
  const leaks = new Set<string>();
  let seen = 0;
  const look = () => {
    const text = `${readAll(folder)}${readOpen(program.child.pid)}`;
    seen = Math.max(seen, text.length);
    for (const leak of findLeaks(text, canaries)) leaks.add(`in a file: ${leak}`);
  };
  const watching = setInterval(look, 25);
  program.write(input);
  program.child.stdin.end();
  const end = await program.end();
  clearInterval(watching);
  look();
  for (const leak of findLeaks(program.stdout + end.stderr, personal)) leaks.add(`on stdout: ${leak}`);
  expect([...leaks]).toEqual([]);
  return { ...end, stdout: program.stdout, fileChars: seen };
}

const account = () => server.emulator.truth.accounts()[0] ?? '';
const sourceConfig = (more: object = {}) => ({
  app_secret: SECRETS.appSecret,
  account_ids: [account()],
  credentials: CLIENT,
  start_date: `${new Date(Date.now() - 4 * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`,
  ...more,
});
const sourceCatalog = {
  streams: ['ads', 'ad_creatives_from_ads', 'images', 'activities', 'ads_insights'].map((name) => ({
    stream: { name },
    sync_mode: 'incremental',
    destination_sync_mode: 'append',
  })),
};
const hasLog = ({ messages }: ProgramEnd) => messages.some(({ type }) => type === 'LOG');

describe('secrets of the source', () => {
  it.each(LEVELS)('are in nothing that it writes through faults of all kinds, at LOG_LEVEL %s', async (level) => {
    server.emulator.configure({
      faults: {
        rate: 0.25,
        kinds: [
          'html',
          'bad_json',
          'http_502',
          'unknown_99',
          'permission_200',
          'token_expired_463',
          'wrong_content_type',
          'reset',
        ],
        seed: 3,
      },
    });
    const end = await watch({ command: 'read', config: sourceConfig(), catalog: sourceCatalog, env: { LOG_LEVEL: level } });
    expect(end.stdout).toContain('"TRACE"');
    if (level === 'debug') expect(hasLog(end)).toBe(true);
    for (const command of ['check', 'discover'] as const)
      await watch({ command, config: sourceConfig(), env: { LOG_LEVEL: level } });
  });

  it('are in no answer to a config that is wrong in any place', async () => {
    for (const more of [
      { account_ids: SECRETS.accessToken },
      { start_date: SECRETS.appSecret },
      { page_size: SECRETS.accessToken },
      { [SECRETS.accessToken]: 1, concurrency: 'x' },
      { credentials: { ...CLIENT, auth_type: SECRETS.accessToken } },
    ]) {
      const { stdout } = await watch({ command: 'check', config: sourceConfig(more) });
      expect(stdout).toContain('"FAILED"');
    }
  });

  it('are in the CONTROL message alone where a config of an earlier form is given back', async () => {
    const { account_ids: _ids, credentials: _credentials, ...rest } = sourceConfig();
    const old = {
      ...rest,
      account_id: account(),
      access_token: SECRETS.accessToken,
      client_id: '1',
      client_secret: SECRETS.clientSecret,
    };
    const { stdout } = await watch({ command: 'check', config: old });
    const [control = ''] = stdout.split('\n').filter((line) => line.includes('"CONTROL"'));
    expect(control).toContain(SECRETS.accessToken);
  });
});

describe('secrets in a program that crashes', () => {
  const main = (throwing: string) =>
    `--import=data:text/javascript,${encodeURIComponent(`setTimeout(() => { ${throwing} }, 150)`)}`;
  const text = `request failed: Bearer ${SECRETS.accessToken}&secret=${SECRETS.appSecret}`;

  it.each([
    ['an error that nobody caught', main(`throw new Error('${text}')`)],
    [
      'a rejection that nobody caught',
      main(`Promise.reject(Object.assign(new TypeError('${text}'), { cause: new Error('${text}') }))`),
    ],
    ['a thrown text', main(`throw '${text}'`)],
  ])('are not told with %s', async (_name, flag) => {
    server.emulator.configure({ latencyMs: 5_000 });
    const end = await watch({ command: 'read', config: sourceConfig(), catalog: sourceCatalog, nodeOptions: [flag] });
    expect(end.code).toBe(1);
    expect(end.stderr).toBe('');
    expect(end.stdout).toContain('"system_error"');
    expect(end.stdout).toContain('****');
  });

  it('are not in what Node prints when memory runs out', async () => {
    server.emulator.configure({ latencyMs: 5_000 });
    const hog = main('const kept = []; for (;;) kept.push(new Array(1000).fill(kept.length))');
    const end = await watch({
      command: 'read',
      config: sourceConfig(),
      catalog: sourceCatalog,
      nodeOptions: ['--max-old-space-size=40', hog],
    });
    expect(end.code === 0).toBe(false);
    expect(end.stderr).toContain('heap');
  });
});

describe('secrets and people of the destination', () => {
  const CANARY_KEY = { accessKeyId: SECRETS.accessKeyId, secretAccessKey: SECRETS.secretAccessKey };
  const config = (more: object = {}) => ({ app_secret: SECRETS.appSecret, account_id: account(), credentials: CLIENT, ...more });
  const catalog = (mode: string) => ({
    streams: [
      {
        stream: {
          name: 'people',
          json_schema: { properties: Object.fromEntries(Object.keys(PERSON).map((name) => [name, {}])) },
        },
        sync_mode: 'incremental',
        destination_sync_mode: mode,
      },
    ],
  });
  const broken = { ...PERSON, email: `broken ${PERSON.email}`, phone: 'none', first_name: null, last_name: null };
  const rows = [PERSON, broken, { ...PERSON, phone: { nested: PERSON.phone } }, { ...PERSON, city: [PERSON.city] }, PERSON];
  const input = sync(rows);

  it.each(LEVELS)('are in no message and no file through faults, at LOG_LEVEL %s', async (level) => {
    server.emulator.configure({
      faults: { rate: 0.3, kinds: ['html', 'bad_json', 'http_502', 'reset', 'unknown_99'], seed: 11 },
      invalidIdentifiers: [sha256(PERSON.email)],
    });
    for (const mode of ['append_dedup', 'overwrite']) {
      await watch(
        { program: 'destination', command: 'write', config: config(), catalog: catalog(mode), env: { LOG_LEVEL: level } },
        { input, personal: PERSONAL },
      );
    }
    for (const command of ['check', 'discover'] as const)
      await watch({ program: 'destination', command, config: config(), env: { LOG_LEVEL: level } });
  });

  it('are not in the rows of a replacement while they wait on disk', async () => {
    server.emulator.configure({ latencyMs: 300 });
    const { fileChars, code } = await watch(
      { program: 'destination', command: 'write', config: config({ max_reject_ratio: 1 }), catalog: catalog('overwrite') },
      { input, personal: PERSONAL },
    );
    expect(code).toBe(0);
    // Something was there to be looked at.
    expect(fileChars).toBeGreaterThan(50);
  });

  it.each(['hash', 'drop'])('are not in the files of rejected rows: %s', async (redaction) => {
    server.emulator.configure({ invalidIdentifiers: [sha256(PERSON.email)] });
    const { fileChars } = await watch(
      {
        program: 'destination',
        command: 'write',
        config: config({ rejects_folder: folder, rejects_redaction: redaction }),
        catalog: catalog('append_dedup'),
      },
      { input, personal: PERSONAL },
    );
    expect(fileChars).toBeGreaterThan(100);
  });

  it('people are in the files of rejected rows where the user has chosen that, and secrets are not', async () => {
    const rejects = config({ rejects_folder: folder, rejects_redaction: 'none' });
    await watch({ program: 'destination', command: 'write', config: rejects, catalog: catalog('append_dedup') }, { input });
    expect(findLeaks(readAll(folder), PERSON)).not.toEqual([]);
  });

  it.each([
    ['is right', CANARY_KEY.secretAccessKey, undefined],
    ['is wrong', 'another/Secret+AccessKey0123456789abcdefgh', undefined],
    [
      'is right, of a bucket that answers with it',
      CANARY_KEY.secretAccessKey,
      `<Error><Code>Odd</Code><Message>${CANARY_KEY.accessKeyId} ${CANARY_KEY.secretAccessKey}</Message></Error>`,
    ],
  ])('keys of a bucket that %s get nowhere but into the signature of its calls', async (_name, secretAccessKey, body) => {
    await using bucket = await S3Server.start({ key: { ...CANARY_KEY, secretAccessKey }, bucket: 'rejects' });
    if (body !== undefined) bucket.mishaps.push(...Array.from({ length: 4 }, () => ({ status: 400, body })));
    const object_storage_config = {
      storage_type: 'S3',
      access_key_id: CANARY_KEY.accessKeyId,
      secret_access_key: CANARY_KEY.secretAccessKey,
      s3_bucket_name: 'rejects',
      s3_bucket_region: 'us-east-1',
      s3_endpoint: bucket.url,
      bucket_path: 'people',
    };
    await watch(
      { program: 'destination', command: 'write', config: config({ object_storage_config }), catalog: catalog('append_dedup') },
      { input, personal: PERSONAL },
    );
    expect(bucket.calls.length).toBeGreaterThan(0);
    const stored = [...bucket.objects].map(([key, object]) => `${key}\n${object.body.toString()}`).join('\n');
    expect(findLeaks(stored, { ...SECRETS, ...PERSONAL })).toEqual([]);
    for (const { url } of bucket.calls) expect(findLeaks(url, SECRETS)).toEqual([]);
  });
});
