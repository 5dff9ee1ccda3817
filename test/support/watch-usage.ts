import { readFile } from 'node:fs/promises';

export interface Usage {
  /** The largest resident set, in MiB. */
  readonly peakMiB: number;
  /** Time of processors, but for the last moments. */
  readonly cpuSeconds: number;
}

/** Clock ticks a second, on every Linux of today. */
const TICKS = 100;

/** Reads the process's own high-water mark and its time from time to time; the last reading is the answer. */
export function watchUsage(pid: number | undefined): () => Usage {
  let peakKiB = 0;
  let ticks = 0;
  const read = async () => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    peakKiB = Math.max(peakKiB, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const [, , , , , , , , , , , user = 0, system = 0] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    ticks = Math.max(ticks, user + system);
  };
  const timer = setInterval(() => void read(), 100);
  return () => {
    clearInterval(timer);
    return { peakMiB: peakKiB / 1024, cpuSeconds: ticks / TICKS };
  };
}
