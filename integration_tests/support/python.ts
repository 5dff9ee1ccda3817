import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** The environment that `setup-python.sh` makes. */
const VENV = process.env['INTEGRATION_VENV'] ?? join(homedir(), '.cache/facebook-marketing-connectors/venv');
const SCRIPTS = join(import.meta.dirname, '../python');

export const PYTHON = join(VENV, 'bin/python');

export interface PythonResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the scripts of `integration_tests/python`. */
export async function runPython(
  script: string,
  words: readonly string[],
  options: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<PythonResult> {
  const child = spawn(PYTHON, [join(SCRIPTS, script), ...words], {
    // The emulator is on this machine, whatever stands between it and the rest.
    env: { ...process.env, NO_PROXY: '127.0.0.1', ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exit = new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject));
  // A script that ends before it has read everything says why on its own.
  child.stdin.on('error', () => undefined).end(options.input ?? '');
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { exitCode, stdout, stderr };
}
