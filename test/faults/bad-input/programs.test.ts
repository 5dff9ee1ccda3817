import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findLeaks, SECRETS } from '../../support/canaries.ts';
import { parseMessages } from '../../support/message-schema.ts';
import type { CommandWord, Program } from '../../support/run-raw.ts';
import { expectRefusal } from '../../support/user-mistake.ts';

/** A hang, and not a busy machine. */
const MAX_MS = 60_000;

/** Runs a built program with these words, and no network to speak of. */
function run(program: Program, words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [resolve(`dist/${program}.js`), ...words], {
    env: { ...process.env, FACEBOOK_GRAPH_URL: 'http://127.0.0.1:9', LOG_LEVEL: 'debug', ...env },
    encoding: 'utf8',
    timeout: MAX_MS,
    input: '',
  });
  expect(error).toBeUndefined();
  expect(findLeaks(stdout + stderr, SECRETS)).toEqual([]);
  return { exitCode: status, stdout, stderr };
}

const PROGRAMS: readonly Program[] = ['source', 'destination'];

describe.each(PROGRAMS)('the built %s', (program) => {
  const main: CommandWord = program === 'source' ? 'read' : 'write';
  let folder: string;
  const at = (name: string) => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'programs-'));
    mkdirSync(at('folder'));
    symlinkSync(at('loop'), at('loop'));
    const credentials = { auth_type: 'Service', access_token: SECRETS.accessToken };
    const account = program === 'source' ? { account_ids: ['1'] } : { account_id: '1' };
    writeFileSync(at('good.json'), JSON.stringify({ ...account, credentials }));
    writeFileSync(at('wrong.json'), JSON.stringify({ ...account, credentials, account_id: 7, account_ids: SECRETS.accessToken }));
    writeFileSync(at('broken.json'), `{"access_token": "${SECRETS.accessToken}`);
    writeFileSync(at('empty.json'), '');
    writeFileSync(at('catalog.json'), '{"streams":[{"stream":{"name":7}}]}');
    writeFileSync(at('state.json'), '[{"type":"STREAM"}]');
    writeFileSync(at('none.json'), '{"streams":[]}');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['no words', []],
    ['a command of the other program', [program === 'source' ? 'write' : 'read', '--config', 'c', '--catalog', 'c']],
    ['a command that there is not', ['explode']],
    ['two commands', ['spec', 'check', '--config', 'c']],
    ['a command without its file', ['check']],
    ['a command without its second file', [main, '--config', 'c']],
    ['an option without its value', ['check', '--config']],
    ['an option that there is not', ['check', '--config', 'c', '--konfig', 'd']],
    ['an odd option', ['check', '--__proto__', 'c', '--constructor.prototype.x', 'd']],
    ['words with halves of characters', ['\uD800', '--config', '\uDFFF']],
  ])('tells of %s on stderr what it takes, and exits with 2', (_name, words) => {
    const { exitCode, stdout, stderr } = run(program, words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/spec|config|command|argument/i);
    expect(stderr).not.toMatch(/\n\s+at |\.js:\d+/);
  });

  it.each([
    ['that is missing', 'nowhere.json', /there is no such file/],
    ['within a file', 'good.json/config.json', /there is no such file/],
    ['that is a folder', 'folder', /it is a directory/],
    ['that is a link to itself', 'loop', /it cannot be read \(ELOOP\)/],
    ['with too long a name', 'x'.repeat(300), /it cannot be read \(ENAMETOOLONG\)/],
    ['that is empty', 'empty.json', /it is empty/],
    ['that is broken', 'broken.json', /not valid JSON/],
    ['with what breaks its rules', 'wrong.json', /The config breaks its specification: account_ids?/],
  ])('names a config %s', (_name, file, says) => {
    for (const words of [['check'], ['discover'], [main, '--catalog', at('none.json')]]) {
      const { exitCode, stdout, stderr } = run(program, [...words, '--config', at(file)]);
      expect(stderr).toBe('');
      expectRefusal(words[0] as string, { exitCode, messages: parseMessages(stdout) }, says);
    }
  });

  it('names a file that it may not read', (context) => {
    // Who runs as root may read all files.
    if (process.getuid?.() === 0) writeFileSync(at('closed.json'), '');
    else writeFileSync(at('closed.json'), '{}', { mode: 0 });
    const { exitCode, stdout } = run(program, ['check', '--config', at('closed.json')]);
    expectRefusal(
      'check',
      { exitCode, messages: parseMessages(stdout) },
      process.getuid?.() === 0 ? /it is empty/ : /may not read it/,
    );
    context.annotate(`uid ${process.getuid?.()}`);
  });

  it('names what is wrong in a catalog', () => {
    const { exitCode, stdout, stderr } = run(program, [main, '--config', at('good.json'), '--catalog', at('catalog.json')]);
    expect(stderr).toBe('');
    expectRefusal(main, { exitCode, messages: parseMessages(stdout) }, /--catalog .*: streams\[0\]\.stream\.name must be a text/);
  });

  it.runIf(program === 'source')('names what is wrong in a state', () => {
    const files = ['--config', at('good.json'), '--catalog', at('none.json'), '--state', at('state.json')];
    const { exitCode, stdout } = run(program, ['read', ...files]);
    expectRefusal('read', { exitCode, messages: parseMessages(stdout) }, /--state .*: entry 1 must have a stream_descriptor/);
  });

  it.each([
    ['FACEBOOK_GRAPH_URL', 'not a url', /FACEBOOK_GRAPH_URL/],
    ['FACEBOOK_GRAPH_URL', 'ftp://127.0.0.1', /FACEBOOK_GRAPH_URL|could not be reached/],
    ['FACEBOOK_GRAPH_VERSION', 'newest', /FACEBOOK_GRAPH_VERSION/],
    ['FACEBOOK_GRAPH_VERSION', 'v1.0', /FACEBOOK_GRAPH_VERSION/],
  ])('names a variable that is wrong: %s=%s', (name, value, says) => {
    const { exitCode, stdout, stderr } = run(program, ['check', '--config', at('good.json')], { [name]: value });
    expect(stderr).toBe('');
    expectRefusal('check', { exitCode, messages: parseMessages(stdout) }, says);
  });
});
