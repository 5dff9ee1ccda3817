import type { Command, CommandName } from '../run/command.ts';

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
