import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { EmulatorOptions } from '../../src/emulator/options.ts';

export interface WorldSettings {
  readonly emulator: Partial<EmulatorOptions>;
  /** Equal requests get what the first one got. */
  readonly keepsAnswers?: boolean;
  /** Sleeps and latency are added up instead of waited for: for a client that does one thing at a time. */
  readonly isVirtual?: boolean;
  /** The emulator itself answers, with nothing before it. */
  readonly isDirect?: boolean;
}

export type WorldRequest =
  | { readonly id: number; readonly type: 'reset' | 'counts' | 'members' }
  | { readonly id: number; readonly type: 'save_bodies'; readonly path: string; readonly pattern: string };

export interface WorldAnswer {
  readonly id: number;
  readonly url?: string;
  readonly accounts?: readonly string[];
  readonly calls?: number;
  readonly skippedSeconds?: number;
  readonly members?: number;
}

/** A Graph API in a process of its own. */
export class World {
  readonly url: string;
  readonly accounts: readonly string[];
  readonly #child: ChildProcess;
  #lastId = 0;

  private constructor(child: ChildProcess, { url = '', accounts = [] }: WorldAnswer) {
    this.#child = child;
    this.url = url;
    this.accounts = accounts;
  }

  static async start(settings: WorldSettings): Promise<World> {
    const child = fork(join(import.meta.dirname, 'world-process.ts'), [JSON.stringify(settings)], {
      execArgv: ['--max-old-space-size=16000'],
    });
    const [ready] = (await once(child, 'message')) as [WorldAnswer];
    return new World(child, ready);
  }

  /** Begins to count anew. */
  async reset(): Promise<void> {
    await this.#ask({ type: 'reset' });
  }

  /** Calls, and seconds that were added up instead of waited for, since the last reset. */
  async count(): Promise<{ readonly calls: number; readonly skippedSeconds: number }> {
    const { calls = 0, skippedSeconds = 0 } = await this.#ask({ type: 'counts' });
    return { calls, skippedSeconds };
  }

  /** People in the audience that was made last. */
  async countMembers(): Promise<number> {
    return (await this.#ask({ type: 'members' })).members ?? 0;
  }

  /** Writes the kept answers whose path fits into a file, one a line. */
  async saveBodies(path: string, pattern: string): Promise<void> {
    await this.#ask({ type: 'save_bodies', path, pattern });
  }

  async close(): Promise<void> {
    const exit = once(this.#child, 'exit');
    this.#child.disconnect();
    await exit;
  }

  async #ask(request: DistributiveOmit<WorldRequest, 'id'>): Promise<WorldAnswer> {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#child.send({ id, ...request });
    for (;;) {
      const [answer] = (await once(this.#child, 'message')) as [WorldAnswer];
      if (answer.id === id) return answer;
    }
  }
}

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;
