import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { createCatalog, createConfig, daysAgo, runSource } from '../programs.ts';
import { formatNumber, formatSamples, median } from '../report/figures.ts';
import { type MeasureContext, NOT_MEASURED, type Section, type Target } from '../report/section.ts';
import type { TimedRun } from '../run-timed.ts';
import { World } from '../world/world.ts';
import { ratesOf, repeat } from './repeat.ts';

export interface RateCase {
  readonly stream: string;
  readonly emulator: Partial<EmulatorOptions>;
  readonly days: { readonly ours: number; readonly peer: number };
  /** How many times the peer's rate is aimed at. */
  readonly aim: number;
  /** Which answers hold the rows, for the floor; none to leave it out. */
  readonly bodies?: string;
}

/** What part of the floor's rate is aimed at. */
const FLOOR_AIM = 0.6;

/** How fast records of a stream are read where the other side answers at once, from memory: what the program itself takes. */
export async function measureRate(measured: RateCase, context: MeasureContext): Promise<Section> {
  const { stream, emulator, days, aim, bodies } = measured;
  const world = await World.start({ emulator, keepsAnswers: true });
  const read = async (side: 'ours' | 'peer') => {
    const config = createConfig(world, { start_date: daysAgo(days[side]) });
    const catalog = await createCatalog(config, world, { streams: (name) => name === stream });
    return () => runSource(side, { command: 'read', config, catalog, graphUrl: world.url });
  };
  const readOurs = await read('ours');
  // The first run fills the memory of the other side.
  await readOurs();
  const ours = await repeat(context.repeats + 2, readOurs);
  const floor = bodies === undefined ? undefined : await measureFloor(world, bodies);
  const peer = context.hasPeer ? await warmRuns(context, await read('peer')) : undefined;
  await world.close();
  const rate = median(ratesOf(ours));
  const targets: Target[] = [
    {
      measure: `\`${stream}\`, records a second`,
      peer: peer === undefined ? NOT_MEASURED : formatSamples(ratesOf(peer)),
      ours: formatSamples(ratesOf(ours)),
      result: peer === undefined ? NOT_MEASURED : `${formatNumber(rate / median(ratesOf(peer)), 0)} ×`,
      aim: `${aim} × the peer`,
      isMet: peer === undefined ? undefined : rate / median(ratesOf(peer)) >= aim,
    },
  ];
  if (floor !== undefined) {
    targets.push({
      measure: `the same beside the floor of ${formatNumber(floor.rate)} a second (rows of ${formatNumber(floor.bytesPerRow)} bytes)`,
      peer: '–',
      ours: formatSamples(ratesOf(ours)),
      result: `${(rate / floor.rate).toFixed(2)} of it`,
      aim: `${FLOOR_AIM} of it`,
      isMet: rate / floor.rate >= FLOOR_AIM,
    });
  }
  return { title: `Records of \`${stream}\``, text: describeRuns({ ours, peer, hasFloor: floor !== undefined }), targets };
}

interface RateRuns {
  readonly ours: readonly TimedRun[];
  readonly peer: readonly TimedRun[] | undefined;
  readonly hasFloor: boolean;
}

function describeRuns({ ours, peer, hasFloor }: RateRuns): string {
  const byProcessor = ours.map(({ records, cpuSeconds }) => records / cpuSeconds);
  const sentences = [
    'Answers come at once, from the memory of a server that has given them before.',
    `Ours reads ${formatNumber(ours[0]?.records ?? 0)} records in each run, start-up included: ${formatSamples(byProcessor)} a second of processor time, unpacking and collecting garbage in other threads included, and ${peakOf(ours)} MiB of memory at most.`,
  ];
  if (peer !== undefined) {
    sentences.push(`The peer reads ${formatNumber(peer[0]?.records ?? 0)} and takes ${peakOf(peer)} MiB at most.`);
  }
  if (hasFloor) {
    sentences.push(
      'The floor is `JSON.parse` of the same bodies and `JSON.stringify` of their rows, and nothing else, in one thread (`bench/floor.ts`).',
    );
  }
  return sentences.join(' ');
}

async function warmRuns({ repeats }: MeasureContext, makeRun: () => Promise<TimedRun>): Promise<readonly TimedRun[]> {
  await makeRun();
  return repeat(repeats, makeRun);
}

function peakOf(runs: readonly TimedRun[]): string {
  return formatNumber(Math.max(...runs.map(({ peakMiB }) => peakMiB)));
}

async function measureFloor(world: World, pattern: string): Promise<{ readonly rate: number; readonly bytesPerRow: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'floor-'));
  const path = join(folder, 'bodies.jsonl');
  await world.saveBodies(path, pattern);
  const output = execFileSync(process.execPath, [join(import.meta.dirname, '../floor.ts'), path]).toString();
  rmSync(folder, { recursive: true });
  const { rows, seconds, bytesPerRow } = JSON.parse(output) as { rows: number; seconds: number; bytesPerRow: number };
  return { rate: rows / seconds, bytesPerRow };
}
