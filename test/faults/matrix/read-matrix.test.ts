import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../src/emulator/faults/fault-catalog.ts';
import type { FaultMatch } from '../../../src/emulator/faults/fault-injector.ts';
import { keyOf, listTruth } from '../../support/entity-truth.ts';
import { keyOfRow, listInsightsTruth } from '../../support/insights-truth.ts';
import { rowsOf } from '../../support/run-program.ts';
import { explainAbsence, listPersistences, type Persistence } from './cells.ts';
import { FAULT_NATURES, MATRIX_FAULTS, NATURE_RULES, type Nature } from './fault-natures.ts';
import { gatherRecords, judgeRead, type ReadVerdict, type Warehouse } from './judge-read.ts';
import { type CellResult, MatrixTable } from './matrix-table.ts';
import { READ_PLACES, READ_STREAMS, type ReadPlace, type ReadStream, WITNESS } from './read-places.ts';
import { REPORT_RANGE, type ReadOutcome, readUnderFaults } from './read-run.ts';

/** Longer than any budget of retries: whatever stays, the run ends. */
const MAX_HOURS = 24;
/** What stops the work for all, whoever meets it. */
const COMMON: readonly Nature[] = ['token', 'app_limit', 'stop'];

const INSIGHTS_KEY = ['date_start', 'account_id', 'ad_id'];

const truths = new Map<ReadStream, Warehouse>();
const table = new MatrixTable(MATRIX_FAULTS, READ_PLACES);
let account = '';
let creative = '';

beforeAll(async () => {
  for (const stream of Object.keys(READ_STREAMS) as ReadStream[]) {
    const { run, emulator } = await readUnderFaults(stream, {});
    truths.set(stream, gatherRecords(run));
    account = emulator.truth.accounts()[0] ?? '';
    if (stream === 'ad_creatives_from_ads') creative = String(truths.get(stream)?.get(stream)?.values().next().value?.data['id']);
  }
});

afterAll(() => {
  process.stdout.write(table.render('Faults while reading'));
});

describe('reading without a fault', () => {
  it.each(Object.keys(READ_STREAMS) as ReadStream[])(
    'gives all that the emulator has of %s: it is what runs with faults are judged by',
    async (stream) => {
      const { run, emulator } = await readUnderFaults(stream, {});
      const rows = rowsOf(run.messages, stream);
      const truth =
        stream === 'ads_insights'
          ? listInsightsTruth(emulator, { level: 'ad', columns: INSIGHTS_KEY, ...REPORT_RANGE, increment: 1 })
              .map((row) => keyOfRow(row, INSIGHTS_KEY))
              .sort()
          : listTruth(emulator, stream);
      const keys = rows.map((row) => (stream === 'ads_insights' ? keyOfRow(row, INSIGHTS_KEY) : keyOf(stream, row)));
      expect(truth.length).toBeGreaterThan(stream === 'ad_account' ? 1 : 5);
      expect(keys.sort()).toEqual(truth);
    },
  );
});

describe('reading through a fault', () => {
  // Side by side: the runs wait for turns of the event loop far more than they compute.
  it.concurrent.each(MATRIX_FAULTS)('%s: everything, or everything but what is told', async (kind) => {
    const cells = await Promise.all(READ_PLACES.map((place) => judgeCell(kind, place)));
    for (const [at, place] of READ_PLACES.entries()) table.note(kind, place, cells[at] ?? []);
    expect(cells.flat().flatMap(({ problems }) => problems)).toEqual([]);
  });
});

/** What became of each run of a cell. */
async function judgeCell(kind: FaultKind, place: ReadPlace): Promise<readonly CellResult[]> {
  if (explainAbsence(kind, place) !== undefined) return [{ outcome: 'never', problems: [] }];
  return Promise.all(listPersistences(place).map((persistence) => runCell(kind, place, persistence)));
}

async function runCell(kind: FaultKind, place: ReadPlace, persistence: Persistence): Promise<CellResult> {
  const outcome = await readUnderFaults(place.stream, { script: [{ match: aim(place, persistence), kind }] });
  const verdict = judgeRead(outcome.run, truths.get(place.stream) as Warehouse);
  const problems = [...verdict.problems, ...listBroken({ kind, place, persistence, outcome, verdict })];
  return {
    outcome: problems.length > 0 ? 'wrong' : verdict.outcome,
    problems: problems.map((problem) => `${place.name}, ${persistence}: ${problem}`),
  };
}

function aim({ match, isShared = false }: ReadPlace, persistence: Persistence): FaultMatch {
  if (persistence === 'once') return { ...match, nth: 1 };
  if (persistence === 'object') return { ...match, object: creative };
  return isShared ? match : { ...match, account };
}

interface Cell {
  readonly kind: FaultKind;
  readonly place: ReadPlace;
  readonly persistence: Persistence;
  readonly outcome: ReadOutcome;
  readonly verdict: ReadVerdict;
}

/** What the fault's nature promises beyond the whole truth or a told part of it. */
function* listBroken({ kind, place, persistence, outcome, verdict }: Cell): Generator<string> {
  const nature = FAULT_NATURES[kind];
  const { isSurvivable, failureTypes } = NATURE_RULES[nature];
  const { run, emulator, hours } = outcome;
  if (!emulator.counters.faults[kind]) yield 'the fault did not come up';
  if (hours > MAX_HOURS) yield `ended after ${hours} hours`;
  if (persistence === 'once' && isSurvivable && verdict.outcome !== 'whole') yield `not whole after one ${kind}`;
  if (nature === 'harmless' && verdict.outcome !== 'whole') yield 'not whole after nothing';
  for (const error of run.errors) {
    // A report that is said to be missing may not be there yet.
    if (nature === 'missing' && place.stream === 'ads_insights' && error.failure_type === 'transient_error') continue;
    if (!failureTypes.includes(error.failure_type)) yield `a ${error.failure_type} for what is ${nature}: ${error.message}`;
  }
  if (COMMON.includes(nature)) return;
  if (verdict.missing.has(WITNESS) && place.stream !== WITNESS) yield 'another stream is incomplete';
  if (place.isShared && persistence === 'stays') return;
  const hurt = [...(verdict.missing.get(place.stream) ?? [])];
  if (hurt.length > 1) yield `accounts ${hurt.join(' and ')} are incomplete`;
}
