/**
 * Measures both connectors, and Airbyte's own source beside ours, in one go: `npm run bench`. Words: `--full` for the sizes of the aims, `--repeats 3`, and
 * names of measures for some of them only, which are printed and not written down.
 */
import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureGrowth } from './measures/growth.ts';
import { measureRate } from './measures/record-rate.ts';
import { measureSchedule } from './measures/schedule.ts';
import { measureStartUp } from './measures/start-up.ts';
import { measureUploads } from './measures/uploads.ts';
import { measureSync } from './measures/whole-sync.ts';
import { hasPeer } from './programs.ts';
import type { Measure, MeasureContext, Section } from './report/section.ts';
import { formatSection, formatTargets, writeResults } from './report/write-results.ts';

const PEER = 'airbyte-source-facebook-marketing 6.1.9';

const measures: Readonly<Record<string, Measure>> = {
  'start-up': measureStartUp,
  'insights-rate': (context) =>
    measureRate(
      {
        stream: 'ads_insights',
        emulator: { accounts: 1, campaignsPerAccount: 10, adSetsPerCampaign: 5, adsPerAdSet: 10 },
        days: { ours: 180, peer: 5 },
        aim: 60,
        bodies: '/insights[?]',
      },
      context,
    ),
  'ads-rate': (context) =>
    measureRate(
      {
        stream: 'ads',
        emulator: { accounts: 1, campaignsPerAccount: 100, adSetsPerCampaign: 20, adsPerAdSet: 50 },
        days: { ours: 365, peer: 30 },
        aim: 30,
      },
      context,
    ),
  'whole-sync': (context) =>
    measureSync(
      {
        title: 'All 31 streams',
        measure: `31 streams, 14 days, ${context.isFull ? 400 : 20} ads`,
        emulator: {
          accounts: 1,
          campaignsPerAccount: context.isFull ? 20 : 1,
          adSetsPerCampaign: 4,
          adsPerAdSet: 5,
          latencyMs: 100,
          reportDelayMs: 8_000,
        },
        days: 14,
        aims: { faster: 40, calls: 0.35 },
        isSmaller: !context.isFull,
      },
      context,
    ),
  'many-accounts': (context) =>
    measureSync(
      {
        title: 'Twenty reports of ten accounts',
        measure: '20 presets, 10 accounts, one day',
        emulator: {
          accounts: 10,
          campaignsPerAccount: 2,
          adSetsPerCampaign: 1,
          adsPerAdSet: 2,
          latencyMs: 100,
          reportDelayMs: 20_000,
        },
        days: 0,
        streams: (name) => name.startsWith('ads_insights'),
        aims: { seconds: 120 },
      },
      context,
    ),
  schedule: measureSchedule,
  growth: measureGrowth,
  uploads: measureUploads,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { full: { type: 'boolean', default: false }, repeats: { type: 'string', default: '3' } },
});
const unknown = positionals.filter((name) => !(name in measures));
if (unknown.length > 0) {
  console.error(`There is no measure ${unknown.join(', ')}; there are ${Object.keys(measures).join(', ')}.`);
  process.exit(2);
}
const context: MeasureContext = {
  hasPeer: hasPeer(),
  isFull: values.full,
  repeats: Number(values.repeats),
  log: (line) => console.log(`  ${line}`),
};
if (!context.hasPeer) console.log(`${PEER} is not installed (integration_tests/setup-python.sh): only ours is measured.`);
const sections: Section[] = [];
for (const [name, measure] of Object.entries(measures)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.log(name);
  const section = await measure(context);
  sections.push(section);
  console.log([...formatTargets(section.targets), '', ...formatSection(section)].join('\n'));
}
if (positionals.length === 0)
  writeResults(import.meta.dirname, { machine: describeMachine(), command: describeCommand() }, sections);

function describeMachine(): readonly string[] {
  const [cpu] = cpus();
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: join(import.meta.dirname, '..') })
    .toString()
    .trim();
  return [
    `${new Date().toISOString().slice(0, 10)}, commit ${commit}`,
    `${cpus().length} cores (${cpu?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    `ours: Node ${process.version}, with the flags of the image`,
    context.hasPeer ? `peer: ${PEER} from PyPI, Python 3.11` : `peer: ${PEER} was not installed, so only ours was measured`,
  ];
}

function describeCommand(): string {
  const words = [...(values.full ? ['--full'] : []), ...(values.repeats === '3' ? [] : ['--repeats', values.repeats])];
  const own = `npm run bench${words.length === 0 ? '' : ` -- ${words.join(' ')}`}`;
  return context.hasPeer ? `npm ci && integration_tests/setup-python.sh && ${own}` : `npm ci && ${own}`;
}
