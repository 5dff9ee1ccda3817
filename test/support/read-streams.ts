import type { Emulator } from '../../src/emulator/emulator.ts';
import { DEFAULT_TOKEN } from '../../src/emulator/options.ts';
import type { FieldChange, SyncMode } from '../../src/protocol/messages.ts';
import { createSource } from '../../src/source/create-source.ts';
import type { Row, Stream, StreamCost, StreamState } from '../../src/streams/stream.ts';
import { createEmulatorFetch } from './emulator-fetch.ts';
import { FakeClock } from './fake-clock.ts';
import { readRow } from './read-row.ts';
import { createTestRuntime, type TestRuntime } from './test-runtime.ts';

export interface StreamResult {
  readonly rows: Row[];
  /** With the number of rows that came before each. */
  readonly states: { readonly state: StreamState; readonly rowCount: number }[];
  readonly failures: string[];
  readonly changes: FieldChange[];
  readonly cost: StreamCost;
}

export interface StreamReader {
  readonly runtime: TestRuntime;
  readonly streams: ReadonlyMap<string, Stream>;
  read(
    name: string,
    options?: { readonly state?: StreamState; readonly syncMode?: SyncMode; readonly fields?: readonly string[] },
  ): Promise<StreamResult>;
}

export interface ReaderOptions {
  readonly config?: object;
  readonly clock?: FakeClock;
  readonly signal?: AbortSignal;
}

export function configFor(emulator: Emulator, more: object = {}): Record<string, unknown> {
  return {
    account_ids: [...emulator.truth.accounts()],
    credentials: { auth_type: 'Service', access_token: DEFAULT_TOKEN },
    ...more,
  };
}

/** The source's streams over an emulator in this process. Waits are jumped over. */
export async function openReader(emulator: Emulator, options: ReaderOptions = {}): Promise<StreamReader> {
  const clock = options.clock ?? new FakeClock({ auto: true });
  const fetch = createEmulatorFetch(emulator, clock);
  const runtime = createTestRuntime({ clock, fetch, ...(options.signal === undefined ? {} : { signal: options.signal }) });
  const source = createSource();
  const settings = await source.parseConfig(configFor(emulator, options.config));
  const streams = new Map((await source.streams(settings, runtime)).map((stream) => [stream.description.name, stream]));
  return {
    runtime,
    streams,
    read: async (name, { state, syncMode = 'incremental', fields = [] } = {}) => {
      const stream = streams.get(name);
      if (stream === undefined) throw new Error(`no stream ${name}`);
      return collect(stream.read({ syncMode, fields, ...(state === undefined ? {} : { state }) }));
    },
  };
}

async function collect(events: ReturnType<Stream['read']>): Promise<StreamResult> {
  const result: Omit<StreamResult, 'cost'> = { rows: [], states: [], failures: [], changes: [] };
  for (;;) {
    const { value, done } = await events.next();
    if (done) return { ...result, cost: value };
    if (value.type === 'rows') {
      result.rows.push(...value.rows.map(readRow));
      for (const changes of value.changes?.values() ?? []) result.changes.push(...changes);
    } else if (value.type === 'checkpoint') {
      // Through JSON, as a platform keeps it.
      result.states.push({ state: JSON.parse(JSON.stringify(value.state)), rowCount: result.rows.length });
    } else result.failures.push(value.error.message);
  }
}
