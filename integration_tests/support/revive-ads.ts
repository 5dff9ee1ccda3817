import type { Emulator } from '../../src/emulator/emulator.ts';

/** Leaves no deleted ad. The peer's custom reports lack those, which shows in every sum. */
export function reviveAds(emulator: Emulator): void {
  for (const account of emulator.truth.accounts())
    for (const id of emulator.truth.ids('ads', account, { statuses: ['DELETED'] }))
      emulator.touch('ad', id, { patch: { effective_status: 'PAUSED' } });
}
