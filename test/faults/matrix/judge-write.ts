import { emailId } from '../../support/people.ts';
import type { EchoedState } from '../../support/write-records.ts';
import type { WriteTask } from './write-places.ts';
import { ROWS, STREAM, WITNESS_STREAM, type WriteOutcome } from './write-run.ts';

export interface WriteVerdict {
  /** `whole`: every row is delivered, exit code 0. `rejected`: the same, but for rows that are counted as rejected. `reported`: states held back, exit code 1. */
  readonly outcome: 'whole' | 'rejected' | 'reported';
  readonly problems: readonly string[];
  readonly isWitnessWhole: boolean;
}

const ROWS_A_STATE = 5;

/** Compares what the platform was told with what the audiences hold. */
export function judgeWrite(task: WriteTask, outcome: WriteOutcome): WriteVerdict {
  const { result, members, wanted, witnessMembers, witnessWanted } = outcome;
  const problems: string[] = [];
  const own = judgeStates(statesOf(result.states, STREAM), problems);
  const other = judgeStates(statesOf(result.states, WITNESS_STREAM), problems);
  const isWhole = own.rows === ROWS && other.rows === ROWS;
  const isWitnessWhole = other.rows === ROWS && other.rejected === 0;
  if (isWitnessWhole && !isSame(witnessMembers, witnessWanted)) problems.push('the witness is complete without all its members');
  if (own.rows === ROWS && own.rejected === 0 && !isSame(members, wanted)) {
    problems.push(`complete with ${members.length} members in place of ${wanted.length}`);
  }
  if (own.rejected > 0) {
    const lacking = countLacking(task, members, wanted);
    if (lacking > own.rejected) problems.push(`${lacking} rows are not as wanted, ${own.rejected} are told to be rejected`);
  }
  if (task !== 'replace' && own.rejected === 0) judgeAcknowledged(task, { members, rows: own.rows }, problems);
  if (task === 'replace' && own.rows > 0 && own.rows < ROWS) problems.push('a replacement was acknowledged in part');
  if (result.exitCode !== (isWhole ? 0 : 1))
    problems.push(`exit code ${result.exitCode} with ${own.rows} and ${other.rows} rows acknowledged`);
  if (!isWhole) {
    for (const [name, { rows }] of [
      [STREAM, own],
      [WITNESS_STREAM, other],
    ] as const) {
      if (rows < ROWS && !result.errors.some(({ stream }) => stream === name))
        problems.push(`${name} is incomplete, and nobody was told why`);
    }
  }
  return { outcome: isWhole ? (own.rejected > 0 ? 'rejected' : 'whole') : 'reported', problems, isWitnessWhole };
}

function statesOf(states: readonly EchoedState[], name: string): EchoedState[] {
  return states.filter(({ stream }) => stream?.stream_descriptor.name === name);
}

/** States come in their order, none left out, and each accounts for all its rows. */
function judgeStates(states: readonly EchoedState[], problems: string[]): { readonly rows: number; readonly rejected: number } {
  let rejected = 0;
  for (const [at, { id, destinationStats: stats }] of states.entries()) {
    if (id !== at + 1) problems.push(`state ${id} came as number ${at + 1}`);
    if (stats.recordCount + stats.rejectedRecordCount !== ROWS_A_STATE) {
      problems.push(`state ${id} tells of ${stats.recordCount} and ${stats.rejectedRecordCount} rows of ${ROWS_A_STATE}`);
    }
    rejected += stats.rejectedRecordCount;
  }
  return { rows: states.length * ROWS_A_STATE, rejected };
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, at) => id === other[at]);
}

function countLacking(task: WriteTask, members: readonly string[], wanted: readonly string[]): number {
  const [from, to] = task === 'remove' ? [members, wanted] : [wanted, members];
  const there = new Set(to);
  return from.filter((id) => !there.has(id)).length;
}

/** What was acknowledged is done, whatever came later. */
function judgeAcknowledged(
  task: WriteTask,
  { members, rows }: { readonly members: readonly string[]; readonly rows: number },
  problems: string[],
): void {
  const there = new Set(members);
  for (let at = 0; at < rows; at += 1) {
    if (there.has(emailId(at)) === (task === 'remove')) problems.push(`row ${at} was acknowledged and is not done`);
  }
}
