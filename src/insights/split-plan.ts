import type { Day, Entity, InsightsSlice } from './query.ts';

/** What to do about a slice that Meta can not compute whole. */
export type SplitPlan =
  /**
   * Ask for these slices instead. The rows of a 'union' stand side by side; those of 'fields' are the same rows with other columns, to be joined by key.
   * Without slices, there is nothing to ask for.
   */
  | { readonly type: 'parts'; readonly join: 'union' | 'fields'; readonly slices: readonly InsightsSlice[] }
  /** Find out which objects of this kind the slice has rows of; `afterDiscovery` goes on with them. */
  | { readonly type: 'discover'; readonly entity: Entity; readonly within: InsightsSlice }
  /** The one field left can not be computed for these objects and days. The rows themselves may exist: the slice with no fields asks for their keys. */
  | { readonly type: 'drop'; readonly field: string; readonly within: InsightsSlice }
  /** Nothing is left to leave out. */
  | { readonly type: 'give_up' };

export interface SplitKnowledge {
  /** The grid's anchor: dates are cut between its buckets only. */
  readonly anchor: Day;
}
