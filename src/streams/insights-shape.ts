import { createHash } from 'node:crypto';
import { phaseOf } from '../insights/grid.ts';
import type { Day, Increment, InsightsQuery } from '../insights/query.ts';

/** What a stream asked for, as far as rows read under another one are missing something or have other keys. Kept in state as it is; lists by commas, in order. */
export interface InsightsShape {
  readonly fields: string;
  readonly level: string;
  readonly breakdowns: string;
  readonly action_breakdowns: string;
  readonly action_attribution_windows: string;
  readonly use_account_attribution_setting: string;
  readonly time_increment: string;
  /** Which of the possible grids periods of several days lie on; empty where there is one grid only. */
  readonly anchor: string;
  readonly filtering: string;
}

/** Everything but the fields, each with its words for the user. */
const ASPECTS: readonly (readonly [keyof InsightsShape, string])[] = [
  ['time_increment', 'time increment'],
  ['anchor', 'first day of the periods'],
  ['level', 'level'],
  ['breakdowns', 'breakdowns'],
  ['action_breakdowns', 'action breakdowns'],
  ['action_attribution_windows', 'attribution windows'],
  ['use_account_attribution_setting', 'use of the account attribution setting'],
  ['filtering', 'filtering'],
];

export function describeShape(query: InsightsQuery, anchor: Day): InsightsShape {
  const { increment } = query;
  return {
    fields: joinSorted(query.fields),
    level: query.level,
    breakdowns: joinSorted(query.breakdowns),
    action_breakdowns: joinSorted(query.actionBreakdowns),
    action_attribution_windows: joinSorted(query.actionAttributionWindows),
    use_account_attribution_setting: String(query.useAccountAttributionSetting),
    time_increment: describeIncrement(increment),
    anchor: increment.unit === 'day' && increment.count > 1 ? phaseOf({ increment, anchor }) : '',
    filtering: JSON.stringify(query.filtering.map(({ field, operator, value }) => [field, operator, value]).sort(compareJson)),
  };
}

/** A short name of a shape; equal shapes have equal names. */
export function fingerprintShape(shape: Partial<InsightsShape>): string {
  const text = JSON.stringify(Object.entries(shape).sort(compareJson));
  return createHash('sha256').update(text).digest('base64url').slice(0, 10);
}

/** Reads a shape back from state; what is not there, or not a text, is not compared. */
export function parseShape(raw: unknown): Partial<InsightsShape> {
  if (typeof raw !== 'object' || raw === null) return {};
  const known = ['fields', ...ASPECTS.map(([name]) => name)];
  return Object.fromEntries(Object.entries(raw).filter(([name, value]) => known.includes(name) && typeof value === 'string'));
}

/** Why what was read under `saved` has to be read again under `wanted`; undefined when nothing is missing. Fewer fields or windows miss nothing. */
export function explainReread(saved: Partial<InsightsShape>, wanted: InsightsShape): string | undefined {
  for (const [name, words] of ASPECTS) {
    const before = saved[name];
    if (before === undefined || before === wanted[name]) continue;
    if (name === 'action_attribution_windows' && isPartOf(wanted[name], before)) continue;
    return `the ${words} changed from ${before || 'none'} to ${wanted[name] || 'none'}`;
  }
  const added = saved.fields === undefined ? [] : without(wanted.fields, saved.fields);
  return added.length > 0 ? `the fields ${added.join(', ')} were added` : undefined;
}

function describeIncrement(increment: Increment): string {
  switch (increment.unit) {
    case 'day':
      return `${increment.count}`;
    case 'week':
      return 'weekly';
    case 'month':
      return 'monthly';
    case 'all_days':
      return 'all_days';
  }
}

/** No window at all means Meta's choice of them, which is not known here: it is a part of nothing. */
function isPartOf(names: string, all: string): boolean {
  return names !== '' && all !== '' && without(names, all).length === 0;
}

function without(names: string, others: string): string[] {
  const known = new Set(others.split(','));
  return names.split(',').filter((name) => name !== '' && !known.has(name));
}

function joinSorted(names: readonly string[]): string {
  return [...new Set(names)].sort().join(',');
}

function compareJson(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
