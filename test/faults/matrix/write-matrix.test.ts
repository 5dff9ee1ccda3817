import { afterAll, describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../src/emulator/faults/fault-catalog.ts';
import type { FaultMatch } from '../../../src/emulator/faults/fault-injector.ts';
import { limitFaults } from '../../../src/emulator/faults/limit-faults.ts';
import { explainAbsence, listPersistences, type Persistence } from './cells.ts';
import { FAULT_NATURES, MATRIX_FAULTS, NATURE_RULES } from './fault-natures.ts';
import { judgeWrite, type WriteVerdict } from './judge-write.ts';
import { type CellResult, MatrixTable } from './matrix-table.ts';
import { WRITE_PLACES, type WritePlace } from './write-places.ts';
import { type WriteOutcome, writeUnderFaults } from './write-run.ts';

/** Longer than any budget of retries: whatever stays, the run ends. */
const MAX_HOURS = 24;

const table = new MatrixTable(MATRIX_FAULTS, WRITE_PLACES);

afterAll(() => {
  process.stdout.write(table.render('Faults while writing'));
});

describe('writing through a fault', () => {
  // Side by side: the runs wait for turns of the event loop far more than they compute.
  it.concurrent.each(MATRIX_FAULTS)('%s: everything, or everything but what is told', async (kind) => {
    const cells = await Promise.all(WRITE_PLACES.map((place) => judgeCell(kind, place)));
    for (const [at, place] of WRITE_PLACES.entries()) table.note(kind, place, cells[at] ?? []);
    expect(cells.flat().flatMap(({ problems }) => problems)).toEqual([]);
  });
});

async function judgeCell(kind: FaultKind, place: WritePlace): Promise<readonly CellResult[]> {
  if (explainAbsence(kind, place) !== undefined) return [{ outcome: 'never', problems: [] }];
  return Promise.all(listPersistences(place).map((persistence) => runCell(kind, place, persistence)));
}

async function runCell(kind: FaultKind, place: WritePlace, persistence: Persistence): Promise<CellResult> {
  const outcome = await writeUnderFaults(place.task, (audience) => [{ match: aim(place, persistence, audience), kind }]);
  const verdict = judgeWrite(place.task, outcome);
  const problems = [...verdict.problems, ...listBroken({ kind, place, persistence, outcome, verdict })];
  return {
    outcome: problems.length > 0 ? 'wrong' : verdict.outcome,
    problems: problems.map((problem) => `${place.name}, ${persistence}: ${problem}`),
  };
}

function aim({ match, isShared = false }: WritePlace, persistence: Persistence, audience: string): FaultMatch {
  const own = isShared ? match : { ...match, object: audience };
  return persistence === 'once' ? { ...own, nth: 1 } : own;
}

interface Cell {
  readonly kind: FaultKind;
  readonly place: WritePlace;
  readonly persistence: Persistence;
  readonly outcome: WriteOutcome;
  readonly verdict: WriteVerdict;
}

/** What the fault's nature promises beyond all rows or a told part of them. */
function* listBroken({ kind, place, persistence, outcome, verdict }: Cell): Generator<string> {
  const nature = FAULT_NATURES[kind];
  const { isSurvivable, failureTypes } = NATURE_RULES[nature];
  const { result, emulator, hours } = outcome;
  if (!emulator.counters.faults[kind]) yield 'the fault did not come up';
  if (hours > MAX_HOURS) yield `ended after ${hours} hours`;
  const isHopeless = nature === 'less' && place.isSmall === true;
  if (persistence === 'once' && isSurvivable && !isHopeless && verdict.outcome !== 'whole') yield `not whole after one ${kind}`;
  for (const error of result.errors) {
    if (!failureTypes.includes(error.failure_type)) yield `a ${error.failure_type} for what is ${nature}: ${error.message}`;
  }
  if (!verdict.isWitnessWhole && !place.isShared && !isCommon(kind)) yield 'another stream is incomplete';
}

/** What stops the other stream, too: the token, the app and the account are both streams' own. */
function isCommon(kind: FaultKind): boolean {
  return ['token', 'app_limit', 'stop'].includes(FAULT_NATURES[kind]) || kind in limitFaults;
}
