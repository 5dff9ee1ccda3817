import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { EmulatorOptions } from '../../src/emulator/options.ts';

export interface EmulatorProcess {
  readonly url: string;
  readonly accounts: readonly string[];
  /** Asks the emulator itself: `GET counters`, `POST insights_totals`. */
  control<T>(request: string, body?: object): Promise<T>;
  close(): Promise<void>;
}

/** The emulator in a process of its own, for whatever is measured in this one's time or memory. */
export async function startEmulatorProcess(options: Partial<EmulatorOptions>): Promise<EmulatorProcess> {
  const flags = Object.entries(options).map(([name, value]) => {
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return `--${flag}=${typeof value === 'object' && !Array.isArray(value) ? JSON.stringify(value) : String(value)}`;
  });
  const child = spawn(process.execPath, ['scripts/emulator.ts', '--port=0', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), exit]);
  const { url, accounts } = JSON.parse(String(line));
  return {
    url,
    accounts,
    control: async <T>(request: string, body?: object) => {
      const [method = 'GET', path] = request.split(' ');
      const response = await fetch(`${url}/__emulator/${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${request}: ${await response.text()}`);
      return (await response.json()) as T;
    },
    close: async () => {
      child.kill();
      await exit;
    },
  };
}
