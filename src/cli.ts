import type { CommandLine, CommandLineOptions } from './cli/command-line.ts';
import { parsePlainWords } from './cli/plain-words.ts';
import type { CommandName } from './run/command.ts';

/** Turns the words after the program's name into a command. Prints nothing and ends no process. */
export async function parseCommandLine<Name extends CommandName>(
  words: readonly string[],
  options: CommandLineOptions<Name>,
): Promise<CommandLine<Name>> {
  return parsePlainWords(words, options) ?? (await import('./cli/any-words.ts')).parseAnyWords(words, options);
}
