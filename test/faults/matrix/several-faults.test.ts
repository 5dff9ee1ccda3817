import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryFaults } from './arbitrary-faults.ts';
import { gatherRecords, judgeRead } from './judge-read.ts';
import { judgeWrite } from './judge-write.ts';
import { READ_PLACES } from './read-places.ts';
import { readAllUnderFaults } from './read-run.ts';
import { WRITE_PLACES, type WriteTask } from './write-places.ts';
import { writeUnderFaults } from './write-run.ts';

const SEED = 20_261_124;

class Tally {
  readonly #counts = new Map<string, number>();

  note(outcome: string): void {
    this.#counts.set(outcome, (this.#counts.get(outcome) ?? 0) + 1);
  }

  print(title: string): void {
    process.stdout.write(`  ${title}: ${[...this.#counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ')}\n`);
  }
}

describe('several faults at once', () => {
  it('leave reading all streams of four accounts with everything, or everything but what is told', async () => {
    const clean = await readAllUnderFaults({});
    const truth = gatherRecords(clean.run);
    expect(judgeRead(clean.run, truth)).toMatchObject({ outcome: 'whole', problems: [] });
    const [, account = ''] = clean.emulator.truth.accounts();
    const tally = new Tally();
    await fc.assert(
      fc.asyncProperty(arbitraryFaults(READ_PLACES, { account }), async (script) => {
        const { outcome, problems } = judgeRead((await readAllUnderFaults({ script })).run, truth);
        tally.note(outcome);
        expect(problems).toEqual([]);
      }),
      { seed: SEED, numRuns: 40 },
    );
    tally.print('several faults at once while reading');
  });

  it('leave writing with everything delivered, or all but what is told', async () => {
    const tally = new Tally();
    const tasks: readonly WriteTask[] = ['create', 'add', 'remove', 'replace'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...tasks), arbitraryFaults(WRITE_PLACES, {}), async (task, script) => {
        const { outcome, problems } = judgeWrite(task, await writeUnderFaults(task, () => script));
        tally.note(outcome);
        expect(problems).toEqual([]);
      }),
      { seed: SEED, numRuns: 60 },
    );
    tally.print('several faults at once while writing');
  });
});
