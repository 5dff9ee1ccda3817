import { createConfig, runSource, type Side } from '../programs.ts';
import { formatSamples, median } from '../report/figures.ts';
import { type MeasureContext, NOT_MEASURED, type Section, type Target } from '../report/section.ts';
import { World } from '../world/world.ts';
import { repeat, secondsOf } from './repeat.ts';

const AIMS = { spec: 0.1, check: 0.2 } as const;
const RUNS: Readonly<Record<Side, number>> = { ours: 15, peer: 3 };

/** How long a platform waits for `spec` and `check`, each a process of its own. */
export async function measureStartUp({ hasPeer }: MeasureContext): Promise<Section> {
  const world = await World.start({ emulator: { accounts: 1 } });
  const targets: Target[] = [];
  for (const command of ['spec', 'check'] as const) {
    const words =
      command === 'spec' ? { command, graphUrl: world.url } : { command, graphUrl: world.url, config: createConfig(world) };
    // The first run brings the files into memory.
    await runSource('ours', words);
    const ours = secondsOf(await repeat(RUNS.ours, () => runSource('ours', words)));
    const peer = hasPeer ? secondsOf(await repeat(RUNS.peer, () => runSource('peer', words))) : undefined;
    targets.push({
      measure: `\`${command}\`, seconds`,
      peer: peer === undefined ? NOT_MEASURED : formatSamples(peer, 2),
      ours: formatSamples(ours, 3),
      result: peer === undefined ? `${median(ours).toFixed(3)} s` : `${(median(peer) / median(ours)).toFixed(0)} × faster`,
      aim: `${AIMS[command].toFixed(2)} s`,
      isMet: median(ours) <= AIMS[command],
    });
  }
  await world.close();
  return {
    title: 'Start-up',
    text: `From the start of the process to its end, ${RUNS.ours} runs of ours and ${RUNS.peer} of the peer; \`check\` asks the emulator.`,
    targets,
  };
}
