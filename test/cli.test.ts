import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../src/cli.ts';

const parse = (line: string) =>
  parseCommandLine(
    line.split(' ').filter((word) => word !== ''),
    {
      programName: 'source-x',
      version: '1.2.3',
      commands: ['spec', 'check', 'discover', 'read'],
    },
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
  ])('understands %s', (line, command) => {
    expect(parse(line)).toEqual({ type: 'command', command, debug: line.includes('--debug') });
  });

  it('accepts --debug after any command', () => {
    expect(parse('spec --debug')).toMatchObject({ debug: true });
    expect(parse('read --config c --catalog k --debug')).toMatchObject({ debug: true });
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
  ])('refuses "%s" and says why', (line, reason) => {
    const result = parse(line);
    expect(result).toEqual({ type: 'misuse', text: expect.stringContaining(reason) });
  });

  it('answers --version and --help', () => {
    expect(parse('--version')).toEqual({ type: 'answer', text: '1.2.3\n' });
    expect(parse('--help')).toEqual({ type: 'answer', text: expect.stringContaining('discover') });
    expect(parse('read --help')).toEqual({ type: 'answer', text: expect.stringContaining('--catalog') });
  });

  it('knows write where the program is a destination', () => {
    const line = ['write', '--config', 'c', '--catalog', 'k'];
    const commands = ['spec', 'check', 'write'] as const;
    const result = parseCommandLine(line, { programName: 'destination-x', version: '1', commands });
    expect(result).toEqual({ type: 'command', command: { name: 'write', configPath: 'c', catalogPath: 'k' }, debug: false });
  });
});
