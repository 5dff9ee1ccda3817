import { chmod, mkdir, mkdtemp, open, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { formatReject } from '../../../src/audiences/rejects/format-reject.ts';
import { openRejectSink } from '../../../src/audiences/rejects/open-reject-sink.ts';
import type { Reject } from '../../../src/audiences/rejects/reject.ts';
import { createTestRuntime } from '../../support/test-runtime.ts';
import { catchConnectorError, makeReject, textsOf } from './reject-fixtures.ts';

describe('a folder as a sink', () => {
  let parent: string;
  let folder: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'rejects-canary-'));
    folder = join(parent, 'rejects');
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(parent, { recursive: true });
  });

  const openSink = (path = folder) => openRejectSink({ type: 'folder', path }, createTestRuntime());

  async function readRows(name: string): Promise<unknown[]> {
    const lines = (await readFile(join(folder, name), 'utf8')).split('\n');
    expect(lines.pop()).toBe('');
    return lines.map((line) => JSON.parse(line));
  }

  /** A method of all open files. */
  async function spyOnFiles(method: 'sync' | 'appendFile') {
    const file = await open(parent, 'r');
    await file.close();
    return vi.spyOn(Object.getPrototypeOf(file), method);
  }

  it('appends to one file for each stream, for its owner alone', async () => {
    const sink = await openSink();
    const first = makeReject({ data: { id: 1 } });
    const other = makeReject({ stream: { name: 'users', namespace: 'crm' }, data: { id: 2 } });
    const second = makeReject({ data: { id: 3 } });
    await sink.write([first, other]);
    await sink.write([second]);
    const names = (await readdir(folder)).sort();
    expect(names).toEqual([
      expect.stringMatching(/^rejects-crm\.users-[0-9a-f]{8}-20261121T120000Z-[0-9a-f]{8}-1\.jsonl$/),
      expect.stringMatching(/^rejects-users-[0-9a-f]{8}-20261121T120000Z-[0-9a-f]{8}-0\.jsonl$/),
    ]);
    expect(await readRows(names[1] ?? '')).toEqual([first, second].map(formatReject));
    expect(await readRows(names[0] ?? '')).toEqual([formatReject(other)]);
    for (const name of names) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('makes no file, and no folder, before there is a reject', async () => {
    const sink = await openSink();
    await sink.write([]);
    await sink.close();
    expect(await readdir(parent)).toEqual([]);
  });

  it('has written a reject to the disk when it says so', async () => {
    const sync = await spyOnFiles('sync');
    const append = await spyOnFiles('appendFile');
    await (await openSink()).write([makeReject()]);
    const [appended = Number.NaN] = append.mock.invocationCallOrder;
    // The file, and the folder that it is new in.
    expect(sync.mock.invocationCallOrder.map((order) => order > appended)).toEqual([true, true]);
  });

  it('shares its files with no other process', async () => {
    const sinks = await Promise.all([openSink(), openSink()]);
    await Promise.all(sinks.map((sink) => sink.write([makeReject()])));
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('does not mix the lines of writes that overlap', async () => {
    const sink = await openSink();
    const rejects = Array.from({ length: 20 }, (_, id) => makeReject({ data: { id, text: 'x'.repeat(10_000) } }));
    await Promise.all(rejects.map((reject) => sink.write([reject])));
    const [name = ''] = await readdir(folder);
    expect(await readRows(name)).toEqual(rejects.map(formatReject));
  });

  it('finds a safe name for any stream, one of its own', async () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('..', '../../x', 'CON', 'a/b', 'a_b', 'A_B', '\0', 'x'.repeat(500)),
    );
    const streams = fc.uniqueArray(fc.record({ name, namespace: name }, { requiredKeys: ['name'] }), {
      selector: ({ name, namespace }) => JSON.stringify([name, namespace]),
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(streams, async (list) => {
        const sink = await openSink();
        await sink.write(list.map((stream): Reject => makeReject({ stream })));
        const names = await readdir(folder);
        await rm(folder, { recursive: true });
        expect(new Set(names.map((item) => item.toLowerCase())).size).toBe(list.length);
        for (const item of names) expect(item).toMatch(/^rejects-[A-Za-z0-9_.-]{1,120}\.jsonl$/);
      }),
      { numRuns: 50 },
    );
    expect(await readdir(parent)).toEqual([]);
  });

  it('#81 cuts off what a full disk has let it write, and says what to do', async () => {
    const sink = await openSink();
    await sink.write([makeReject({ data: { id: 1 } })]);
    (await spyOnFiles('sync')).mockRejectedValueOnce(Object.assign(new Error(`ENOSPC: ${folder}`), { code: 'ENOSPC' }));
    const error = await catchConnectorError(sink.write([makeReject({ data: { id: 2 } })]));
    expect(error.failureType).toBe('config_error');
    expect(error.message).toContain('Make room');
    await sink.write([makeReject({ data: { id: 3 } })]);
    const rows = await Promise.all((await readdir(folder)).sort().map(readRows));
    expect(rows).toEqual([[expect.objectContaining({ id: 1 })], [expect.objectContaining({ id: 3 })]]);
  });

  it('goes on where its files are taken away in the meantime', async () => {
    const sink = await openSink();
    await sink.write([makeReject()]);
    await rm(folder, { recursive: true });
    await sink.write([makeReject()]);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it.each([
    ['in a folder that is not there', async () => join(parent, 'none', 'rejects'), 'neither is the folder'],
    ['that is a file', async () => makeFile(), 'Name a folder'],
    ['within a file', async () => join(await makeFile(), 'rejects'), 'Name a folder'],
    ['that is a link to itself', async () => makeLoop(), 'Name another folder'],
    ['with too long a name', async () => join(parent, 'x'.repeat(300)), 'Name another folder'],
  ])('#81 refuses a folder %s, and does not quote it', async (_, makePath, advice) => {
    const path = await makePath();
    const sink = await openSink(path);
    for (const work of [() => sink.probe(), () => sink.write([makeReject()])]) {
      const error = await catchConnectorError(work());
      expect(error.failureType).toBe('config_error');
      expect(error.message).toContain(advice);
      expect(textsOf(error)).not.toContain('canary');
    }
  });

  it('leaves nothing behind when it is tried, neither a file nor a folder', async () => {
    const sink = await openSink();
    await sink.probe();
    expect(await readdir(parent)).toEqual([]);
    await mkdir(folder);
    await chmod(folder, 0o700);
    await sink.probe();
    expect(await readdir(folder)).toEqual([]);
  });

  it('#81 finds out that the disk is full when it is tried, and still leaves nothing behind', async () => {
    (await spyOnFiles('sync')).mockRejectedValueOnce(Object.assign(new Error('full'), { code: 'ENOSPC' }));
    const error = await catchConnectorError((await openSink()).probe());
    expect(error.message).toContain('Make room');
    expect(await readdir(parent)).toEqual([]);
  });

  async function makeFile(): Promise<string> {
    const path = join(parent, 'file');
    await writeFile(path, '');
    return path;
  }

  async function makeLoop(): Promise<string> {
    const path = join(parent, 'loop');
    await symlink(path, path);
    return path;
  }
});
