import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface ProgramCall {
  /** Default `source`. */
  readonly program?: 'source' | 'destination';
  readonly command: 'spec' | 'check' | 'discover' | 'read' | 'write';
  readonly config?: unknown;
  readonly catalog?: unknown;
  readonly state?: unknown;
  readonly graphUrl?: string;
  readonly nodeOptions?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the built program as a platform does; its files go when it has ended. */
export function spawnProgram(call: ProgramCall): ChildProcessWithoutNullStreams {
  const folder = mkdtempSync(join(tmpdir(), 'program-'));
  const words: string[] = [call.command];
  for (const name of ['config', 'catalog', 'state'] as const) {
    if (call[name] === undefined) continue;
    const path = join(folder, `${name}.json`);
    writeFileSync(path, JSON.stringify(call[name]));
    words.push(`--${name}`, path);
  }
  const program = resolve(`dist/${call.program ?? 'source'}.js`);
  const child = spawn(process.execPath, [...(call.nodeOptions ?? []), program, ...words], {
    env: { ...process.env, ...(call.graphUrl === undefined ? {} : { FACEBOOK_GRAPH_URL: call.graphUrl }), ...call.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // Whoever stops reading has a reason, which its exit code tells.
  child.stdin.on('error', () => undefined);
  child.once('close', () => rmSync(folder, { recursive: true }));
  return child;
}
