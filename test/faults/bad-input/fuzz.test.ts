import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toChunks } from '../../support/chunks.ts';
import { mangled, mutated } from '../../support/mutate-json.ts';
import { type Program, type RawResult, runRaw } from '../../support/run-raw.ts';
import { checkNoCrash, toldBy } from '../../support/user-mistake.ts';
import { openSmallWorld, validInput } from './valid-input.ts';

const SEED = 20_261_124;

interface Tally {
  runs: number;
  accepted: number;
}

/** A file, a property of it, or whom it is about. */
const NAMED = /--(config|catalog|state) |[a-z]_[a-z]|config|stream|report|account|token/i;

/** Tries each, and prints how many of them were taken all the same: where all or none are, the inputs are no good. */
async function tryEach<T>(name: string, inputs: fc.Arbitrary<T>, numRuns: number, run: (input: T) => Promise<RawResult>) {
  const tally: Tally = { runs: 0, accepted: 0 };
  const property = fc.asyncProperty(inputs, async (input) => {
    const ended = await run(input);
    checkNoCrash(ended);
    for (const text of toldBy(ended.messages)) expect(text).toMatch(NAMED);
    tally.runs += 1;
    if (ended.exitCode === 0 && !ended.text.includes('"FAILED"')) tally.accepted += 1;
  });
  await fc.assert(property, { numRuns, seed: SEED });
  process.stdout.write(`  ${name}: ${tally.runs} inputs, ${tally.accepted} of them good enough to work with\n`);
  return tally;
}

/** Texts of mutated values, and mangled texts of valid ones. */
const texts = (valid: unknown, kept?: readonly string[]): fc.Arbitrary<string | Uint8Array> =>
  fc.oneof({ weight: 4, arbitrary: mutated(valid, kept).map((value) => JSON.stringify(value)) }, mangled(JSON.stringify(valid)));

describe.each<Program>(['source', 'destination'])('the %s, given what resembles good input,', (program) => {
  const { emulator, clock } = openSmallWorld();
  const { config, catalog, state, input } = validInput(program, emulator);
  const good = { program, emulator, clock, config: JSON.stringify(config) };
  const main = program === 'source' ? 'read' : 'write';
  const files = {
    ...good,
    command: main,
    catalog: JSON.stringify(catalog),
    ...(state === undefined ? {} : { state: JSON.stringify(state) }),
  } as const;
  const stdin = () => ({ input: toChunks(input) });

  it('works with the good input itself', async () => {
    for (const run of [
      { ...good, command: 'check' as const },
      { ...good, command: 'discover' as const },
      { ...files, ...stdin() },
    ]) {
      const ended = await runRaw(run);
      expect(ended.text).not.toMatch(/"ERROR"|"FAILED"/);
      expect(ended.exitCode).toBe(0);
    }
  });

  it('does not crash for a config', async () => {
    const { accepted } = await tryEach(`${program} check, config`, texts(config), 400, (text) =>
      runRaw({ ...good, command: 'check', config: text }),
    );
    expect(accepted).toBeGreaterThan(10);
    await tryEach(`${program} discover, config`, texts(config), 150, (text) =>
      runRaw({ ...good, command: 'discover', config: text }),
    );
    await tryEach(
      `${program} ${main}, config`,
      texts(config, ['start_date', 'end_date', 'custom_insights.0.start_date']),
      150,
      (text) => runRaw({ ...files, ...stdin(), config: text }),
    );
  });

  it('does not crash for a catalog', async () => {
    const { accepted } = await tryEach(`${program} ${main}, catalog`, texts(catalog), 150, (text) =>
      runRaw({ ...files, ...stdin(), catalog: text }),
    );
    expect(accepted).toBeGreaterThan(10);
  });

  it.runIf(program === 'source')('does not crash for a state', async () => {
    const { accepted } = await tryEach(`${program} read, state`, texts(state), 150, (text) => runRaw({ ...files, state: text }));
    expect(accepted).toBeGreaterThan(10);
  });

  it.runIf(program === 'destination')('does not crash for stdin, and gives back only states that came', async () => {
    const lines = fc.tuple(
      fc.nat(input.length - 1),
      texts(JSON.parse(input[0] ?? '')),
      texts(JSON.parse(input[3] ?? '')),
      fc.boolean(),
    );
    const { accepted } = await tryEach('destination write, stdin', lines, 200, async ([at, row, other, isInstead]) => {
      const bytes = [...input.slice(0, at), row, other, ...input.slice(isInstead ? at + 1 : at)].map((line) => Buffer.from(line));
      const ended = await runRaw({ ...files, input: toChunks(bytes) });
      const came = new Set(bytes.map((line) => stateIn(line.toString())));
      for (const line of ended.text.split('\n').filter((text) => text.startsWith('{"type":"STATE"')))
        expect(came).toContain(stateIn(line));
      return ended;
    });
    expect(accepted).toBeGreaterThan(10);
  });
});

/** The part of a state that is a source's alone; the destination adds its counts beside it. */
function stateIn(line: string): string | undefined {
  try {
    const { state } = JSON.parse(line.replace(/^\uFEFF+/, ''));
    return JSON.stringify([state.stream?.stream_state, state.global, state.data]);
  } catch {
    return undefined;
  }
}
