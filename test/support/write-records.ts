import { createDestination } from '../../src/destination/create-destination.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { DEFAULT_TOKEN } from '../../src/emulator/options.ts';
import type { AirbyteMessage, JsonObject } from '../../src/protocol/messages.ts';
import { runDestination } from '../../src/run.ts';
import type { Fetch } from '../../src/runtime.ts';
import { createCollectingWriter } from '../protocol/collecting-output.ts';
import { toChunks } from './chunks.ts';
import { createEmulatorFetch } from './emulator-fetch.ts';
import { FakeClock } from './fake-clock.ts';
import { listErrors, type ToldError } from './list-traces.ts';
import { runInFolder } from './run-in-folder.ts';
import { createTestRuntime, type LogLine } from './test-runtime.ts';

export interface StreamSetup {
  readonly name?: string;
  readonly namespace?: string;
  /** Default `append_dedup`. */
  readonly mode?: string;
  /** Columns of the catalog; default those of the records that are written. */
  readonly columns?: readonly string[];
  readonly primaryKey?: readonly string[];
  readonly objectName?: string;
  readonly generationId?: number;
  readonly minimumGenerationId?: number;
  readonly syncId?: number;
}

export interface WriteOptions {
  readonly config?: object;
  readonly streams?: readonly StreamSetup[];
  readonly clock?: FakeClock;
  readonly signal?: AbortSignal;
  /** In place of the emulator's own. */
  readonly fetch?: Fetch;
  /** Default 64 KiB; what comes at once. */
  readonly chunkBytes?: number;
  readonly command?: 'write' | 'check' | 'discover';
}

export interface WriteResult {
  readonly exitCode: number;
  readonly messages: readonly AirbyteMessage[];
  /** As they were echoed. */
  readonly states: readonly EchoedState[];
  readonly errors: readonly ToldError[];
  readonly logs: readonly LogLine[];
  /** All of stdout. */
  readonly text: string;
}

export interface EchoedState {
  readonly id?: number;
  readonly stream?: { readonly stream_descriptor: { readonly name: string } };
  readonly destinationStats: { readonly recordCount: number; readonly rejectedRecordCount: number };
}

export const PEOPLE = 'people';

export function record(data: JsonObject, stream = PEOPLE, namespace?: string): string {
  return JSON.stringify({
    type: 'RECORD',
    record: { stream, ...(namespace === undefined ? {} : { namespace }), data, emitted_at: 1 },
  });
}

export function state(id: number, stream = PEOPLE): string {
  return JSON.stringify({
    type: 'STATE',
    state: { type: 'STREAM', stream: { stream_descriptor: { name: stream }, stream_state: { at: id } }, id },
  });
}

export function complete(name = PEOPLE, namespace?: string): string {
  const descriptor = { name, ...(namespace === undefined ? {} : { namespace }) };
  return JSON.stringify({
    type: 'TRACE',
    trace: { type: 'STREAM_STATUS', emitted_at: 1, stream_status: { stream_descriptor: descriptor, status: 'COMPLETE' } },
  });
}

/** A whole sync of one stream: the rows, a state, the end. */
export function sync(rows: readonly JsonObject[]): string[] {
  return [...rows.map((row) => record(row)), state(1), complete()];
}

export function accountOf(emulator: Emulator): string {
  return emulator.truth.accounts()[0] as string;
}

/** Customer lists without values: those that the world began with, and those made since. */
export function audienceIds(emulator: Emulator): readonly string[] {
  return emulator.truth.ids('customaudiences', accountOf(emulator)).filter((id) => {
    const { subtype, is_value_based: isValueBased } = emulator.truth.object(id) ?? {};
    return subtype === 'CUSTOM' && isValueBased !== true;
  });
}

/** Runs a command of the destination over an emulator in this process. Waits are jumped over. */
export async function write(
  emulator: Emulator,
  lines: Iterable<string> | AsyncIterable<Uint8Array>,
  options: WriteOptions = {},
): Promise<WriteResult> {
  const clock = options.clock ?? new FakeClock({ auto: true });
  const fetch: Fetch = options.fetch ?? createEmulatorFetch(emulator, clock);
  const kept = Symbol.asyncIterator in lines ? lines : [...lines];
  const credentials = { auth_type: 'Service', access_token: DEFAULT_TOKEN };
  const files = {
    config: { account_id: accountOf(emulator), credentials, ...options.config },
    catalog: createCatalog(options.streams ?? [{}], Array.isArray(kept) ? kept : []),
  };
  return runInFolder(files, async (paths, folder) => {
    const { messages, readMessages, output } = createCollectingWriter();
    const runtime = createTestRuntime({ clock, fetch, ...(options.signal === undefined ? {} : { signal: options.signal }) });
    const destination = createDestination({ spoolFolder: folder });
    const exitCode = await runDestination({
      command: { name: options.command ?? 'write', ...paths },
      destination,
      messages,
      runtime,
      input: Array.isArray(kept) ? toChunks(kept, options.chunkBytes) : (kept as AsyncIterable<Uint8Array>),
    });
    const received = await readMessages();
    return { exitCode, logs: runtime.lines, text: output.text, messages: received, ...sortOut(received) };
  });
}

function createCatalog(streams: readonly StreamSetup[], lines: readonly string[]) {
  return {
    streams: streams.map((setup) => {
      const { name = PEOPLE, namespace, mode = 'append_dedup', primaryKey } = setup;
      const columns = setup.columns ?? listColumns(lines, name);
      return {
        stream: {
          name,
          ...(namespace === undefined ? {} : { namespace }),
          json_schema: { properties: Object.fromEntries(columns.map((column) => [column, {}])) },
        },
        sync_mode: 'incremental',
        destination_sync_mode: mode,
        ...(primaryKey === undefined ? {} : { primary_key: primaryKey.map((column) => [column]) }),
        ...(setup.objectName === undefined ? {} : { destination_object_name: setup.objectName }),
        ...(setup.generationId === undefined ? {} : { generation_id: setup.generationId }),
        ...(setup.minimumGenerationId === undefined ? {} : { minimum_generation_id: setup.minimumGenerationId }),
        ...(setup.syncId === undefined ? {} : { sync_id: setup.syncId }),
      };
    }),
  };
}

function listColumns(lines: readonly string[], name: string): readonly string[] {
  const columns = new Set<string>();
  for (const line of lines.slice(0, 1_000)) {
    if (!line.includes('"RECORD"')) continue;
    try {
      const { record: found } = JSON.parse(line);
      if (found?.stream === name) for (const column of Object.keys(found.data)) columns.add(column);
    } catch {
      // A broken line is part of some tests.
    }
  }
  return [...columns];
}

function sortOut(messages: readonly AirbyteMessage[]): Pick<WriteResult, 'states' | 'errors'> {
  return {
    states: messages.flatMap((message) => (message.type === 'STATE' ? [message.state as unknown as EchoedState] : [])),
    errors: listErrors(messages),
  };
}
