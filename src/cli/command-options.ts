import type { Command, CommandName } from '../run/command.ts';

/** The options that commands have, in the terms of yargs. */
export const OPTIONS = {
  config: { type: 'string', requiresArg: true, demandOption: true, describe: 'JSON file with the configuration' },
  catalog: { type: 'string', requiresArg: true, demandOption: true, describe: 'JSON file with the configured catalog' },
  state: {
    type: 'string',
    requiresArg: true,
    demandOption: false,
    describe: 'JSON file with the state messages of the last sync',
  },
} as const;

export const COMMANDS: Readonly<
  Record<CommandName, { readonly summary: string; readonly options: readonly (keyof typeof OPTIONS)[] }>
> = {
  spec: { summary: 'Describe the configuration', options: [] },
  check: { summary: 'Try the configuration', options: ['config'] },
  discover: { summary: 'List the streams', options: ['config'] },
  read: { summary: 'Read the streams of the catalog', options: ['config', 'catalog', 'state'] },
  write: { summary: 'Write the messages that come on stdin', options: ['config', 'catalog'] },
};

/** The command of a name. `values` holds what was given for its options. */
export function makeCommand(name: CommandName, values: Readonly<Record<string, unknown>>): Command {
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
