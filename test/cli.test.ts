import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAnyWords } from '../src/cli/any-words.ts';
import { parsePlainWords } from '../src/cli/plain-words.ts';
import { parseCommandLine } from '../src/cli.ts';

const OPTIONS = { programName: 'source-x', version: '1.2.3', commands: ['spec', 'check', 'discover', 'read'] } as const;

const parse = (line: string) =>
  parseCommandLine(
    line.split(' ').filter((word) => word !== ''),
    OPTIONS,
  );

describe('parseCommandLine', () => {
  it.each([
    ['spec', { name: 'spec' }],
    ['check --config c.json', { name: 'check', configPath: 'c.json' }],
    ['discover --config=c.json', { name: 'discover', configPath: 'c.json' }],
    ['read --config c.json --catalog k.json', { name: 'read', configPath: 'c.json', catalogPath: 'k.json' }],
    [
      'read --state s.json --catalog k.json --config c.json',
      { name: 'read', configPath: 'c.json', catalogPath: 'k.json', statePath: 's.json' },
    ],
    ['--debug check --config 1', { name: 'check', configPath: '1' }],
    ['check --config a.json --config b.json', { name: 'check', configPath: 'b.json' }],
  ])('understands %s', async (line, command) => {
    expect(await parse(line)).toEqual({ type: 'command', command, debug: line.includes('--debug') });
  });

  it('accepts --debug after any command', async () => {
    expect(await parse('spec --debug')).toMatchObject({ debug: true });
    expect(await parse('read --config c --catalog k --debug')).toMatchObject({ debug: true });
  });

  it.each([
    ['', 'A command is missing.'],
    ['write --config c --catalog k', 'Unknown'],
    ['spec check', 'Unknown argument: check'],
    ['check', 'Missing required argument: config'],
    ['check --config', 'Not enough arguments following: config'],
    ['read --config c', 'Missing required argument: catalog'],
    ['check --config c --state s', 'Unknown argument: state'],
    ['spec --verbose', 'Unknown argument: verbose'],
    ['check --config c --config.path d', 'Unknown argument: config.path'],
    ['spec --constructor x', 'There is no such option'],
    ['spec --__proto__ x', 'Unknown argument: '],
  ])('refuses "%s" and says why', async (line, reason) => {
    const result = await parse(line);
    expect(result).toEqual({ type: 'misuse', text: expect.stringContaining(reason) });
  });

  it('answers --version and --help', async () => {
    expect(await parse('--version')).toEqual({ type: 'answer', text: '1.2.3\n' });
    expect(await parse('--help')).toEqual({ type: 'answer', text: expect.stringContaining('discover') });
    expect(await parse('read --help')).toEqual({ type: 'answer', text: expect.stringContaining('--catalog') });
  });

  it('knows write where the program is a destination', async () => {
    const line = ['write', '--config', 'c', '--catalog', 'k'];
    const commands = ['spec', 'check', 'write'] as const;
    const result = await parseCommandLine(line, { programName: 'destination-x', version: '1', commands });
    expect(result).toEqual({ type: 'command', command: { name: 'write', configPath: 'c', catalogPath: 'k' }, debug: false });
  });

  it('understands at once what platforms write', () => {
    const line = 'read --config /config/c.json --catalog=/config/k.json --state s.json';
    expect(parsePlainWords(line.split(' '), OPTIONS)).toMatchObject({ type: 'command', command: { name: 'read' } });
  });

  it('understands at once only what it would understand at leisure, and as that', () => {
    const files = fc.constantFrom('c.json', '', '-', '--', '-x', "'c'", '"', '1', 'a=b', '--config', 'null', 'true');
    const flags = fc.constantFrom(
      '--config',
      '--catalog',
      '--state',
      '--debug',
      '--no-debug',
      '--config=',
      '--help',
      '--con',
      '-c',
    );
    const joined = fc.tuple(flags, files).map(([flag, file]) => `${flag}=${file}`);
    const names = fc.constantFrom(...OPTIONS.commands, 'write');
    const words = fc.array(fc.oneof(files, flags, joined, names), { maxLength: 7 });
    const likely = fc.tuple(names, words).map(([name, rest]) => [name, ...rest]);
    let understood = 0;
    fc.assert(
      fc.property(fc.oneof(likely, words), (line) => {
        const plain = parsePlainWords(line, OPTIONS);
        if (plain === undefined) return;
        understood += 1;
        expect(parseAnyWords(line, OPTIONS)).toEqual(plain);
      }),
      { numRuns: 3_000 },
    );
    expect(understood).toBeGreaterThan(10);
  });
});
