import { setTimeout } from 'node:timers/promises';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import { type RunningEmulator, startEmulator } from '../../src/emulator/server.ts';

export interface FrozenEmulator extends RunningEmulator {
  /** Where its clock stands, epoch milliseconds. */
  now(): number;
  /** Moves its clock on; it stands still otherwise. */
  advance(ms: number): void;
}

/** An emulator whose clock stands still, so that two programs that read it one after the other find the same numbers. */
export async function startFrozenEmulator(options: Partial<EmulatorOptions> = {}): Promise<FrozenEmulator> {
  let nowMs = Date.now();
  const running = await startEmulator(options, {
    now: () => nowMs,
    sleep: (ms, signal) => setTimeout(ms, undefined, signal === undefined ? {} : { signal }),
  });
  return {
    ...running,
    now: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
  };
}

/** Small enough that the peer, which makes about seventy records of insights a second, reads it in a minute; several pages, statuses and days wide. */
export const SMALL_WORLD: Partial<EmulatorOptions> = { campaignsPerAccount: 2, adSetsPerCampaign: 2, adsPerAdSet: 2 };

/** A day `days` before the clock's, as a config writes it. */
export function daysBefore(nowMs: number, days: number): string {
  return `${new Date(nowMs - days * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;
}
