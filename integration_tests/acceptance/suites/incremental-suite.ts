import { beforeAll, expect, it } from 'vitest';
import type { AirbyteCatalog, JsonObject, StateMessage } from '../../../src/protocol/messages.ts';
import type { Row } from '../../../src/streams/stream.ts';
import { configureCatalog, finalStates, type ProgramResult, rowsOf, statesOf } from '../../../test/support/run-program.ts';
import { writeSorted } from '../../peer/compare-records.ts';
import type { IncrementalTest } from '../acceptance-config.ts';
import { type Connector, readJson } from '../connector.ts';

/** States tried of each stream: the first, the last, and one between. */
const SAMPLES = 3;

/** TestIncremental. */
export function testIncremental(connector: Connector, { config_path, future_state }: IncrementalTest): void {
  let config: JsonObject;
  let catalog: AirbyteCatalog;
  let first: ProgramResult;
  beforeAll(async () => {
    config = readJson(config_path);
    const all = await connector.discover(config);
    catalog = { streams: all.streams.filter(({ supported_sync_modes: modes }) => modes.includes('incremental')) };
    first = await read();
  });
  const read = (state?: readonly unknown[], streams?: readonly string[]): Promise<ProgramResult> =>
    connector.run({
      command: 'read',
      config,
      catalog: configureCatalog(catalog, streams === undefined ? {} : { streams }),
      ...(state === undefined ? {} : { state }),
    });
  const names = (): readonly string[] => catalog.streams.map(({ name }) => name);

  it('reads what is new the second time, and not all', async () => {
    const second = await read(finalStates(first.messages));
    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
    for (const name of names()) {
      const [before, after] = [rowsOf(first.messages, name), rowsOf(second.messages, name)];
      expect(before.length, name).toBeGreaterThan(0);
      expect(after.length, name).toBeLessThan(before.length);
      expect(statesOf(second.messages, name).length, name).toBeGreaterThan(0);
    }
  });

  it('misses nothing from any state on the way', async () => {
    const histories = new Map(names().map((name) => [name, followStates(first, name)]));
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const taken = names().map((name) => [name, takeSample(histories.get(name) ?? [], sample)] as const);
      const rest = await read(taken.map(([, checkpoint]) => checkpoint.state));
      expect(rest.exitCode).toBe(0);
      for (const [name, { before }] of taken) {
        const all = new Set(rowsOf(first.messages, name).map(writeSorted));
        const found = new Set([...before, ...rowsOf(rest.messages, name)].map(writeSorted));
        expect(found, name).toEqual(all);
      }
    }
  });

  it('reads nothing from a state of the far future, and leaves a state', async () => {
    const missing = (future_state.missing_streams ?? []).map(({ name }) => name);
    const streams = names().filter((name) => !missing.includes(name));
    const states = readJson<StateMessage[]>(future_state.future_state_path);
    expect(states.map(({ stream }) => stream.stream_descriptor.name).sort()).toEqual([...streams].sort());
    const { messages, exitCode } = await read(states, streams);
    expect(exitCode).toBe(0);
    for (const name of streams) {
      expect(rowsOf(messages, name), name).toEqual([]);
      expect(statesOf(messages, name).length, name).toBeGreaterThan(0);
    }
  });
}

interface Checkpoint {
  readonly state: StateMessage;
  /** The records that came before it. */
  readonly before: readonly Row[];
}

function followStates({ messages }: ProgramResult, stream: string): readonly Checkpoint[] {
  const before: Row[] = [];
  return messages.flatMap((message) => {
    if (message.type === 'RECORD' && message.record.stream === stream) before.push(message.record.data as Row);
    const isState = message.type === 'STATE' && message.state.stream.stream_descriptor.name === stream;
    return isState ? [{ state: message.state, before: [...before] }] : [];
  });
}

function takeSample(checkpoints: readonly Checkpoint[], sample: number): Checkpoint {
  const checkpoint = checkpoints[Math.round((sample * (checkpoints.length - 1)) / (SAMPLES - 1))];
  if (checkpoint === undefined) throw new Error('a stream has no state');
  return checkpoint;
}
