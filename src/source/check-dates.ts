import type { Clock } from '../runtime.ts';
import type { StreamSettings } from '../streams/stream-settings.ts';

/** What is wrong with the config's dates, for the user; undefined when nothing is. */
export function findDateFault(settings: StreamSettings, clock: Clock): string | undefined {
  const { startMs, endMs } = settings;
  const nowMs = clock.now();
  if (startMs !== undefined && startMs > nowMs) return 'start_date lies in the future: choose a day that has begun.';
  if (endMs !== undefined && endMs > nowMs) return 'end_date lies in the future: leave it empty to read up to now.';
  if (startMs !== undefined && endMs !== undefined && endMs < startMs) return 'end_date is before start_date: exchange them.';
  return undefined;
}
