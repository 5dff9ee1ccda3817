/** What the command line asks for. Paths are as they were given. */
export type Command =
  | { readonly name: 'spec' }
  | { readonly name: 'check'; readonly configPath: string }
  | { readonly name: 'discover'; readonly configPath: string }
  | { readonly name: 'read'; readonly configPath: string; readonly catalogPath: string; readonly statePath?: string }
  | { readonly name: 'write'; readonly configPath: string; readonly catalogPath: string };

export type CommandName = Command['name'];

/** The commands of a source. */
export type SourceCommand = Exclude<Command, { name: 'write' }>;
/** The commands of a destination. */
export type DestinationCommand = Exclude<Command, { name: 'read' }>;
