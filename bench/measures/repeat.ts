import type { TimedRun } from '../run-timed.ts';

/** Makes a run several times, one after another. */
export async function repeat<Run extends TimedRun>(times: number, makeRun: () => Promise<Run>): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (let time = 0; time < times; time += 1) runs.push(await makeRun());
  return runs;
}

export function secondsOf(runs: readonly TimedRun[]): readonly number[] {
  return runs.map(({ wallSeconds }) => wallSeconds);
}

/** Records a second of wall time. */
export function ratesOf(runs: readonly TimedRun[]): readonly number[] {
  return runs.map(({ records, wallSeconds }) => records / wallSeconds);
}
