import { parseArgs } from 'node:util';
import type { Command, CommandName } from '../run/command.ts';
import type { CommandLine, CommandLineOptions } from './command-line.ts';
import { COMMANDS, makeCommand, OPTIONS } from './command-options.ts';

/** Understands a command and its files as platforms write them, at once; undefined for all other words, right or wrong. */
export function parsePlainWords<Name extends CommandName>(
  [word, ...rest]: readonly string[],
  { commands }: Pick<CommandLineOptions<Name>, 'commands'>,
): CommandLine<Name> | undefined {
  const name = commands.find((one) => one === word);
  const given = name === undefined ? undefined : parseOptions(name, rest);
  if (name === undefined || given === undefined) return undefined;
  const { debug = false, ...values } = given;
  // The command made for a name has that name, which the compiler cannot follow through the switch.
  return { type: 'command', command: makeCommand(name, values) as Extract<Command, { name: Name }>, debug: debug === true };
}

function parseOptions(name: CommandName, words: readonly string[]) {
  // What shells leave of quotes, and the end of options, have meanings of their own.
  if (words.some((word) => /^$|^--$|["']|=$/.test(word))) return undefined;
  const options = COMMANDS[name].options.map((option) => [option, OPTIONS[option]] as const);
  try {
    const { values } = parseArgs({ args: [...words], options: { ...Object.fromEntries(options), debug: { type: 'boolean' } } });
    return options.every(([option, { demandOption }]) => !demandOption || option in values) ? values : undefined;
  } catch {
    return undefined;
  }
}
