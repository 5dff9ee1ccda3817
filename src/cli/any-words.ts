import yargs from 'yargs';
import type { Command, CommandName } from '../run/command.ts';
import type { CommandLine, CommandLineOptions } from './command-line.ts';
import { COMMANDS, makeCommand, OPTIONS } from './command-options.ts';

/** Understands all words there are, and has an answer to those that make no command. yargs takes 60 ms to load. */
export function parseAnyWords<Name extends CommandName>(
  words: readonly string[],
  { programName, version, commands }: CommandLineOptions<Name>,
): CommandLine<Name> {
  let chosen: Extract<Command, { name: Name }> | undefined;
  const parser = yargs()
    .scriptName(programName)
    .usage('$0 <command>')
    .version(version)
    .locale('en')
    .wrap(null)
    .strict()
    .demandCommand(1, 1, 'A command is missing.', 'One command at a time.')
    .parserConfiguration({
      'duplicate-arguments-array': false,
      'boolean-negation': false,
      'parse-numbers': false,
      'dot-notation': false,
    })
    .option('debug', { type: 'boolean', default: false, describe: 'Log more' });
  for (const name of commands) {
    const { summary, options } = COMMANDS[name];
    parser.command(
      name,
      summary,
      (command) => command.options(Object.fromEntries(options.map((option) => [option, OPTIONS[option]]))),
      (values) => {
        // The command made for a name has that name, which the compiler cannot follow through the switch.
        chosen = makeCommand(name, values) as Extract<Command, { name: Name }>;
      },
    );
  }
  let failure: string | undefined;
  let text = '';
  let debug = false;
  try {
    parser.parse([...words], {}, (error, values, output) => {
      failure = error?.message;
      text = output;
      debug = values['debug'] === true;
    });
  } catch {
    // yargs breaks over options that have the names of what every object has, such as --constructor.
    failure = `There is no such option; ${programName} --help lists the commands.`;
  }
  if (failure !== undefined) return { type: 'misuse', text: `${text === '' ? failure : text}\n` };
  return chosen === undefined ? { type: 'answer', text: `${text}\n` } : { type: 'command', command: chosen, debug };
}
