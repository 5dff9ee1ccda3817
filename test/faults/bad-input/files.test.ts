import { describe, expect, it } from 'vitest';
import { type CommandWord, type Program, type RawFiles, runRaw } from '../../support/run-raw.ts';
import { checkNoCrash, expectRefusal } from '../../support/user-mistake.ts';
import { openSmallWorld, validInput } from './valid-input.ts';

type FileName = keyof RawFiles;

const nested = (depth: number, [open, close]: readonly [string, string] = ['[', ']']) => open.repeat(depth) + close.repeat(depth);
const DEEP = 200_000;

/** What is no JSON at all, or no object: each with what the user must be told. */
const BROKEN: readonly (readonly [name: string, content: string | Uint8Array, says: RegExp])[] = [
  ['nothing', '', /it is empty/],
  ['blanks', ' \r\n\t\n', /it is empty/],
  ['a byte order mark alone', '\uFEFF', /it is empty/],
  ['half an object', '{"a": ', /not valid JSON/],
  ['single quotes', "{'a': 1}", /not valid JSON/],
  ['a comment', '{"a": 1} // one', /not valid JSON/],
  ['YAML', 'a: 1\nb: 2\n', /not valid JSON/],
  ['JSON Lines', '{"a":1}\n{"a":2}\n', /not valid JSON/],
  ['NaN', '{"a": NaN}', /not valid JSON/],
  ['a NUL behind it', '{}\u0000', /not valid JSON/],
  ['UTF-16', Buffer.from('\uFEFF{"a":1}', 'utf16le'), /not valid JSON/],
  ['bytes that are no text', Buffer.from([0x80, 0xff, 0xfe, 0x00, 0xc3, 0x28]), /not valid JSON/],
  ['an HTML page', '<!DOCTYPE html><title>Sign in</title>', /not valid JSON/],
  ['a text', '"x"', /must hold/],
  ['a number', '1e999', /must hold/],
];

const FILES: readonly (readonly [Program, CommandWord, FileName])[] = [
  ['source', 'check', 'config'],
  ['source', 'discover', 'config'],
  ['source', 'read', 'config'],
  ['source', 'read', 'catalog'],
  ['source', 'read', 'state'],
  ['destination', 'check', 'config'],
  ['destination', 'discover', 'config'],
  ['destination', 'write', 'config'],
  ['destination', 'write', 'catalog'],
];

/** Runs over valid files, but for one. */
async function runWith(program: Program, command: CommandWord, files: Partial<RawFiles>) {
  const { emulator, clock } = openSmallWorld();
  const { config, catalog, state } = validInput(program, emulator);
  const isData = command === 'read' || command === 'write';
  return runRaw({
    program,
    command,
    emulator,
    clock,
    config: JSON.stringify(config),
    ...(isData ? { catalog: JSON.stringify(catalog) } : {}),
    ...(command === 'read' ? { state: JSON.stringify(state) } : {}),
    ...files,
  });
}

describe.each(FILES)('%s %s: the file of --%s', (program, command, name) => {
  it.each(BROKEN)('that holds %s is refused with its reason', async (_name, content, says) => {
    const ended = await runWith(program, command, { [name]: content });
    expectRefusal(command, ended, says);
    expectRefusal(command, ended, `--${name} `);
  });

  // The other commands read a config no other way.
  const isRead = name !== 'config' || command === 'check';
  (isRead ? it : it.skip).each([
    ['lists in lists', nested(DEEP)],
    ['objects in objects', nested(DEEP, ['{"a":', '}']).replace('}', '1}')],
    ['a property of lists in lists', `{"x":${nested(DEEP)}}`],
    [
      'streams of lists in lists',
      `{"streams":[{"stream":{"name":"ads","json_schema":${nested(DEEP, ['{"properties":', '}']).replace('}', '{}}')}}}]}`,
    ],
    ['50 MB in one text', JSON.stringify({ x: 'y'.repeat(50_000_000) })],
    ['200,000 properties', `{${Array.from({ length: 200_000 }, (_, n) => `"p${n}":${n}`).join(',')}}`],
    ['properties of the kind of objects', '{"__proto__":{"streams":[]},"constructor":{"prototype":{"a":1}},"toString":1}'],
  ])('that holds %s makes no crash', async (_name, content) => {
    checkNoCrash(await runWith(program, command, { [name]: content }));
    expect(({} as Record<string, unknown>)['a'] ?? Object.prototype.propertyIsEnumerable.call({}, 'streams')).toBe(false);
  });
});
