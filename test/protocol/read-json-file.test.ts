import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConnectorError } from '../../src/protocol/connector-error.ts';
import { readJsonFile, readJsonObjectFile } from '../../src/protocol/read-json-file.ts';

describe('readJsonFile', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'json-file-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function makeFile(text: string) {
    const path = join(folder, 'config.json');
    await writeFile(path, text);
    return { option: '--config', path };
  }

  async function catchError(work: Promise<unknown>): Promise<ConnectorError> {
    const error: unknown = await work.catch((reason: unknown) => reason);
    if (!(error instanceof ConnectorError)) throw new Error('no ConnectorError was thrown');
    return error;
  }

  it('reads JSON, with a byte order mark or without', async () => {
    expect(await readJsonFile(await makeFile('\uFEFF{"a":"é"}'))).toEqual({ a: 'é' });
    expect(await readJsonFile(await makeFile(' [1] \n'))).toEqual([1]);
  });

  it('names option, file and reason when the file cannot be read', async () => {
    const path = join(folder, 'none.json');
    const missing = await catchError(readJsonFile({ option: '--state', path }));
    expect(missing.message).toBe(`--state ${path}: there is no such file.`);
    expect(missing.failureType).toBe('config_error');
    const directory = await catchError(readJsonFile({ option: '--config', path: folder }));
    expect(directory.message).toBe(`--config ${folder}: it is a directory, not a file.`);
  });

  it('tells where the fault is where the parser does, and quotes nothing of the text', async () => {
    const error = await catchError(readJsonFile(await makeFile('{\n "token": "secret" "value"\n}')));
    expect(error.message).toMatch(/: it is not valid JSON \(line 2 column \d+\)\.$/);
    for (const text of [error.message, error.internalMessage ?? '', String(error.cause)]) expect(text).not.toContain('secret');
    for (const text of ['secret', '{"token": "secret', "{'secret': 1}"]) {
      const { message } = await catchError(readJsonFile(await makeFile(text)));
      expect(message).toContain('it is not valid JSON');
      expect(message).not.toContain('secret');
    }
  });

  it('says that a file is empty, or holds no object where one is needed', async () => {
    expect((await catchError(readJsonFile(await makeFile(' \n')))).message).toMatch(/: it is empty\.$/);
    for (const text of ['[]', 'null', '7', '"x"']) {
      const error = await catchError(readJsonObjectFile(await makeFile(text)));
      expect(error.message).toMatch(/: it must hold a JSON object\.$/);
    }
    expect(await readJsonObjectFile(await makeFile('{"a":1}'))).toEqual({ a: 1 });
  });

  it('refuses what is nested so deep that nobody could walk through it', async () => {
    const nested = (levels: number) => makeFile(`${'['.repeat(levels)}${']'.repeat(levels)}`);
    expect(await readJsonFile(await nested(500))).toHaveLength(1);
    for (const levels of [501, 200_000])
      expect((await catchError(readJsonFile(await nested(levels)))).message).toMatch(/nested more than 500 levels deep\.$/);
  });
});
