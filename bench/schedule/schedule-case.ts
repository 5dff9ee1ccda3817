import type { EmulatorOptions } from '../../src/emulator/options.ts';

/** A sync whose schedule is measured. */
export interface ScheduleCase {
  readonly name: string;
  /** How Meta behaves: durations of reports, limits, failures. */
  readonly meta: Partial<EmulatorOptions>;
  readonly startDate: string;
  /** How many of the ready-made reports are read, the first ones. */
  readonly presets: number;
  /** Accounts that are judged by themselves as well, where the others could be in their way. */
  readonly apart?: { readonly name: string; readonly accounts: readonly string[] };
}
