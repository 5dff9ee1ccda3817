import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { createCatalog, createConfig, daysAgo, runSource, type Side } from '../programs.ts';
import { formatNumber } from '../report/figures.ts';
import { type MeasureContext, NOT_MEASURED, type Section, type Target } from '../report/section.ts';
import { World } from '../world/world.ts';

export interface SyncCase {
  readonly title: string;
  /** What the table calls it. */
  readonly measure: string;
  readonly emulator: Partial<EmulatorOptions>;
  readonly days: number;
  /** All streams by default. */
  readonly streams?: (name: string) => boolean;
  readonly aims: { readonly faster?: number; readonly calls?: number; readonly seconds?: number };
  /** The case is not of the size that its aims speak of. */
  readonly isSmaller?: boolean;
}

interface Sync {
  readonly seconds: number;
  /** Of them, those in which the program worked. */
  readonly busySeconds: number;
  readonly calls: number;
  readonly records: number;
}

/**
 * A whole sync, waits included. Ours waits for real. The peer, which does one thing at a time, waits in virtual time: what it would have slept, and the
 * latency of its calls, is added to the time that it worked.
 */
export async function measureSync(measured: SyncCase, context: MeasureContext): Promise<Section> {
  const { title, measure, aims, isSmaller = false } = measured;
  const ours = await runSync('ours', measured);
  context.log(`${measure}: ours ${formatNumber(ours.seconds)} s`);
  const peer = context.hasPeer ? await runSync('peer', measured) : undefined;
  const targets: Target[] = [];
  if (aims.faster !== undefined || aims.seconds !== undefined) {
    const faster = peer === undefined ? undefined : peer.seconds / ours.seconds;
    targets.push({
      measure: `${measure}, seconds`,
      peer: peer === undefined ? NOT_MEASURED : formatNumber(peer.seconds),
      ours: formatNumber(ours.seconds, 1),
      result: faster === undefined ? NOT_MEASURED : `${formatNumber(faster)} × faster`,
      aim: aims.faster === undefined ? `under ${aims.seconds} s` : `${aims.faster} × faster`,
      isMet:
        aims.seconds !== undefined
          ? ours.seconds < aims.seconds
          : faster === undefined
            ? undefined
            : faster >= (aims.faster ?? 0),
    });
  }
  if (aims.calls !== undefined) {
    const part = peer === undefined ? undefined : ours.calls / peer.calls;
    targets.push({
      measure: `${measure}, calls`,
      peer: peer === undefined ? NOT_MEASURED : formatNumber(peer.calls),
      ours: formatNumber(ours.calls),
      result: part === undefined ? NOT_MEASURED : `${part.toFixed(2)} of the peer's`,
      aim: `${aims.calls} of the peer's`,
      isMet: part === undefined ? undefined : part <= aims.calls,
    });
  }
  const size = isSmaller
    ? ' A smaller world than the aims speak of, in which the peer does not take an hour: `npm run bench -- --full` has the whole.'
    : '';
  const peers =
    peer === undefined
      ? ''
      : ` The peer: ${formatNumber(peer.records)} records in ${formatNumber(peer.seconds)} s, ${formatNumber(peer.busySeconds)} s of them at work and the others waiting, in virtual time.`;
  return {
    title,
    text: `Ours: ${formatNumber(ours.records)} records in ${formatNumber(ours.seconds, 1)} s, of real time.${peers}${size}`,
    targets,
  };
}

async function runSync(side: Side, { emulator, days, streams }: SyncCase): Promise<Sync> {
  const world = await World.start({ emulator, isVirtual: side === 'peer' });
  const config = createConfig(world, { start_date: daysAgo(days) });
  const catalog = await createCatalog(config, world, streams === undefined ? {} : { streams });
  await world.reset();
  const run = await runSource(side, { command: 'read', config, catalog, graphUrl: world.url });
  const { calls, skippedSeconds } = await world.count();
  await world.close();
  return { seconds: run.wallSeconds + skippedSeconds, busySeconds: run.wallSeconds, calls, records: run.records };
}
