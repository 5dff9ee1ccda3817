import { createEmulator, type Emulator } from '../../../src/emulator/emulator.ts';
import type { ScriptedFault } from '../../../src/emulator/faults/fault-injector.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { emailIds, memberIds, people } from '../../support/people.ts';
import {
  audienceIds,
  complete,
  record,
  type StreamSetup,
  state,
  sync,
  type WriteResult,
  write,
} from '../../support/write-records.ts';
import type { WriteTask } from './write-places.ts';

export const ROWS = 25;
/** The stream under fault; the other one is written beside it, into an audience of its own. */
export const STREAM = 'under_fault';
export const WITNESS_STREAM = 'witness';
/** Where the witness's people begin. */
const WITNESS_FROM = 1_000;
const ROWS_A_STATE = 5;

export interface WriteOutcome {
  readonly result: WriteResult;
  readonly emulator: Emulator;
  /** Identifiers in the audience of the stream under fault, and those that have to be there, sorted. */
  readonly members: readonly string[];
  readonly wanted: readonly string[];
  readonly witnessMembers: readonly string[];
  readonly witnessWanted: readonly string[];
  /** By the run's clock. */
  readonly hours: number;
}

/** Writes two streams in a world of its own; `script` is given the audience of the first one, where there is one beforehand. */
export async function writeUnderFaults(
  task: WriteTask,
  script: (audience: string) => readonly ScriptedFault[],
): Promise<WriteOutcome> {
  const clock = new FakeClock({ auto: true });
  const emulator = createEmulator({ audiencesPerAccount: 40 }, clock);
  const [audience = '', witness = ''] = audienceIds(emulator);
  for (const id of [audience, witness])
    emulator.configure({ audienceStates: { ...emulator.options.audienceStates, [id]: { otherMembers: 0 } } });
  if (task === 'remove') await write(emulator, sync(people(2 * ROWS)), { clock, streams: [{ objectName: audience }] });
  emulator.counters.reset();
  emulator.configure({ faults: { script: script(audience) } });
  const startedAtMs = clock.now();
  const names = new Set(emulator.truth.ids('customaudiences', emulator.truth.accounts()[0] ?? ''));
  const result = await write(emulator, listLines(task), {
    clock,
    streams: [
      setUpStream(task, audience),
      { name: WITNESS_STREAM, objectName: task === 'create' ? undefined : witness, columns: ['email'] } as StreamSetup,
    ],
    config: { batch_rows: 10 },
  });
  const made = task === 'create' ? findMade(emulator, names) : { [STREAM]: audience, [WITNESS_STREAM]: witness };
  const membersOf = (name: string) => (made[name] === undefined ? [] : memberIds(emulator, made[name]));
  return {
    result,
    emulator,
    members: membersOf(STREAM),
    wanted: task === 'remove' ? emailIds(ROWS, ROWS) : emailIds(ROWS),
    witnessMembers: membersOf(WITNESS_STREAM),
    witnessWanted: emailIds(ROWS, WITNESS_FROM),
    hours: (clock.now() - startedAtMs) / 3_600_000,
  };
}

function setUpStream(task: WriteTask, audience: string): StreamSetup {
  return {
    name: STREAM,
    columns: ['email', '_airbyte_op'],
    ...(task === 'create' ? {} : { objectName: audience }),
    ...(task === 'replace' ? { mode: 'overwrite' } : {}),
  };
}

/** Both streams' rows in turn, with a state after every five of a stream. */
function listLines(task: WriteTask): string[] {
  const operation = task === 'remove' ? { _airbyte_op: 'delete' } : {};
  const rows = people(ROWS).map((row) => ({ ...row, ...operation }));
  const others = people(ROWS, WITNESS_FROM);
  const lines = rows.flatMap((row, at) => {
    const isEnd = at % ROWS_A_STATE === ROWS_A_STATE - 1;
    const id = (at + 1) / ROWS_A_STATE;
    return [
      record(row, STREAM),
      record(others[at] ?? {}, WITNESS_STREAM),
      ...(isEnd ? [state(id, STREAM), state(id, WITNESS_STREAM)] : []),
    ];
  });
  return [...lines, complete(STREAM), complete(WITNESS_STREAM)];
}

function findMade(emulator: Emulator, before: ReadonlySet<string>): Partial<Record<string, string>> {
  const ids = emulator.truth.ids('customaudiences', emulator.truth.accounts()[0] ?? '').filter((id) => !before.has(id));
  return Object.fromEntries(ids.map((id) => [String(emulator.truth.object(id)?.['name']), id]));
}
