import { beforeAll, describe, expect, it } from 'vitest';
import { audienceFaults } from '../../../src/emulator/faults/audience-faults.ts';
import { errorFaultKinds } from '../../../src/emulator/faults/fault-catalog.ts';
import { type Envelope, envelopes } from '../../../src/emulator/graph-api-error.ts';
import { FAULT_NATURES, NATURE_RULES } from './fault-natures.ts';
import { gatherRecords, judgeRead, type Warehouse } from './judge-read.ts';
import { readUnderFaults } from './read-run.ts';

const STREAM = 'ads';
/** Without a code, or in another language, nothing is left that tells what the error is; then only the promise about missing parts holds. */
const TELLING: readonly Envelope[] = ['whole', 'bare', 'blame_object', 'blame_text'];
const STATUSES = [400, 403, 500, 200];

let truth: Warehouse;
let count = 0;
beforeAll(async () => {
  truth = gatherRecords((await readUnderFaults(STREAM, {})).run);
});

describe('every error', () => {
  it.each(errorFaultKinds.filter((kind) => !(kind in audienceFaults)))(
    '%s is met rightly in every form that errors come in',
    async (kind) => {
      const forms = envelopes.flatMap((envelope) => STATUSES.map((status) => ({ envelope, status })));
      const problems = await Promise.all(
        forms.map(async ({ envelope, status }) => {
          const script = [{ match: { edge: STREAM, nth: 1 }, kind, envelope, status }];
          const { run, emulator } = await readUnderFaults(STREAM, { script });
          const { outcome, problems } = judgeRead(run, truth);
          count += 1;
          const isWhole = outcome === 'whole' || !TELLING.includes(envelope) || !NATURE_RULES[FAULT_NATURES[kind]].isSurvivable;
          const broken = [
            ...problems,
            ...(isWhole ? [] : ['not whole']),
            ...(emulator.counters.faults[kind] ? [] : ['did not come up']),
          ];
          return broken.map((problem) => `${envelope}, HTTP ${status}: ${problem}`);
        }),
      );
      expect(problems.flat()).toEqual([]);
    },
  );

  it('has been tried in all of them', () => {
    process.stdout.write(
      `  ${count} runs: each error of a read in ${envelopes.length} envelopes and with ${STATUSES.length} statuses\n`,
    );
    expect(count).toBeGreaterThan(1_000);
  });
});
