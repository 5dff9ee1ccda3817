import yargs from 'yargs';
import type { Command, CommandName } from './run/command.ts';

export interface CommandLineOptions<Name extends CommandName> {
  readonly programName: string;
  readonly version: string;
  /** The commands that the program has: `read` is a source's, `write` a destination's. */
  readonly commands: readonly Name[];
}

export type CommandLine<Name extends CommandName> =
  | { readonly type: 'command'; readonly command: Extract<Command, { name: Name }>; readonly debug: boolean }
  /** The answer to `--help` or `--version`. */
  | { readonly type: 'answer'; readonly text: string }
  /** Says what is wrong with the words. */
  | { readonly type: 'misuse'; readonly text: string };

const OPTIONS = {
  config: { type: 'string', requiresArg: true, demandOption: true, describe: 'JSON file with the configuration' },
  catalog: { type: 'string', requiresArg: true, demandOption: true, describe: 'JSON file with the configured catalog' },
  state: { type: 'string', requiresArg: true, describe: 'JSON file with the state messages of the last sync' },
} as const;

const COMMANDS: Readonly<Record<CommandName, { readonly summary: string; readonly options: readonly (keyof typeof OPTIONS)[] }>> =
  {
    spec: { summary: 'Describe the configuration', options: [] },
    check: { summary: 'Try the configuration', options: ['config'] },
    discover: { summary: 'List the streams', options: ['config'] },
    read: { summary: 'Read the streams of the catalog', options: ['config', 'catalog', 'state'] },
    write: { summary: 'Write the messages that come on stdin', options: ['config', 'catalog'] },
  };

/** Turns the words after the program's name into a command. Prints nothing and ends no process. */
export function parseCommandLine<Name extends CommandName>(
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
    .parserConfiguration({ 'duplicate-arguments-array': false, 'boolean-negation': false, 'parse-numbers': false })
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
  parser.parse([...words], {}, (error, values, output) => {
    failure = error?.message;
    text = output;
    debug = values['debug'] === true;
  });
  if (failure !== undefined) return { type: 'misuse', text: `${text === '' ? failure : text}\n` };
  return chosen === undefined ? { type: 'answer', text: `${text}\n` } : { type: 'command', command: chosen, debug };
}

function makeCommand(name: CommandName, values: Readonly<Record<string, unknown>>): Command {
  const configPath = String(values['config']);
  const catalogPath = String(values['catalog']);
  switch (name) {
    case 'spec':
      return { name };
    case 'check':
    case 'discover':
      return { name, configPath };
    case 'read': {
      const { state } = values;
      return { name, configPath, catalogPath, ...(typeof state === 'string' ? { statePath: state } : {}) };
    }
    case 'write':
      return { name, configPath, catalogPath };
  }
}
