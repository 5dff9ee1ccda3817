import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a command's options name, by the option; what is absent has no file. */
export interface CommandFiles {
  readonly config?: unknown;
  readonly catalog?: unknown;
  readonly state?: unknown;
}

export interface CommandPaths {
  readonly configPath: string;
  readonly catalogPath: string;
  readonly statePath?: string;
}

/** Writes a command's files into a folder of its own, which is gone when the work has ended. */
export async function runInFolder<T>(files: CommandFiles, work: (paths: CommandPaths, folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'run-'));
  const pathOf = (name: keyof CommandFiles) => join(folder, `${name}.json`);
  try {
    for (const name of ['config', 'catalog', 'state'] as const) {
      if (files[name] !== undefined) await writeFile(pathOf(name), JSON.stringify(files[name]));
    }
    const state = files.state === undefined ? {} : { statePath: pathOf('state') };
    return await work({ configPath: pathOf('config'), catalogPath: pathOf('catalog'), ...state }, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
