import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogOf, FULL_COLUMNS, fullPerson, syncOf } from '../../test/support/full-people.ts';
import { createConfig, runDestination } from '../programs.ts';
import { formatNumber } from '../report/figures.ts';
import type { MeasureContext, Section } from '../report/section.ts';
import { World } from '../world/world.ts';

const SIZES = [100_000, 1_000_000, 10_000_000] as const;
const RATE_AIM = 50_000;
const MAX_MIB = 150;
const MAX_GROWTH = 1.1;

/** What an upload of people costs at one, ten and a hundred times the rows. */
export async function measureUploads({ log }: MeasureContext): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'people-'));
  const points: {
    readonly rows: number;
    readonly seconds: number;
    readonly cpuSeconds: number;
    readonly calls: number;
    readonly peakMiB: number;
  }[] = [];
  for (const rows of SIZES) {
    const input = join(folder, `${rows}.jsonl`);
    await writePeople(input, rows);
    const world = await World.start({ emulator: { accounts: 1 }, isDirect: true });
    const { account_ids: _, ...credentials } = createConfig(world) as { account_ids: unknown };
    const run = await runDestination({
      command: 'write',
      config: { ...credentials, account_id: world.accounts[0] },
      catalog: catalogOf(FULL_COLUMNS),
      graphUrl: world.url,
      input,
    });
    const members = await world.countMembers();
    if (members !== rows) throw new Error(`${members} of ${rows} people are in the audience`);
    points.push({
      rows,
      seconds: run.wallSeconds,
      cpuSeconds: run.cpuSeconds,
      calls: (await world.count()).calls,
      peakMiB: run.peakMiB,
    });
    log(`${formatNumber(rows)} people: ${formatNumber(run.wallSeconds, 1)} s, ${formatNumber(run.peakMiB)} MiB`);
    await world.close();
    rmSync(input);
  }
  rmSync(folder, { recursive: true });
  const [first, middle, last] = points;
  const rate = (middle?.rows ?? 0) / (middle?.seconds ?? Number.NaN);
  const growth = (last?.peakMiB ?? Number.NaN) / (first?.peakMiB ?? Number.NaN);
  return {
    title: 'Uploading people',
    text: `Records of five columns (${FULL_COLUMNS.join(', ')}) from a file on stdin to the audience in the emulator, which checks each row and keeps each identifier on the second core; afterwards everybody is in the audience. Start-up included.`,
    targets: [
      {
        measure: `people a second, of ${formatNumber(middle?.rows ?? 0)}`,
        peer: 'none exists',
        ours: formatNumber(rate),
        result: `${formatNumber((middle?.rows ?? 0) / (middle?.cpuSeconds ?? Number.NaN))} by processor time`,
        aim: formatNumber(RATE_AIM),
        isMet: rate >= RATE_AIM,
      },
      {
        measure: `memory at ${formatNumber(last?.rows ?? 0)} people, MiB`,
        peer: 'none exists',
        ours: formatNumber(last?.peakMiB ?? Number.NaN),
        result: `${growth.toFixed(2)} × that at ${formatNumber(first?.rows ?? 0)}`,
        aim: `${MAX_MIB}, and at most ${MAX_GROWTH} ×`,
        isMet: (last?.peakMiB ?? Number.POSITIVE_INFINITY) <= MAX_MIB && growth <= MAX_GROWTH,
      },
    ],
    tables: [
      {
        columns: ['people', 'seconds', 'processor seconds', 'people a second', 'calls', 'MiB'],
        rows: points.map(({ rows, seconds, cpuSeconds, calls, peakMiB }) => [
          formatNumber(rows),
          formatNumber(seconds, 1),
          formatNumber(cpuSeconds, 1),
          formatNumber(rows / seconds),
          formatNumber(calls),
          formatNumber(peakMiB),
        ]),
      },
    ],
    plots: [
      {
        file: 'destination-growth',
        title: 'Uploading people',
        xLabel: 'people',
        yLabel: 'seconds, calls, MiB',
        lines: [
          { name: 'seconds', points: points.map(({ rows, seconds }) => [rows, seconds]) },
          { name: 'calls', points: points.map(({ rows, calls }) => [rows, calls]) },
          { name: 'MiB', points: points.map(({ rows, peakMiB }) => [rows, peakMiB]) },
        ],
      },
    ],
  };
}

async function writePeople(path: string, count: number): Promise<void> {
  const file = createWriteStream(path);
  let lines = '';
  for (const line of syncOf(count, fullPerson)) {
    lines += `${line}\n`;
    if (lines.length < 1_048_576) continue;
    if (!file.write(lines)) await once(file, 'drain');
    lines = '';
  }
  file.end(lines);
  await once(file, 'close');
}
